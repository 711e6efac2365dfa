// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_ears.h"
#include "oracle_journal.h"
#include "oracle_recorder.h"
#include "oracle_view.h"
#include "oracle_volumes.h"

#include "chrona/base/clock.h"
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace chrona::service {

/// Ticks that were recorded, played again and again as if they came now.
struct OracleTape {
    std::vector<DeskTick> ticks; ///< by time of arrival
};

/// One oracle at work: venues or a tape, the desk on its own thread, and who hears of its answers.
/// A change of settings ends it and begins another one. Any thread.
class OracleRun {
public:
    struct Parts {
        OraclePlan plan;
        ipc::OracleMode mode = ipc::OracleMode::Off;
        // Live:
        const connect::ConnectorLibrary *venues = nullptr;
        net::HttpClient *http = nullptr;
        net::WebSocketClient *streams = nullptr;
        std::vector<PairedCollector> elsewhere{}; ///< the plan names them, after itself
        std::map<std::string, std::string> preferred{};
        // Replay:
        OracleTape tape{};

        std::shared_ptr<storage::Pool> pool{}; ///< null: nothing is kept
        std::optional<TickFolder::Options> recording{}; ///< none: raw ticks are not kept
        AlertBook alerts{};
        std::function<void(ipc::OracleChanged)> changed{}; ///< each second, on the run's thread
        std::shared_ptr<const Clock> clock{};              ///< null: the system's
    };
    [[nodiscard]] static Result<std::unique_ptr<OracleRun>> start(Parts parts);
    ~OracleRun();
    OracleRun(const OracleRun &) = delete;
    OracleRun &operator=(const OracleRun &) = delete;

    [[nodiscard]] ipc::OracleStatus status(bool withRounds) const;
    [[nodiscard]] std::vector<ipc::OracleVenueEntry> venues() const; ///< by name
    [[nodiscard]] std::vector<ipc::OracleCollectorEntry> collectors() const;
    /// What others said in epochs that are over: from whoever follows them.
    void reveal(std::span<const DeskReveal> reveals);
    [[nodiscard]] const OraclePlan &plan() const { return m_parts.plan; }
    [[nodiscard]] ipc::OracleMode mode() const { return m_parts.mode; }
    [[nodiscard]] OracleView &view() { return m_view; }
    [[nodiscard]] const OracleVolumes &volumes() const { return m_volumes; }

private:
    /// What a tape says of a venue's health.
    struct Played {
        std::atomic<std::int64_t> heardMs{0};
        std::atomic<std::uint64_t> rows{0};
    };
    explicit OracleRun(Parts parts, OracleDesk desk);
    void work(std::stop_token stop);
    void turn(std::int64_t nowMs);
    void play(std::int64_t nowMs);
    void renewDesk();
    void watchVenues(std::int64_t nowMs);
    void keepLearned();
    void takeReveals();
    [[nodiscard]] std::uint32_t venuesHeard(std::int64_t nowMs) const;
    [[nodiscard]] std::int64_t nowMs() const;

    Parts m_parts;
    std::shared_ptr<const Clock> m_clock;
    OracleDesk m_desk; ///< the thread's, after the constructor
    OracleView m_view;
    OracleVolumes m_volumes;
    std::unique_ptr<OracleJournal> m_journal;
    LearnedBook m_learned;
    std::unique_ptr<OracleRecorder> m_recorder;
    std::vector<DeskSink *> m_sinks;
    std::vector<std::unique_ptr<Played>> m_played; ///< of each venue of a tape

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<DeskReveal> m_reveals; ///< that wait for the thread
    std::vector<DeskTick> m_taken;     ///< the thread's
    std::atomic<double> m_ticksPerSecond{0};
    std::int64_t m_secondMs = 0, m_minuteMs = 0; ///< what was told last
    std::uint64_t m_ticksTold = 0;
    std::size_t m_tapeAt = 0;
    std::int64_t m_tapeShiftMs = 0;

    std::unique_ptr<OracleEars> m_ears; ///< live only
    std::jthread m_thread;              ///< looks at all of the above
};

} // namespace chrona::service
