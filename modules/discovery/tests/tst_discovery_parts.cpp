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

void compareKernel(ProductKernel kernel)
{
    constexpr std::size_t kDepth = 333;
    constexpr std::size_t kRows = 19;
    constexpr std::size_t kColumns = 7;
    std::vector<float> left;
    std::vector<float> right;
    for (std::size_t i = 0; i < kDepth * kRows; ++i)
        left.push_back(static_cast<float>(std::sin(0.37 * static_cast<double>(i))));
    for (std::size_t i = 0; i < kDepth * kColumns; ++i)
        right.push_back(static_cast<float>(std::cos(0.11 * static_cast<double>(i))));
    std::vector<float> out(kRows * kColumns);
    kernel(left.data(), right.data(), out.data(), kDepth, kRows, kColumns);
    for (std::size_t column = 0; column < kColumns; ++column) {
        for (std::size_t row = 0; row < kRows; ++row) {
            double sum = 0;
            for (std::size_t t = 0; t < kDepth; ++t)
                sum += double{left[row * kDepth + t]} * double{right[column * kDepth + t]};
            QVERIFY(std::abs(sum - double{out[column * kRows + row]}) < 1e-3);
        }
    }
}

} // namespace

class TestDiscoveryParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKernelThatRunsHereIsRight()
    {
        compareKernel(productBaseline);
#if defined(CHRONA_KERNELS_X86)
        if (__builtin_cpu_supports("x86-64-v3"))
            compareKernel(productV3);
        if (__builtin_cpu_supports("x86-64-v4"))
            compareKernel(productV4);
#endif
        compareKernel(chooseKernel().product);
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
