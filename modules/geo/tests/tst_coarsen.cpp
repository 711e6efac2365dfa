// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/coarsen.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace chrona;
using namespace chrona::geo;

class TestCoarsen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void neighboursKeepOneBorder();
    void whatIsSmallGoesButTheAreaStays();
    void zeroLeavesEverything();
};

namespace {

/// From south to north, with teeth much finer than the grid.
schema::Ring strip(double west, double east, double border, bool isLeft)
{
    schema::Ring edge;
    for (int i = 0; i <= 1'000; ++i)
        edge.push_back({border + 0.0004 * std::sin(i), 40 + i * 0.001});
    schema::Ring ring;
    if (isLeft) {
        ring = {{west, 41}, {west, 40}};
        ring.insert(ring.end(), edge.begin(), edge.end());
        ring.push_back({west, 41});
    } else {
        ring = {{east, 40}, {east, 41}};
        ring.insert(ring.end(), edge.rbegin(), edge.rend());
        ring.push_back({east, 40});
    }
    return ring;
}

schema::MultiPolygon one(schema::Ring ring)
{
    schema::Polygon polygon;
    polygon.push_back(std::move(ring));
    schema::MultiPolygon areas;
    areas.push_back(std::move(polygon));
    return areas;
}

} // namespace

void TestCoarsen::neighboursKeepOneBorder()
{
    const auto left = coarsened(one(strip(8, 12, 10, true)), 0.01);
    const auto right = coarsened(one(strip(8, 12, 10, false)), 0.01);
    const auto borderOf = [](const schema::MultiPolygon &areas) {
        std::set<std::pair<long, long>> places;
        for (const schema::GeoPoint &point : areas.front().front())
            if (std::abs(point.longitude - 10) < 0.1)
                places.insert(
                    {std::lround(point.longitude * 1e6), std::lround(point.latitude * 1e6)});
        return places;
    };
    QCOMPARE(borderOf(left), borderOf(right));
    QVERIFY2(left.front().front().size() < 120, "ten times fewer");
    QVERIFY(left.front().front().front() == left.front().front().back());
}

void TestCoarsen::whatIsSmallGoesButTheAreaStays()
{
    const auto box = [](double west, double south, double side) {
        return schema::Ring{{west, south},
                            {west + side, south},
                            {west + side, south + side},
                            {west, south + side},
                            {west, south}};
    };
    schema::MultiPolygon areas = one(box(1, 1, 1));
    areas.front().push_back(box(1.4, 1.4, 0.002));
    areas.push_back(one(box(5, 5, 0.002)).front());
    const auto land = coarsened(areas, 0.05);
    QCOMPARE(land.size(), std::size_t(1));
    QCOMPARE(land.front().size(), std::size_t(1)); // neither islet nor pond
    const auto island = coarsened(one(box(5, 5, 0.002)), 0.05);
    QCOMPARE(island.size(), std::size_t(1)); // its value has to be somewhere
    QCOMPARE(island.front().front().size(), std::size_t(5));
}

void TestCoarsen::zeroLeavesEverything()
{
    const schema::MultiPolygon areas = one(strip(8, 12, 10, true));
    QVERIFY(coarsened(areas, 0) == areas);
    QVERIFY(coarsened({}, 0.1).empty());
}

QTEST_APPLESS_MAIN(TestCoarsen)
#include "tst_coarsen.moc"
