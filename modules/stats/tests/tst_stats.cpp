// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/stats/bootstrap.h"
#include "chrona/stats/correlation.h"
#include "chrona/stats/distributions.h"
#include "chrona/stats/folds.h"
#include "chrona/stats/forward_returns.h"
#include "chrona/stats/multiple_testing.h"
#include "chrona/stats/predictive_regression.h"
#include "chrona/stats/quantiles.h"
#include "chrona/stats/rolling.h"
#include "chrona/stats/seasonal.h"
#include "chrona/stats/stability.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace chrona::stats;

namespace {
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
} // namespace

class TestStats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void normalQuantileInvertsTheDistribution_data()
    {
        QTest::addColumn<double>("p");
        for (const double p : {1e-300, 1e-16, 1e-4, 0.02425, 0.3, 0.5, 0.9, 0.9999})
            QTest::addRow("p = %g", p) << p;
    }

    void normalQuantileInvertsTheDistribution()
    {
        QFETCH(double, p);
        QVERIFY(std::abs(normalCdf(normalQuantile(p)) / p - 1) < 1e-11);
    }

    void distributionsHaveKnownValues()
    {
        QVERIFY(std::abs(normalTwoSided(1.959963984540054) - 0.05) < 1e-15);
        QVERIFY(std::abs(studentTwoSided(2.2281388519862744, 10) - 0.05) < 1e-13);
        QVERIFY(std::abs(studentTwoSided(12.706204736174698, 1) - 0.05) < 1e-13);
        QVERIFY(std::abs(studentTwoSided(40, 5) / 1.846e-7 - 1) < 0.01);
        QVERIFY(std::isnan(studentTwoSided(1, 0)) && std::isnan(normalQuantile(1.5)));
        QCOMPARE(normalQuantile(0), -kInfinity);
    }

    void nothingInNothingOut()
    {
        const std::vector<double> none;
        QVERIFY(std::isnan(simes(none)) && std::isnan(median(none)));
        QVERIFY(benjaminiHochberg(none).empty());
        QVERIFY(std::isnan(pearson(none, none).value) && std::isnan(kendall(none, none).value));
        QVERIFY(std::isnan(reverseT({none, none, 1})));
        QVERIFY(std::isnan(neweyWest({none, none, 5}, 3).t) &&
                std::isnan(ordinaryFit({none, none, 1}).t));
        QVERIFY(std::isnan(bootstrapMean(none, {}).standardError));
        QVERIFY(std::isnan(weightedMedian(none, none, MedianRule::Lower)));
        QVERIFY(std::isnan(stability({none, 0.1, none, 0.1}).score));
        QVERIFY(rollingMoments(none, {5, 5}).mean.empty() && forwardLogReturns(none, 3).empty());
    }

    void onlyMissingValuesAreMissing()
    {
        const std::vector<double> missing{kNan, kNan, kNan, kNan, kNan};
        for (const double q : benjaminiHochberg(missing))
            QVERIFY(std::isnan(q));
        for (const double residual : demeanByKeyPastOnly(missing, std::vector<int>(5, 1), 1))
            QVERIFY(std::isnan(residual));
        QCOMPARE(ewma(missing, {}).size(), std::size_t{5});
    }

    void simesOfTheSmallestIsSimesOfAll()
    {
        const std::vector<double> all{0.001, 0.004, 0.03, 0.2, 0.6, 0.61, 0.7, 0.8, 0.9, 0.99};
        const std::vector<double> smallest(all.begin(), all.begin() + 3);
        QCOMPARE(simesOfSmallest(smallest, all.size()), simes(all));
    }

    void pricesThatAreNoneLeaveGaps()
    {
        const std::vector<double> prices{100, 0, 101, -5, kInfinity, 102, 103};
        const auto returns = forwardLogReturns(prices, 1);
        QVERIFY(std::isnan(returns[0]) && std::isnan(returns[2]) && std::isnan(returns[4]));
        QCOMPARE(returns[5], std::log(103.0 / 102.0));
        QVERIFY(std::isnan(returns[6]));
        QVERIFY(std::isnan(forwardVolatility(prices, 2)[0]));
    }

    void foldsOfImpossiblePlansAreEmpty()
    {
        QVERIFY(blockEdges(100, 0).empty());
        QCOMPARE(walkForward({10, 8, 5, 10}, 2).front().train, (Range{0, 0}));
        QVERIFY(purgedKFold({0, 4, 1, 0}).front().train.empty());
        QCOMPARE(blockEdges(std::numeric_limits<std::size_t>::max(), 8).back(),
                 std::numeric_limits<std::size_t>::max());
    }

    void effectiveCountFallsWithSharedPersistence()
    {
        std::vector<double> slow(400);
        std::vector<double> quick(400);
        for (std::size_t t = 0; t < 400; ++t) {
            slow[t] = std::sin(static_cast<double>(t) / 30);
            quick[t] = t % 2 == 0 ? 1 : -1;
        }
        QVERIFY(effectiveCount(slow, slow, 40) < 40);
        QVERIFY(effectiveCount(quick, slow, 40) >= 300);
        QCOMPARE(effectiveCount(std::vector<double>(50, 3.0), quick, 10), 1.0);
    }

    void bootstrapIsTheSameForTheSameSeed()
    {
        const std::vector<double> values{0.3, -0.1, 0.5, 0.2, -0.4, 0.9, 0.1, 0.0, 0.4, -0.2};
        const BootstrapPlan plan{3, 500, 42};
        QCOMPARE(bootstrapMean(values, plan).pTwoSided, bootstrapMean(values, plan).pTwoSided);
        QVERIFY(bootstrapMean(values, plan).standardError !=
                bootstrapMean(values, {3, 500, 43}).standardError);
    }
};

QTEST_GUILESS_MAIN(TestStats)
#include "tst_stats.moc"
