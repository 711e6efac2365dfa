// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_market.h"
#include "oracle_run.h"

#include "chrona/storage/test_database.h"

#include <QTest>

namespace chrona::service::tests {

/// The oracle at work on a real database, its clock in the test's hand.
struct OracleRig {
    void openDatabase();
    /// Nothing is in the database, and it is now.
    void begin();
    /// Plays so many seconds of a small market; the clock goes on as the answers come. Null where
    /// they do not.
    [[nodiscard]] std::unique_ptr<OracleRun> play(const OraclePlan &plan, std::int64_t fromMs,
                                                  int seconds);
    [[nodiscard]] bool goOn(const OracleRun &run, int seconds);
    /// The one number of an answer; -1 where there is none.
    [[nodiscard]] std::int64_t count(const char *sql);

    std::unique_ptr<storage::TestDatabase> m_database;
    std::shared_ptr<storage::Pool> m_pool;
    std::shared_ptr<ManualClock> m_clock;
};

inline void OracleRig::openDatabase()
{
    m_database = storage::TestDatabase::open();
    QVERIFY(m_database);
}

inline void OracleRig::begin()
{
    m_pool = storage::Pool::open(m_database->freshConnectionString(), 3).value();
    m_clock = std::make_shared<ManualClock>(SystemClock().now());
}

inline std::unique_ptr<OracleRun> OracleRig::play(const OraclePlan &plan, std::int64_t fromMs,
                                                  int seconds)
{
    OracleRun::Parts parts;
    parts.plan = plan;
    parts.mode = ipc::OracleMode::Replay;
    SmallMarket market(plan);
    for (int s = 0; s < seconds; ++s)
        for (const DeskTick &tick : market.second(fromMs + s * 1'000))
            parts.tape.ticks.push_back(tick);
    parts.pool = m_pool;
    parts.clock = m_clock;
    auto run = OracleRun::start(std::move(parts));
    if (!run || !goOn(**run, seconds - 1))
        return nullptr;
    return std::move(*run);
}

inline bool OracleRig::goOn(const OracleRun &run, int seconds)
{
    for (int s = 0; s < seconds; ++s) {
        const std::uint64_t before = run.venues()[0].rows;
        m_clock->advance(std::chrono::seconds(1));
        if (!QTest::qWaitFor([&] { return run.venues()[0].rows > before; }, 60'000))
            return false;
    }
    return true;
}

inline std::int64_t OracleRig::count(const char *sql)
{
    auto lease = m_pool->take();
    const auto rows = (*lease)->query(sql);
    return rows ? rows->first().int64(0) : -1;
}

} // namespace chrona::service::tests
