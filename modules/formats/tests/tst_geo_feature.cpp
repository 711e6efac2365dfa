// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/geo_feature.h"

#include <QFile>
#include <QTest>

using namespace chrona;
using namespace chrona::formats;
using chrona::schema::Geometry;
using chrona::schema::GeoPoint;

class TestGeoFeature : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void geometries_data();
    void geometries();
    void featureFaults_data();
    void featureFaults();
    void documentsAreRefused_data();
    void documentsAreRefused();
    void propertiesKeepTheirTypes();
    void otherFeaturesGoOn();
    void topologies_data();
    void topologies();
    void topologyFaults_data();
    void topologyFaults();
    void arcsNamedOftenCannotFillTheMemory();
    void realProvincesAreRead();
};

namespace {

/// "P 1 2; L 1 2, 3 4; A 0 0, 1 0 …": short enough to write in a row.
QByteArray text(const Geometry &geometry)
{
    const auto path = [](const std::vector<GeoPoint> &points) {
        QByteArrayList parts;
        for (const GeoPoint &point : points)
            parts << QByteArray::number(point.longitude) + ' ' + QByteArray::number(point.latitude);
        return parts.join(", ");
    };
    QByteArrayList parts;
    if (!geometry.points.empty())
        parts << "P " + path(geometry.points);
    for (const auto &line : geometry.lines)
        parts << "L " + path(line);
    for (const auto &area : geometry.areas) {
        for (std::size_t i = 0; i < area.size(); ++i)
            parts << (i == 0 ? "A " : "H ") + path(area[i]);
    }
    return parts.join("; ");
}

QByteArray faultsOf(const Result<GeoDocument> &document)
{
    if (!document)
        return "failed: " + QByteArray::fromStdString(document.error().what);
    return QByteArray::fromStdString(schema::describe(document->faults));
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

} // namespace

void TestGeoFeature::geometries_data()
{
    QTest::addColumn<QByteArray>("geometry");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *geometry, const char *expected) {
        QTest::newRow(name) << QByteArray(geometry) << QByteArray(expected);
    };
    row("none", "null", "");
    row("a point", R"({"type":"Point","coordinates":[1,2]})", "P 1 2");
    row("a point with a height", R"({"type":"Point","coordinates":[1,2,300]})", "P 1 2");
    row("points", R"({"type":"MultiPoint","coordinates":[[1,2],[3,4]]})", "P 1 2, 3 4");
    row("a line", R"({"type":"LineString","coordinates":[[1,2],[3,4]]})", "L 1 2, 3 4");
    row("lines", R"({"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]})",
        "L 1 2, 3 4; L 5 6, 7 8");
    row("an area with a hole",
        R"({"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]})",
        "A 0 0, 9 0, 9 9, 0 0; H 1 1, 2 1, 2 2, 1 1");
    row("areas",
        R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]]})",
        "A 0 0, 1 0, 1 1, 0 0; A 5 5, 6 5, 6 6, 5 5");
    row("a collection of one kind",
        R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[3,4]}]})",
        "P 1 2, 3 4");
    row("a collection keeps its areas",
        R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}]})",
        "A 0 0, 1 0, 1 1, 0 0");
    row("a hair beyond the anti-meridian", R"({"type":"Point","coordinates":[180.0000000001,0]})",
        "P 180 0");
}

void TestGeoFeature::geometries()
{
    QFETCH(QByteArray, geometry);
    QFETCH(QByteArray, expected);
    const QByteArray feature =
        R"({"type":"Feature","id":7,"properties":null,"geometry":)" + geometry + '}';
    QByteArrayList forms{feature, R"({"type":"FeatureCollection","features":[)" + feature + "]}"};
    if (geometry != "null")
        forms << geometry;
    for (const QByteArray &form : forms) {
        const auto document = readGeoDocument(view(form));
        QCOMPARE(faultsOf(document), QByteArray());
        QCOMPARE(document->features.size(), std::size_t(1));
        QCOMPARE(text(document->features[0].geometry), expected);
        QVERIFY(schema::validate(document->features[0].geometry).empty());
        if (form != geometry)
            QCOMPARE(document->features[0].id, std::string("7"));
    }
}

void TestGeoFeature::featureFaults_data()
{
    QTest::addColumn<QByteArray>("geometry");
    QTest::addColumn<QByteArray>("fault");
    const auto row = [](const char *name, const char *geometry, const char *fault) {
        QTest::newRow(name) << QByteArray(geometry) << QByteArray(fault);
    };
    row("latitude 91", R"({"type":"Point","coordinates":[1,91]})",
        "coordinates[1] is 91, a latitude must be between -90 and 90");
    row("longitude 181 deep within",
        R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[181,1],[0,0]]]]})",
        "coordinates[0][0][2][0] is 181, a longitude must be between -180 and 180");
    row("a text for a number", R"({"type":"Point","coordinates":[1,"2"]})",
        "coordinates[1] is not a number");
    row("null for a number", R"({"type":"Point","coordinates":[null,2]})",
        "coordinates[0] is not a number");
    row("one number", R"({"type":"Point","coordinates":[1]})",
        "coordinates is not a position of two numbers");
    row("a line of one point", R"({"type":"LineString","coordinates":[[1,2]]})",
        "coordinates has fewer than two positions");
    row("an open ring", R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]})",
        "coordinates[0] is not closed: its last position is not its first");
    row("a ring of three", R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]})",
        "coordinates[0] has fewer than four positions");
    row("an area without rings", R"({"type":"Polygon","coordinates":[]})",
        "coordinates has no ring");
    row("no coordinates", R"({"type":"Point"})", "coordinates are missing");
    row("no type", R"({"coordinates":[1,2]})", "type is missing");
    row("a type that is none", R"({"type":"Circle","coordinates":[1,2]})",
        "coordinates belong to 'Circle', which is no type of geometry");
    row("within a collection",
        R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[1,-91]}]})",
        "geometries[1].coordinates[1] is -91, a latitude must be between -90 and 90");
}

void TestGeoFeature::featureFaults()
{
    QFETCH(QByteArray, geometry);
    QFETCH(QByteArray, fault);
    const QByteArray file =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","geometry":null},{"type":"Feature","geometry":)" +
        geometry + "}]}";
    const auto document = readGeoJson(view(file));
    QCOMPARE(faultsOf(document), "features[1].geometry." + fault);
    QCOMPARE(document->features.size(), std::size_t(1));
    QCOMPARE(document->faultCount, std::uint64_t(1));
}

void TestGeoFeature::documentsAreRefused_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("not JSON") << QByteArray("type,title\n");
    QTest::newRow("an array") << QByteArray("[1,2]");
    QTest::newRow("no type") << QByteArray("{}");
    QTest::newRow("no features") << QByteArray(R"({"type":"FeatureCollection"})");
    QTest::newRow("metres, not degrees") << QByteArray(
        R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"features":[]})");
    QTest::newRow("a topology without arcs") << QByteArray(R"({"type":"Topology","objects":{}})");
    QTest::newRow("a topology without objects") << QByteArray(R"({"type":"Topology","arcs":[]})");
    QTest::newRow("a transform without scale") << QByteArray(
        R"({"type":"Topology","objects":{},"arcs":[],"transform":{"translate":[0,0]}})");
}

void TestGeoFeature::documentsAreRefused()
{
    QFETCH(QByteArray, file);
    const auto document = readGeoDocument(view(file));
    QVERIFY(!document.has_value());
    QVERIFY(document.error().code == ErrorCode::InvalidInput);
}

void TestGeoFeature::propertiesKeepTheirTypes()
{
    const auto document = readGeoJson(
        R"({"type":"Feature","id":"a","geometry":null,"properties":{"z":"text","i":3,"d":1.5,"b":true,"n":null,"o":{"k":[1]},"i":9}})");
    QVERIFY(document.has_value());
    const schema::Attributes expected{{"b", true},
                                      {"d", 1.5},
                                      {"i", std::int64_t(3)},
                                      {"o", std::string("{\"k\":[1]}")},
                                      {"z", std::string("text")}};
    QVERIFY(document->features[0].properties == expected);
}

void TestGeoFeature::otherFeaturesGoOn()
{
    QByteArray file = R"({"type":"FeatureCollection","features":[)";
    for (int i = 0; i < 300; ++i) {
        file += i == 0 ? "" : ",";
        file += R"({"type":"Feature","geometry":{"type":"Point","coordinates":[0,)" +
                QByteArray::number(i) + "]}}";
    }
    const auto document = readGeoJson(view(file + "]}"));
    QVERIFY(document.has_value());
    QCOMPARE(document->features.size(), std::size_t(91));
    QCOMPARE(document->numbers.back(), std::uint64_t(91));
    QCOMPARE(document->faultCount, std::uint64_t(209));
    QCOMPARE(document->faults.size(), std::size_t(100));
}

void TestGeoFeature::topologies_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *file, const char *expected) {
        QTest::newRow(name) << QByteArray(file) << QByteArray(expected);
    };
    row("plain arcs, one shared and reversed",
        R"({"type":"Topology","arcs":[[[1,0],[1,1]],[[1,1],[0,1],[0,0],[1,0]],[[1,1],[2,1],[2,0],[1,0]]],
            "objects":{"areas":{"type":"GeometryCollection","geometries":[
              {"type":"Polygon","id":"w","arcs":[[0,1]]},{"type":"Polygon","id":5,"arcs":[[2,0]]}]}}})",
        "areas/w A 1 0, 1 1, 0 1, 0 0, 1 0|areas/5 A 1 1, 2 1, 2 0, 1 0, 1 1");
    row("a reversed arc",
        R"({"type":"Topology","arcs":[[[0,0],[1,0],[1,1]]],"objects":{"l":{"type":"LineString","arcs":[-1]}}})",
        "l/ L 1 1, 1 0, 0 0");
    row("quantised: arcs are steps, points are places on the grid",
        R"({"type":"Topology","transform":{"scale":[0.5,0.25],"translate":[10,20]},"arcs":[[[0,0],[2,0],[0,4]]],
            "objects":{"l":{"type":"MultiLineString","arcs":[[0]]},"p":{"type":"MultiPoint","coordinates":[[2,4],[2,4]]}}})",
        "l/ L 10 20, 11 20, 11 21|p/ P 11 21, 11 21");
    row("a ring that simplification has flattened is filled up",
        R"({"type":"Topology","arcs":[[[0,0],[1,0],[0,0]]],"objects":{"a":{"type":"MultiPolygon","arcs":[[[0]]]}}})",
        "a/ A 0 0, 1 0, 0 0, 0 0");
    row("a geometry without a type is nowhere",
        R"({"type":"Topology","arcs":[],"objects":{"x":{"type":null,"id":"n"}}})", "x/n ");
}

void TestGeoFeature::topologies()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, expected);
    const auto document = readGeoDocument(view(file));
    QCOMPARE(faultsOf(document), QByteArray());
    QByteArrayList found;
    for (const GeoFeature &feature : document->features) {
        found << QByteArray::fromStdString(feature.layer + '/' + feature.id + ' ') +
                     text(feature.geometry);
        QVERIFY(schema::validate(feature.geometry).empty());
    }
    QCOMPARE(found.join('|'), expected);
}

void TestGeoFeature::topologyFaults_data()
{
    QTest::addColumn<QByteArray>("objects");
    QTest::addColumn<QByteArray>("fault");
    const auto row = [](const char *name, const char *objects, const char *fault) {
        QTest::newRow(name) << QByteArray(objects) << QByteArray(fault);
    };
    row("an arc that is not there", R"({"a":{"type":"LineString","arcs":[9]}})",
        "objects.a.arcs[0] is 9, there are 3 arcs");
    row("a reversed one that is not there", R"({"a":{"type":"LineString","arcs":[-4]}})",
        "objects.a.arcs[0] is -4, there are 3 arcs");
    row("the most negative number", R"({"a":{"type":"LineString","arcs":[-9223372036854775808]}})",
        "objects.a.arcs[0] is -9223372036854775808, there are 3 arcs");
    row("half an arc", R"({"a":{"type":"LineString","arcs":[0.5]}})",
        "objects.a.arcs[0] is not the number of an arc");
    row("arcs that do not meet", R"({"a":{"type":"LineString","arcs":[0,0]}})",
        "objects.a.arcs[1] does not begin where the arc before it ends");
    row("a ring that does not close",
        R"({"g":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]]}]}})",
        "objects.g.geometries[0].arcs[0] is not closed");
    row("an arc that leaves the globe", R"({"a":{"type":"LineString","arcs":[1]}})",
        "objects.a.arcs[0] uses arcs[1][1][1], which is 95, a latitude must be between -90 and 90");
    row("an arc of one point", R"({"a":{"type":"LineString","arcs":[2]}})",
        "objects.a.arcs[0] uses arcs[2], which has fewer than two positions");
    row("no arcs", R"({"a":{"type":"LineString","arcs":[]}})", "objects.a.arcs has no arc");
}

void TestGeoFeature::topologyFaults()
{
    QFETCH(QByteArray, objects);
    QFETCH(QByteArray, fault);
    const QByteArray file =
        R"({"type":"Topology","arcs":[[[0,0],[1,1]],[[0,0],[0,95]],[[0,0]]],"objects":)" + objects +
        '}';
    const auto document = readTopoJson(view(file));
    QCOMPARE(faultsOf(document), fault);
}

void TestGeoFeature::arcsNamedOftenCannotFillTheMemory()
{
    // 40 kB that would make a billion points.
    QByteArray arc = "[[0,0]";
    for (int i = 0; i < 2000; ++i)
        arc += ",[1,1],[0,0]";
    QByteArray names = "0";
    for (int i = 0; i < 10'000; ++i)
        names += ",0";
    const QByteArray file = R"({"type":"Topology","arcs":[)" + arc +
                            R"(]],"objects":{"a":{"type":"LineString","arcs":[)" + names + "]}}}";
    const auto document = readTopoJson(view(file), {.pointsMax = 100'000});
    QVERIFY(!document.has_value() || document->features.empty());
}

void TestGeoFeature::realProvincesAreRead()
{
    QFile file(QStringLiteral(CHRONA_SHARED_DIR
                              "/samples/world/natural-earth/canada-provinces-50m.geojson"));
    QVERIFY2(file.open(QIODevice::ReadOnly), "the world samples are missing");
    const QByteArray bytes = file.readAll();
    const auto document = readGeoJson(view(bytes));
    QCOMPARE(faultsOf(document), QByteArray());
    QCOMPARE(document->features.size(), std::size_t(13));
    for (const GeoFeature &feature : document->features)
        QVERIFY(feature.geometry.kind == Geometry::Kind::Areas);
}

QTEST_GUILESS_MAIN(TestGeoFeature)
#include "tst_geo_feature.moc"
