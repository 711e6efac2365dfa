// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_world.h"
#include "words.h"

#include "chrona/briefing/episodes.h"
#include "chrona/briefing/moves.h"

#include <QTest>

#include <cmath>

using namespace chrona;
using namespace chrona::briefing;
using namespace chrona::briefing::testing;

class TestBriefingParts : public QObject {
    Q_OBJECT

private:
    static Move moveOf(const TargetSeries &target, Date when)
    {
        const Instant known = Instant(when) + std::chrono::hours(22);
        const BriefingPolicy policy;
        return measureMove(target, knownColumn(target, when, known, policy), when, policy);
    }

private Q_SLOTS:
    void ownVolatilityLooksOnlyBack()
    {
        BriefWorld world;
        const Move move = moveOf(world.targets[1], day("2018-06-05"));
        // Sixty changes of ±2 bp before it; its own 25 bp do not dampen it.
        QVERIFY(std::abs(move.change + 25) < 1e-9);
        QVERIFY(std::abs(std::abs(move.sigma) - 25 / (2 * std::sqrt(60.0 / 59))) < 1e-6);
    }

    void recordsSayForHowLong()
    {
        BriefWorld world;
        const Move move = moveOf(world.targets[0], day("2018-06-05"));
        QVERIFY(move.levelExtreme.kind == ExtremeKind::Low);
        QVERIFY(!move.levelExtreme.since);
        QCOMPARE(move.levelExtreme.sessions, world.targets[0].days.size() - 1);
        QVERIFY(move.changeExtreme.kind == ExtremeKind::Low);
        // An ordinary day is no record.
        QVERIFY(moveOf(world.targets[2], day("2018-06-05")).levelExtreme.kind == ExtremeKind::None);
    }

    void oilBelowZeroIsToldInDollars()
    {
        BriefWorld world;
        world.targets[2].levelUnit = "USD/bbl";
        world.targets[2].values.back() = -37.63;
        const Move move = moveOf(world.targets[2], day("2018-06-05"));
        QVERIFY(move.unit == MoveUnit::Points);
        QVERIFY(move.change < -90);
    }

    void aGapSaysSinceWhen()
    {
        BriefWorld world;
        TargetSeries &target = world.targets[0];
        for (int i = 0; i < 3; ++i) {
            target.days.erase(target.days.end() - 2);
            target.values.erase(target.values.end() - 2);
            target.knownAt.erase(target.knownAt.end() - 2);
        }
        const Move move = moveOf(target, day("2018-06-05"));
        QVERIFY(move.skippedSessions);
        QCOMPARE(formatDate(move.before), std::string("2018-05-30"));
        QVERIFY(!moveOf(world.targets[1], day("2018-06-05")).skippedSessions);
    }

    void closesFollowHalfDaysAndSummerTime()
    {
        TargetSeries target;
        QCOMPARE(formatInstant(closeOn(target, day("2018-03-09"))),
                 std::string("2018-03-09T21:00:00Z"));
        QCOMPARE(formatInstant(closeOn(target, day("2018-03-12"))),
                 std::string("2018-03-12T20:00:00Z"));
        QCOMPARE(formatInstant(closeOn(target, day("2018-11-23"))),
                 std::string("2018-11-23T18:00:00Z"));
    }

    void theNearestDayIsFound()
    {
        std::vector<Date> days;
        std::vector<double> move, path;
        for (int i = 0; i < 300; ++i) {
            days.push_back(day("2017-01-01") + std::chrono::days(i));
            move.push_back(i % 7 * 0.1);
            path.push_back(i);
        }
        move[299] = 5;
        move[100] = 4.9;
        move[104] = 4.8; // too near to the first
        move[295] = 5;   // too near to the query
        move[200] = 4;
        const std::vector<EpisodeAxis> axes{{move, 1}};
        const EpisodeResult result = findEpisodes({days, 299, axes, path, 3, 10});
        QCOMPARE(result.neighbours.size(), std::size_t(3));
        QCOMPARE(result.neighbours[0].at, std::size_t(100));
        QCOMPARE(result.neighbours[1].at, std::size_t(200));
        QCOMPARE(result.neighbours[0].after[2], 5.0);
        QCOMPARE(result.outcomes[4].n, std::size_t(3));
        QCOMPARE(result.outcomes[4].median, 15.0);
        // What has not yet happened is no outcome.
        move[110] = 5;
        const EpisodeResult early = findEpisodes({days, 110, axes, path, 3, 5});
        QCOMPARE(early.neighbours[0].at, std::size_t(100));
        QCOMPARE(early.neighbours[0].after[3], 10.0);
        QVERIFY(std::isnan(early.neighbours[0].after[4]));
    }

    void words_data()
    {
        QTest::addColumn<QString>("made");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char *name, const std::string &made, const char *wanted) {
            QTest::newRow(name) << QString::fromStdString(made) << QString::fromUtf8(wanted);
        };
        row("one thing is one", counted(1, "event", "events"), "1 event");
        row("none are many", counted(0, "event", "events"), "0 events");
        row("thousands are grouped", counted(12'043, "event", "events"), "12,043 events");
        row("small ordinals are words", ordinal(3), "third");
        row("eleven is no first", ordinal(11), "11th");
        row("twenty-one is", ordinal(21), "21st");
        row("two are joined by and", joined({"a", "b"}), "a and b");
        row("three by commas too", joined({"a", "b", "c"}), "a, b and c");
        row("a cut character is replaced", quotedLine("x\xE2\x82"), "x\uFFFD\uFFFD");
        row("an override of direction is dropped", quotedLine("a\u202Eb"), "ab");
        row("a long line is cut between characters", quotedLine("äää", 5), "ää…");
    }

    void words()
    {
        QFETCH(QString, made);
        QFETCH(QString, wanted);
        QCOMPARE(made, wanted);
    }
};

QTEST_APPLESS_MAIN(TestBriefingParts)
#include "tst_briefing_parts.moc"
