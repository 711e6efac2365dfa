// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_desk.h"
#include "brief_rows.h"

#include "brief_targets.h"
#include "case_brief.h"

#include "chrona/base/clock.h"
#include "chrona/schema/targets.h"
#include "chrona/storage/watchlist_store.h"

#include <QScopeGuard>

#include <algorithm>

using namespace chrona;
using namespace chrona::service;
using std::chrono::hours;
using std::chrono::minutes;

class TestBriefPipeline : public QObject, private testing::BriefDesk {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { openDatabase(); }
    void init() { begin(); }
    void targetsStandWhereADeskLooks();
    void dayIsToldWithItsMove();
    void whatCameLaterChangesNoByte();
    void emptyDatabaseIsAShortBriefing();
    void dayBeforeItBeginsIsRefused();
    void dayTellsItsSteps();
    void dayEndsWhereItIsStopped();
    void caseBriefEndsWhereItIsStopped();
    void jobStoresTheDayAndSetsItsNextRun();
    void elevatedSignalIsToldFromItsRunOn();
    void watchlistHasItsSection();
    void hourTellsAnEventOnce();
    void switchedOffExposureTellsNothing();
    void hourOfTheMorningFollowsTheSetting();
    void hourOfTheMorningBearsClocksThatChange_data();
    void hourOfTheMorningBearsClocksThatChange();

private:
    static Date day(const char *text) { return parseDate(text).value(); }
    void storeBars(Instant knownFrom, double lastMove)
    {
        testing::storeBars(*m_connection, knownFrom, lastMove);
    }
    void storeElevatedSignal(Instant finished)
    {
        testing::storeElevatedSignal(*m_connection, finished);
    }
    void storeEvent(const char *ref, schema::EventType type, Instant when, Instant known)
    {
        testing::storeEvent(*m_connection, ref, type, when, known);
    }
};

namespace {

using testing::kDay;

bool says(const schema::Briefing &briefing, std::string_view part)
{
    return formats::writeBriefingJson(briefing).contains(part);
}

} // namespace

void TestBriefPipeline::targetsStandWhereADeskLooks()
{
    for (const schema::DefaultTarget &shipped : schema::defaultTargets()) {
        const auto target = targetFor(schema::instrumentFor(shipped));
        QVERIFY2(target.kind != briefing::TargetKind::Own, shipped.symbol.data());
        QVERIFY(target.calendar == schema::Calendar::NewYork);
        QVERIFY(nodesFor("instrument:" + target.symbol).size() == 2);
    }
    schema::Series series;
    series.key = "treasury:BC_10YEAR";
    series.frequency = schema::Frequency::Day;
    QVERIFY(targetFor(series)->unit == briefing::MoveUnit::BasisPoints);
    series.key = "demo:mood";
    QVERIFY2(!targetFor(series), "a feature is no market");
}

void TestBriefPipeline::dayIsToldWithItsMove()
{
    storeBars({}, -0.05);
    storeEvent("rate", schema::EventType::RateDecision, at("2018-06-05T18:00:00Z"),
               at("2018-06-05T18:00:00Z"));
    const schema::Briefing briefing = make({kDay, at("2018-06-06T07:00:00Z")});
    QVERIFY(briefing.day == kDay);
    QVERIFY(!briefing.synthetic);
    QVERIFY2(says(briefing, "5.00"), "the move to the printed digit");
    QVERIFY2(says(briefing, "Event rate"), "the event as a candidate");
}

void TestBriefPipeline::whatCameLaterChangesNoByte()
{
    storeBars({}, -0.05);
    // Registers the source: which sources there are is the user's choice of today and has no past.
    storeEvent("early", schema::EventType::RateDecision, at("2018-06-05T17:00:00Z"),
               at("2018-06-05T17:00:00Z"));
    const BriefMoment moment{kDay, at("2018-06-06T07:00:00Z")};
    const auto before = makeDaily(*m_connection, moment, *m_settings, {});
    QVERIFY(before);
    storeBars(at("2018-06-06T09:00:00Z"), 0.07);
    storeEvent("late", schema::EventType::RateDecision, at("2018-06-05T18:00:00Z"),
               at("2018-06-06T09:00:00Z"));
    const auto after = makeDaily(*m_connection, moment, *m_settings, {});
    QVERIFY(after);
    QCOMPARE(after->document, before->document);
    const auto later =
        makeDaily(*m_connection, {kDay, at("2018-06-06T10:00:00Z")}, *m_settings, {});
    QVERIFY2(later && later->document.contains("Event late"), "what is known then is told then");
}

void TestBriefPipeline::emptyDatabaseIsAShortBriefing()
{
    const schema::Briefing briefing = make({kDay, at("2018-06-06T07:00:00Z")});
    QVERIFY(!briefing.sections.empty());
    QVERIFY(says(briefing, "No source is registered."));
}

void TestBriefPipeline::dayBeforeItBeginsIsRefused()
{
    const auto made = makeDaily(*m_connection, {kDay, at("2018-06-04T07:00:00Z")}, *m_settings, {});
    QVERIFY(!made && made.error().code == ErrorCode::InvalidInput);
}

void TestBriefPipeline::dayTellsItsSteps()
{
    storeBars({}, -0.05);
    const BriefMoment moment{kDay, at("2018-06-06T07:00:00Z")};
    std::vector<double> shares;
    const auto told = [&shares](std::size_t done, std::size_t total) {
        shares.push_back(static_cast<double>(done) / static_cast<double>(total));
    };
    const BriefMoment before{schema::sessionBefore(schema::Calendar::NewYork, kDay).day,
                             at("2018-06-05T07:00:00Z")};
    std::size_t steps = 0;
    for (const bool isBeforeStored : {false, true}) {
        if (isBeforeStored) {
            const auto made = makeDaily(*m_connection, before, *m_settings, {});
            QVERIFY(made && storage::storeBriefing(*m_connection, *made));
        }
        shares.clear();
        QVERIFY(makeDaily(*m_connection, moment, *m_settings, {}, told));
        QVERIFY(std::ranges::is_sorted(shares));
        QCOMPARE(shares.back(), 1.0);
        QVERIFY2(!isBeforeStored || shares.size() * 2 == steps, "one day is told instead of two");
        steps = shares.size();
    }
}

void TestBriefPipeline::dayEndsWhereItIsStopped()
{
    storeBars({}, -0.05);
    const BriefMoment moment{kDay, at("2018-06-06T07:00:00Z")};
    std::size_t steps = 0;
    QVERIFY(makeDaily(*m_connection, moment, *m_settings, {}, [&](auto...) { ++steps; }));
    for (std::size_t last = 1; last <= steps; ++last) {
        std::stop_source stop;
        std::size_t done = 0;
        const auto made =
            makeDaily(*m_connection, moment, *m_settings, stop.get_token(), [&](auto...) {
                if (++done == last)
                    stop.request_stop();
            });
        QVERIFY(!made && made.error().code == ErrorCode::Cancelled);
        QCOMPARE(done, last);
    }
}

void TestBriefPipeline::caseBriefEndsWhereItIsStopped()
{
    storeBars({}, -0.05);
    schema::Investigation investigation;
    investigation.id = {7};
    schema::CaseItem &head = investigation.items.emplace_back();
    head.kind = schema::CaseItemKind::Case;
    head.id = {7};
    head.title = "Strait";
    const BriefMoment moment{kDay, at("2018-06-06T07:00:00Z")};
    std::size_t before = 0;
    bool goesBack = false;
    briefing::Steps whole({}, [&](std::size_t done, std::size_t total) {
        goesBack = goesBack || done != ++before || done > total;
    });
    const auto all = makeCaseBrief(*m_connection, investigation, moment, *m_settings, whole);
    QVERIFY2(all, all ? "" : all.error().what.c_str());
    QVERIFY(!goesBack);
    QCOMPARE(whole.count(), whole.total());
    for (std::size_t last = 1; last <= whole.total(); ++last) {
        std::stop_source stop;
        briefing::Steps steps(stop.get_token(), [&](std::size_t done, std::size_t) {
            if (done == last)
                stop.request_stop();
        });
        const auto made = makeCaseBrief(*m_connection, investigation, moment, *m_settings, steps);
        QVERIFY(!made && made.error().code == ErrorCode::Cancelled);
        QCOMPARE(steps.count(), last);
    }
}

void TestBriefPipeline::jobStoresTheDayAndSetsItsNextRun()
{
    storeBars({}, -0.05);
    auto pool = storage::Pool::open(m_where, 4);
    QVERIFY(pool);
    QVERIFY(jobs::enqueue(*m_connection, {.queue = std::string(jobs::queue::kBriefing),
                                          .kind = kDailyBriefing,
                                          .payload = R"({"date":"2018-06-05"})"}));
    {
        JobRunner runner(*pool, briefingKinds(*m_settings),
                         [](storage::Connection &, schema::JobId) {});
        QTRY_VERIFY_WITH_TIMEOUT(storage::loadBriefing(*m_connection, kDay).has_value(), 20'000);
    }
    const auto stored = storage::loadBriefing(*m_connection, kDay).value();
    QCOMPARE(stored.revision, 1U);
    QVERIFY(newsOf(*m_connection, ipc::BriefingKind::Daily).value().briefing == entryFor(stored));
    const auto schedules = m_connection->query(
        "SELECT count(*) FROM chrona_ops.job_schedule WHERE queue = 'briefing'");
    QCOMPARE(schedules->first().int64(0), 2);
}

void TestBriefPipeline::elevatedSignalIsToldFromItsRunOn()
{
    storeBars({}, -0.05);
    storeElevatedSignal(at("2018-06-06T06:00:00Z"));
    const schema::Briefing before = make({kDay, at("2018-06-06T05:00:00Z")});
    QVERIFY(says(before, "No signals were given"));
    const schema::Briefing after = make({kDay, at("2018-06-06T07:00:00Z")});
    QVERIFY2(says(after, "Storms (US) is newly elevated"), "by the feature's name");
    QVERIFY(std::ranges::contains(after.citations, schema::EvidenceKind::Signal,
                                  &schema::Citation::kind));
    const Instant hour = at("2018-06-06T06:00:00Z");
    const auto update =
        makeHourly(*m_connection, {hour, hour + hours(1)}, AlertsAre::Kept, *m_settings, {});
    QVERIFY(update && update->document.contains("newly elevated"));
}

void TestBriefPipeline::watchlistHasItsSection()
{
    storeBars({}, -0.05);
    storeEvent("rate", schema::EventType::RateDecision, at("2018-06-05T18:00:00Z"),
               at("2018-06-05T18:00:00Z"));
    const BriefMoment moment{kDay, at("2018-06-06T07:00:00Z")};
    QVERIFY2(!says(make(moment), "What reached the watchlists"), "nobody watches anything");
    QVERIFY(seedDefaults(*m_connection));
    const schema::Briefing briefing = make(moment);
    const auto section = std::ranges::find(briefing.sections, schema::SectionKind::Watchlist,
                                           &schema::Section::kind);
    QVERIFY(section != briefing.sections.end());
    QVERIFY(std::get<schema::Statement>(section->blocks.front()).text.contains("Event rate"));
}

void TestBriefPipeline::hourTellsAnEventOnce()
{
    QVERIFY(seedDefaults(*m_connection));
    const Instant hour = at("2018-06-05T18:00:00Z");
    storeEvent("rate", schema::EventType::RateDecision, hour + minutes(5), hour + minutes(5));
    const auto first =
        makeHourly(*m_connection, {hour, hour + hours(1)}, AlertsAre::Kept, *m_settings, {});
    QVERIFY2(first, first ? "" : first.error().what.c_str());
    const auto told = formats::readHourlyJson(first->document).value();
    QCOMPARE(told.changes.size(), std::size_t(1));
    QVERIFY(told.changes[0].statement.text.contains("Event rate"));
    QVERIFY(storage::storeHourly(*m_connection, *first));
    const auto next = makeHourly(*m_connection, {hour + hours(1), hour + hours(2)}, AlertsAre::Kept,
                                 *m_settings, {});
    QVERIFY(next);
    QVERIFY2(formats::readHourlyJson(next->document)->changes.empty(), "nothing twice");
    const auto again =
        makeHourly(*m_connection, {hour, hour + hours(1)}, AlertsAre::Kept, *m_settings, {});
    QCOMPARE(again->document, first->document);
    QCOMPARE(replyFor(*m_connection, *first)->document, first->document);
}

void TestBriefPipeline::switchedOffExposureTellsNothing()
{
    QVERIFY(seedDefaults(*m_connection));
    QVERIFY(storage::saveExposure(*m_connection,
                                  {"type:rate_decision", "topic:monetary_policy", 0, "not mine"}));
    const Instant hour = at("2018-06-05T18:00:00Z");
    storeEvent("rate", schema::EventType::RateDecision, hour + minutes(5), hour + minutes(5));
    const auto update =
        makeHourly(*m_connection, {hour, hour + hours(1)}, AlertsAre::Kept, *m_settings, {});
    QVERIFY(update);
    const auto told = formats::readHourlyJson(update->document);
    QVERIFY(told);
    for (const auto &change : told->changes)
        QVERIFY2(!change.statement.text.contains("monetary policy"), "by a rule that is off");
}

void TestBriefPipeline::hourOfTheMorningFollowsTheSetting()
{
    const Instant far = at("2026-01-01");
    const Instant seven = decisionFor(kDay, *m_settings, far);
    QVERIFY(m_settings->set("briefing.hour", "9"));
    QVERIFY(decisionFor(kDay, *m_settings, far) - seven == hours(2));
    QVERIFY2(decisionFor(kDay, *m_settings, at("2018-06-05T12:00:00Z")) ==
                 at("2018-06-05T12:00:00Z"),
             "never later than now");
    QVERIFY(lastSession(at("2018-06-05T19:59:00Z")) == day("2018-06-04"));
    QVERIFY(lastSession(at("2018-06-05T20:00:00Z")) == kDay);
    QVERIFY(lastSession(at("2018-06-10T12:00:00Z")) == day("2018-06-08"));
    QVERIFY(lastFullHour(at("2018-06-05T20:02:00Z")) == at("2018-06-05T19:00:00Z"));
}

void TestBriefPipeline::hourOfTheMorningBearsClocksThatChange_data()
{
    QTest::addColumn<QByteArray>("hour");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("next");
    const auto row = [](const char *name, const char *hour, const char *now, const char *next) {
        QTest::newRow(name) << QByteArray(hour) << QByteArray(now) << QByteArray(next);
    };
    row("a day in winter", "7", "2026-03-20T12:00:00Z", "2026-03-21T06:00:00Z");
    row("over the night that is short", "7", "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z");
    row("at the hour that is left out", "2", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z");
    row("over the night that is long", "7", "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z");
    row("the hour that comes twice has one run", "2", "2026-10-25T01:30:00Z",
        "2026-10-26T01:00:00Z");
}

void TestBriefPipeline::hourOfTheMorningBearsClocksThatChange()
{
    QFETCH(QByteArray, hour);
    QFETCH(QByteArray, now);
    QFETCH(QByteArray, next);
    const QByteArray before = qgetenv("TZ");
    qputenv("TZ", "Europe/Berlin");
    const auto restore =
        qScopeGuard([&before] { before.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", before); });
    QVERIFY(m_settings->set("briefing.hour", hour.toStdString()));
    QVERIFY(scheduleBriefings(*m_connection, *m_settings, at(now.constData())));
    const auto run = m_connection->query(
        "SELECT next_run_at FROM chrona_ops.job_schedule WHERE name = $1", {kDailyBriefing});
    QVERIFY(run && !run->isEmpty());
    QCOMPARE(formatInstant(run->first().instant(0)), next.toStdString());
}

QTEST_GUILESS_MAIN(TestBriefPipeline)
#include "tst_brief_pipeline.moc"
