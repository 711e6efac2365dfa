// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_market.h"

#include "oracle_record.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <format>
#include <new>

namespace {
std::atomic<std::size_t> allocations = 0;
}

void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    ++allocations;
    return std::malloc(size);
}
void *operator new(std::size_t size)
{
    void *memory = operator new(size, std::nothrow);
    return memory != nullptr ? memory : throw std::bad_alloc();
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

using namespace chrona;
using namespace chrona::service;
using namespace chrona::service::tests;

namespace {

/// Another publisher, of another kind: lines of text, and only what is sound.
class TextSink final : public DeskSink {
public:
    void answered(std::uint32_t, const oracle::Answer &) override {}
    void epochEnded(std::int64_t epoch, std::uint32_t feed, const oracle::Answer &answer,
                    const oracle::BandChoice &choice) override
    {
        if (answer.state == oracle::AnswerState::Sound)
            text += std::format("{},{},{:.2f}\n", epoch, feed, choice.price);
    }
    void secondEnded(std::int64_t, std::span<const DeskBar>, std::span<const DeskAnomaly>) override
    {}
    std::string text;
};

class CountingSink final : public DeskSink {
public:
    void answered(std::uint32_t, const oracle::Answer &answer) override { sum += answer.price; }
    void epochEnded(std::int64_t, std::uint32_t, const oracle::Answer &,
                    const oracle::BandChoice &choice) override
    {
        sum += choice.price;
    }
    void secondEnded(std::int64_t, std::span<const DeskBar> bars,
                     std::span<const DeskAnomaly> anomalies) override
    {
        sum += static_cast<double>(bars.size() + anomalies.size());
    }
    double sum = 0;
};

/// Whether the band of an answer, and half of it again, holds a price.
bool holds(const oracle::Answer &answer, double price)
{
    return std::abs(1e4 * std::log(answer.price / price)) <= 1.5 * answer.confidenceBps;
}

} // namespace

class TestOracleDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneAnswerASecondAndOneChoiceAnEpoch();
    void anyPublisherHearsTheSame();
    void theSameTicksGiveTheSameBits();
    void barsAddUp();
    void whatIsNotSoundIsCounted();
    void tooFewVenuesAreAnAbstention();
    void allVenuesDownAndBack();
    void aSleepIsNotAnswered();
    void aClockThatStepsBackRepeatsNothing();
    void aRenamedMarketLeavesTheOthers();
    void aStormChangesNoAnswer();
    void nothingAllocatesInSteadyState();
    void aRevealChangesNothingBeforeItsTime();
    void aRevealOfAnotherEpochTeachesNothing();
};

void TestOracleDesk::oneAnswerASecondAndOneChoiceAnEpoch()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 185, sinks);
    QCOMPARE(sink.answers.size(), std::size_t{185});
    QVERIFY(sink.answers.back().state == oracle::AnswerState::Sound);
    QCOMPARE(sink.epochs.size(), std::size_t{2}); // by the clock: 90 s and 180 s after the start
    QCOMPARE(sink.epochs[0].first, std::int64_t{100});
    QCOMPARE(sink.epochs[1].first, std::int64_t{101});
    QCOMPARE(desk.epochEndMs(100), kStartMs + 90'000);
    QCOMPARE(desk.epochAt(kStartMs + 1), std::int64_t{100});
}

void TestOracleDesk::anyPublisherHearsTheSame()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink kept;
    TextSink text;
    DeskSink *const sinks[] = {&kept, &text};
    run(desk, 91, sinks);
    QCOMPARE(kept.epochs.size(), std::size_t{1});
    QVERIFY(text.text.starts_with(std::format("100,0,{:.2f}\n100,1,", kept.epochs[0].second)));
}

void TestOracleDesk::theSameTicksGiveTheSameBits()
{
    KeepingSink first, second;
    for (KeepingSink *sink : {&first, &second}) {
        auto desk = OracleDesk::create(smallPlan()).value();
        DeskSink *const sinks[] = {sink};
        run(desk, 100, sinks);
    }
    for (std::size_t i = 0; i < first.answers.size(); ++i) {
        std::string a, b;
        const auto plan = smallPlan();
        writeAnswer(plan.feeds[0], first.answers[i], {}, a);
        writeAnswer(plan.feeds[0], second.answers[i], {}, b);
        QVERIFY(a == b);
    }
}

void TestOracleDesk::barsAddUp()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 130, sinks);
    double volume = 0;
    std::int32_t ticks = 0;
    const DeskBar *minute = nullptr;
    for (const DeskBar &bar : sink.bars)
        if (bar.widthMs == 60'000 && bar.venue == 2 && bar.market == 1)
            minute = &bar;
    QVERIFY(minute);
    double high = 0;
    for (const DeskBar &bar : sink.bars)
        if (bar.widthMs == 1'000 && bar.venue == 2 && bar.market == 1 &&
            bar.opensAtMs >= minute->opensAtMs && bar.opensAtMs < minute->opensAtMs + 60'000) {
            volume += bar.volume;
            ticks += bar.ticks;
            high = std::max(high, bar.high);
        }
    QCOMPARE(minute->ticks, ticks);
    QCOMPARE(minute->volume, volume);
    QCOMPARE(minute->high, high);
}

void TestOracleDesk::whatIsNotSoundIsCounted()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 60, sinks, [](std::vector<DeskTick> &ticks, int second) {
        if (second != 50)
            return;
        for (DeskTick &tick : ticks) {
            if (tick.venue == 0)
                tick.last *= 10, tick.bid *= 10, tick.ask *= 10; // the decimal point moved
            if (tick.venue == 1)
                std::swap(tick.bid, tick.ask); // a crossed book
            if (tick.venue == 2)
                tick.bid = tick.ask = tick.last = std::nan("");
        }
        ticks.push_back(ticks.back()); // told twice
    });
    int badPrice = 0, badBook = 0, repeated = 0;
    for (const DeskAnomaly &what : sink.anomalies) {
        badPrice += what.verdict.judged == oracle::TickClass::BadPrice ? what.count : 0;
        badBook += what.verdict.judged == oracle::TickClass::BadBook ? what.count : 0;
        repeated += what.verdict.judged == oracle::TickClass::Duplicate ? what.count : 0;
    }
    QCOMPARE(badPrice, 8); // two venues, two feeds, twice a second
    QCOMPARE(badBook, 4);
    QVERIFY(repeated >= 1);
    KeepingSink calm; // the same market without that
    auto other = OracleDesk::create(smallPlan()).value();
    DeskSink *const calmSinks[] = {&calm};
    run(other, 60, calmSinks);
    QVERIFY(holds(sink.answers[50], calm.answers[50].others.medianOfLast));
}

void TestOracleDesk::tooFewVenuesAreAnAbstention()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    TextSink text;
    DeskSink *const sinks[] = {&sink, &text};
    run(desk, 91, sinks, [](std::vector<DeskTick> &ticks, int second) {
        if (second >= 30)
            std::erase_if(ticks, [](const DeskTick &tick) { return tick.venue >= 2; });
    });
    QVERIFY(sink.answers[29].state == oracle::AnswerState::Sound);
    QVERIFY(sink.answers.back().state == oracle::AnswerState::Abstained);
    QCOMPARE(sink.answers.back().sources, 2);
    QCOMPARE(text.text, std::string()); // the publisher's rule, not the engine's
}

void TestOracleDesk::allVenuesDownAndBack()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 200, sinks, [](std::vector<DeskTick> &ticks, int second) {
        if (second >= 30 && second < 120)
            ticks.clear();
    });
    QVERIFY(sink.answers[100].state == oracle::AnswerState::Abstained);
    QCOMPARE(sink.answers[100].sources, 0);
    QVERIFY(std::isfinite(sink.answers[100].price)); // the last good one, not to be published
    QVERIFY(sink.answers[100].confidenceBps > sink.answers[29].confidenceBps);
    QVERIFY(sink.answers.back().state == oracle::AnswerState::Sound);
}

void TestOracleDesk::aSleepIsNotAnswered()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 30, sinks);
    constexpr std::int64_t kWokenMs = kStartMs + 8 * 3'600'000;
    desk.advance(kWokenMs + 400, sinks);
    QCOMPARE(sink.answers.size(), std::size_t{31});
    QCOMPARE(sink.answers.back().atMs, kWokenMs);
    QVERIFY(sink.answers.back().state == oracle::AnswerState::Abstained);
    SmallMarket market(desk.plan());
    for (int s = 0; s < 20; ++s) {
        for (DeskTick &tick : market.second(kWokenMs + 1'000 + s * 1'000))
            desk.take(tick);
        desk.advance(kWokenMs + 2'000 + s * 1'000, sinks);
    }
    QVERIFY(sink.answers.back().state == oracle::AnswerState::Sound);
    QVERIFY(holds(sink.answers.back(), market.price()));
}

void TestOracleDesk::aClockThatStepsBackRepeatsNothing()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 30, sinks);
    desk.advance(kStartMs + 20'000, sinks); // a leap second, or a clock set right
    desk.advance(kStartMs + 30'000, sinks);
    QCOMPARE(sink.answers.size(), std::size_t{30});
    desk.advance(kStartMs + 31'000, sinks);
    QCOMPARE(sink.answers.size(), std::size_t{31});
}

void TestOracleDesk::aRenamedMarketLeavesTheOthers()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 60, sinks, [](std::vector<DeskTick> &ticks, int second) {
        if (second >= 20) // one venue no longer has it; a number that nobody knows does no harm
            for (DeskTick &tick : ticks)
                if (tick.venue == 3 && tick.market == 0)
                    tick.market = 77;
    });
    QVERIFY(sink.answers.back().state == oracle::AnswerState::Sound);
    QCOMPARE(sink.answers.back().sources, 4);
    QVERIFY(sink.answers.back().venues[3].standing == oracle::VenueStanding::Stale);
}

void TestOracleDesk::aStormChangesNoAnswer()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    SmallMarket market(desk.plan());
    for (int s = 0; s < 60; ++s) {
        const bool isStorm = s >= 30 && s < 40;
        for (const DeskTick &tick : market.second(kStartMs + s * 1'000, isStorm ? 20 : 2))
            desk.take(tick);
        desk.advance(kStartMs + (s + 1) * 1'000, sinks);
        if (s > 10)
            QVERIFY(holds(sink.answers.back(), market.price()));
    }
    QCOMPARE(desk.ticks(), std::uint64_t{10 * (50 * 2 + 10 * 20)});
}

void TestOracleDesk::nothingAllocatesInSteadyState()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    CountingSink sink;
    DeskSink *const sinks[] = {&sink};
    run(desk, 5, sinks); // every feed has answered once
    std::vector<std::vector<DeskTick>> seconds;
    SmallMarket market(desk.plan());
    for (int s = 5; s < 200; ++s) {
        seconds.push_back(market.second(kStartMs + s * 1'000));
        if (s % 50 == 0)
            seconds.back().front().last = -1; // anomalies too
    }
    const std::size_t before = allocations;
    for (std::size_t s = 0; s < seconds.size(); ++s) {
        for (const DeskTick &tick : seconds[s])
            desk.take(tick);
        desk.advance(kStartMs + static_cast<std::int64_t>(s + 6) * 1'000, sinks);
    }
    QCOMPARE(allocations - before, std::size_t{0});
    QVERIFY(sink.sum > 0);
}

/// A crowd that hands in ten basis points below: told of epoch 100, which ends at 90 s.
static DeskReveal lowCrowd(std::int64_t knownMs, double price)
{
    return {.epoch = 100, .knownMs = knownMs, .feed = 0, .q25 = price * (1 - 4e-4),
            .median = price * (1 - 3e-4), .q75 = price * (1 - 2e-4)};
}

/// What is chosen at each epoch's end, where the reveal is given to the desk after so many seconds
/// and said to be known from then, or from a later moment.
static KeepingSink deskWithReveal(int givenAfter, std::int64_t knownMs)
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    SmallMarket market(desk.plan());
    for (int s = 0; s < 400; ++s) {
        if (s == givenAfter)
            desk.reveal(lowCrowd(knownMs, market.price()));
        for (const DeskTick &tick : market.second(kStartMs + s * 1'000))
            desk.take(tick);
        desk.advance(kStartMs + (s + 1) * 1'000, sinks);
    }
    return sink;
}

void TestOracleDesk::aRevealChangesNothingBeforeItsTime()
{
    const KeepingSink without = deskWithReveal(-1, 0);
    // Given in the epoch itself, and said to be known then: it counts when reveals are over.
    const KeepingSink early = deskWithReveal(10, kStartMs);
    const KeepingSink inTime = deskWithReveal(136, kStartMs + 136'000);
    // Known only after the next epoch's end: that end is as without it.
    const KeepingSink late = deskWithReveal(185, kStartMs + 185'000);
    QCOMPARE(without.epochs.size(), std::size_t{4});
    QCOMPARE(early.epochs[0], without.epochs[0]);
    const auto learned = [](const KeepingSink &sink) {
        std::vector<std::uint32_t> counts;
        for (const oracle::BandChoice &choice : sink.choices)
            counts.push_back(choice.revealsLearned);
        return counts;
    };
    QCOMPARE(learned(without), (std::vector<std::uint32_t>{0, 0, 0, 0}));
    QCOMPARE(learned(early), (std::vector<std::uint32_t>{0, 1, 1, 1}));
    QCOMPARE(learned(inTime), (std::vector<std::uint32_t>{0, 1, 1, 1}));
    QVERIFY(early.choices[1].biasBps != 0 && without.choices[1].biasBps == 0);
    QCOMPARE(learned(late), (std::vector<std::uint32_t>{0, 0, 1, 1}));
    QCOMPARE(late.epochs[0], without.epochs[0]);
    QCOMPARE(late.epochs[1], without.epochs[1]);
    // The price itself, second by second, owes nothing to others.
    for (std::size_t i = 0; i < without.answers.size(); ++i)
        QCOMPARE(early.answers[i].stateHash, without.answers[i].stateHash);
}

void TestOracleDesk::aRevealOfAnotherEpochTeachesNothing()
{
    auto desk = OracleDesk::create(smallPlan()).value();
    KeepingSink sink;
    DeskSink *const sinks[] = {&sink};
    DeskReveal strange = lowCrowd(kStartMs, 50'000);
    for (const std::int64_t epoch : {99L, 104L, -1L, 4'000'000'000L}) {
        strange.epoch = epoch;
        desk.reveal(strange);
    }
    strange.feed = 77;
    desk.reveal(strange);
    run(desk, 280, sinks);
    const KeepingSink without = deskWithReveal(-1, 0);
    for (std::size_t e = 0; e < sink.epochs.size(); ++e)
        QCOMPARE(sink.epochs[e], without.epochs[e]);
    for (const oracle::BandChoice &choice : sink.choices)
        QCOMPARE(choice.revealsLearned, 0U);
}

QTEST_GUILESS_MAIN(TestOracleDesk)
#include "tst_oracle_desk.moc"
