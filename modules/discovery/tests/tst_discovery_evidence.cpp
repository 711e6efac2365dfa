// SPDX-License-Identifier: AGPL-3.0-or-later
#include "planted_world.h"

#include "episodes.h"
#include "novelty.h"
#include "overfit.h"

#include "chrona/discovery/engine.h"
#include "chrona/discovery/running_sums.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace chrona;
using namespace chrona::discovery;
using namespace chrona::discovery::tests;

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Report evidenceOf(const PlantedWorld &world, const Parameters &parameters = {})
{
    InlineExecutor executor;
    auto report = discover(world.panel(), parameters, executor);
    if (!report)
        qFatal("%s", describe(report.error()).c_str());
    return std::move(*report);
}

const Signal *signalOf(const Report &report, std::size_t feature, Measure measure)
{
    const auto found = std::ranges::find_if(report.signals, [&](const Signal &signal) {
        return signal.feature == feature && signal.measure == measure;
    });
    return found == report.signals.end() ? nullptr : &*found;
}

/// Days after days on which the feature is high the target moves three times as far, either way.
PlantedWorld worldOfVolatility()
{
    auto world = noiseWorld({21, 1'500, 10, 3});
    std::mt19937 random(5);
    std::vector<char> isHigh;
    for (auto &vintage : world.features[4].vintages) {
        isHigh.push_back(random() % 6 == 0 ? 1 : 0);
        vintage.value = isHigh.back();
    }
    auto &prices = world.targets[1].prices;
    double shift = 0;
    const auto original = prices;
    for (std::size_t t = 1; t < prices.size(); ++t) {
        if (isHigh[t - 1] != 0)
            shift += 2 * std::log(original[t] / original[t - 1]);
        prices[t] = original[t] * std::exp(shift);
    }
    return world;
}

std::vector<double> quietCounts(std::size_t days)
{
    std::mt19937 random(3);
    std::vector<double> counts;
    for (std::size_t t = 0; t < days; ++t)
        counts.push_back(random() % 4 == 0 ? 1 : 0);
    return counts;
}

} // namespace

class TestDiscoveryEvidence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSignalCarriesItsEvidence()
    {
        auto world = noiseWorld({3});
        plant(world, {7, 2, 5, 0.2});
        const Report report = evidenceOf(world);
        const Signal *signal = signalOf(report, 7, Measure::Return);
        QVERIFY(signal != nullptr);
        QVERIFY(signal->bootstrapP < 0.01);
        QVERIFY(signal->neweyWestT * signal->sign > 2);
        QVERIFY(signal->deflatedSharpe > 0 && signal->deflatedSharpe < 1);
        QVERIFY(signal->overfit < 0.2); // the best window stays good on the other half
        QVERIFY(signal->episodeCount > 20 && !signal->episodes.empty());
        QVERIFY(signal->episodeInfluence < 0.2 && signal->leaveOutT > 2);
        QVERIFY(signal->regimeEffects.size() >= 5);
        QCOMPARE(signal->lagCurve.size(), std::size_t{21});
        QCOMPARE(signal->lagCurve[signal->lag], signal->effect);
        QVERIFY(std::abs(signal->lagCurve[20]) < 0.1); // long after the planted lag
        Parameters fiveDays;
        fiveDays.horizons = {5};
        const Report weekly = evidenceOf(world, fiveDays);
        const Signal *wide = signalOf(weekly, 7, Measure::Return);
        QVERIFY(wide != nullptr && wide->horizon == 5);
        QCOMPARE(wide->lagCurve[wide->lag], wide->effect);
        QVERIFY(std::abs(signal->revision) < 1e-12); // nothing is revised in that world
        QVERIFY(std::abs(signal->lookAhead) < 1e-12);
        for (const auto &episode : signal->episodes) {
            QVERIFY(episode.begin < episode.end && episode.end <= world.days.size());
            QVERIFY(std::abs(episode.robustZ) >= 2);
            QVERIFY(std::isnan(episode.returnPercentile) ||
                    (episode.returnPercentile >= 0 && episode.returnPercentile <= 1));
        }
    }

    void whatIsMadeOfTheFutureIsToldBesideAnHonestLead()
    {
        PlantedWorld world = noiseWorld({.seed = 12});
        plantLeak(world, 3, 0, 5);
        // Known six days later, it honestly leads the same target by as many again.
        plant(world, {.feature = 3, .target = 0, .lag = 12, .correlation = 0.08});
        const Report report = evidenceOf(world, {});
        const auto found = std::ranges::find_if(report.signals, [](const Signal &signal) {
            return signal.feature == 3 && signal.target == 0;
        });
        QVERIFY(found != report.signals.end());
        QVERIFY(found->lag > 2);
        QVERIFY2(found->lookAhead > 0.1, std::to_string(found->lookAhead).c_str());
        QVERIFY(std::ranges::contains(found->failures, FailureMode::LookAhead, &Failure::mode));
    }

    void foldsAreTriedAfterWhatChoseThem()
    {
        auto world = noiseWorld({3});
        plant(world, {7, 2, 5, 0.2});
        const Report report = evidenceOf(world);
        const Signal *signal = signalOf(report, 7, Measure::Return);
        QVERIFY(signal != nullptr);
        // Eight blocks, the first two only train.
        QCOMPARE(signal->folds.size(), std::size_t{6});
        double sum = 0;
        double rows = 0;
        for (std::size_t i = 0; i < signal->folds.size(); ++i) {
            const Fold &fold = signal->folds[i];
            QVERIFY(fold.trainEnd + signal->horizon + Parameters().embargoDays <= fold.begin);
            QVERIFY(fold.begin < fold.end && fold.end <= world.days.size());
            QVERIFY(i == 0 || signal->folds[i - 1].end == fold.begin);
            QVERIFY(fold.lag <= 20 && fold.horizon <= 15);
            sum += fold.effect * fold.rows;
            rows += fold.rows;
        }
        QCOMPARE(signal->outOfSample, sum / rows);
        QVERIFY(signal->outOfSample * signal->sign > 0.1);
    }

    void whatLeadsTheSizeOfMovesIsFoundWhenAskedFor()
    {
        const auto world = worldOfVolatility();
        Parameters parameters;
        QVERIFY(signalOf(evidenceOf(world), 4, Measure::Volatility) == nullptr);
        parameters.targets = Parameters::Targets::ReturnsAndVolatility;
        const Report report = evidenceOf(world, parameters);
        const Signal *signal = signalOf(report, 4, Measure::Volatility);
        QVERIFY(signal != nullptr);
        QCOMPARE(signal->target, std::size_t{1});
        QCOMPARE(signal->sign, 1);
        QCOMPARE(signal->lag, std::size_t{0});
        QVERIFY(signalOf(report, 4, Measure::Return) == nullptr);
        QCOMPARE(report.pairsTested, std::size_t{10 * 3 * 2});
    }

    void aFeatureThatLivesOnFewEpisodesIsRefused()
    {
        auto world = noiseWorld({31, 1'500});
        // Three short bursts before the three largest moves there ever were.
        auto &vintages = world.features[5].vintages;
        for (const std::size_t day : {300U, 700U, 1'100U}) {
            for (std::size_t k = 0; k < 3; ++k)
                vintages[day + k].value += 12;
            const double jump = 1.25;
            for (std::size_t t = day + 2; t < world.days.size(); ++t)
                world.targets[0].prices[t] *= jump;
        }
        const Report report = evidenceOf(world);
        QVERIFY(signalOf(report, 5, Measure::Return) == nullptr);
    }

    void ratesTellRegimesApartOnlyWhereTheyAreNamed()
    {
        auto world = noiseWorld({3});
        plant(world, {7, 2, 5, 0.25});
        const auto has = [&](const Parameters &parameters) {
            const Report report = evidenceOf(world, parameters);
            const Signal *signal = signalOf(report, 7, Measure::Return);
            return signal != nullptr &&
                   std::ranges::contains(signal->regimeEffects, RegimePart::RatesRising,
                                         &RegimeEffect::part);
        };
        Parameters parameters;
        QVERIFY(!has(parameters));
        parameters.rateFeature = world.features[1].name;
        QVERIFY(has(parameters));
    }

    void theLedgerGrowsAndDeflates()
    {
        auto world = noiseWorld({3});
        plant(world, {7, 2, 5, 0.2});
        const Report first = evidenceOf(world);
        QCOMPARE(first.ledger.runs, std::uint64_t{1});
        QCOMPARE(first.ledger.tests, std::uint64_t{first.testsRun});
        Parameters parameters;
        parameters.earlier = first.ledger;
        parameters.earlier.tests *= 1'000;
        parameters.earlier.squaredT *= 1'000;
        const Report later = evidenceOf(world, parameters);
        QCOMPARE(later.ledger.runs, std::uint64_t{2});
        QVERIFY(signalOf(later, 7, Measure::Return)->deflatedSharpe <
                signalOf(first, 7, Measure::Return)->deflatedSharpe);
    }

    void revisionsShow()
    {
        auto world = noiseWorld({3});
        plant(world, {7, 2, 5, 0.3});
        // The first print is noise, corrected in the evening before anybody decides.
        std::mt19937 random(9);
        auto vintages = world.features[7].vintages;
        for (const auto &vintage : vintages) {
            auto print = vintage;
            print.knownAt -= 1;
            print.value = static_cast<double>(random() % 1'000);
            world.features[7].vintages.push_back(print);
        }
        const Report report = evidenceOf(world);
        const Signal *signal = signalOf(report, 7, Measure::Return);
        QVERIFY(signal != nullptr);
        QVERIFY(signal->revision < -0.1);
        QVERIFY(std::ranges::contains(signal->failures, FailureMode::RevisionSensitive,
                                      &Failure::mode));
    }

    void noveltyComparesWithTheYearBefore()
    {
        std::vector<double> level;
        std::mt19937 random(1);
        for (int t = 0; t < 600; ++t)
            level.push_back(static_cast<double>(random() % 1'000) / 100 - 5.005);
        QVERIFY(!noveltyOf(level).elevated);
        level.back() = 40;
        const auto now = noveltyOf(level);
        QVERIFY(now.elevated && now.newlyElevated);
        QCOMPARE(now.percentile, 1.0);
        QVERIFY(now.baseRate > 0 && now.baseRate < 0.05);
        level.push_back(41);
        QVERIFY(noveltyOf(level).elevated && !noveltyOf(level).newlyElevated);
        level.push_back(kNone); // nothing known today
        QVERIFY(!noveltyOf(level).elevated && std::isnan(noveltyOf(level).robustZ));
    }

    void countsAreJudgedByTheirTail()
    {
        auto counts = quietCounts(400);
        counts.back() = 1; // a quarter of days is like that
        QVERIFY(!noveltyOf(counts).elevated);
        QVERIFY(noveltyOf(counts).robustZ < 1);
        counts.back() = 5;
        QVERIFY(noveltyOf(counts).elevated);
        const std::vector<double> quiet(400, 0.0);
        QVERIFY(!noveltyOf(quiet).elevated);
        QVERIFY(noveltyOf(std::vector<double>(30, 1.0)).robustZ !=
                noveltyOf(std::vector<double>(30, 1.0)).robustZ);
        QVERIFY(!noveltyOf({}).elevated);
    }

    void stretchesAreMergedWhereTheyAreNear()
    {
        std::vector<double> x;
        for (int t = 0; t < 200; ++t)
            x.push_back(t % 2 == 0 ? 0.9 : -1.1);
        x[50] = x[53] = 9;
        x[51] = -9;
        x[90] = 8;
        const auto apart = stretchesOf(x, 1);
        QCOMPARE(apart.size(), std::size_t{3}); // 50–51, 53, 90
        const auto near = stretchesOf(x, 3);
        QCOMPARE(near.size(), std::size_t{2});
        QCOMPARE(near[0].begin, std::size_t{50});
        QCOMPARE(near[0].end, std::size_t{54});
        QVERIFY(stretchesOf(std::vector<double>(50, 0.0), 1).empty());
    }

    void luckIsOverfitAndSkillIsNot()
    {
        std::mt19937 random(4);
        std::normal_distribution<double> noise;
        std::vector<TrialSums> trials(100);
        for (auto &trial : trials)
            for (std::size_t block = 0; block < kOverfitBlocks; ++block) {
                trial.numerator[block] = noise(random);
                trial.variance[block] = 1;
            }
        const double luck = overfitShare(trials);
        QVERIFY2(luck > 0.25 && luck < 0.75, qPrintable(QString::number(luck)));
        for (auto &sum : trials[3].numerator)
            sum += 3;
        QVERIFY(overfitShare(trials) < 0.05);
        QVERIFY(std::isnan(overfitShare(std::span(trials).first(1))));
    }

    void theWindowsOfAPairAddUpToItsTests()
    {
        auto world = noiseWorld({3, 800, 2, 1});
        std::vector<double> x;
        std::vector<double> scores;
        std::mt19937 random(2);
        std::normal_distribution<double> noise;
        for (int t = 0; t < 800; ++t) {
            x.push_back(noise(random));
            scores.push_back(noise(random));
        }
        const Windows windows{{1, 5}, 3};
        const auto tests = allWindows(x, scores, windows);
        const auto trials = windowTrials(x, scores, windows);
        QCOMPARE(trials.size(), tests.size());
        for (std::size_t i = 0; i < tests.size(); ++i) {
            double numerator = 0;
            double variance = 0;
            for (std::size_t block = 0; block < kOverfitBlocks; ++block) {
                numerator += trials[i].numerator[block];
                variance += trials[i].variance[block];
            }
            QVERIFY(std::abs(numerator / std::sqrt(variance) - tests[i].t) < 1e-9);
        }
    }

    void aNightAddsOneDayToTheSums()
    {
        auto world = noiseWorld({13, 900, 6, 4});
        plant(world, {2, 1, 3, 0.25});
        const AsOfPanel whole = world.panel();
        const auto shorter = [&](std::size_t count) {
            auto part = world;
            part.days.resize(count);
            for (auto &target : part.targets)
                target.prices.resize(count);
            return part.panel();
        };
        InlineExecutor executor;
        auto sums = RunningSums::build(shorter(880), {}, executor);
        QVERIFY2(sums, sums ? "" : sums.error().what.c_str());
        for (std::size_t t = 880; t < 900; ++t) {
            std::vector<double> known;
            std::vector<double> prices;
            for (std::size_t f = 0; f < whole.featureCount(); ++f)
                known.push_back(whole.known(f)[t]);
            for (std::size_t j = 0; j < whole.targetCount(); ++j)
                prices.push_back(whole.prices(j)[t]);
            QVERIFY(sums->append({whole.days()[t].date, known, prices}, executor));
        }
        QCOMPARE(sums->dayCount(), std::size_t{900});
        const auto anew = RunningSums::build(whole, {}, executor);
        QVERIFY(anew);
        double largest = 0;
        for (std::size_t f = 0; f < whole.featureCount(); ++f) {
            const auto a = sums->tOf(f);
            const auto b = anew->tOf(f);
            QCOMPARE(a.size(), b.size());
            for (std::size_t i = 0; i < a.size(); ++i)
                largest = std::max(largest, static_cast<double>(std::abs(a[i] - b[i])));
        }
        // What differs is only what the last twenty days would have taught the preparation.
        QVERIFY2(largest < 0.35, qPrintable(QString::number(largest)));
        QVERIFY(std::ranges::max(sums->tOf(2)) > 4);
    }

    void aDayThatDoesNotFitChangesNothing()
    {
        const auto world = noiseWorld({13, 700, 3, 2});
        InlineExecutor executor;
        auto sums = RunningSums::build(world.panel(), {}, executor);
        QVERIFY(sums);
        const auto before = sums->tOf(1);
        const std::vector<double> three(3, 1.0);
        const std::vector<double> two(2, 1.0);
        const Date next = world.days.back().date + std::chrono::days(1);
        QVERIFY(!sums->append({world.days.back().date, three, two}, executor));
        QVERIFY(!sums->append({next, two, two}, executor));
        QVERIFY(!sums->append({next, three, three}, executor));
        QVERIFY(before == sums->tOf(1));
        QCOMPARE(sums->dayCount(), std::size_t{700});
        // A day without any value or price adds nothing but itself.
        const std::vector<double> none(3, kNone);
        QVERIFY(sums->append({next, none, std::span(none).first(2)}, executor));
        QVERIFY(before == sums->tOf(1));
    }
};

QTEST_GUILESS_MAIN(TestDiscoveryEvidence)
#include "tst_discovery_evidence.moc"
