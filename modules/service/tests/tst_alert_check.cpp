// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_check.h"
#include "brief_pipeline.h"
#include "brief_rows.h"
#include "settings.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/fresh_database.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace chrona;
using namespace chrona::service;
using schema::AlertRule;
using schema::AlertWatch;
using std::chrono::hours;
using std::chrono::minutes;
using testing::kDay;

/// A person's rules against what is stored, and what an hour then says.
class TestAlertCheck : public QObject, private storage::FreshDatabase {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init();
    void eventIsToldAsItComesAndNotAgainByTheHour();
    void hourFindsWhatNobodySawComing();
    void shippedRuleTellsWhatMattersForAWatchlist();
    void whatIsUsualIsCountedOnceAMinute();
    void quietHoursHoldItBackUntilTheyAreOver();
    void moveCrosses();
    void elevatedSignalCrossesOnce();
    void nextHourDoesNotRepeatAnAlert();
    void previewStoresNothing();

private:
    static Instant at(const char *text) { return parseInstant(text).value(); }
    void add(AlertRule rule);
    [[nodiscard]] std::vector<schema::Event> storeRateDecision(const char *ref, Instant when);
    [[nodiscard]] std::vector<schema::Alert> alerts()
    {
        return storage::loadAlerts(*m_connection, {}).value();
    }
    std::size_t checkAll(Instant now)
    {
        const auto material = gatherHour(*m_connection, now, SourcesAre::Unread);
        return checkHour(*m_connection, *m_settings, material.value(), now).value();
    }

    static inline const Instant kHour = at("2018-06-05T18:00:00Z");
    QTemporaryDir m_folder;
    std::unique_ptr<Settings> m_settings;
    UsualCache m_usual;
};

void TestAlertCheck::init()
{
    beginFresh();
    m_usual = {};
    const auto file = m_folder.filePath(QStringLiteral("config.json")).toStdString();
    std::filesystem::remove(file);
    m_settings = Settings::open(file).value();
    QVERIFY(m_settings->set("alerts.quiet_from_hour", "0"));
    QVERIFY(m_settings->set("alerts.quiet_until_hour", "0"));
}

/// A rule that was made before all of this.
void TestAlertCheck::add(AlertRule rule)
{
    const auto saved = storage::saveAlertRule(*m_connection, rule);
    QVERIFY2(saved, saved ? "" : saved.error().what.c_str());
    QVERIFY(m_connection->exec("UPDATE chrona_brief.alert_rule SET changed_at = '2018-01-01'"));
}

std::vector<schema::Event> TestAlertCheck::storeRateDecision(const char *ref, Instant when)
{
    testing::storeEvent(*m_connection, ref, schema::EventType::RateDecision, when, when);
    return storage::findEvents(*m_connection, {.text = ref}).value();
}

void TestAlertCheck::eventIsToldAsItComesAndNotAgainByTheHour()
{
    AlertRule rule;
    rule.name = "Decisions";
    rule.words = {"RATE"};
    add(rule);
    const auto came = storeRateDecision("rate", kHour + minutes(5));
    const Instant now = kHour + minutes(6);
    QCOMPARE(checkCame(*m_connection, *m_settings, came, now, m_usual).value(), std::size_t(1));
    QCOMPARE(checkCame(*m_connection, *m_settings, came, now, m_usual).value(), std::size_t(0));
    QCOMPARE(checkAll(kHour + hours(1)), std::size_t(0));
    const auto told = alerts();
    QCOMPARE(told.size(), std::size_t(1));
    QCOMPARE(told[0].crossings[0].title, std::string("Event rate"));
    QVERIFY(told[0].announcedAt == now);
}

void TestAlertCheck::hourFindsWhatNobodySawComing()
{
    AlertRule rule;
    rule.name = "Decisions";
    rule.regions = {"US"};
    add(rule);
    (void)storeRateDecision("missed", kHour + minutes(5));
    QCOMPARE(checkAll(kHour + hours(1)), std::size_t(1));
}

void TestAlertCheck::shippedRuleTellsWhatMattersForAWatchlist()
{
    QVERIFY(seedDefaults(*m_connection));
    QVERIFY(m_connection->exec("UPDATE chrona_brief.alert_rule SET changed_at = '2018-01-01'"));
    const auto came = storeRateDecision("rate", kHour + minutes(5));
    QCOMPARE(checkCame(*m_connection, *m_settings, came, kHour + minutes(6), m_usual).value(),
             std::size_t(1));
    QVERIFY(alerts()[0].crossings[0].measured >= 0.3);
}

void TestAlertCheck::whatIsUsualIsCountedOnceAMinute()
{
    QVERIFY(seedDefaults(*m_connection));
    QVERIFY(m_connection->exec("UPDATE chrona_brief.alert_rule SET changed_at = '2018-01-01'"));
    const auto came = storeRateDecision("rate", kHour + minutes(5));
    const auto usualAt = [&](Instant now) {
        const auto found = checkCame(*m_connection, *m_settings, came, now, m_usual);
        return found ? m_usual.rates->hourlyMean(schema::EventType::RateDecision, "US") : -1;
    };
    const double once = usualAt(kHour + minutes(6));
    QVERIFY(once > 0);
    for (const char *ref : {"a", "b", "c"})
        (void)storeRateDecision(ref, kHour + minutes(5));
    QCOMPARE(usualAt(kHour + minutes(6) + std::chrono::seconds(59)), once);
    QCOMPARE(usualAt(kHour + minutes(7)), 4 * once);
    QCOMPARE(usualAt(kHour + minutes(6)), 4 * once); // a clock that was set back
    QVERIFY(m_usual.madeAt == kHour + minutes(6));
}

void TestAlertCheck::quietHoursHoldItBackUntilTheyAreOver()
{
    AlertRule rule;
    rule.name = "Decisions";
    const int minute = int(std::chrono::duration_cast<minutes>(
                               kHour + localOffset(kHour) -
                               std::chrono::floor<std::chrono::days>(kHour + localOffset(kHour)))
                               .count());
    rule.quiet = schema::QuietHours{minute, (minute + 120) % (24 * 60)};
    add(rule);
    const auto came = storeRateDecision("rate", kHour + minutes(5));
    QVERIFY(checkCame(*m_connection, *m_settings, came, kHour + minutes(6), m_usual));
    QVERIFY(!alerts()[0].announcedAt);
    QVERIFY(announceWaiting(*m_connection, *m_settings, kHour + minutes(119)));
    QVERIFY(!alerts()[0].announcedAt);
    QVERIFY(announceWaiting(*m_connection, *m_settings, kHour + minutes(120)));
    QVERIFY(alerts()[0].announcedAt == kHour + minutes(120));
}

void TestAlertCheck::moveCrosses()
{
    testing::storeBars(*m_connection, {}, -0.05);
    AlertRule rule;
    rule.name = "Moves";
    rule.watch = AlertWatch::Move;
    rule.threshold = 4;
    add(rule);
    QCOMPARE(checkAll(Instant(kDay) + hours(22)), std::size_t(1));
    const auto told = alerts();
    QVERIFY(told[0].crossings[0].subject == "move:SPY:2018-06-05");
    QVERIFY(told[0].crossings[0].measured < -4);
    QCOMPARE(checkAll(Instant(kDay) + hours(23)), std::size_t(0));
}

void TestAlertCheck::elevatedSignalCrossesOnce()
{
    testing::storeBars(*m_connection, {}, -0.05);
    testing::storeElevatedSignal(*m_connection, at("2018-06-06T06:00:00Z"));
    AlertRule rule;
    rule.name = "Signals";
    rule.watch = AlertWatch::Signal;
    rule.about = {"SPY"};
    add(rule);
    QCOMPARE(checkAll(at("2018-06-06T07:00:00Z")), std::size_t(1));
    QCOMPARE(alerts()[0].crossings[0].title.substr(0, 11), std::string("Storms (US)"));
    testing::storeElevatedSignal(*m_connection, at("2018-06-07T06:00:00Z"));
    QCOMPARE(checkAll(at("2018-06-07T07:00:00Z")), std::size_t(0)); // it still is
}

void TestAlertCheck::nextHourDoesNotRepeatAnAlert()
{
    AlertRule rule;
    rule.name = "Decisions";
    add(rule);
    (void)storeRateDecision("rate", kHour + minutes(5));
    const auto hourAfter = [this](int number, AlertsAre are) {
        const Instant hour = kHour + hours(number);
        const auto made =
            makeHourly(*m_connection, {hour, hour + hours(1) + minutes(2)}, are, *m_settings, {});
        return made.and_then([this](const storage::HourlyRecord &record) {
            return storage::storeHourly(*m_connection, record).and_then([&] {
                return formats::readHourlyJson(record.document);
            });
        });
    };
    const auto first = hourAfter(0, AlertsAre::Checked);
    QVERIFY2(first, first ? "" : first.error().what.c_str());
    QCOMPARE(first->alerts.size(), std::size_t(1));
    QVERIFY(first->alerts[0].text.starts_with("Decisions: Event rate"));
    QCOMPARE(hourAfter(1, AlertsAre::Checked)->alerts.size(), std::size_t(0));
    // Told again, the hour says the same.
    QCOMPARE(hourAfter(0, AlertsAre::Kept)->alerts, first->alerts);
    const auto stored = storage::loadHourly(*m_connection, kHour).value();
    QCOMPARE(replyFor(*m_connection, *stored)->alerts.size(), std::size_t(1));
}

void TestAlertCheck::previewStoresNothing()
{
    testing::storeBars(*m_connection, {}, -0.05);
    (void)storeRateDecision("one", kHour + minutes(5));
    (void)storeRateDecision("two", kHour + minutes(10));
    (void)storeRateDecision("three", kHour + hours(3));
    ipc::AlertPreview asked;
    asked.rule.name = "Decisions";
    asked.until = kHour + hours(6);
    const auto events = previewRule(*m_connection, asked);
    QVERIFY2(events, events ? "" : events.error().what.c_str());
    QCOMPARE(events->crossings, 3U);
    QCOMPARE(events->alerts, 2U); // two of them within an hour
    QCOMPARE(events->newest.front().title, std::string("Event three"));
    asked.rule.watch = AlertWatch::Move;
    asked.rule.threshold = 4;
    const auto moves = previewRule(*m_connection, asked);
    QVERIFY2(moves, moves ? "" : moves.error().what.c_str());
    QCOMPARE(moves->crossings, 1U);
    QVERIFY(alerts().empty());
}

QTEST_GUILESS_MAIN(TestAlertCheck)
#include "tst_alert_check.moc"
