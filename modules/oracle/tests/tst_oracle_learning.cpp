// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_world.h"

#include "chrona/oracle/replay.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace chrona::oracle;
using namespace chrona::oracle::tests;

/// What the engine learns of a venue from its own messages, and how far that may lead.
class TestOracleLearning : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWrongTableIsSetRight();
    void whatIsLearnedIsBounded();
    void aVenueThatScattersCountsLess();
    void badMessagesTeachNothing();
    void withoutAMemoryTheTableStays();
    void aLaterRunGoesOnWithIt();
    void whatIsNoFigureIsNotBelieved();
    void whatOthersTaughtIsGoneOnWith();
};

namespace {

/// All ticks of a world, as it is or with another table or other ticks; the last answer.
Answer answerOf(const TickWorld &world, const FeedSetup &setup, const Policy &policy = {})
{
    auto feed = Feed::create(setup, policy);
    Answer answer;
    for (const Tick &tick : world.ticks)
        (void)feed->update(tick);
    feed->answer(world.ticks.back().receivedMs, answer);
    return answer;
}

FeedSetup wrongTable(const TickWorld &world)
{
    FeedSetup setup = world.setup;
    for (std::size_t v = 0; v < setup.venues.size(); ++v) {
        setup.venues[v].share = 0.08;
        setup.venues[v].halfSpreadBps *= v % 2 == 0 ? 3 : 0.3;
    }
    return setup;
}

double bpsOff(double price, double truth)
{
    return std::abs(1e4 * std::log(price / truth));
}

} // namespace

void TestOracleLearning::aWrongTableIsSetRight()
{
    const TickWorld world = makeTickWorld({.seconds = 900});
    const Answer answer = answerOf(world, wrongTable(world));
    for (std::size_t v = 0; v < answer.venues.size(); ++v) {
        const VenueProfile &real = world.setup.venues[v];
        const double factor = answer.venues[v].halfSpreadBps / real.halfSpreadBps;
        QVERIFY2(factor > 0.8 && factor < 1.25, real.name.c_str());
        // Twelve equal shares may be off by a factor of four at most; what lies within is found.
        if (real.share > 0.03 && real.share < 0.3)
            QVERIFY2(std::abs(answer.venues[v].share / real.share - 1) < 0.15, real.name.c_str());
    }
    QVERIFY(bpsOff(answer.price, world.truth.back().price) < 3);
    Policy asTold;
    asTold.traitMemorySeconds = 0;
    double learned = 0, told = 0;
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
        const TickWorld other = makeTickWorld({.seed = seed, .seconds = 900});
        const double truth = other.truth.back().price;
        learned += bpsOff(answerOf(other, wrongTable(other)).price, truth);
        told += bpsOff(answerOf(other, wrongTable(other), asTold).price, truth);
    }
    QVERIFY2(learned < told, qPrintable(QStringLiteral("%1 %2").arg(learned).arg(told)));
}

void TestOracleLearning::whatIsLearnedIsBounded()
{
    TickWorld world = makeTickWorld({.seconds = 900});
    for (Tick &tick : world.ticks)
        if (tick.venue == 3 && tick.kind == TickKind::Price && tick.ask > tick.bid) {
            const double mid = (tick.bid + tick.ask) / 2;
            tick.bid = mid * (1 - 1e-9); // it claims to be exact, and to trade more than all
            tick.ask = mid * (1 + 1e-9);
            tick.volume24h = 1e15;
        }
    const Policy policy;
    const Answer answer = answerOf(world, world.setup);
    const VenueProfile &table = world.setup.venues[3];
    QCOMPARE_GE(answer.venues[3].halfSpreadBps,
                table.halfSpreadBps / policy.spreadFactorMax * 0.999);
    QCOMPARE_LE(answer.venues[3].share, std::min(table.share * policy.shareFactorMax, 1.0));
    QCOMPARE_LE(answer.venues[3].weight, policy.venueWeightMax + 1e-9);
    QVERIFY(bpsOff(answer.price, world.truth.back().price) < 3);
}

void TestOracleLearning::aVenueThatScattersCountsLess()
{
    const TickWorld calm = makeTickWorld({.seconds = 900});
    TickWorld wild = calm;
    std::mt19937_64 random(4);
    std::normal_distribution<double> jitter(0, 6e-4);
    for (Tick &tick : wild.ticks)
        if (tick.venue == 3 && tick.kind == TickKind::Price) {
            const double factor = std::exp(jitter(random));
            tick.bid *= factor;
            tick.ask *= factor;
            tick.last *= factor;
        }
    const Answer before = answerOf(calm, calm.setup), after = answerOf(wild, wild.setup);
    QVERIFY2(after.venues[3].noiseBps > 3 * before.venues[3].noiseBps,
             qPrintable(QString::number(after.venues[3].noiseBps)));
    QVERIFY(after.venues[3].weight < 0.3 * before.venues[3].weight);
    QVERIFY(std::abs(after.venues[1].noiseBps / before.venues[1].noiseBps - 1) < 0.3);
}

void TestOracleLearning::badMessagesTeachNothing()
{
    const std::vector<Disturbance> troubles{{Trouble::Deviating, 2, 300, 900, 300},
                                            {Trouble::Crossed, 4, 300, 900, 50}};
    const TickWorld calm = makeTickWorld({.seconds = 900});
    TickWorld bad = makeTickWorld({.seconds = 900}, troubles);
    for (Tick &tick : bad.ticks)
        if (tick.venue == 2 && tick.receivedMs > kWorldStartMs + 300'000)
            tick.volume24h *= 50;
    const Answer before = answerOf(calm, calm.setup), after = answerOf(bad, bad.setup);
    for (const std::size_t venue : {2U, 4U}) {
        QVERIFY(std::abs(after.venues[venue].share / before.venues[venue].share - 1) < 0.05);
        QVERIFY(std::abs(after.venues[venue].halfSpreadBps / before.venues[venue].halfSpreadBps -
                         1) < 0.05);
    }
}

void TestOracleLearning::withoutAMemoryTheTableStays()
{
    const TickWorld world = makeTickWorld({.seconds = 120});
    Policy asTold;
    asTold.traitMemorySeconds = 0;
    const FeedSetup setup = wrongTable(world);
    const Answer answer = answerOf(world, setup, asTold);
    for (std::size_t v = 0; v < answer.venues.size(); ++v) {
        QCOMPARE(answer.venues[v].halfSpreadBps, setup.venues[v].halfSpreadBps);
        QCOMPARE(answer.venues[v].share, setup.venues[v].share);
    }
}

void TestOracleLearning::aLaterRunGoesOnWithIt()
{
    const TickWorld world = makeTickWorld({.seconds = 900});
    auto feed = Feed::create(wrongTable(world));
    QVERIFY(feed);
    for (const Tick &tick : world.ticks)
        (void)feed->update(tick);
    FeedSetup later = wrongTable(world);
    for (std::size_t v = 0; v < later.venues.size(); ++v)
        later.venues[v].known = feed->learned(v);
    // Ten seconds of another day: too short to learn anything in.
    const TickWorld next = makeTickWorld({.seed = 2, .seconds = 10});
    const Answer known = answerOf(next, later), anew = answerOf(next, wrongTable(world));
    double knownOff = 0, anewOff = 0;
    for (std::size_t v = 0; v < later.venues.size(); ++v) {
        const VenueProfile &real = world.setup.venues[v];
        knownOff += std::abs(std::log(known.venues[v].halfSpreadBps / real.halfSpreadBps));
        anewOff += std::abs(std::log(anew.venues[v].halfSpreadBps / real.halfSpreadBps));
        if (real.share > 0.03 && real.share < 0.3)
            QVERIFY2(std::abs(known.venues[v].share / real.share - 1) < 0.2, real.name.c_str());
    }
    QVERIFY2(knownOff < anewOff / 3,
             qPrintable(QStringLiteral("%1 %2").arg(knownOff).arg(anewOff)));
    QCOMPARE(answerOf(next, later).stateHash, known.stateHash);
    QVERIFY(known.stateHash != anew.stateHash);
}

void TestOracleLearning::whatIsNoFigureIsNotBelieved()
{
    const TickWorld world = makeTickWorld({.seconds = 60});
    const std::uint64_t plain = answerOf(world, world.setup).stateHash;
    const double none = std::nan(""), infinite = std::numeric_limits<double>::infinity();
    for (const KnownTraits &odd : {KnownTraits{none, 1, 1, 600, 600},
                                   KnownTraits{0, 1, 1, 600, 600},
                                   KnownTraits{infinite, 1, 1, 600, 600},
                                   KnownTraits{1, -1, 1, 600, 600},
                                   KnownTraits{1, 1, none, 600, 600},
                                   KnownTraits{1, 1, 0.5, 600, 600},
                                   KnownTraits{1, 1, 1, none, 600},
                                   KnownTraits{1, 1, 1, 600, -1}}) {
        FeedSetup setup = world.setup;
        setup.venues[3].known = odd;
        QCOMPARE(answerOf(world, setup).stateHash, plain);
    }
    // A figure from a far-off day is held to the bounds of the table.
    FeedSetup setup = world.setup;
    setup.venues[3].known = KnownTraits{900, 1e30, 1e9, 1e9, 1e9};
    const Policy policy;
    const Answer answer = answerOf(world, setup);
    QCOMPARE_LE(answer.venues[3].halfSpreadBps,
                setup.venues[3].halfSpreadBps * policy.spreadFactorMax);
    QCOMPARE_LE(answer.venues[3].share, setup.venues[3].share * policy.shareFactorMax);
    Policy asTold;
    asTold.traitMemorySeconds = 0;
    QCOMPARE(answerOf(world, setup, asTold).stateHash,
             answerOf(world, world.setup, asTold).stateHash);
}

void TestOracleLearning::whatOthersTaughtIsGoneOnWith()
{
    constexpr std::int64_t kEpochMs = 90'000;
    Answer answer;
    answer.price = 2;
    answer.others.medianOfLast = answer.others.weightedMedianOfLast = 2;
    answer.others.weightedMedianOfMid = answer.others.decayingMedianOfLast = 2;
    const auto teach = [&](BandLayer &band, int from, int epochs) {
        BandChoice last;
        for (int epoch = from; epoch < from + epochs; ++epoch) {
            answer.atMs = kWorldStartMs + epoch * kEpochMs;
            band.observe(answer);
            last = band.choose(answer);
            band.reveal({answer.atMs, 2 * (1 + 1e-4), 2 * (1 + 1.5e-4), 2 * (1 + 2e-4)});
        }
        return last;
    };
    BandLayer band;
    QVERIFY(band.learned().empty());
    (void)teach(band, 0, 40);
    const std::vector<double> crowd = band.learned();
    BandLayer later({}, crowd), fresh;
    QVERIFY(later.learned() == crowd);
    const BandChoice goneOn = teach(later, 40, 1), same = teach(band, 40, 1);
    QCOMPARE(goneOn.price, same.price);
    QCOMPARE(goneOn.revealsLearned, same.revealsLearned);
    QVERIFY(goneOn.biasBps > 1);
    QCOMPARE(teach(fresh, 40, 1).biasBps, 0.0);
    // Anything else than what a band layer wrote is as nothing.
    for (std::size_t i = 0; i < crowd.size(); ++i) {
        std::vector<double> odd = crowd;
        odd[i] = std::nan("");
        QVERIFY(BandLayer({}, odd).learned().empty());
    }
    QVERIFY(BandLayer({}, std::span(crowd).first(crowd.size() - 1)).learned().empty());
    std::vector<double> tall = crowd;
    tall[1] = 1e6; // a lean that no epochs can have taught
    QVERIFY(BandLayer({}, tall).learned().empty());
}

QTEST_GUILESS_MAIN(TestOracleLearning)
#include "tst_oracle_learning.moc"
