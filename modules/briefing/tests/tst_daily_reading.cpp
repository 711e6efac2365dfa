// SPDX-License-Identifier: AGPL-3.0-or-later
// What a reader of the morning meets first: short verdicts, each thing once, the next session.
#include "brief_world.h"

#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::briefing;
using namespace chrona::briefing::testing;
using schema::SectionKind;

class TestDailyReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatSeveralReportIsToldOnce()
    {
        BriefWorld world;
        for (const char *hour : {"16", "17", "18"})
            world.addEvent(schema::EventType::RateDecision, "A decision",
                           at(std::format("2018-06-05T{}:00:00Z", hour).c_str()));
        const std::vector<std::string> watched{"class:broad"};
        world.inputs.watched = watched;
        const std::string text = textOf(world.told(), schema::SectionKind::Watchlist);
        QVERIFY(text.contains("A decision"));
        QCOMPARE(text.find("A decision"), text.rfind("A decision"));
        QVERIFY2(text.contains("2 further events reached it as well."), text.c_str());
    }

    void theVerdictIsShortAndItsGroundsStandBehindIt()
    {
        BriefWorld world;
        world.addEvent(schema::EventType::RateDecision, "The event", at("2018-06-05T18:00:00Z"));
        const schema::Briefing briefing = world.told();
        const std::string short_ = textOf(briefing, SectionKind::Headline);
        QVERIFY2(short_.contains("may have mattered; the case is "), short_.c_str());
        QVERIFY2(!short_.contains("exposure"), short_.c_str());
        const std::string whole = textOf(briefing, SectionKind::Causes);
        for (const char *factor : {"exposure ", "severity ", "timing ", "confidence ", "response "})
            QVERIFY2(whole.contains(factor), factor);
    }

    void whatHasNotEndedIsNewOnce()
    {
        BriefWorld world;
        const schema::Briefing yesterday = world.told();
        world.inputs.previous = &yesterday;
        world.addEvent(schema::EventType::WeatherAlert, "A storm", at("2018-06-05T18:00:00Z"))
            .endsAt = at("2018-06-07T00:00:00Z");
        const schema::Briefing briefing = world.told();
        QVERIFY(hasStatement(briefing, "Still open: A storm."));
        const std::string changes = textOf(briefing, SectionKind::Changes);
        QVERIFY2(changes.contains("Newly open: A storm."), changes.c_str());
    }

    void aSourceThatIsDownNamesWhatIsMissing()
    {
        BriefWorld world;
        world.targets[2].values.pop_back();
        world.targets[2].days.pop_back();
        world.targets[2].knownAt.pop_back();
        schema::SourceHealth health;
        health.source = world.sources[0].id;
        health.state = schema::SourceState::Late;
        health.lastSuccessAt = at("2018-06-04T22:00:00Z");
        world.health = {health};
        const std::string text = textOf(world.told(), SectionKind::DataHealth);
        QVERIFY2(text.contains("is missing here, among it the day's value of WTI crude."),
                 text.c_str());
        QVERIFY(!text.contains("value of S&P 500"));
    }

    void theNextSessionIsTold_data()
    {
        QTest::addColumn<QString>("date");
        QTest::addColumn<QString>("said");
        QTest::newRow("an ordinary day") << "2018-06-05"
                                         << "Wednesday, 6 June 2018.";
        QTest::newRow("a half day") << "2018-07-02"
                                    << "Tuesday, 3 July 2018, a half day.";
        QTest::newRow("over a holiday, from a half day")
            << "2018-07-03"
            << "Thursday, 5 July 2018; 4 July 2018 is Independence Day.";
        QTest::newRow("the Monday after the clocks change") << "2018-03-09"
                                                            << "Monday, 12 March 2018.";
    }

    void theNextSessionIsTold()
    {
        QFETCH(QString, date);
        QFETCH(QString, said);
        BriefWorld world;
        world.inputs.day = day(date.toStdString().c_str());
        world.inputs.knownAt = Instant(world.inputs.day) + std::chrono::hours(22);
        const schema::Briefing briefing = world.told();
        QVERIFY(schema::validate(briefing).empty());
        const std::string text = textOf(briefing, SectionKind::Calendar);
        QVERIFY2(text.contains("trades next by its calendar on " + said.toStdString()),
                 text.c_str());
    }
};

QTEST_APPLESS_MAIN(TestDailyReading)
#include "tst_daily_reading.moc"
