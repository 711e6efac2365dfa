// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_world.h"

#include "chrona/oracle/backtest.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <format>

using namespace chrona;
using namespace chrona::oracle;
using namespace chrona::oracle::tests;

namespace {

enum class Told : std::uint8_t { Truth, Others, Nothing };

/// A day of five minutes that begins with a table that is wrong by a factor of three.
BacktestDay makeDay(std::uint64_t seed, Told told = Told::Truth)
{
    TickWorld world = makeTickWorld({.seed = seed, .seconds = 300});
    for (std::size_t v = 0; v < world.setup.venues.size(); ++v)
        world.setup.venues[v].halfSpreadBps *= v % 2 == 0 ? 3 : 0.3;
    BacktestDay day{.name = std::format("day {}", seed),
                    .setup = world.setup,
                    .ticks = std::move(world.ticks)};
    if (told == Told::Truth)
        day.truth = world.truth;
    if (told == Told::Others)
        for (std::size_t second = 90; second < world.truth.size(); second += 90) {
            const TimedPrice &seen = world.truth[second];
            day.bands.push_back({seen.atMs, seen.price * (1 - 2e-4), seen.price,
                                 seen.price * (1 + 2e-4)});
        }
    return day;
}

bool isSame(const DayScore &a, const DayScore &b)
{
    const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    return same(a.median, b.median) && same(a.p99, b.p99) && same(a.max, b.max) &&
           same(a.missing, b.missing) && same(a.inBand, b.inBand) && same(a.distance, b.distance);
}

const StressScore *stressNamed(const BacktestResult::Day &day, std::string_view name)
{
    const auto found = std::ranges::find(day.stresses, name, &StressScore::name);
    return found == day.stresses.end() ? nullptr : &*found;
}

} // namespace

/// Days in their order, each with what those before it have taught, and what goes wrong in them.
class TestOracleBacktest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLaterDayChangesNothingBefore();
    void whatWasLearnedGoesIntoTheNextDay();
    void everyStressIsReplayed();
    void withoutTruthOthersJudge();
    void withoutAnythingTheUndisturbedDayJudges();
    void whatIsNoWalkIsRefused();
};

void TestOracleBacktest::aLaterDayChangesNothingBefore()
{
    const std::vector<BacktestDay> days{makeDay(1), makeDay(2), makeDay(3)};
    const auto all = backtest(days);
    QVERIFY(all);
    const auto some = backtest(std::span(days).first(2));
    QVERIFY(some);
    QCOMPARE(all->days.size(), std::size_t{3});
    for (std::size_t d = 0; d < some->days.size(); ++d) {
        const BacktestResult::Day &a = all->days[d], &b = some->days[d];
        QCOMPARE(a.noiseFactor, b.noiseFactor);
        QVERIFY(isSame(a.plain, b.plain) && isSame(a.chosen, b.chosen));
        QVERIFY(std::ranges::equal(a.stresses, b.stresses, [](const auto &x, const auto &y) {
            return x.name == y.name && isSame(x.score, y.score);
        }));
    }
    QCOMPARE(all->days.front().noiseFactor, 1.0); // nothing came before it
    const auto mean = all->meanOf(&DayScore::median, &BacktestResult::Day::chosen);
    QVERIFY(mean.standardError && *mean.standardError > 0);
    QVERIFY(!backtest(std::span(days).first(1))
                 ->meanOf(&DayScore::median, &BacktestResult::Day::chosen)
                 .standardError);
}

void TestOracleBacktest::whatWasLearnedGoesIntoTheNextDay()
{
    const std::vector<BacktestDay> alone{makeDay(5)}, after{makeDay(4), makeDay(5)};
    const DayScore anew = backtest(alone)->days.front().plain;
    const DayScore known = backtest(after)->days.back().plain;
    QVERIFY2(known.median < anew.median,
             qPrintable(QStringLiteral("%1 %2").arg(known.median).arg(anew.median)));
}

void TestOracleBacktest::everyStressIsReplayed()
{
    const std::vector<BacktestDay> days{makeDay(6)};
    const auto result = backtest(days);
    QVERIFY(result);
    QVERIFY(result->isTruthKnown);
    const BacktestResult::Day &day = result->days.front();
    QCOMPARE(day.stresses.size(), days.front().setup.venues.size() + 6);
    for (const StressScore &each : day.stresses) {
        QVERIFY2(std::isfinite(each.score.p99) && each.score.p99 < 40, each.name.c_str());
        QVERIFY2(!isSame(each.score, day.chosen), each.name.c_str());
    }
    const auto &venues = days.front().setup.venues;
    const auto largest = std::ranges::max_element(venues, {}, &VenueProfile::share);
    QVERIFY(stressNamed(day, "without " + largest->name));
    // Late as it may be, it does little more harm than if it were not there.
    const DayScore &without = stressNamed(day, "without " + largest->name)->score;
    for (const char *by : {" 250 ms late", " 2000 ms late", " 15000 ms late"}) {
        const StressScore *each = stressNamed(day, largest->name + by);
        QVERIFY2(each && each->score.median < 1.35 * without.median &&
                     each->score.p99 < 2 * without.p99,
                 by);
    }
    const StressScore *late = stressNamed(day, largest->name + " 15000 ms late");
    QVERIFY(late && stressNamed(day, largest->name + "'s clock 5000 ms behind"));
    QVERIFY(result->worst() && result->worst()->score.p99 >= late->score.p99);
}

void TestOracleBacktest::withoutTruthOthersJudge()
{
    const std::vector<BacktestDay> days{makeDay(7, Told::Others), makeDay(8, Told::Others)};
    const auto result = backtest(days);
    QVERIFY(result);
    QVERIFY(!result->isTruthKnown);
    for (const BacktestResult::Day &day : result->days) {
        QVERIFY(std::isnan(day.chosen.median));
        QVERIFY(day.chosen.distance >= 0 && day.chosen.distance < 10);
        QVERIFY(day.chosen.inBand >= 0 && day.chosen.inBand <= 1);
        QVERIFY(std::isfinite(day.stresses.front().score.p99)); // from the undisturbed answers
    }
}

void TestOracleBacktest::withoutAnythingTheUndisturbedDayJudges()
{
    const std::vector<BacktestDay> days{makeDay(9, Told::Nothing), makeDay(10, Told::Nothing)};
    const auto result = backtest(days);
    QVERIFY(result);
    for (const BacktestResult::Day &day : result->days) {
        QCOMPARE(day.noiseFactor, 1.0); // nothing tells which is better
        QVERIFY(std::isnan(day.chosen.median) && std::isnan(day.chosen.distance));
        QVERIFY(day.stresses.back().score.median >= 0);
    }
    QVERIFY(std::isnan(result->meanOf(&DayScore::median, &BacktestResult::Day::plain).mean));
}

void TestOracleBacktest::whatIsNoWalkIsRefused()
{
    QVERIFY(!backtest({}));
    BacktestDay empty = makeDay(1);
    empty.ticks.clear();
    QVERIFY(!backtest(std::span(&empty, 1)));
    std::vector<BacktestDay> days{makeDay(1), makeDay(2)};
    days[1].setup.venues[0].name = "another";
    const auto other = backtest(days);
    QVERIFY(!other);
    QVERIFY(other.error().code == ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(TestOracleBacktest)
#include "tst_oracle_backtest.moc"
