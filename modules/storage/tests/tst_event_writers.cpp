// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/test_database.h"
#include "sample_events.h"

#include <QTest>

#include <thread>

using namespace chrona;
using namespace chrona::schema;
using namespace chrona::storage;

/// Several who store the same events at the same time.
class TestEventWriters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void parallelWritersStoreEachEventOnce();
    void keyTakenSinceWeLookedIsADuplicate();

private:
    std::unique_ptr<TestDatabase> m_database;
};

void TestEventWriters::initTestCase()
{
    m_database = TestDatabase::open();
    QVERIFY(m_database);
}

void TestEventWriters::parallelWritersStoreEachEventOnce()
{
    const std::string where = m_database->freshConnectionString();
    std::array<StoreReport, 3> reports;
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < reports.size(); ++t) {
        threads.emplace_back([&, t] {
            auto connection = Connection::open(where);
            auto events = sampleEvents(3000);
            if (t == 1)
                std::ranges::reverse(events);
            for (std::size_t i = 0; i < events.size(); i += 300) {
                const auto part = std::span(events).subspan(i, 300);
                auto report = storeEvents(*connection, part);
                while (!report && report.error().retryable)
                    report = storeEvents(*connection, part);
                if (report)
                    reports[t] += *report;
                else
                    qWarning("%s", report.error().what.c_str());
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    StoreReport all;
    for (const StoreReport &report : reports)
        all += report;
    QVERIFY((all == StoreReport{3000, 6000, 0}));
    auto connection = Connection::open(where);
    const auto rows = connection->query("SELECT count(*), count(DISTINCT id), "
                                        "(SELECT count(*) FROM chrona_world.event_entity) "
                                        "FROM chrona_world.event");
    QCOMPARE(rows->first().int64(0), 3000);
    QCOMPARE(rows->first().int64(1), 3000);
    QCOMPARE(rows->first().int64(2), 6000);
}

/// The other writer has claimed keys and not committed when we look, so we take them for free.
void TestEventWriters::keyTakenSinceWeLookedIsADuplicate()
{
    const std::string where = m_database->freshConnectionString();
    auto other = Connection::open(where);
    const auto events = sampleEvents(42);
    // The ranges are there before: making one is a lock of its own.
    const std::vector ends{events.front(), events.back()};
    QCOMPARE(storeEvents(*other, ends)->accepted, 2);
    auto transaction = Transaction::begin(*other);
    QCOMPARE(storeEvents(*other, std::span(events).subspan(1, 10))->accepted, 10);
    Result<StoreReport> report;
    std::thread writer([&] {
        auto connection = Connection::open(where);
        report = storeEvents(*connection, events);
    });
    auto watcher = Connection::open(where);
    const auto waiting = [&watcher] {
        return watcher
            ->query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            ->first()
            .int64(0);
    };
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), 1, 60'000);
    const bool committed = transaction->commit().has_value();
    writer.join();
    QVERIFY(committed);
    QVERIFY2(report.has_value(), report ? "" : report.error().what.c_str());
    QVERIFY((*report == StoreReport{30, 12, 0}));
    QCOMPARE(countEvents(*watcher, {}).value(), 42);
}

QTEST_GUILESS_MAIN(TestEventWriters)
#include "tst_event_writers.moc"
