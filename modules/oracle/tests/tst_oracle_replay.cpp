// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tick_world.h"

#include "chrona/oracle/replay.h"
#include "chrona/oracle/stress.h"

#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>

using namespace chrona;
using namespace chrona::oracle;
using namespace chrona::oracle::tests;

namespace {

/// A publisher that has nothing to do with any chain: it keeps what it is told.
class Notebook final : public PublishingSink {
public:
    struct Line {
        std::int64_t atMs;
        double price, confidenceBps;
        std::uint64_t stateHash;
        friend bool operator==(const Line &a, const Line &b)
        {
            return a.atMs == b.atMs && a.stateHash == b.stateHash &&
                   std::bit_cast<std::uint64_t>(a.price) == std::bit_cast<std::uint64_t>(b.price) &&
                   std::bit_cast<std::uint64_t>(a.confidenceBps) ==
                       std::bit_cast<std::uint64_t>(b.confidenceBps);
        }
    };

    void judged(std::size_t, const TickVerdict &verdict) override
    {
        verdicts.push_back(verdict.judged);
    }
    void answered(const Answer &answer) override
    {
        lines.push_back({answer.atMs, answer.price, answer.confidenceBps, answer.stateHash});
    }
    void epochEnded(std::int64_t epoch, const Answer &answer, const BandChoice &choice) override
    {
        epochs.push_back(epoch);
        choices.push_back({answer.atMs, choice.price, 0});
        last = choice;
    }

    std::vector<TickClass> verdicts;
    std::vector<Line> lines;
    std::vector<std::int64_t> epochs;
    std::vector<TimedPrice> choices;
    BandChoice last;
};

Notebook replayOf(const FeedSetup &setup, std::span<const Tick> ticks,
                  std::span<const RevealedBand> bands, const ReplayPlan &plan)
{
    Notebook notebook;
    auto feed = Feed::create(setup);
    BandLayer band;
    if (!feed || !replay(*feed, band, ticks, bands, plan, notebook))
        qFatal("the replay was refused");
    return notebook;
}

const TickWorld &world()
{
    static const TickWorld made = [] {
        const std::vector<Disturbance> troubles{{Trouble::Deviating, 0, 100, 130, -200},
                                                {Trouble::Frozen, 3, 200, 400, 0},
                                                {Trouble::Decimal, 5, 300, 330, 10},
                                                {Trouble::Duplicate, 2, 350, 380, 0}};
        return makeTickWorld({.seed = 21, .seconds = 900, .crashAt = 450, .depegAt = 600},
                             troubles);
    }();
    return made;
}

/// A crowd that is late by so many seconds and leans by so many bps.
struct Crowd {
    std::int64_t lateSeconds = 0;
    double leanBps = 0;
    double halfBps = 1;
};
std::vector<RevealedBand> bandsOf(const TickWorld &of, const Crowd &crowd)
{
    std::vector<RevealedBand> bands;
    for (std::size_t second = 90; second < of.truth.size(); second += 90) {
        const double seen = of.truth[second - static_cast<std::size_t>(crowd.lateSeconds)].price *
                            (1 + crowd.leanBps * 1e-4);
        bands.push_back({of.truth[second].atMs, seen * (1 - crowd.halfBps * 1e-4), seen,
                         seen * (1 + crowd.halfBps * 1e-4)});
    }
    return bands;
}

} // namespace

class TestOracleReplay : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameTicksGiveTheSameBits()
    {
        const auto plan = planFor(world().ticks);
        QVERIFY(plan);
        const auto bands = bandsOf(world(), {});
        const Notebook a = replayOf(world().setup, world().ticks, bands, *plan);
        const Notebook b = replayOf(world().setup, world().ticks, bands, *plan);
        QVERIFY(a.lines == b.lines && a.verdicts == b.verdicts);
        QCOMPARE(a.lines.size(), std::size_t{901});
        QCOMPARE(a.epochs, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    }

    void anotherBitAnywhereShowsInTheHash()
    {
        const auto plan = planFor(world().ticks);
        const Notebook a = replayOf(world().setup, world().ticks, {}, *plan);
        std::vector<Tick> changed = world().ticks;
        Tick &tick = changed[changed.size() / 2];
        tick.bid = std::nextafter(tick.bid, 0.0);
        tick.ask = std::nextafter(tick.ask, 0.0);
        const Notebook b = replayOf(world().setup, changed, {}, *plan);
        QVERIFY(a.lines.front() == b.lines.front());
        QVERIFY(a.lines.back().stateHash != b.lines.back().stateHash);
    }

    void whatComesLaterChangesNothing_data()
    {
        QTest::addColumn<int>("cutSeconds");
        for (const int cut : {1, 115, 255, 455, 630, 899})
            QTest::addRow("cut at %d s", cut) << cut;
    }
    void whatComesLaterChangesNothing()
    {
        QFETCH(int, cutSeconds);
        const std::int64_t cut = kWorldStartMs + cutSeconds * std::int64_t{1'000};
        auto plan = planFor(world().ticks);
        const auto bands = bandsOf(world(), {.lateSeconds = 3});
        const Notebook whole = replayOf(world().setup, world().ticks, bands, *plan);
        std::vector<Tick> ticks = world().ticks;
        std::erase_if(ticks, [&](const Tick &tick) { return tick.receivedMs > cut; });
        std::vector<RevealedBand> known = bands;
        std::erase_if(known, [&](const RevealedBand &band) { return band.endMs > cut - 90'000; });
        plan->endMs = cut;
        const Notebook before = replayOf(world().setup, ticks, known, *plan);
        QCOMPARE(before.lines.size(), static_cast<std::size_t>(cutSeconds));
        QVERIFY(
            std::ranges::equal(before.lines, std::span(whole.lines).first(before.lines.size())));
        QVERIFY(std::ranges::equal(before.verdicts,
                                   std::span(whole.verdicts).first(before.verdicts.size())));
        for (std::size_t i = 0; i < before.choices.size(); ++i)
            QCOMPARE(before.choices[i].price, whole.choices[i].price);
    }

    void plansThatCannotWorkAreRefused()
    {
        QVERIFY(!planFor({}));
        std::vector<Tick> far = world().ticks;
        far.back().receivedMs += std::int64_t{400} * 86'400'000;
        QVERIFY(!planFor(far));
        auto feed = Feed::create(world().setup);
        BandLayer band;
        Notebook notebook;
        for (const ReplayPlan &plan :
             {ReplayPlan{.endMs = 1'000, .answerEveryMs = 0}, ReplayPlan{.endMs = 10, .epochMs = 0},
              ReplayPlan{.startMs = 5, .endMs = 1}, ReplayPlan{.endMs = 10, .epochMs = 1'500}})
            QVERIFY(!replay(*feed, band, world().ticks, {}, plan, notebook));
        QVERIFY(notebook.lines.empty());
    }

    void theBandLayerLearnsTheOthersLean()
    {
        const TickWorld calm = makeTickWorld({.seed = 22, .seconds = 3'600});
        const auto plan = planFor(calm.ticks);
        const auto bands = bandsOf(calm, {.lateSeconds = 5, .leanBps = 1.5, .halfBps = 1.5});
        const Notebook learned = replayOf(calm.setup, calm.ticks, bands, *plan);
        const Notebook untaught = replayOf(calm.setup, calm.ticks, {}, *plan);
        QVERIFY2(learned.last.biasBps > 0.6, qPrintable(QString::number(learned.last.biasBps)));
        QCOMPARE(untaught.last.biasBps, 0.0);
        const BandScore a = scoreBand(learned.choices, bands);
        const BandScore b = scoreBand(untaught.choices, bands);
        QVERIFY2(a.inside > b.inside,
                 qPrintable(QStringLiteral("%1 %2").arg(a.inside).arg(b.inside)));
    }

    void nobodyIsFollowedFar()
    {
        const TickWorld calm = makeTickWorld({.seed = 23, .seconds = 3'600});
        const auto plan = planFor(calm.ticks);
        const auto bands = bandsOf(calm, {.leanBps = 50});
        const Notebook notebook = replayOf(calm.setup, calm.ticks, bands, *plan);
        QVERIFY(notebook.last.biasBps <= 2);
        std::vector<RevealedBand> odd{{.endMs = bands[0].endMs, .q25 = NAN, .median = 1, .q75 = 2},
                                      {.endMs = bands[1].endMs, .q25 = 3, .median = 2, .q75 = 1},
                                      {.endMs = bands[2].endMs, .q25 = 0, .median = 0, .q75 = 0}};
        const Notebook unmoved = replayOf(calm.setup, calm.ticks, odd, *plan);
        QCOMPARE(unmoved.last.biasBps, 0.0);
    }

    void theWorstOfManyStressesIsBearable_data()
    {
        QTest::addColumn<int>("venue");
        QTest::addColumn<int>("delayMs");
        QTest::addColumn<int>("skewMs");
        QTest::addColumn<double>("medianMax");
        QTest::addColumn<double>("p99Max");
        for (int venue = 0; venue < 12; ++venue)
            QTest::addRow("without venue %d", venue) << venue << 0 << 0 << 1.5 << 6.0;
        QTest::newRow("the largest a quarter of a second late") << 0 << 250 << 0 << 1.5 << 6.0;
        QTest::newRow("the largest two seconds late") << 0 << 2'000 << 0 << 1.5 << 6.0;
        // Taken for a wrong clock, so that old prices count as new ones: worse, yet bearable.
        QTest::newRow("the largest fifteen seconds late") << 0 << 15'000 << 0 << 2.5 << 12.0;
        QTest::newRow("the largest's clock three seconds ahead") << 0 << 0 << 3'000 << 1.5 << 6.0;
        QTest::newRow("the largest's clock a minute behind") << 0 << 0 << -60'000 << 1.5 << 6.0;
        QTest::newRow("another's clock an hour ahead") << 1 << 0 << 3'600'000 << 1.5 << 6.0;
    }
    void theWorstOfManyStressesIsBearable()
    {
        QFETCH(int, venue);
        QFETCH(int, delayMs);
        QFETCH(int, skewMs);
        QFETCH(double, medianMax);
        QFETCH(double, p99Max);
        static const TickWorld calm = makeTickWorld({.seed = 24, .seconds = 600});
        const VenueShift delay{static_cast<std::uint16_t>(venue), delayMs};
        const VenueShift skew{static_cast<std::uint16_t>(venue), skewMs};
        std::vector<Tick> ticks = delayMs != 0  ? withDelay(calm.ticks, delay)
                                  : skewMs != 0 ? withSkew(calm.ticks, skew)
                                                : withoutVenue(calm.ticks, delay.venue);
        const auto plan = planFor(calm.ticks);
        const Notebook notebook = replayOf(calm.setup, ticks, {}, *plan);
        std::vector<TimedPrice> answers;
        for (const auto &line : notebook.lines)
            answers.push_back({line.atMs, line.price, line.confidenceBps});
        const PriceScore score = scorePrices(answers, calm.truth, {});
        QVERIFY2(score.median < medianMax && score.p99 < p99Max,
                 qPrintable(QStringLiteral("%1 %2").arg(score.median).arg(score.p99)));
    }

    void scoresCountWhatTheySay()
    {
        const std::vector<TimedPrice> truth{
            {0, 100, 0}, {1'000, 100, 0}, {2'000, 100, 0}, {3'000, 100, 0}};
        const std::vector<TimedPrice> answers{{1'000, 100.01, 2}, {3'000, 100.2, 2}};
        const Episode episode{"manip", 2'500, 2'900};
        const PriceScore score = scorePrices(answers, truth, {&episode, 1});
        QCOMPARE(score.answers, std::size_t{2});
        QCOMPARE(score.missing, std::size_t{1});
        QVERIFY(std::abs(score.max - 20) < 1e-6 && std::abs(score.calmMedian - 1) < 1e-6);
        QCOMPARE(score.coverage, 0.5);
        QVERIFY(std::isnan(score.afterOnset));
        using enum TickClass;
        const std::vector<JudgedTick> ticks{{BadPrice, BadPrice, "frozen"},
                                            {BadPrice, Sound, "frozen"},
                                            {Sound, BadPrice, ""},
                                            {Sound, Duplicate, ""},
                                            {BadTime, BadTime, "clock"}};
        const FlagScore flags = scoreFlags(ticks);
        QCOMPARE(flags.precision, 0.5);
        QCOMPARE(flags.recall, 0.5);
        QCOMPARE(flags.falseAlarms, std::size_t{2});
        QCOMPARE(flags.kinds.size(), std::size_t{1});
        const std::vector<RevealedBand> bands{{1, 1, 2, 3}, {2, 1, 2, 3}, {3, 1, 2, 3}};
        const std::vector<TimedPrice> choices{{1, 2.5, 0}, {3, 3.5, 0}};
        const BandScore band = scoreBand(choices, bands);
        QCOMPARE(band.inside, std::size_t{1});
        QCOMPARE(band.longestOutside, std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(TestOracleReplay)
#include "tst_oracle_replay.moc"
