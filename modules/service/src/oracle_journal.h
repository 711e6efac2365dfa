// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_desk.h"
#include "oracle_memory.h"

#include "chrona/sources/venue_health.h"
#include "chrona/storage/oracle_store.h"
#include "chrona/storage/pool.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace chrona::service {

/// Writes what the desk says to the database: batches of some seconds on a thread of its own, so
/// that a slow disk never delays an answer. When it falls too far behind, the oldest batches are
/// lost, and counted.
class OracleJournal final : public DeskSink {
public:
    static constexpr std::int64_t kBatchMs = 5'000;
    static constexpr std::size_t kWaitingMax = 24; ///< two minutes

    OracleJournal(const OraclePlan &plan, std::shared_ptr<storage::Pool> pool);
    ~OracleJournal() override; ///< writes what waits, unless the database is gone

    void heardBy(std::uint32_t feed, std::span<const std::uint8_t> collectors) override;
    void answered(std::uint32_t feed, const oracle::Answer &answer) override;
    void epochEnded(std::int64_t epoch, std::uint32_t feed, const oracle::Answer &answer,
                    const oracle::BandChoice &choice) override;
    void secondEnded(std::int64_t atMs, std::span<const DeskBar> bars,
                     std::span<const DeskAnomaly> anomalies) override;
    /// What a venue's day has gained since the last call.
    void noteVenueDay(std::uint32_t venue, const sources::VenueDay &day);
    void noteLearned(OracleMemory memory);

    [[nodiscard]] std::uint64_t lostBatches() const { return m_lost; }

private:
    struct DayGain {
        std::uint32_t venue = 0;
        storage::StoredVenueDay day;
    };
    struct Batch {
        storage::OracleBatch rows;
        std::vector<DayGain> days;
        OracleMemory learned;
    };
    [[nodiscard]] storage::StoredAnswer stored(std::uint32_t feed,
                                               const oracle::Answer &answer) const;
    void handOver();
    void write(std::stop_token stop);
    [[nodiscard]] Status writeOne(Batch &batch);
    [[nodiscard]] Status numberAll(storage::Connection &connection);
    void putNumbers(storage::OracleBatch &rows) const;

    const OraclePlan &m_plan;
    std::shared_ptr<storage::Pool> m_pool;
    Batch m_open; ///< the desk's thread
    std::int64_t m_openedMs = 0;
    std::vector<std::uint8_t> m_heardBy; ///< of the feed that is answered next
    std::map<std::pair<std::uint32_t, Date>, sources::VenueDay> m_noted;
    std::vector<std::int32_t> m_feedNumbers; ///< the writer's: of feeds, then of markets
    std::vector<std::int16_t> m_venueNumbers;
    std::vector<std::size_t> m_marketBegin; ///< of each venue, after the feeds
    std::atomic<std::uint64_t> m_lost{0};
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Batch> m_waiting;
    std::jthread m_writer; ///< the last member: ends first
};

} // namespace chrona::service
