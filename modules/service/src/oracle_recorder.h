// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_desk.h"
#include "tick_folder.h"

#include "chrona/base/clock.h"
#include "chrona/ipc/oracle_link_fields.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace chrona::service {

/// Keeps what the desk took in, in the order in which it counted, in files by day: a replay gives
/// the same answers to the bit. Blocks of some seconds are written on a thread of its own; when the
/// disk falls behind, the oldest blocks are lost, and counted. Called on the desk's thread.
class OracleRecorder final : public DeskSink {
public:
    static constexpr std::int64_t kBlockMs = 5'000;
    static constexpr std::size_t kRecordsMax = 50'000; ///< of a block
    static constexpr std::size_t kWaitingMax = 24;

    OracleRecorder(const OraclePlan &plan, TickFolder::Options options);
    ~OracleRecorder() override; ///< writes what waits

    /// The desk begins anew.
    void begin(std::int64_t atMs);
    void answered(std::uint32_t, const oracle::Answer &) override {}
    void epochEnded(std::int64_t, std::uint32_t, const oracle::Answer &,
                    const oracle::BandChoice &) override
    {
    }
    void secondEnded(std::int64_t atMs, std::span<const DeskBar> bars,
                     std::span<const DeskAnomaly> anomalies) override;
    void taken(const DeskTick &tick) override;
    void learned(const DeskReveal &reveal) override;

    [[nodiscard]] ipc::OracleRecording status() const; ///< any thread
    /// Hands over what is open and waits until all of it was written, or lost.
    void settle();

private:
    using Block = std::vector<formats::TickRecord>;
    void handOver();
    void write(const std::stop_token &stop);

    std::vector<std::uint32_t> m_marketBegin; ///< of each venue, in the list of all markets
    Block m_open;                             ///< the desk's thread
    std::int64_t m_openedMs = 0;
    std::atomic<std::uint64_t> m_lost{0};
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Block> m_waiting;
    bool m_isWriting = false;
    TickFolder::Figures m_figures;
    std::string m_folder, m_problem;
    TickFolder m_files;    ///< the writer's
    std::jthread m_writer; ///< the last member: ends first
};

/// What a recording says of whom it listened to.
[[nodiscard]] std::string aboutPlan(const OraclePlan &plan);

} // namespace chrona::service
