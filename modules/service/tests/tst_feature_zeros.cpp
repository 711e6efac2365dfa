// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feature_zeros.h"

#include <QTest>

using namespace chrona;
using namespace chrona::service;

class TestFeatureZeros : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void zerosThatFollowComeBack();
    void zerosThatWereSaidStay();
    void openBucketsStayEmpty();
    void otherFeaturesAreLeftAlone();

private:
    static features::Buckets week()
    {
        // Monday to Friday: five decisions at 21:00.
        return features::Buckets::daily({}, parseDate("2026-03-02").value(),
                                        parseDate("2026-03-07").value())
            .value();
    }
    static schema::Feature counting()
    {
        schema::Feature feature;
        feature.id = {7};
        feature.emptyBucket = schema::EmptyBucket::Zero;
        return feature;
    }
    static schema::FeatureValue told(const features::Buckets &buckets, std::size_t bucket,
                                     Duration late, double value)
    {
        return {{7},
                buckets.label(bucket),
                buckets.end(bucket) + late,
                value,
                schema::AvailabilityBasis::Measured};
    }
};

void TestFeatureZeros::zerosThatFollowComeBack()
{
    const auto buckets = week();
    // A quiet day, a day with three, a day that was quiet until a late report, and two more.
    const std::vector<schema::FeatureValue> whole{
        told(buckets, 0, {}, 0), told(buckets, 1, {}, 3),
        told(buckets, 2, {}, 0), told(buckets, 2, std::chrono::hours(5), 1),
        told(buckets, 3, {}, 0), told(buckets, 4, {}, 0)};
    std::vector<schema::FeatureValue> stored;
    std::size_t bucket = 0;
    for (const auto &value : whole) {
        while (buckets.label(bucket) < value.bucketAt)
            ++bucket;
        if (!isImpliedZero(counting(), value, buckets.end(bucket)))
            stored.push_back(value);
    }
    QCOMPARE(stored.size(), 2U);
    QCOMPARE(withZeros(counting(), stored, buckets, buckets.end(4)), whole);
}

void TestFeatureZeros::zerosThatWereSaidStay()
{
    const auto buckets = week();
    auto assumed = told(buckets, 0, {}, 0);
    assumed.basis = schema::AvailabilityBasis::Assumed;
    QVERIFY(!isImpliedZero(counting(), assumed, buckets.end(0)));
    QVERIFY(!isImpliedZero(counting(), told(buckets, 0, Duration(1), 0), buckets.end(0)));
    QVERIFY(!isImpliedZero(counting(), told(buckets, 0, {}, 0.5), buckets.end(0)));
    const std::vector<schema::FeatureValue> stored{assumed};
    const auto values = withZeros(counting(), stored, buckets, buckets.end(0));
    QCOMPARE(values.size(), 1U);
    QVERIFY(values[0].basis == schema::AvailabilityBasis::Assumed);
}

void TestFeatureZeros::openBucketsStayEmpty()
{
    const auto buckets = week();
    QCOMPARE(withZeros(counting(), {}, buckets, buckets.end(2) - Duration(1)).size(), 2U);
    QCOMPARE(withZeros(counting(), {}, buckets, buckets.end(2)).size(), 3U);
}

void TestFeatureZeros::otherFeaturesAreLeftAlone()
{
    const auto buckets = week();
    schema::Feature share = counting();
    share.emptyBucket = schema::EmptyBucket::Missing;
    QVERIFY(!isImpliedZero(share, told(buckets, 0, {}, 0), buckets.end(0)));
    const std::vector<schema::FeatureValue> stored{told(buckets, 1, {}, 0.25)};
    QCOMPARE(withZeros(share, stored, buckets, buckets.end(4)), stored);
}

QTEST_GUILESS_MAIN(TestFeatureZeros)
#include "tst_feature_zeros.moc"
