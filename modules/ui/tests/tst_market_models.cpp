// SPDX-License-Identifier: AGPL-3.0-or-later
#include "market/calendar_model.h"
#include "market/reach.h"
#include "market/watchlist_model.h"

#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace chrona;
using namespace chrona::ui;

/// What is to come, how long until then, and what a target hangs on.
class TestMarketModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sessionsAreAhead();
    void countdowns_data();
    void countdowns();
    void exposuresAreFollowed();
    void nodesHaveNames();
    void moveIsMeasuredByThoseBeforeIt();
};

void TestMarketModels::sessionsAreAhead()
{
    // The day before Thanksgiving, in the evening: closed on Thursday, half a day on Friday.
    const Instant evening = *parseInstant("2026-11-25T22:00:00Z");
    const auto coming = comingUp({}, evening, 100);
    QVERIFY(coming.size() >= 4);
    QCOMPARE(static_cast<int>(coming[0].kind), static_cast<int>(ComingUp::Kind::Opening));
    QCOMPARE(coming[0].at, *parseInstant("2026-11-27T14:30:00Z"));
    QVERIFY(coming[0].isHalfDay && coming[1].isHalfDay);
    QCOMPARE(coming[1].at, *parseInstant("2026-11-27T18:00:00Z"));
    // A release that was announced stands among them; one that nobody knew of does not.
    schema::EventColumns columns;
    for (const int hour : {30, 31}) {
        schema::Event event;
        event.id = {hour};
        event.type = schema::EventType::CalendarEntry;
        event.times.observedAt = evening + std::chrono::hours(hour);
        event.times.ingestedAt = hour == 30 ? evening - 1h : evening + 1h;
        event.times.basis = schema::AvailabilityBasis::Measured;
        columns.append(event, 0, 0);
    }
    const auto with = comingUp(columns, evening, 100);
    QCOMPARE(std::ranges::count(with, ComingUp::Kind::Event, &ComingUp::kind), 1);
    QCOMPARE(std::ranges::find(with, ComingUp::Kind::Event, &ComingUp::kind)->event, 30);
}

void TestMarketModels::countdowns_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("within the minute") << 20 << u"1 m"_s;
    QTest::newRow("minutes") << 59 * 60 << u"59 m"_s;
    QTest::newRow("an hour and five minutes") << 65 * 60 << u"1 h 05 m"_s;
    QTest::newRow("days") << 2 * 86'400 + 4 * 3'600 << u"2 d 4 h"_s;
    QTest::newRow("what is past is not told as negative") << -5 << u"0 m"_s;
}

void TestMarketModels::countdowns()
{
    QFETCH(int, seconds);
    QFETCH(QString, text);
    QCOMPARE(countdownText(std::chrono::seconds(seconds)), text);
}

void TestMarketModels::exposuresAreFollowed()
{
    const std::vector<ipc::ExposureEntry> rules{
        {"topic:monetary_policy", "theme:broad_equities", 0.8, "", false, {}},
        {"theme:broad_equities", "instrument:SPY", 0.5, "", false, {}},
        {"topic:weak", "instrument:SPY", 0.01, "", false, {}},
        {"instrument:SPY", "theme:broad_equities", 1.0, "", false, {}}};
    const auto reached = reachOf(rules, "SPY");
    QCOMPARE(reached.size(), 2U);
    QCOMPARE(reached[0].node, std::string("theme:broad_equities"));
    QCOMPARE(reached[1].weight, 0.4);
    QVERIFY(reachOf(rules, "TLT").empty());
    // A target that ships hangs on what moves the thing that it stands for.
    const auto gold = reachOf({{"topic:geopolitics", "commodity:gold", 0.4, "", false, {}},
                               {"commodity:gold", "class:broad", 0.2, "", false, {}}},
                              "GLD");
    QCOMPARE(gold.size(), 1U);
    QCOMPARE(gold[0].node, std::string("topic:geopolitics"));
    QCOMPARE(gold[0].weight, 0.4);
}

void TestMarketModels::nodesHaveNames()
{
    QCOMPARE(nodeText("country:IR"), u"Iran"_s);
    QCOMPARE(nodeText("topic:monetary_policy"), u"Monetary policy"_s);
    QCOMPARE(nodeText("commodity:crude_oil"), u"crude oil"_s);
    QCOMPARE(nodeText("country:ZZ"), u"ZZ"_s);
    QCOMPARE(nodeText("alone"), u"alone"_s);
}

void TestMarketModels::moveIsMeasuredByThoseBeforeIt()
{
    WatchRow row;
    row.closes = {100};
    measure(row);
    QVERIFY(std::isnan(row.changeShare) && std::isnan(row.sigmaMove));
    // 40 moves of one per cent up and down, by their own mean and n - 1: then one of three.
    for (int day = 0; day < 40; ++day)
        row.closes.push_back(row.closes.back() * (day % 2 == 0 ? 1.01 : 0.99));
    row.closes.push_back(row.closes.back() * 0.97);
    measure(row);
    QCOMPARE(row.last, row.closes.back());
    QVERIFY(std::abs(row.changeShare + 0.03) < 1e-12);
    QVERIFY(std::abs(row.sigmaMove + 3 / std::sqrt(40.0 / 39)) < 1e-9);
    row.closes.resize(15);
    measure(row);
    QVERIFY2(std::isnan(row.sigmaMove), "too few to say what is usual");
}

QTEST_GUILESS_MAIN(TestMarketModels)
#include "tst_market_models.moc"
