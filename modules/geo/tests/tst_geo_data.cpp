// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/area_index.h"
#include "chrona/geo/base_map.h"
#include "chrona/geo/country_codes.h"
#include "chrona/geo/places.h"
#include "chrona/geo/shipped.h"

#include <QTest>

#include <random>
#include <set>

using namespace chrona;
using namespace chrona::geo;

class TestGeoData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyShippedMapIsWhole_data();
    void everyShippedMapIsWhole();
    void pointsLieWhereTheyShould_data();
    void pointsLieWhereTheyShould();
    void ringsOfLandAreClosed();
    void noBorderRunsAlongTheCut();
    void noArcJumpsAcrossTheMap_data();
    void noArcJumpsAcrossTheMap();
    void placesAreKnown();
    void portsLieInTheirCountries();
    void countryCodesAgree();
    void everyCountryOnTheMapHasItsCode();
    void damagedMapsAreRefused();
    void damagedPlacesAreRefused();
    void findingAnAreaIsQuick();

private:
    BaseMap m_world;
};

namespace {

BaseMap shippedMap(ShippedData which)
{
    auto map = readBaseMap(shippedData(which));
    if (!map)
        qFatal("%s", describe(map.error()).c_str());
    return std::move(*map);
}

std::string_view countryTable()
{
    const auto bytes = shippedData(ShippedData::Countries);
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

} // namespace

void TestGeoData::initTestCase()
{
    m_world = shippedMap(ShippedData::World);
}

void TestGeoData::everyShippedMapIsWhole_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<int>("countries");
    QTest::addColumn<int>("states");
    QTest::addColumn<int>("counties");
    QTest::newRow("world") << int(ShippedData::World) << 240 << 99 << 0;
    QTest::newRow("world in detail") << int(ShippedData::WorldDetail) << 254 << 104 << 0;
    QTest::newRow("counties of 2017") << int(ShippedData::UsCounties2017) << 0 << 0 << 3231;
    QTest::newRow("counties of 2023") << int(ShippedData::UsCounties2023) << 0 << 0 << 3233;
}

void TestGeoData::everyShippedMapIsWhole()
{
    QFETCH(int, which);
    QFETCH(int, countries);
    QFETCH(int, states);
    QFETCH(int, counties);
    const BaseMap map = shippedMap(ShippedData(which));
    QCOMPARE(int(map.areas(AreaLayer::Countries).size()), countries);
    QCOMPARE(int(map.areas(AreaLayer::States).size()), states);
    QCOMPARE(int(map.areas(AreaLayer::Counties).size()), counties);
}

void TestGeoData::pointsLieWhereTheyShould_data()
{
    QTest::addColumn<int>("layer");
    QTest::addColumn<double>("longitude");
    QTest::addColumn<double>("latitude");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, AreaLayer layer, double lon, double lat,
                        const char *code) {
        QTest::newRow(name) << int(layer) << lon << lat << QByteArray(code);
    };
    row("Berlin is in Germany", AreaLayer::Countries, 13.4, 52.52, "DE");
    row("Maseru is in Lesotho, not in South Africa around it", AreaLayer::Countries, 27.6, -29.4,
        "LS");
    row("Suva is in Fiji, near the anti-meridian", AreaLayer::Countries, 178.44, -18.12, "FJ");
    row("Chukotka west of the anti-meridian is Russian", AreaLayer::Countries, -175, 66.8, "RU");
    row("the South Pole is in Antarctica", AreaLayer::Countries, 0, -84, "AQ");
    row("a harbour quay off the outline", AreaLayer::Countries, 4.03, 51.97, "NL");
    row("the middle of the Pacific is nowhere", AreaLayer::Countries, -150, 5, "");
    row("Austin is in Texas", AreaLayer::States, -97.74, 30.27, "US-TX");
    row("Toronto is in Ontario", AreaLayer::States, -79.4, 43.7, "CA-ON");
    row("Sydney is in New South Wales", AreaLayer::States, 151, -33.8, "AU-NSW");
    row("Manaus is in Amazonas", AreaLayer::States, -60, -3.2, "BR-AM");
}

void TestGeoData::pointsLieWhereTheyShould()
{
    QFETCH(int, layer);
    QFETCH(double, longitude);
    QFETCH(double, latitude);
    QFETCH(QByteArray, code);
    const AreaIndex index = AreaIndex::build(m_world, AreaLayer(layer));
    const auto match = index.find({longitude, latitude});
    QCOMPARE(match ? QByteArray::fromStdString(index.codeOf(match->area)) : QByteArray(), code);
}

void TestGeoData::ringsOfLandAreClosed()
{
    const auto end = [this](std::int32_t ref, bool last) {
        const auto points = m_world.pointsOf(m_world.arcs[ref >= 0 ? ref : ~ref]);
        return (ref >= 0) == last ? points.back() : points.front();
    };
    for (const AreaRing &ring : m_world.rings)
        for (std::uint32_t i = 0; i < ring.refCount; ++i) {
            const MapPoint here = end(m_world.arcRefs[ring.firstRef + i], true);
            const MapPoint next =
                end(m_world.arcRefs[ring.firstRef + (i + 1) % ring.refCount], false);
            QCOMPARE(here.x, next.x);
            QCOMPARE(here.y, next.y);
        }
}

void TestGeoData::noBorderRunsAlongTheCut()
{
    for (const auto &lines : m_world.lines)
        for (const MapLine &line : lines) {
            const auto points = m_world.pointsOf(m_world.arcs[line.arc]);
            for (std::size_t i = 1; i < points.size(); ++i) {
                const bool alongEdge = points[i].x == points[i - 1].x &&
                                       (points[i].x == 0 || points[i].x == 1) &&
                                       points[i].y != points[i - 1].y;
                QVERIFY(!alongEdge);
            }
        }
}

void TestGeoData::noArcJumpsAcrossTheMap_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("world") << int(ShippedData::World);
    QTest::newRow("world in detail") << int(ShippedData::WorldDetail);
    QTest::newRow("counties of 2017") << int(ShippedData::UsCounties2017);
    QTest::newRow("counties of 2023") << int(ShippedData::UsCounties2023);
}

/// Only what closes Antarctica along the southern edge may be wide.
void TestGeoData::noArcJumpsAcrossTheMap()
{
    QFETCH(int, which);
    const BaseMap map = shippedMap(ShippedData(which));
    for (const Arc &arc : map.arcs) {
        const auto points = map.pointsOf(arc);
        for (std::size_t i = 1; i < points.size(); ++i)
            QVERIFY(std::abs(points[i].x - points[i - 1].x) < 0.5f ||
                    (points[i].y == 1 && points[i - 1].y == 1));
    }
}

void TestGeoData::placesAreKnown()
{
    const auto places = Places::read(shippedData(ShippedData::Places));
    QVERIFY(places.has_value());
    QVERIFY(places->all().size() > 20'000);
    const auto tokyo = places->find("tokyo");
    QVERIFY(tokyo.has_value());
    const Place &place = places->all()[*tokyo];
    QVERIFY(place.isCapital);
    QCOMPARE(Places::countryOf(place), std::string_view("JP"));
    QCOMPARE(place.rank, 0);
    QVERIFY(!places->find("Nowhere at all"));
    for (std::size_t i = 1; i < places->all().size(); ++i)
        QVERIFY(places->all()[i - 1].rank <= places->all()[i].rank);
}

void TestGeoData::portsLieInTheirCountries()
{
    const auto ports = Places::read(shippedData(ShippedData::Ports));
    QVERIFY(ports.has_value());
    QVERIFY(ports->all().size() > 1'000);
    const AreaIndex index = AreaIndex::build(m_world, AreaLayer::Countries);
    std::size_t elsewhere = 0, nobodys = 0;
    for (const Place &port : ports->all()) {
        const auto there = index.find(unproject({port.at.x, port.at.y}));
        nobodys += Places::countryOf(port) == "  ";
        if (there && there->distanceKm == 0)
            elsewhere += index.codeOf(there->area) != Places::countryOf(port);
    }
    // By a coarser map a few at a border river stand on the other side.
    QVERIFY2(elsewhere <= 10, qPrintable(QString::number(elsewhere)));
    QCOMPARE(nobodys, 1U); // Berbera
    const auto rotterdam = ports->find("rotterdam");
    QVERIFY(rotterdam.has_value());
    QCOMPARE(Places::countryOf(ports->all()[*rotterdam]), std::string_view("NL"));
}

void TestGeoData::countryCodesAgree()
{
    const auto codes = CountryCodes::read(countryTable());
    QVERIFY(codes.has_value());
    for (const char *code : {"DE", "de", "DEU", "276"})
        QCOMPARE(codes->find(code)->name, std::string("Germany"));
    QCOMPARE(codes->find("004")->alpha2, std::string("AF"));
    QCOMPARE(codes->find("ZZ"), nullptr);
    QCOMPARE(codes->find(""), nullptr);
    QVERIFY(CountryCodes::read("DE\tDEU\tnumber\tGermany\n").error().code == ErrorCode::Corrupt);
    QVERIFY(CountryCodes::read("DE\tDEU\n").error().code == ErrorCode::Corrupt);
}

void TestGeoData::everyCountryOnTheMapHasItsCode()
{
    const auto codes = CountryCodes::read(countryTable());
    std::set<std::string> seen;
    int without = 0;
    for (const Area &area : m_world.areas(AreaLayer::Countries)) {
        if (area.code.empty()) {
            ++without; // Somaliland, Northern Cyprus, Siachen, Indian Ocean Territory
            continue;
        }
        QVERIFY2(codes->find(area.code), area.code.c_str());
        QVERIFY2(seen.insert(area.code).second, area.code.c_str());
    }
    QCOMPARE(without, 4);
}

void TestGeoData::damagedMapsAreRefused()
{
    const auto bytes = shippedData(ShippedData::UsCounties2017);
    for (const std::size_t length : {0uz, 7uz, 9uz, 12uz, 1000uz, bytes.size() - 1})
        QVERIFY(readBaseMap(bytes.first(length)).error().code == ErrorCode::Corrupt);
    std::vector<std::byte> longer(bytes.begin(), bytes.end());
    longer.push_back(std::byte{0});
    QVERIFY(readBaseMap(longer).error().code == ErrorCode::Corrupt);
    // Whatever one damaged byte does, reading ends, in a map whose indices are in range or in a
    // reason.
    std::mt19937 random(5);
    for (int i = 0; i < 60; ++i) {
        std::vector<std::byte> damaged(bytes.begin(), bytes.begin() + 60'000);
        damaged[8 + random() % 2'000] = std::byte(random());
        QVERIFY(!readBaseMap(damaged).has_value());
    }
}

void TestGeoData::damagedPlacesAreRefused()
{
    const auto bytes = shippedData(ShippedData::Places);
    for (const std::size_t length : {0uz, 8uz, 9uz, 500uz, bytes.size() - 1})
        QVERIFY(Places::read(bytes.first(length)).error().code == ErrorCode::Corrupt);
    std::vector<std::byte> hostile(bytes.begin(), bytes.begin() + 8);
    for (const int count : {0xFF, 0xFF, 0xFF, 0xFF, 0x0F})
        hostile.push_back(std::byte(count));
    QVERIFY(Places::read(hostile).error().code == ErrorCode::Corrupt); // before it allocates
}

void TestGeoData::findingAnAreaIsQuick()
{
    const AreaIndex index = AreaIndex::build(m_world, AreaLayer::Countries);
    double longitude = -180;
    QBENCHMARK
    {
        (void)index.find({longitude, 47});
        longitude = longitude > 179 ? -180 : longitude + 0.37;
    }
}

QTEST_GUILESS_MAIN(TestGeoData)
#include "tst_geo_data.moc"
