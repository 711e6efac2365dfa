// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/vintages.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace chrona;
using namespace chrona::features;
using namespace std::chrono;

namespace {

constexpr std::int64_t kDay = 86'400'000'000;
const Date kSeriesBegin = sys_days(2024y / January / 1);
const std::int64_t kMidnight = Instant(kSeriesBegin).time_since_epoch().count();

Buckets sixtyDays()
{
    return Buckets::daily({schema::Calendar::AlwaysOpen, DecisionClock::Rule::TimeOfDay, hours(21)},
                          kSeriesBegin, kSeriesBegin + days(60))
        .value();
}

/// Observed at noon of each day and known an hour later.
SeriesHistory daily(std::vector<double> values)
{
    SeriesHistory history{"s", {}, {}, schema::AvailabilityBasis::Measured};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::int64_t noon = kMidnight + static_cast<std::int64_t>(i) * kDay + kDay / 2;
        history.vintages.push_back({noon, noon + kDay / 24, values[i]});
    }
    return history;
}

std::vector<FeatureVintage> built(const std::string &words, const SeriesHistory &history)
{
    const auto definition = parseDefinition("key=k source=series series=s " + words);
    if (!definition)
        qFatal("%s", definition.error().what.c_str());
    const auto features = buildVintages(*definition, std::span(&history, 1), sixtyDays());
    if (!features)
        qFatal("%s", features.error().what.c_str());
    return features->at(0).vintages;
}

} // namespace

class TestSeriesFeatures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transforms_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QList<double>>("values");
        QTest::addColumn<double>("last");
        QTest::addColumn<int>("count");
        const QList<double> rising{1, 2, 4, 8};
        QTest::newRow("level") << "transform=level" << rising << 8.0 << 4;
        QTest::newRow("difference") << "transform=difference" << rising << 4.0 << 3;
        QTest::newRow("two days' difference")
            << "transform=difference span=2" << rising << 6.0 << 2;
        QTest::newRow("return") << "transform=log_change" << rising << std::log(2.0) << 3;
        QTest::newRow("no return from a price below zero")
            << "transform=log_change" << QList<double>{5, -37.6, 10, 20} << std::log(2.0) << 1;
        QTest::newRow("mean") << "transform=mean span=2" << rising << 6.0 << 3;
        QTest::newRow("z against the days before")
            << "transform=z_score span=3" << QList<double>{1, 2, 3, 5} << 3.0 << 1;
        QTest::newRow("no z against a constant")
            << "transform=z_score span=3" << QList<double>{1, 1, 1, 5} << qQNaN() << 0;
        QTest::newRow("volatility") << "transform=realised_volatility span=2"
                                    << QList<double>{1, 2, 1, 2} << std::log(2.0) << 2;
        QTest::newRow("values that are none are left out")
            << "transform=level" << QList<double>{1, qQNaN(), qInf(), 3} << 3.0 << 2;
    }

    void transforms()
    {
        QFETCH(QString, words);
        QFETCH(QList<double>, values);
        QFETCH(double, last);
        QFETCH(int, count);
        const auto vintages = built(words.toStdString(), daily({values.begin(), values.end()}));
        QCOMPARE(static_cast<int>(vintages.size()), count); // equal neighbours are two buckets
        if (count > 0)
            QVERIFY2(std::abs(vintages.back().value - last) < 1e-12,
                     qPrintable(QString::number(vintages.back().value)));
    }

    void aRevisionChangesWhatRestsOnItFromItsOwnDay()
    {
        auto history = daily({1, 2, 4, 8});
        history.vintages.push_back(
            {history.vintages[1].observedAt, history.vintages[1].knownAt + 10 * kDay, 3});
        const auto latest = built("transform=difference vintages=latest_known", history);
        QCOMPARE(latest.size(), std::size_t{5});
        QCOMPARE(latest[0].value, 1.0);
        QCOMPARE(latest[1].value, 2.0); // 3 - 1, later
        QVERIFY(latest[1].bucketAt == latest[0].bucketAt && latest[1].knownAt > latest[0].knownAt);
        QCOMPARE(latest[3].value, 1.0); // 4 - 3, later
        QCOMPARE(built("transform=difference", history).size(), std::size_t{3});
    }

    void nothingIsKnownBeforeTheBucketEndsNorBeforeItWasPublished()
    {
        auto history = daily({1, 2});
        history.vintages[1].knownAt += 5 * kDay;
        const auto vintages = built("transform=level", history);
        QVERIFY(vintages[0].knownAt == Instant(kSeriesBegin) + hours(21));
        QCOMPARE(vintages[1].knownAt.time_since_epoch().count(), history.vintages[1].knownAt);
        const auto decisions = decisionsBetween({schema::Calendar::AlwaysOpen,
                                                 DecisionClock::Rule::TimeOfDay, hours(21)},
                                                kSeriesBegin, kSeriesBegin + days(10))
                                   .value();
        const auto known = asOf(vintages, decisions);
        QCOMPARE(known[0], 1.0);
        QCOMPARE(known[5], 1.0);
        QCOMPARE(known[6], 2.0);
    }

    void surprisesAreAgainstConsensusElseThePreviousValue()
    {
        auto history = daily({1, 2, 1, 2, 1, 4});
        const auto previous = built("transform=surprise span=4", history);
        QVERIFY(std::abs(previous.back().value - 3 / std::sqrt(4.0 / 3)) < 1e-12);
        const auto &last = history.vintages.back();
        history.expectations.push_back({last.observedAt, last.knownAt - kDay, 4});
        QCOMPARE(built("transform=surprise span=4", history).back().value, 0.0);
        // A consensus that came with or after the print is none.
        history.expectations.back().knownAt = last.knownAt;
        QVERIFY(built("transform=surprise span=4", history).back().value > 1);
    }

    void theOrderOfArrivalDoesNotMatter()
    {
        auto history = daily({5, 3, 8, 1, 9, 2, 7, 4});
        for (std::size_t i = 0; i < 8; i += 2) {
            auto revision = history.vintages[i];
            revision.knownAt += static_cast<std::int64_t>(i + 1) * kDay;
            revision.value += 0.1;
            history.vintages.push_back(revision);
        }
        const auto once = built("transform=mean span=3 vintages=latest_known", history);
        std::ranges::reverse(history.vintages);
        QVERIFY(once == built("transform=mean span=3 vintages=latest_known", history));
    }

    void onlyNamedSeriesAreRead()
    {
        auto definition = parseDefinition("key=k source=series series=price:*").value();
        std::vector<SeriesHistory> histories{daily({1}), daily({2}), daily({3})};
        histories[0].key = "price:B";
        histories[1].key = "price:A";
        histories[2].key = "other";
        const auto features = buildVintages(definition, histories, sixtyDays());
        QVERIFY(features);
        QCOMPARE(features->size(), std::size_t{2});
        QCOMPARE(features->at(0).member, std::string("price:A"));
        definition.source = Definition::Source::Events;
        QVERIFY(!buildVintages(definition, histories, sixtyDays()));
    }
};

QTEST_GUILESS_MAIN(TestSeriesFeatures)
#include "tst_series_features.moc"
