// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/alert_store.h"
#include "chrona/storage/provenance.h"
#include "chrona/storage/test_database.h"

#include <QTest>

#include <atomic>
#include <format>
#include <thread>

using namespace chrona;
using namespace chrona::storage;
using schema::AlertRule;
using std::chrono::hours;
using std::chrono::minutes;

class TestAlertStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void ruleComesBackWhole();
    void staleOrTakenNameIsRefused();
    void shippedRuleThatWasRemovedStaysAway();
    void nothingCrossesTwice();
    void twoWritersTellOnce();
    void rearmTimeAddsInSilence();
    void quietAlertWaitsAndIsAnnouncedOnce();
    void removedRuleTakesWhatWaited();
    void whatLastsEndsAndCanCrossAgain();
    void clearingTakesSyntheticOnly();

private:
    static AlertRule ruleCalled(const char *name)
    {
        AlertRule rule;
        rule.name = name;
        return rule;
    }
    static std::vector<schema::AlertCrossing> crossings(std::initializer_list<int> ids)
    {
        std::vector<schema::AlertCrossing> all;
        for (const int id : ids)
            all.push_back({std::format("event:{}", id), schema::EvidenceKind::Event, id,
                           std::format("Event {}", id), 0.01 * id, 0.3, kNow - minutes(5)});
        return all;
    }
    static CrossingBatch batchOf(const AlertRule &rule, std::initializer_list<int> ids)
    {
        CrossingBatch batch;
        batch.rule = &rule;
        batch.crossings = crossings(ids);
        return batch;
    }
    std::size_t record(const CrossingBatch &batch, Instant now)
    {
        return recordCrossings(*m_connection, {&batch, 1}, now).value();
    }
    std::vector<schema::Alert> alerts() { return loadAlerts(*m_connection, {}).value(); }

    static inline const Instant kNow = parseInstant("2026-11-20T12:00:00Z").value();
    std::unique_ptr<TestDatabase> m_database;
    std::string m_where;
    std::optional<Connection> m_connection;
    AlertRule m_rule;
};

void TestAlertStore::initTestCase()
{
    m_database = TestDatabase::open();
    QVERIFY(m_database);
}

void TestAlertStore::init()
{
    m_where = m_database->freshConnectionString();
    auto connection = Connection::open(m_where);
    QVERIFY(connection);
    m_connection.emplace(std::move(*connection));
    const auto saved = saveAlertRule(*m_connection, ruleCalled("Storms"));
    QVERIFY2(saved, saved ? "" : saved.error().what.c_str());
    m_rule = *saved;
}

void TestAlertStore::ruleComesBackWhole()
{
    AlertRule rule = ruleCalled("All of it");
    rule.watch = schema::AlertWatch::Story;
    rule.enabled = false;
    rule.words = {"straße", "a, b"};
    rule.types = 0b101;
    rule.regions = {"US-TX"};
    rule.sources = {"usgs-earthquakes", "news"};
    rule.box = schema::GeoBox{170, -10.5, -170, 12.25};
    rule.about = {"topic:trade"};
    rule.severityMin = 0.5;
    rule.confidenceMin = 0.25;
    rule.relevanceMin = 0.125;
    rule.threshold = 4;
    rule.urgency = schema::AlertUrgency::Critical;
    rule.quiet = schema::QuietHours{22 * 60, 7 * 60};
    rule.rearm = minutes(90);
    rule.grouping = schema::AlertGrouping::Each;
    const auto saved = saveAlertRule(*m_connection, rule);
    QVERIFY2(saved, saved ? "" : saved.error().what.c_str());
    rule.id = saved->id;
    rule.revision = 1;
    rule.changedAt = saved->changedAt;
    QVERIFY(loadAlertRules(*m_connection).value().back() == rule);
    rule.quiet.reset();
    rule.box.reset();
    rule.types = ~0U;
    QVERIFY(saveAlertRule(*m_connection, rule));
    const AlertRule again = loadAlertRules(*m_connection).value().back();
    QVERIFY(!again.quiet && !again.box && again.types == ~0U && again.revision == 2);
    rule = ruleCalled("Moves");
    rule.watch = schema::AlertWatch::Move;
    QVERIFY2(!saveAlertRule(*m_connection, rule), "a move needs a threshold");
}

void TestAlertStore::staleOrTakenNameIsRefused()
{
    QVERIFY(saveAlertRule(*m_connection, ruleCalled("Storms")).error().code == ErrorCode::Conflict);
    AlertRule mine = m_rule;
    mine.threshold = 1;
    QVERIFY(saveAlertRule(*m_connection, mine));
    QVERIFY(saveAlertRule(*m_connection, mine).error().code == ErrorCode::Conflict);
    const AlertRule other = saveAlertRule(*m_connection, ruleCalled("Quakes")).value();
    AlertRule renamed = other;
    renamed.name = "Storms";
    QVERIFY(saveAlertRule(*m_connection, renamed).error().code == ErrorCode::Conflict);
    AlertRule unknown = other;
    unknown.id = {999};
    QVERIFY(saveAlertRule(*m_connection, unknown).error().code == ErrorCode::NotFound);
    QVERIFY(removeAlertRule(*m_connection, {999}).error().code == ErrorCode::NotFound);
}

void TestAlertStore::shippedRuleThatWasRemovedStaysAway()
{
    const AlertRule shipped = ruleCalled("Matters");
    QVERIFY(seedAlertRules(*m_connection, {&shipped, 1}));
    QVERIFY(seedAlertRules(*m_connection, {&shipped, 1}));
    auto rules = loadAlertRules(*m_connection).value();
    QCOMPARE(rules.size(), std::size_t(2));
    QVERIFY(removeAlertRule(*m_connection, rules.back().id));
    QVERIFY(seedAlertRules(*m_connection, {&shipped, 1}));
    QCOMPARE(loadAlertRules(*m_connection).value().size(), std::size_t(1));
    QVERIFY2(saveAlertRule(*m_connection, shipped), "its name is free again");
}

void TestAlertStore::nothingCrossesTwice()
{
    QCOMPARE(record(batchOf(m_rule, {1, 2}), kNow), std::size_t(2));
    QCOMPARE(record(batchOf(m_rule, {1, 2}), kNow + hours(5)), std::size_t(0));
    QCOMPARE(record(batchOf(m_rule, {2, 3}), kNow + hours(5)), std::size_t(1));
    const auto all = alerts();
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[0].count, 1U);
    QCOMPARE(all[0].crossings.size(), std::size_t(1));
    QCOMPARE(all[0].crossings[0].subject, std::string("event:3"));
    QCOMPARE(all[1].count, 2U);
    QCOMPARE(all[1].crossings[0].subject, std::string("event:2")); // the weightier one first
    const AlertRule other = saveAlertRule(*m_connection, ruleCalled("Other")).value();
    QCOMPARE(record(batchOf(other, {1}), kNow), std::size_t(1)); // of another rule
}

void TestAlertStore::twoWritersTellOnce()
{
    std::atomic<std::size_t> fresh = 0;
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 4; ++writer)
            writers.emplace_back([&] {
                auto connection = Connection::open(m_where);
                if (!connection)
                    return;
                const CrossingBatch batch = batchOf(m_rule, {1, 2, 3});
                fresh += recordCrossings(*connection, {&batch, 1}, kNow).value_or(100);
            });
    }
    QCOMPARE(fresh.load(), std::size_t(3));
    QCOMPARE(alerts().size(), std::size_t(1));
    QCOMPARE(alerts()[0].count, 3U);
}

void TestAlertStore::rearmTimeAddsInSilence()
{
    record(batchOf(m_rule, {1}), kNow);
    record(batchOf(m_rule, {2}), kNow + minutes(59));
    QCOMPARE(alerts().size(), std::size_t(1));
    QCOMPARE(alerts()[0].count, 2U);
    record(batchOf(m_rule, {3}), kNow + minutes(61));
    QCOMPARE(alerts().size(), std::size_t(2));
    CrossingBatch elsewhere = batchOf(m_rule, {4});
    elsewhere.group = "JP";
    record(elsewhere, kNow + minutes(62));
    QCOMPARE(alerts().size(), std::size_t(3)); // a group of its own
    QCOMPARE(alerts()[0].group, std::string("JP"));
}

void TestAlertStore::quietAlertWaitsAndIsAnnouncedOnce()
{
    CrossingBatch night = batchOf(m_rule, {1});
    night.isQuiet = true;
    record(night, kNow);
    CrossingBatch later = batchOf(m_rule, {2});
    later.isQuiet = true;
    record(later, kNow + hours(3)); // what waits is one alert, however long the night
    const auto waiting = loadAlerts(*m_connection, {.waiting = true}).value();
    QCOMPARE(waiting.size(), std::size_t(1));
    QCOMPARE(waiting[0].count, 2U);
    QVERIFY(loadAlerts(*m_connection, {.announcedAfter = kNow - hours(1)})->empty());
    const schema::AlertId id = waiting[0].id;
    QVERIFY(announceAlerts(*m_connection, {&id, 1}, kNow + hours(8)));
    QVERIFY(announceAlerts(*m_connection, {&id, 1}, kNow + hours(9)));
    const auto told = loadAlerts(*m_connection, {.announcedAfter = kNow}).value();
    QCOMPARE(told.size(), std::size_t(1));
    QVERIFY(told[0].announcedAt == kNow + hours(8));
    QVERIFY(loadAlerts(*m_connection, {.announcedUntil = kNow + hours(7)})->empty());
}

void TestAlertStore::removedRuleTakesWhatWaited()
{
    record(batchOf(m_rule, {1}), kNow);
    CrossingBatch night = batchOf(m_rule, {2});
    night.isQuiet = true;
    night.group = "JP";
    record(night, kNow);
    QVERIFY(removeAlertRule(*m_connection, m_rule.id));
    QCOMPARE(alerts().size(), std::size_t(1));
    QVERIFY(alerts()[0].announcedAt.has_value());
    QCOMPARE(alerts()[0].name, std::string("Storms"));
}

void TestAlertStore::whatLastsEndsAndCanCrossAgain()
{
    CrossingBatch batch = batchOf(m_rule, {});
    batch.holds = true;
    batch.crossings = crossings({1});
    batch.crossings[0].subject = "signal:7@2026-11-20";
    record(batch, kNow);
    const auto held = loadHeldCrossings(*m_connection).value();
    QCOMPARE(held.size(), std::size_t(1));
    QCOMPARE(held[0].subject, std::string("signal:7@2026-11-20"));
    QVERIFY(endCrossings(*m_connection, held, kNow + hours(24)));
    QVERIFY(loadHeldCrossings(*m_connection)->empty());
    batch.crossings[0].subject = "signal:7@2026-11-22";
    QCOMPARE(record(batch, kNow + hours(48)), std::size_t(1));
}

void TestAlertStore::clearingTakesSyntheticOnly()
{
    record(batchOf(m_rule, {1}), kNow);
    CrossingBatch invented = batchOf(m_rule, {2});
    invented.group = "invented";
    invented.synthetic = true;
    record(invented, kNow);
    QVERIFY(clearSynthetic(*m_connection));
    QCOMPARE(alerts().size(), std::size_t(1));
    QVERIFY(!alerts()[0].synthetic);
    QCOMPARE(record(invented, kNow), std::size_t(1)); // loaded again, it is new again
}

QTEST_GUILESS_MAIN(TestAlertStore)
#include "tst_alert_store.moc"
