// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/measure.h"

#include <QTest>

#include <cmath>

using namespace chrona;
using namespace chrona::geo;

/// Lengths and areas on the globe, against published ones.
class TestGeoMeasure : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void distances_data();
    void distances();
    void opposites();
    void legsAddUp();
    void areas_data();
    void areas();
    void theWayRoundDoesNotMatter();
};

void TestGeoMeasure::distances_data()
{
    QTest::addColumn<schema::GeoPoint>("from");
    QTest::addColumn<schema::GeoPoint>("to");
    QTest::addColumn<double>("km");
    using Point = schema::GeoPoint;
    // Vincenty's own example: Flinders Peak to Buninyong, 54,972.271 m on another ellipsoid; on
    // WGS 84 Geoscience Australia has the same length.
    QTest::newRow("Flinders Peak – Buninyong")
        << Point{144.424867889, -37.951033417} << Point{143.926495528, -37.652821139}
        << 54.972271;
    QTest::newRow("a degree of the equator") << Point{0, 0} << Point{1, 0} << 111.319491;
    QTest::newRow("a quarter meridian") << Point{7, 0} << Point{7, 90} << 10001.965729;
    QTest::newRow("across the anti-meridian") << Point{179.5, 0} << Point{-179.5, 0} << 111.319491;
    QTest::newRow("the same place") << Point{13.4, 52.5} << Point{13.4, 52.5} << 0.0;
}

void TestGeoMeasure::distances()
{
    QFETCH(schema::GeoPoint, from);
    QFETCH(schema::GeoPoint, to);
    QFETCH(double, km);
    QVERIFY2(std::abs(geodesicKm(from, to) - km) < 1e-5,
             qPrintable(QString::number(geodesicKm(from, to), 'f', 6)));
}

void TestGeoMeasure::opposites()
{
    const double half = geodesicKm({0, 0}, {179.9, 0.1});
    QVERIFY(half > 19'900 && half < 20'040);
}

void TestGeoMeasure::legsAddUp()
{
    const std::vector<schema::GeoPoint> line{{0, 0}, {1, 0}, {2, 0}};
    QVERIFY(std::abs(lengthKm(line) - 2 * 111.319491) < 1e-5);
    QCOMPARE(lengthKm({}), 0.0);
}

void TestGeoMeasure::areas_data()
{
    QTest::addColumn<QList<schema::GeoPoint>>("ring");
    QTest::addColumn<double>("km2");
    QTest::addColumn<double>("within");
    using Ring = QList<schema::GeoPoint>;
    // An octant of the ellipsoid, whose surface is 510,065,621.724 km².
    QTest::newRow("an octant") << Ring{{0, 0}, {90, 0}, {0, 90}} << 510'065'621.724 / 8 << 1.0;
    // One degree by one at the equator: 12,308.8 km² between parallels.
    QTest::newRow("a degree") << Ring{{0, 0}, {1, 0}, {1, 1}, {0, 1}} << 12'308.8 << 1.0;
    QTest::newRow("closed") << Ring{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}} << 12'308.8 << 1.0;
    QTest::newRow("across the anti-meridian")
        << Ring{{179.5, 0}, {-179.5, 0}, {-179.5, 1}, {179.5, 1}} << 12'308.8 << 1.0;
    QTest::newRow("around the pole")
        << Ring{{0, 0}, {90, 0}, {180, 0}, {-90, 0}} << 510'065'621.724 / 2 << 10.0;
    QTest::newRow("nothing") << Ring{} << 0.0 << 1e-9;
}

void TestGeoMeasure::areas()
{
    QFETCH(QList<schema::GeoPoint>, ring);
    QFETCH(double, km2);
    QFETCH(double, within);
    const double area = areaKm2({ring.constData(), static_cast<std::size_t>(ring.size())});
    QVERIFY2(std::abs(area - km2) <= within, qPrintable(QString::number(area, 'f', 3)));
}

void TestGeoMeasure::theWayRoundDoesNotMatter()
{
    std::vector<schema::GeoPoint> ring{{10, 50}, {12, 50}, {13, 52}, {9, 51}};
    const double area = areaKm2(ring);
    std::ranges::reverse(ring);
    QVERIFY(std::abs(areaKm2(ring) - area) < 1e-6);
}

QTEST_APPLESS_MAIN(TestGeoMeasure)
#include "tst_geo_measure.moc"
