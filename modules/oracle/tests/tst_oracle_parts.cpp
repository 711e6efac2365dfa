// SPDX-License-Identifier: AGPL-3.0-or-later
#include "joint_filter.h"
#include "market_history.h"
#include "venue_memory.h"

#include "chrona/oracle/aggregates.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace chrona::oracle;

namespace {

constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

Tick tickOf(double bid, double ask, double last)
{
    Tick tick;
    tick.receivedMs = tick.exchangeMs = 1'000;
    tick.bid = bid;
    tick.ask = ask;
    tick.last = last;
    return tick;
}

} // namespace

class TestOracleParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFilterLearnsWhoStandsOff()
    {
        JointFilter filter({1, 2});
        filter.setBasisPrior(0, 1);
        filter.startBasis(0);
        filter.setBasisPrior(1, 10);
        filter.startBasis(1);
        filter.start(0, 100);
        for (int i = 0; i < 200; ++i) {
            filter.diffuseFactor(0.5);
            for (const std::size_t venue : {0, 1}) {
                const double said = venue == 0 ? 0.0 : 8.0;
                filter.update({0, venue, said - filter.factor() - filter.basis(venue), 0, 0.5});
            }
        }
        QVERIFY2(std::abs(filter.factor()) < 0.5, "the trusted venue holds the factor");
        QVERIFY(std::abs(filter.basis(1) - filter.basis(0) - 8) < 0.5);
    }

    void theFilterSolvesARateWithoutDirectQuotes()
    {
        JointFilter filter({2, 2});
        filter.setBasisPrior(0, 1);
        filter.startBasis(0);
        filter.setBasisPrior(1, 1);
        filter.startBasis(1);
        filter.start(0, 100);
        // A venue in the feed's currency says 0, one in the other says 50: that currency lost 50.
        for (int i = 0; i < 400; ++i) {
            filter.diffuseFactor(0.5);
            filter.diffuseRate(1, 5);
            filter.update({0, 0, -filter.factor() - filter.basis(0), 0, 0.5});
            filter.update(
                {1, 1, 50 - (filter.factor() - filter.rate(1)) - filter.basis(1), 0, 0.5});
        }
        // The rest is taken for the venues' own basis.
        QVERIFY2(std::abs(filter.rate(1) + 50) < 8, qPrintable(QString::number(filter.rate(1))));
        QVERIFY(std::abs(filter.factor() + filter.basis(0)) < 1);
    }

    void theCovarianceStaysOne()
    {
        JointFilter filter({2, 3});
        for (const std::size_t venue : {0, 1, 2})
            filter.setBasisPrior(venue, 1.0 + static_cast<double>(venue));
        filter.start(0, 100);
        for (int i = 0; i < 3'000; ++i) {
            const auto venue = static_cast<std::size_t>(i) % 3;
            filter.diffuseFactor(0.2);
            const JointFilter::Measurement late{venue % 2, venue, std::sin(i), 7.0, 0.3};
            filter.update(late);
            filter.relax(0.05, 100);
            const auto &cov = filter.covariance();
            const std::size_t stride = cov.size() / filter.mean().size();
            for (std::size_t a = 0; a < 5; ++a)
                for (std::size_t b = 0; b < 5; ++b)
                    QVERIFY(cov[a * stride + b] * cov[a * stride + b] <=
                            cov[a * stride + a] * cov[b * stride + b] * (1 + 1e-9));
            QVERIFY(filter.recentVariance() <= filter.factorVariance() * (1 + 1e-9));
        }
    }

    void historyAnswersForThePast()
    {
        MarketHistory history;
        history.start(100'000, 1);
        history.put(101'000, 2);
        history.put(101'500, 3);
        QCOMPARE(history.at(101'200), 2.0);
        QCOMPARE(history.at(999'999), 3.0);
        QCOMPARE(history.at(-1e18), 1.0);
        QCOMPARE(history.at(kNoNumber), 3.0);
        QCOMPARE(history.range(100'000, 101'200).high, 2.0);
        history.put(101'500 + 3'600'000, 7);
        QCOMPARE(history.at(101'500), 3.0); // a long silence kept the last value
    }

    void aThinMarketMayRepeatItself()
    {
        FrozenTest lively, thin;
        for (int i = 0; i < 2'000; ++i) {
            lively.observe(false);
            thin.observe(i % 10 != 0);
        }
        for (int i = 0; i < 3; ++i) {
            lively.observe(true);
            thin.observe(true);
        }
        QVERIFY2(lively.evidence() > 5, "three repetitions of one that never repeats");
        QVERIFY2(thin.evidence() < 5, "three repetitions of one that always does");
        lively.observe(false);
        QCOMPARE(lively.evidence(), 0.0);
    }

    void aClockIsWrongTwiceRunning_data()
    {
        QTest::addColumn<int>("offsetMs");
        QTest::addColumn<bool>("bad");
        QTest::newRow("as always") << 60 << false;
        QTest::newRow("a slow message") << 3'000 << false;
        QTest::newRow("five seconds behind") << 5'000 << true;
        QTest::newRow("a quarter of an hour behind") << 900'000 << true;
        QTest::newRow("a second ahead") << -1'000 << false;
        QTest::newRow("five seconds ahead") << -5'000 << true;
    }
    void aClockIsWrongTwiceRunning()
    {
        QFETCH(int, offsetMs);
        QFETCH(bool, bad);
        VenueClock clock;
        Tick tick;
        for (int i = 0; i < 50; ++i) {
            tick.receivedMs = 1'000'000 + i * 100;
            tick.exchangeMs = tick.receivedMs - 60;
            QVERIFY(!clock.read(tick, {}).bad);
        }
        tick.receivedMs += 100;
        tick.exchangeMs = tick.receivedMs - offsetMs;
        static_cast<void>(clock.read(tick, {}));
        const auto again = clock.read(tick, {});
        QCOMPARE(again.bad, bad);
        QVERIFY(again.spokenOfMs <= tick.receivedMs);
        if (bad)
            QVERIFY(tick.receivedMs - again.spokenOfMs < 1'000);
    }

    void messagesAreReadAsFarAsTheyAreSound_data()
    {
        QTest::addColumn<double>("bid");
        QTest::addColumn<double>("ask");
        QTest::addColumn<double>("last");
        QTest::addColumn<bool>("usable");
        QTest::addColumn<int>("judged");
        const auto row = [](const char *name, double bid, double ask, double last, bool usable,
                            TickClass judged) {
            QTest::newRow(name) << bid << ask << last << usable << static_cast<int>(judged);
        };
        row("a sound one", 99.99, 100.01, 100.01, true, TickClass::Sound);
        row("the last trade is no number", 99.99, 100.01, kNoNumber, true, TickClass::BadPrice);
        row("the last trade is 0", 99.99, 100.01, 0, true, TickClass::BadPrice);
        row("the last trade is negative", 99.99, 100.01, -100, true, TickClass::BadPrice);
        row("the last trade is huge", 99.99, 100.01, 1e12, true, TickClass::BadPrice);
        row("the last trade is off its own book", 99.99, 100.01, 101, true, TickClass::BadPrice);
        row("a decimal shift", 999.9, 1000.1, 1000, false, TickClass::BadPrice);
        row("a crossed book", 100.3, 99.7, 100, true, TickClass::BadBook);
        row("a crossed book without a trade", 100.3, 99.7, kNoNumber, false, TickClass::BadPrice);
        row("no book", kNoNumber, kNoNumber, 100, true, TickClass::Sound);
        row("half a book", 99.9, kNoNumber, 100, true, TickClass::BadBook);
        row("nothing", kNoNumber, kNoNumber, kNoNumber, false, TickClass::BadPrice);
        row("infinity", INFINITY, INFINITY, INFINITY, false, TickClass::BadPrice);
    }
    void messagesAreReadAsFarAsTheyAreSound()
    {
        QFETCH(double, bid);
        QFETCH(double, ask);
        QFETCH(double, last);
        QFETCH(bool, usable);
        QFETCH(int, judged);
        const Reading reading = readPrice(tickOf(bid, ask, last), 1, {50, 200}, {});
        QCOMPARE(reading.usable, usable);
        QCOMPARE(static_cast<int>(reading.verdict.judged), judged);
        if (usable)
            QVERIFY(std::abs(reading.value - bpsOf(100)) < 1.01);
    }

    void weightsAreCapped_data()
    {
        QTest::addColumn<QList<double>>("weights");
        QTest::addColumn<QList<int>>("groups");
        QTest::addColumn<double>("single");
        QTest::addColumn<double>("group");
        QTest::newRow("one giant among eight")
            << QList<double>{100, 1, 1, 1, 1, 1, 1, 1} << QList<int>(8, -1) << 0.2 << 1.0;
        QTest::newRow("an owner of five venues out of eight")
            << QList<double>{3, 3, 3, 3, 3, 1, 1, 1} << QList<int>{1, 1, 1, 1, 1, -1, -1, -1} << 1.0
            << 0.5;
        QTest::newRow("three venues cannot keep a fifth each: shared evenly")
            << QList<double>{5, 1, 1} << QList<int>(3, -1) << 1.0 / 3 << 1.0;
    }
    void weightsAreCapped()
    {
        QFETCH(QList<double>, weights);
        QFETCH(QList<int>, groups);
        QFETCH(double, single);
        QFETCH(double, group);
        std::vector<std::uint16_t> owners;
        for (const int owner : groups)
            owners.push_back(owner < 0 ? VenueProfile::kNoGroup
                                       : static_cast<std::uint16_t>(owner));
        std::vector<double> capped(weights.begin(), weights.end());
        capWeights(capped, owners, {single, group});
        QVERIFY(std::abs(std::accumulate(capped.begin(), capped.end(), 0.0) - 1) < 1e-9);
        QVERIFY(*std::ranges::max_element(capped) <= single + 1e-6);
        double held = 0;
        for (std::size_t i = 0; i < capped.size(); ++i)
            held += owners[i] == 1 ? capped[i] : 0;
        QVERIFY(held <= group + 1e-6);
    }

    void mediansAreWeighted()
    {
        std::vector<WeightedPrice> votes{{3, 1}, {1, 5}, {2, 1}, {99, 0}};
        QCOMPARE(weightedMedianInPlace(votes), 1.0);
        QCOMPARE(weightedQuantileInPlace(votes, 0.99), 3.0);
        std::vector<WeightedPrice> none{{3, 0}};
        QVERIFY(std::isnan(weightedMedianInPlace(none)));
        QVERIFY(std::isnan(weightedMedianInPlace({})));
    }

    void tradesLeaveTheWindow()
    {
        TradeWindow window(30);
        window.add(10'000, 100, 1);
        window.add(10'500, 110, 3);
        window.add(20'000, 120, 4);
        QCOMPARE(window.vwap(20'000), (100 + 330 + 480) / 8.0);
        QCOMPARE(window.twap(20'000), (105 + 120) / 2.0);
        QCOMPARE(window.vwap(45'000), 120.0);
        QVERIFY(std::isnan(window.vwap(60'000)));
    }
};

QTEST_GUILESS_MAIN(TestOracleParts)
#include "tst_oracle_parts.moc"
