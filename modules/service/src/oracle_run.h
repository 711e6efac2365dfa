// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_journal.h"
#include "oracle_view.h"

#include "chrona/base/clock.h"
#include "chrona/sources/venue_collector.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace chrona::connect {
class ConnectorLibrary;
}

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
        // Replay:
        OracleTape tape{};

        std::shared_ptr<storage::Pool> pool{}; ///< null: nothing is kept
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
    [[nodiscard]] ipc::OracleMode mode() const { return m_parts.mode; }
    [[nodiscard]] OracleView &view() { return m_view; }

private:
    /// What a tape says of a venue's health.
    struct Played {
        std::atomic<std::int64_t> heardMs{0};
        std::atomic<std::uint64_t> rows{0};
    };
    explicit OracleRun(Parts parts, OracleDesk desk);
    void beginVenues();
    void put(std::uint32_t venue, std::span<const sources::VenueRow> rows);
    void work(std::stop_token stop);
    void turn(std::int64_t nowMs);
    void play(std::int64_t nowMs);
    void renewDesk();
    void watchVenues(std::int64_t nowMs);
    [[nodiscard]] std::uint32_t venuesHeard(std::int64_t nowMs) const;
    [[nodiscard]] std::int64_t nowMs() const;

    Parts m_parts;
    std::shared_ptr<const Clock> m_clock;
    OracleDesk m_desk; ///< the thread's, after the constructor
    OracleView m_view;
    std::unique_ptr<OracleJournal> m_journal;
    std::vector<DeskSink *> m_sinks;
    std::vector<std::unique_ptr<Played>> m_played; ///< of each venue of a tape

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::vector<DeskTick> m_waiting, m_taken; ///< taken: the thread's
    std::atomic<std::uint64_t> m_dropped{0};
    std::atomic<double> m_ticksPerSecond{0};
    std::int64_t m_secondMs = 0, m_minuteMs = 0; ///< what was told last
    std::uint64_t m_ticksTold = 0;
    std::size_t m_tapeAt = 0;
    std::int64_t m_tapeShiftMs = 0;

    std::vector<std::unique_ptr<sources::VenueCollector>> m_collectors;
    std::vector<std::uint32_t> m_collected; ///< their places in the plan
    std::jthread m_thread;                  ///< looks at all of the above
};

[[nodiscard]] ipc::OracleVenueEntry tellVenue(const std::string &name,
                                              const sources::VenueHealth &health);

} // namespace chrona::service
