// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel.h"
#include "pair_test.h"
#include "preparation.h"
#include "sweep.h"

#include "chrona/stats/distributions.h"
#include "chrona/stats/multiple_testing.h"
#include "chrona/stats/predictive_regression.h"
#include "chrona/stats/seasonal.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace chrona;
using namespace chrona::discovery;

namespace {

std::vector<double> wave(std::size_t size, double a, double b)
{
    std::vector<double> values;
    for (std::size_t t = 0; t < size; ++t) {
        const auto x = static_cast<double>(t);
        values.push_back(std::sin(a * x) + std::cos(b * x * x / 100) + 0.3 * std::sin(x * x * a));
    }
    double mean = 0;
    for (const double value : values)
        mean += value / static_cast<double>(size);
    for (double &value : values)
        value -= mean;
    return values;
}

std::vector<double> noise(std::size_t size, std::uint64_t seed)
{
    std::vector<double> values;
    for (std::size_t t = 0; t < size; ++t) {
        seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        values.push_back(static_cast<double>(seed >> 11) * 0x1.0p-53 - 0.5);
    }
    return values;
}

std::vector<DecisionDay> daysOf(std::size_t count)
{
    using namespace std::chrono;
    std::vector<DecisionDay> days;
    for (Date date = sys_days(year(2018) / 1 / 1); days.size() < count;
         date += std::chrono::days(1))
        if (weekday(date) != Saturday && weekday(date) != Sunday)
            days.push_back({date, date + hours(21)});
    return days;
}

/// Whole numbers between -size and size, 0 at the end where there is nothing more.
std::vector<std::int16_t> wholeNumbers(std::size_t count, std::size_t filled, std::uint64_t seed,
                                       double size)
{
    std::vector<std::int16_t> values(count);
    const auto source = noise(filled, seed);
    for (std::size_t i = 0; i < filled; ++i)
        values[i] = static_cast<std::int16_t>(2 * size * source[i]);
    return values;
}

/// What a kernel makes of the same two sides, of windows and of their scores.
struct KernelResult {
    std::vector<float> products;
    std::vector<std::int16_t> rounded, windows;
    std::vector<float> factors, scores;
    friend bool operator==(const KernelResult &, const KernelResult &) = default;
};

constexpr std::size_t kKernelDays = 700; // two whole blocks and a piece
constexpr std::size_t kKernelPanels = 3;

KernelResult resultOf(const KernelChoice &kernel)
{
    const auto panels = wholeNumbers(kKernelPanels * kPanelRows * kKernelDays,
                                     kKernelPanels * kPanelRows * kKernelDays, 5, 1'200);
    const auto columns = wholeNumbers(kColumnGroup * kKernelDays, 7 * kKernelDays, 9, 6'500);
    KernelResult result;
    result.products.resize(kKernelPanels * kPanelRows * kColumnGroup);
    kernel.multiply({panels.data(), kKernelPanels, columns.data(), kColumnGroup, kKernelDays,
                     result.products.data(), kKernelPanels * kPanelRows});
    result.rounded.resize(kKernelDays);
    kernel.round(noise(kKernelDays, 3).data(), kKernelDays, 6'500, result.rounded.data());
    std::vector<std::int32_t> work(kKernelDays + 1);
    for (const std::size_t horizon : {1, 5, 15}) {
        std::vector<std::int16_t> windows(kKernelDays);
        result.factors.push_back(kernel.squareWindows(columns.data(), kKernelDays, horizon,
                                                      work.data(), windows.data()));
        result.windows.insert(result.windows.end(), windows.begin(), windows.end());
    }
    result.scores.resize(2 * 21);
    std::vector<float> variances(2 * 21, 3.0F);
    variances[5] = 0;
    const std::vector<float> scales{0.5F, 2.0F};
    kernel.score({result.products.data(), variances.data(), scales.data(), 1.5F, 2, 23, 21, 3, 21,
                  result.scores.data()});
    return result;
}

} // namespace

class TestDiscoveryParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void productsAreThoseOfThePanels()
    {
        const auto panels = wholeNumbers(kKernelPanels * kPanelRows * kKernelDays,
                                         kKernelPanels * kPanelRows * kKernelDays, 5, 1'200);
        const auto columns = wholeNumbers(kColumnGroup * kKernelDays, 7 * kKernelDays, 9, 6'500);
        const KernelResult result = resultOf(chooseKernel());
        for (std::size_t column = 0; column < kColumnGroup; ++column) {
            for (std::size_t row = 0; row < kKernelPanels * kPanelRows; ++row) {
                double sum = 0;
                for (std::size_t t = 0; t < kKernelDays; ++t) {
                    const std::size_t place =
                        (row / kPanelRows * kKernelDays + t / 2 * 2) * kPanelRows +
                        row % kPanelRows * 2 + t % 2;
                    sum += double(panels[place]) * columns[column * kKernelDays + t];
                }
                const float found = result.products[column * kKernelPanels * kPanelRows + row];
                QVERIFY(std::abs(sum - double{found}) <= 1e-6 * std::abs(sum) + 128);
            }
        }
    }

    void aPartOfThePanelsLeavesTheRestAlone()
    {
        const auto panels = wholeNumbers(kKernelPanels * kPanelRows * kKernelDays,
                                         kKernelPanels * kPanelRows * kKernelDays, 5, 1'200);
        const auto columns = wholeNumbers(kColumnGroup * kKernelDays, 7 * kKernelDays, 9, 6'500);
        const KernelResult whole = resultOf(chooseKernel());
        std::vector<float> out(whole.products.size(), -1);
        const std::size_t rows = kKernelPanels * kPanelRows;
        chooseKernel().multiply({panels.data() + kPanelRows * kKernelDays, 1, columns.data(),
                                 kColumnGroup, kKernelDays, out.data() + kPanelRows, rows});
        for (std::size_t i = 0; i < out.size(); ++i) {
            const bool isAsked = i % rows / kPanelRows == 1;
            QCOMPARE(out[i], isAsked ? whole.products[i] : -1.0F);
        }
    }

    void windowsAreSquaredAndScored()
    {
        const auto x = wholeNumbers(kKernelDays, kKernelDays, 9, 6'500);
        const KernelResult result = resultOf(chooseKernel());
        const auto horizons = std::to_array<std::size_t>({1, 5, 15});
        for (std::size_t row = 0; row < horizons.size(); ++row) {
            double largest = 0;
            for (std::size_t t = 0; t < kKernelDays; ++t) {
                double sum = 0;
                for (std::size_t k = 0; k < horizons[row] && k <= t; ++k)
                    sum += x[t - k];
                const double square = sum * sum * double{result.factors[row]};
                const auto found = result.windows[row * kKernelDays + t];
                QVERIFY(std::abs(square - found) <= 0.51);
                largest = std::max(largest, square);
            }
            QVERIFY(std::abs(largest - kWindowMax) < 1);
        }
        const float *products = result.products.data();
        QCOMPARE(result.scores[2],
                 (products[2] + products[3] + products[4]) * (0.5F * 1.5F) / std::sqrt(3.0F));
        QCOMPARE(result.scores[5], 0.0F); // nothing to divide by
        QCOMPARE(result.scores[21],
                 (products[23] + products[24] + products[25]) * (2.0F * 1.5F) / std::sqrt(3.0F));
        const auto [least, most] = std::ranges::minmax(result.rounded);
        QCOMPARE(std::max<int>(most, -least), 6'500);
    }

    void everyKernelThatRunsHereGivesTheSameBits()
    {
        KernelChoice kernels[4];
        const std::size_t count = kernelsHere(kernels);
        QVERIFY(count >= 1);
        const KernelResult expected = resultOf(kernels[0]);
        for (std::size_t i = 1; i < count; ++i)
            QVERIFY2(resultOf(kernels[i]) == expected, kernels[i].name);
    }

    void nothingOverflows_data()
    {
        QTest::addColumn<double>("wild");
        QTest::newRow("even") << 1.0;
        QTest::newRow("all of it in a few days") << 40.0;
    }

    /// The largest sums that there can be: a feature that stands at its limit, scores that do too.
    void nothingOverflows()
    {
        QFETCH(double, wild);
        std::vector<double> x(1'000, 4.0);
        std::vector<double> scores(1'000, 1.0);
        for (std::size_t t = 500; t < 560; ++t)
            scores[t] = wild;
        const Windows windows{{1, 15}, 20};
        const SweepTargets targets({{0, View::Whole, scores}}, windows);
        const auto exact = allWindows(x, scores, windows);
        InlineExecutor executor;
        sweep(
            targets, 1, [&](std::size_t) { return x; },
            [&](std::size_t, std::span<const float> t) {
                for (std::size_t i = 0; i < exact.size(); ++i)
                    QVERIFY2(std::abs(exact[i].t - double{t[i]}) < 2e-3 * std::abs(exact[i].t),
                             qPrintable(QString::number(double{t[i]})));
            },
            executor, {});
    }

    void sweepAgreesWithTheExactTest()
    {
        const Windows windows{{1, 3, 5, 10, 15}, 20};
        const std::vector<ReturnView> views{{0, View::Whole, wave(800, 0.7, 0.31)},
                                            {1, View::Whole, wave(800, 1.3, 0.17)}};
        const SweepTargets targets(views, windows);
        InlineExecutor executor;
        int features = 0;
        sweep(
            targets, 70,
            [](std::size_t f) {
                return f == 3 ? std::vector<double>()
                              : wave(800, 0.21 + 0.05 * static_cast<double>(f), 0.4);
            },
            [&](std::size_t f, std::span<const float> t) {
                ++features;
                const auto x = wave(800, 0.21 + 0.05 * static_cast<double>(f), 0.4);
                for (std::size_t view = 0; view < views.size(); ++view) {
                    const auto exact = allWindows(x, views[view].scores, windows);
                    for (std::size_t i = 0; i < exact.size(); ++i)
                        QVERIFY(std::abs(exact[i].t - double{t[view * windows.count() + i]}) <
                                2e-3);
                }
            },
            executor, {});
        QCOMPARE(features, 69);
    }

    void windowsAreTheReverseRegression()
    {
        // Centring within each window's own days is the only difference, so long series agree
        // closely.
        const auto x = noise(4'000, 1);
        const auto r = noise(4'000, 2);
        for (const std::size_t horizon : {1, 5, 15}) {
            const auto tests = allWindows(x, r, {{horizon}, 0});
            const double expected = stats::reverseT({x, r, horizon});
            QVERIFY2(std::abs(tests.front().t - expected) < 0.05,
                     qPrintable(QString::number(tests.front().t - expected)));
        }
    }

    void serialInflationIsOneForNoiseAndMoreForPersistence()
    {
        std::vector<double> alternating;
        std::vector<double> slow;
        for (int t = 0; t < 1'000; ++t) {
            alternating.push_back(t % 2 == 0 ? 1 : -1);
            slow.push_back(std::sin(t / 25.0));
        }
        QCOMPARE(serialInflation(alternating, 20), 1.0);
        QVERIFY(serialInflation(slow, 20) > 3);
        QCOMPARE(serialInflation(std::vector<double>(100, 2.0), 20), 1.0);
    }

    void simesFromTIsSimes()
    {
        const std::vector<double> t{4.2, -3.1, 0.3, 1.0, -0.2, 2.2, 1.59, 0.0};
        std::vector<double> p;
        for (const double value : t)
            p.push_back(stats::normalTwoSided(value));
        std::vector<double> work;
        QCOMPARE(simesFromT<double>(t, work), stats::simes(p));
    }

    void calendarIsTakenOutOfGappedSeriesToo_data()
    {
        QTest::addColumn<int>("missing");
        QTest::newRow("complete") << 0;
        QTest::newRow("two days late") << 2;
        QTest::newRow("begins in the middle") << 400;
        QTest::newRow("a handful of days left") << 1'000;
    }

    void calendarIsTakenOutOfGappedSeriesToo()
    {
        QFETCH(int, missing);
        const auto days = daysOf(1'006);
        const CalendarBasis basis(days);
        std::vector<double> values;
        for (std::size_t t = 0; t < days.size(); ++t)
            values.push_back(3 + 0.02 * static_cast<double>(t) + (t % 5 == 2 ? 4 : 0));
        for (int t = 0; t < missing; ++t)
            values[static_cast<std::size_t>(t)] = std::numeric_limits<double>::quiet_NaN();
        for (const double rest : basis.residual(values))
            QVERIFY2(std::abs(rest) < 1e-6, qPrintable(QString::number(rest)));
        values[900 % values.size()] += 50; // what the calendar cannot explain stays
        if (missing <= 400)
            QVERIFY(basis.residual(values)[900] > 40);
    }

    void constantsBecomeNothing()
    {
        const CalendarBasis basis(daysOf(600));
        for (const double value : preparedFeature(std::vector<double>(600, 7.5), basis))
            QCOMPARE(value, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestDiscoveryParts)
#include "tst_discovery_parts.moc"
