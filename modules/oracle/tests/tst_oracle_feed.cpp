// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_world.h"

#include "chrona/oracle/replay.h"
#include "chrona/oracle/stress.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace chrona;
using namespace chrona::oracle;
using namespace chrona::oracle::tests;

Q_DECLARE_METATYPE(Disturbance)

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Judges a whole world and asks once a second.
struct Outcome {
    std::vector<JudgedTick> judged;
    std::vector<TimedPrice> answers;
    std::vector<AnswerState> states;
    Answer last;

    [[nodiscard]] std::size_t said(TickClass label, TickClass judgedAs) const
    {
        return static_cast<std::size_t>(std::ranges::count_if(judged, [&](const JudgedTick &tick) {
            return tick.label == label && tick.judged == judgedAs;
        }));
    }
    [[nodiscard]] std::size_t labelled(TickClass label) const
    {
        return static_cast<std::size_t>(std::ranges::count(judged, label, &JudgedTick::label));
    }
};

Outcome run(const TickWorld &world)
{
    Outcome outcome;
    outcome.judged = world.labels;
    auto feed = Feed::create(world.setup);
    if (!feed)
        qFatal("%s", describe(feed.error()).c_str());
    std::size_t next = 0;
    for (const TimedPrice &second : world.truth) {
        for (; next < world.ticks.size() && world.ticks[next].receivedMs <= second.atMs; ++next)
            outcome.judged[next].judged = feed->update(world.ticks[next]).judged;
        feed->answer(second.atMs, outcome.last);
        outcome.states.push_back(outcome.last.state);
        if (outcome.last.state != AnswerState::None)
            outcome.answers.push_back(
                {second.atMs, outcome.last.price, outcome.last.confidenceBps});
    }
    outcome.judged.resize(next);
    return outcome;
}

Outcome run(const TickWorld &world, std::vector<Tick> ticks)
{
    TickWorld changed = world;
    changed.labels.assign(ticks.size(), {});
    changed.ticks = std::move(ticks);
    return run(changed);
}

QString words(const PriceScore &score)
{
    return QStringLiteral("median %1, p99 %2, max %3, missing %4, coverage %5")
        .arg(score.median)
        .arg(score.p99)
        .arg(score.max)
        .arg(score.missing)
        .arg(score.coverage);
}

} // namespace

class TestOracleFeed : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCleanMarketIsPricedCloselyAndNothingIsFlagged_data()
    {
        QTest::addColumn<double>("price");
        QTest::newRow("a price far below one") << 0.0000123;
        QTest::newRow("a price of some cents") << 0.0213;
        QTest::newRow("a price of thousands") << 61'234.5;
    }
    void aCleanMarketIsPricedCloselyAndNothingIsFlagged()
    {
        QFETCH(double, price);
        const TickWorld world = makeTickWorld({.seed = 3, .seconds = 900, .price = price});
        const Outcome outcome = run(world);
        const PriceScore score = scorePrices(outcome.answers, world.truth, {});
        QVERIFY2(score.median < 0.9 && score.p99 < 4 && score.missing <= 2,
                 qPrintable(words(score)));
        QVERIFY2(score.coverage > 0.9, qPrintable(words(score)));
        const FlagScore flags = scoreFlags(outcome.judged);
        QVERIFY2(flags.falseAlarms * 1'000 <= flags.ticks,
                 qPrintable(QString::number(flags.falseAlarms)));
    }

    void troublesAreSeenAndDoNotMoveThePrice_data()
    {
        QTest::addColumn<Disturbance>("trouble");
        QTest::addColumn<int>("label");
        QTest::addColumn<double>("found");
        const auto row = [](const char *name, Disturbance trouble, TickClass label, double found) {
            QTest::newRow(name) << trouble << static_cast<int>(label) << found;
        };
        using enum Trouble;
        row("the largest venue is ten times off", {Decimal, 0, 200, 230, 10}, TickClass::BadPrice,
            1);
        row("a hundredth", {Decimal, 1, 200, 230, 0.01}, TickClass::BadPrice, 1);
        row("the largest venue alone falls by 3 %", {Deviating, 0, 200, 230, -300},
            TickClass::BadPrice, 0.9);
        row("a small venue is drawn up by 1 %", {Deviating, 7, 200, 260, 100}, TickClass::BadPrice,
            0.9);
        row("trades that are no number", {NotANumber, 2, 200, 230, 0}, TickClass::BadPrice, 1);
        row("a crossed book", {Crossed, 0, 200, 260, 40}, TickClass::BadBook, 0.99);
        row("a clock five minutes ahead", {Clock, 0, 200, 260, 300}, TickClass::BadTime, 1);
        row("a clock ten seconds behind", {Clock, 0, 200, 260, -10}, TickClass::BadTime, 0.98);
        row("every message twice", {Duplicate, 1, 200, 260, 0}, TickClass::Duplicate, 0.99);
        row("no volume at all", {NoVolume, -1, 0, 600, 0}, TickClass::Sound, 0.99);
        row("the largest venue is silent", {Silent, 0, 200, 400, 0}, TickClass::Sound, 0.99);
        row("ten times the messages", {Storm, -1, 200, 260, 10}, TickClass::Sound, 0.99);
    }
    void troublesAreSeenAndDoNotMoveThePrice()
    {
        QFETCH(Disturbance, trouble);
        QFETCH(int, label);
        QFETCH(double, found);
        const TickWorld world = makeTickWorld({.seed = 4}, {&trouble, 1});
        const Outcome outcome = run(world);
        const PriceScore score = scorePrices(outcome.answers, world.truth, {});
        QVERIFY2(score.median < 1 && score.max < 15 && score.missing <= 2,
                 qPrintable(words(score)));
        const auto wanted = static_cast<TickClass>(label);
        const auto labelled = static_cast<double>(outcome.labelled(wanted));
        QVERIFY(labelled > 0);
        const auto right = static_cast<double>(outcome.said(wanted, wanted));
        QVERIFY2(right >= found * labelled,
                 qPrintable(QStringLiteral("%1 of %2").arg(right).arg(labelled)));
        QVERIFY(outcome.said(TickClass::Sound, TickClass::BadPrice) * 500 <= outcome.judged.size());
    }

    void aFrozenVenueIsLeftOutOnceTheMarketMovesOn()
    {
        const Disturbance freeze{Trouble::Frozen, 0, 200, 500, 0};
        const TickWorld world = makeTickWorld({.seed = 5, .crashAt = 300}, {&freeze, 1});
        Outcome outcome = run(world);
        std::size_t wrong = 0, flagged = 0;
        std::int64_t newest = 0; // a message that comes after a newer one is not asked about
        for (std::size_t i = 0; i < outcome.judged.size(); ++i) {
            const double t = static_cast<double>(world.ticks[i].exchangeMs - kWorldStartMs) / 1e3;
            const bool isFrozen = world.ticks[i].venue == 0 && t > 315 && t < 500 &&
                                  world.ticks[i].exchangeMs >= newest;
            newest = std::max(newest, world.ticks[i].venue == 0 ? world.ticks[i].exchangeMs : 0);
            wrong += isFrozen;
            flagged += isFrozen && outcome.judged[i].judged == TickClass::BadPrice;
        }
        QVERIFY(wrong > 100);
        QVERIFY2(flagged * 100 >= wrong * 97, qPrintable(QString::number(flagged)));
        QVERIFY(scorePrices(outcome.answers, world.truth, {}).median < 1);
    }

    void aCrashIsNoAnomaly_data()
    {
        QTest::addColumn<double>("crashAt");
        QTest::addColumn<double>("depegAt");
        QTest::newRow("the whole market falls by 5 % in ten seconds") << 300.0 << -1.0;
        QTest::newRow("the stable currency loses 2 % in a minute") << -1.0 << 300.0;
        QTest::newRow("both at once") << 300.0 << 300.0;
    }
    void aCrashIsNoAnomaly()
    {
        QFETCH(double, crashAt);
        QFETCH(double, depegAt);
        const TickWorld world = makeTickWorld({.seed = 6, .crashAt = crashAt, .depegAt = depegAt});
        const Outcome outcome = run(world);
        const Episode episode{"flash", kWorldStartMs + 300'000, kWorldStartMs + 360'000};
        const PriceScore score = scorePrices(outcome.answers, world.truth, {&episode, 1});
        QVERIFY2(score.max < 60, qPrintable(words(score)));
        QVERIFY2(score.afterOnset < 3, qPrintable(QString::number(score.afterOnset)));
        const FlagScore flags = scoreFlags(outcome.judged);
        QVERIFY2(flags.falseAlarms * 300 <= flags.ticks,
                 qPrintable(QString::number(flags.falseAlarms)));
    }

    void noVenueMovesThePriceFurtherThanItsCap()
    {
        // The largest and one in the other currency leap away together: less than a third of the
        // volume, and nobody else has spoken yet.
        const std::vector<Disturbance> drift{{Trouble::Deviating, 0, 200, 400, 40},
                                             {Trouble::Deviating, 4, 200, 400, 40}};
        const TickWorld world = makeTickWorld({.seed = 8}, drift);
        const Outcome outcome = run(world);
        QVERIFY(scorePrices(outcome.answers, world.truth, {}).max < 15);
    }

    void allVenuesDownAbstainsAndComesBack()
    {
        const TickWorld world = makeTickWorld({.seed = 9});
        const Silence silence{kWorldStartMs + 200'000, kWorldStartMs + 400'000};
        const Outcome outcome = run(world, withSilence(world.ticks, silence));
        QVERIFY(outcome.states[190] == AnswerState::Sound);
        QVERIFY(outcome.states[390] == AnswerState::Abstained);
        const TimedPrice before = outcome.answers[200 - (601 - outcome.answers.size())];
        const TimedPrice during = outcome.answers[390 - (601 - outcome.answers.size())];
        QCOMPARE(during.price, before.price); // the last good one
        QVERIFY2(during.confidenceBps > before.confidenceBps + 10, "and says how little it knows");
        QVERIFY(outcome.states[420] == AnswerState::Sound);
        QVERIFY(std::abs(1e4 * (outcome.last.price / world.truth.back().price - 1)) < 6);
    }

    void fewerThanThreeSoundVenuesAbstain()
    {
        const TickWorld world = makeTickWorld({.seed = 10});
        std::vector<Tick> two = world.ticks;
        std::erase_if(two, [&](const Tick &tick) {
            return tick.receivedMs > kWorldStartMs + 200'000 && tick.venue > 1;
        });
        const Outcome outcome = run(world, std::move(two));
        QVERIFY(outcome.states.back() == AnswerState::Abstained);
        QCOMPARE(outcome.last.sources, 2);
        std::vector<Tick> never = world.ticks;
        std::erase_if(never, [](const Tick &tick) { return tick.venue > 1; });
        QVERIFY(run(world, std::move(never)).states.back() == AnswerState::None);
    }

    void aMarketThatWentOnUnseenIsFoundAgain()
    {
        TickWorld world = makeTickWorld({.seed = 11});
        std::vector<Tick> ticks =
            withSilence(world.ticks, {kWorldStartMs + 200'000, kWorldStartMs + 300'000});
        for (Tick &tick : ticks) {
            if (tick.receivedMs < kWorldStartMs + 300'000 || tick.kind == TickKind::Rate)
                continue;
            tick.bid *= 5;
            tick.ask *= 5;
            tick.last *= 5;
        }
        const Outcome outcome = run(world, std::move(ticks));
        QVERIFY(std::abs(1e4 * (outcome.last.price / (5 * world.truth.back().price) - 1)) < 6);
    }

    void hostileTicksChangeNothing()
    {
        const TickWorld world = makeTickWorld({.seed = 12, .seconds = 120});
        auto feed = Feed::create(world.setup);
        auto twin = Feed::create(world.setup);
        QVERIFY(feed && twin);
        for (const Tick &tick : world.ticks) {
            feed->update(tick);
            twin->update(tick);
        }
        Tick stranger = world.ticks.back();
        stranger.venue = 12;
        QVERIFY(feed->update(stranger).judged == TickClass::BadPrice);
        stranger.venue = 0;
        stranger.kind = TickKind::Rate;
        stranger.currency = 9;
        QVERIFY(feed->update(stranger).judged == TickClass::BadPrice);
        Answer a, b;
        feed->answer(kWorldStartMs + 121'000, a);
        twin->answer(kWorldStartMs + 121'000, b);
        QCOMPARE(a.stateHash, b.stateHash);
        for (const double odd :
             {kNan, 0.0, -1.0, 1e300, 5e-324, std::numeric_limits<double>::infinity()}) {
            Tick tick = world.ticks.back();
            tick.exchangeMs = std::numeric_limits<std::int64_t>::min() / 4;
            tick.bid = tick.ask = tick.last = tick.size = odd;
            tick.receivedMs += 10;
            QVERIFY(feed->update(tick).judged == TickClass::BadPrice);
        }
        feed->answer(kWorldStartMs + 121'000, a);
        QVERIFY(std::abs(1e4 * (a.price / b.price - 1)) < 1);
    }

    void setupsThatCannotWorkAreRefused_data()
    {
        QTest::addColumn<int>("venues");
        QTest::addColumn<int>("currency");
        QTest::addColumn<double>("share");
        QTest::addColumn<double>("spread");
        QTest::newRow("no venue") << 0 << 0 << 0.1 << 1.0;
        QTest::newRow("too many venues") << 61 << 0 << 0.01 << 1.0;
        QTest::newRow("an unknown currency") << 3 << 7 << 0.1 << 1.0;
        QTest::newRow("a share that is no number") << 3 << 0 << kNan << 1.0;
        QTest::newRow("a spread of nothing") << 3 << 0 << 0.1 << 0.0;
    }
    void setupsThatCannotWorkAreRefused()
    {
        QFETCH(int, venues);
        QFETCH(int, currency);
        QFETCH(double, share);
        QFETCH(double, spread);
        FeedSetup setup;
        for (int i = 0; i < venues; ++i)
            setup.venues.push_back({.name = "v",
                                    .currency = static_cast<std::uint16_t>(currency),
                                    .share = share,
                                    .halfSpreadBps = spread});
        const auto feed = Feed::create(setup);
        QVERIFY(!feed);
        QVERIFY(feed.error().code == ErrorCode::InvalidInput);
    }

    void anAnswerExplainsItself()
    {
        const TickWorld world = makeTickWorld({.seed = 13, .seconds = 300});
        const Outcome outcome = run(world);
        const Answer &answer = outcome.last;
        QVERIFY(answer.state == AnswerState::Sound);
        double total = 0, heaviest = 0;
        for (const VenueView &venue : answer.venues) {
            total += venue.weight;
            heaviest = std::max(heaviest, venue.weight);
            if (venue.standing == VenueStanding::Used)
                QVERIFY(std::abs(1e4 * std::log(venue.price / answer.price) - venue.deviationBps) <
                        1e-6);
        }
        QVERIFY(std::abs(total - 1) < 1e-9 && heaviest <= 0.2 + 1e-6);
        QCOMPARE(answer.rates.front(), 1.0);
        QVERIFY(std::abs(answer.rates[1] - 1) < 0.01);
        const SideBySide &others = answer.others;
        for (const double price : {others.vwap, others.twap, others.medianOfLast,
                                   others.weightedMedianOfLast, others.weightedMedianOfMid})
            QVERIFY(std::abs(1e4 * (price / answer.price - 1)) < 60);
    }
};

QTEST_GUILESS_MAIN(TestOracleFeed)
#include "tst_oracle_feed.moc"
