// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/area_index.h"
#include "chrona/geo/label_placer.h"
#include "chrona/geo/mercator.h"
#include "chrona/geo/spatial_grid.h"
#include "chrona/geo/value_classes.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace chrona;
using namespace chrona::geo;

class TestGeoShapes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void projectionGoesThereAndBack_data();
    void projectionGoesThereAndBack();
    void polesStayOnTheSquare();
    void distanceIsGreatCircle();
    void areaHoldsPoint_data();
    void areaHoldsPoint();
    void pickFindsWhatASearchFinds();
    void boxSelectsAcrossTheAntiMeridian();
    void rowsWithoutAPlaceAreNeverFound();
    void classesHoldValues_data();
    void classesHoldValues();
    void naturalBreaksAreTheBestOnes();
    void classifyRefusesNothingFinite();
    void labelsDoNotTouch();
};

void TestGeoShapes::projectionGoesThereAndBack_data()
{
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("latitude");
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::newRow("null island is the middle") << 0.0 << 0.0 << 0.5 << 0.5;
    QTest::newRow("west edge is x 0") << -180.0 << 0.0 << 0.0 << 0.5;
    QTest::newRow("northern limit is y 0") << 0.0 << kLatitudeMax << 0.5 << 0.0;
    QTest::newRow("45 degrees north, by the closed form")
        << 90.0 << 45.0 << 0.75 << 0.5 - std::asinh(1.0) / (2 * M_PI);
}

void TestGeoShapes::projectionGoesThereAndBack()
{
    QFETCH(double, longitude);
    QFETCH(double, latitude);
    QFETCH(double, x);
    QFETCH(double, y);
    const MercatorPoint at = project({longitude, latitude});
    QVERIFY(std::abs(at.x - x) < 1e-12);
    QVERIFY(std::abs(at.y - y) < 1e-12);
    const schema::GeoPoint back = unproject(at);
    QVERIFY(std::abs(back.longitude - longitude) < 1e-9);
    QVERIFY(std::abs(back.latitude - latitude) < 1e-9);
}

void TestGeoShapes::polesStayOnTheSquare()
{
    QVERIFY(std::abs(project({0, 90}).y) < 1e-12);
    QVERIFY(std::abs(project({0, -90}).y - 1) < 1e-12);
    QCOMPARE(unproject({1.25, 0.5}).longitude, -90.0);
}

void TestGeoShapes::distanceIsGreatCircle()
{
    // Published: Paris to New York 5,837 km.
    QVERIFY(std::abs(distanceKm({2.3522, 48.8566}, {-74.0060, 40.7128}) - 5837) < 5);
    QVERIFY(std::abs(distanceKm({179.9, 0}, {-179.9, 0}) - 22.2) < 0.1);
}

void TestGeoShapes::areaHoldsPoint_data()
{
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("latitude");
    QTest::addColumn<double>("nearestKm");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("inside the square") << 5.0 << 5.0 << 0.0 << QByteArray("square");
    QTest::newRow("in its hole") << 2.0 << 2.0 << 0.0 << QByteArray();
    QTest::newRow("in the hole, near its edge") << 1.1 << 2.0 << 25.0 << QByteArray("square");
    QTest::newRow("in the neighbour") << 15.0 << 5.0 << 0.0 << QByteArray("neighbour");
    QTest::newRow("11 km off the coast") << 5.0 << -0.1 << 25.0 << QByteArray("square");
    QTest::newRow("33 km off the coast is too far") << 5.0 << -0.3 << 25.0 << QByteArray();
    QTest::newRow("no such number") << double(NAN) << 5.0 << 25.0 << QByteArray();
}

void TestGeoShapes::areaHoldsPoint()
{
    QFETCH(double, longitude);
    QFETCH(double, latitude);
    QFETCH(double, nearestKm);
    QFETCH(QByteArray, expected);
    const schema::Ring outer{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
    const schema::Ring hole{{1, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 1}};
    const schema::Ring next{{10, 0}, {20, 0}, {20, 10}, {10, 10}, {10, 0}};
    const std::vector<AreaIndex::NamedArea> areas{{"square", {{outer, hole}}},
                                                  {"neighbour", {{next}}}};
    const AreaIndex index = AreaIndex::build(areas);
    const auto match = index.find({longitude, latitude}, nearestKm);
    QCOMPARE(match ? QByteArray::fromStdString(index.codeOf(match->area)) : QByteArray(), expected);
}

namespace {

std::shared_ptr<const PointColumns> scattered(std::size_t count)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<float> at(0, 1);
    auto points = std::make_shared<PointColumns>();
    for (std::size_t i = 0; i < count; ++i) {
        points->x.push_back(at(random));
        points->y.push_back(at(random));
    }
    return points;
}

std::vector<std::uint32_t> allRows(std::size_t count)
{
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0u);
    return rows;
}

} // namespace

void TestGeoShapes::pickFindsWhatASearchFinds()
{
    const auto points = scattered(5'000);
    const SpatialGrid grid = SpatialGrid::build(points, allRows(points->size()));
    QCOMPARE(grid.ordered().size(), points->size());
    std::mt19937 random(8);
    std::uniform_real_distribution<double> at(0, 1);
    for (int i = 0; i < 300; ++i) {
        const MercatorPoint here{at(random), at(random)};
        const double radius = 0.01;
        std::optional<std::uint32_t> expected;
        double best = radius;
        for (std::uint32_t row = 0; row < points->size(); ++row) {
            // The pointer's circle wraps around the anti-meridian as the map does.
            double dx = std::abs(points->x[row] - here.x);
            dx = std::min(dx, 1 - dx);
            const double distance = std::hypot(dx, points->y[row] - here.y);
            if (distance < best) {
                best = distance;
                expected = row;
            }
        }
        QCOMPARE(grid.nearest(here, radius), expected);
    }
}

void TestGeoShapes::boxSelectsAcrossTheAntiMeridian()
{
    auto points = std::make_shared<PointColumns>();
    points->x = {0.99f, 0.01f, 0.5f};
    points->y = {0.5f, 0.5f, 0.5f};
    const SpatialGrid grid = SpatialGrid::build(points, allRows(3));
    QCOMPARE(grid.within(0.95, 0.4, 1.05, 0.6), (std::vector<std::uint32_t>{0, 1}));
    QCOMPARE(grid.within(-0.05, 0.4, 0.05, 0.6), (std::vector<std::uint32_t>{0, 1}));
    QCOMPARE(grid.within(-0.2, 0, 1.2, 1), (std::vector<std::uint32_t>{0, 1, 2}));
    QCOMPARE(grid.within(0.6, 0, 0.4, 1), std::vector<std::uint32_t>{});
}

void TestGeoShapes::rowsWithoutAPlaceAreNeverFound()
{
    const std::vector<float> longitudes{10, 10, NAN, 999}, latitudes{10, 10, 10, 10};
    const std::vector<std::uint8_t> placed{1, 0, 1, 1};
    const auto points =
        std::make_shared<PointColumns>(projectColumns(longitudes, latitudes, placed));
    const SpatialGrid grid = SpatialGrid::build(points, std::vector<std::uint32_t>{0, 1, 2, 3, 99});
    QCOMPARE(grid.within(0, 0, 1, 1), std::vector<std::uint32_t>{0});
}

void TestGeoShapes::classesHoldValues_data()
{
    QTest::addColumn<int>("method");
    QTest::addColumn<QList<double>>("values");
    QTest::addColumn<int>("classes");
    QTest::addColumn<QList<double>>("bounds");
    const QList<double> skewed{1, 2, 3, 4, 100};
    QTest::newRow("quantiles follow the ranks")
        << int(ClassMethod::Quantile) << skewed << 2 << QList<double>{1, 3, 100};
    QTest::newRow("equal intervals follow the range")
        << int(ClassMethod::EqualInterval) << skewed << 3 << QList<double>{1, 34, 67, 100};
    QTest::newRow("natural breaks set the outlier apart")
        << int(ClassMethod::NaturalBreaks) << skewed << 2 << QList<double>{1, 52, 100};
    QTest::newRow("diverging is the same on both sides")
        << int(ClassMethod::Diverging) << QList<double>{-1, 3} << 2 << QList<double>{-3, 0, 3};
    QTest::newRow("no more classes than values")
        << int(ClassMethod::Quantile) << QList<double>{5, 5, 9} << 7 << QList<double>{5, 9};
    QTest::newRow("infinities and NaN are left out")
        << int(ClassMethod::EqualInterval) << QList<double>{qInf(), 0, qQNaN(), 10} << 2
        << QList<double>{0, 5, 10};
}

void TestGeoShapes::classesHoldValues()
{
    QFETCH(int, method);
    QFETCH(QList<double>, values);
    QFETCH(int, classes);
    QFETCH(QList<double>, bounds);
    const auto result = classify(std::vector<double>(values.begin(), values.end()),
                                 {ClassMethod(method), std::size_t(classes), 0});
    QVERIFY(result.has_value());
    QCOMPARE(QList<double>(result->bounds.begin(), result->bounds.end()), bounds);
    QVERIFY(!result->classOf(qQNaN()));
    QCOMPARE(result->classOf(-1e9), 0u);
    QCOMPARE(result->classOf(1e9), result->count() - 1);
}

void TestGeoShapes::naturalBreaksAreTheBestOnes()
{
    std::mt19937 random(3);
    std::uniform_int_distribution<int> value(0, 60);
    for (int round = 0; round < 40; ++round) {
        std::vector<double> values;
        while (values.size() < 12) {
            const double v = value(random);
            if (std::ranges::find(values, v) == values.end())
                values.push_back(v);
        }
        std::ranges::sort(values);
        const auto spread = [&](std::size_t from, std::size_t to) {
            const double mean = std::accumulate(values.begin() + from, values.begin() + to, 0.0) /
                                double(to - from);
            double sum = 0;
            for (std::size_t i = from; i < to; ++i)
                sum += (values[i] - mean) * (values[i] - mean);
            return sum;
        };
        double best = 1e300;
        for (std::size_t a = 1; a < 11; ++a)
            for (std::size_t b = a + 1; b < 12; ++b)
                best = std::min(best, spread(0, a) + spread(a, b) + spread(b, 12));
        const auto classes = classify(values, {ClassMethod::NaturalBreaks, 3, 0});
        QVERIFY(classes.has_value());
        double ours = 0;
        for (std::size_t k = 0, from = 0; k < classes->count(); ++k) {
            std::size_t to = from;
            while (to < values.size() && classes->classOf(values[to]) == k)
                ++to;
            ours += to > from ? spread(from, to) : 0;
            from = to;
        }
        QVERIFY2(ours <= best + 1e-9, qPrintable(QStringLiteral("%1 > %2").arg(ours).arg(best)));
    }
}

void TestGeoShapes::classifyRefusesNothingFinite()
{
    const std::vector<double> nothing{NAN, INFINITY};
    QVERIFY(classify(nothing, {}).error().code == ErrorCode::NotFound);
    const std::vector<double> one{1};
    QVERIFY(classify(one, {ClassMethod::Quantile, 0, 0}).error().code == ErrorCode::InvalidInput);
    QVERIFY(classify(one, {ClassMethod::Quantile, 99, 0}).error().code == ErrorCode::InvalidInput);
    const auto single = classify(one, {});
    QVERIFY(single.has_value());
    QCOMPARE(single->classOf(1), 0u);
}

void TestGeoShapes::labelsDoNotTouch()
{
    LabelPlacer placer(200, 100);
    QVERIFY(placer.tryPlace({10, 10, 60, 20}));
    QVERIFY(!placer.tryPlace({50, 15, 90, 25}));
    QVERIFY(placer.tryPlace({60, 20, 130, 30})); // shares only a corner
    QVERIFY(!placer.tryPlace({190, 10, 210, 20}));
    QVERIFY(!placer.tryPlace({-5, 10, 5, 20}));
    placer.block({140, 50, 900, 900});
    QVERIFY(!placer.tryPlace({150, 60, 160, 70}));
}

QTEST_GUILESS_MAIN(TestGeoShapes)
#include "tst_geo_shapes.moc"
