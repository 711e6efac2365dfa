// SPDX-License-Identifier: AGPL-3.0-or-later
#include "boundary_pieces.h"

#include <QTest>

#include <algorithm>
#include <format>
#include <random>

using namespace chrona;
using namespace chrona::formats;
using namespace chrona::formats::fixture;

namespace {

/// A row of squares, each with its upper border as one arc and the rest as another.
struct Topology {
    std::string objects, arcs, transform;
    /// The members in the order of the letters: t, o, a, g (the grid).
    [[nodiscard]] std::string inOrder(std::string_view letters) const
    {
        std::string text = "{";
        for (const char letter : letters) {
            text += text.size() > 1 ? "," : "";
            text += letter == 't'   ? json("'type':'Topology'")
                    : letter == 'o' ? objects
                    : letter == 'a' ? arcs
                                    : transform;
        }
        return text + "}\n";
    }
};

constexpr std::string_view kUsual = "tgoa";

Topology topologyOf(int count)
{
    Topology made;
    made.transform = json("'transform':{'scale':[0.001,0.001],'translate':[-180,-90]}");
    made.objects = json("'objects' : { 'areas':{'type':'GeometryCollection', 'geometries' : [");
    made.arcs = json("'arcs': [");
    for (int number = 0; number < count; ++number) {
        const char *comma = number > 0 ? ",\n" : "\n";
        made.objects += json(std::format(
            "{0} {{'type': 'Polygon', 'id':'a{1}', 'properties': {{'name': 'Area [\\'{1}\\'}}] '}},"
            " 'arcs': [[{2}, ~]] }}",
            comma, number, 2 * number));
        const auto at = made.objects.rfind('~');
        made.objects.replace(at, 1, std::to_string(2 * number + 1));
        made.arcs +=
            std::format("{0}[[{1}, {2}], [500,0, 17]],[[{3},{2}],[0,-500],[-500,0],[0,500]]", comma,
                        number % 300 * 1000, number / 300 * 1000 + 600, number % 300 * 1000 + 500);
    }
    made.objects +=
        json("\n]}, 'border': {'type':'LineString','arcs':[0], 'properties':{'name':'x y'}}}");
    made.arcs += "]";
    return made;
}

ImportOptions optionsFor(std::size_t wholeMax, std::size_t memoryMax)
{
    ImportOptions options;
    options.kind = ImportKind::Boundaries;
    options.boundarySet = "mine";
    options.topologyWholeBytesMax = wholeMax;
    options.topologyBytesMax = memoryMax;
    return options;
}

constexpr std::size_t kWhole = 256U << 20, kRoomy = 64U << 20;

BoundariesRead readWhole(const std::string &text)
{
    return readBoundaries(text, text.size(), optionsFor(kWhole, kRoomy));
}

std::string causeOf(const BoundariesRead &read)
{
    return read.status ? std::string() : read.status.error().what;
}

} // namespace

/// Topologies that are larger than one that is read as a whole.
class TestTopologyStream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheSameInPieces_data();
    void readsTheSameInPieces();
    void numbersComeBackAsTheyWere();
    void faultsAreTheSame();
    void memoryStaysWithinItsBound();
    void moreThanTheBoundIsRefused_data();
    void moreThanTheBoundIsRefused();
    void whatIsNoTopologySaysWhy_data();
    void whatIsNoTopologySaysWhy();
};

void TestTopologyStream::readsTheSameInPieces_data()
{
    QTest::addColumn<int>("piece");
    QTest::addColumn<QByteArray>("order");
    QTest::newRow("byte by byte") << 1 << QByteArray("tgoa");
    QTest::newRow("arcs first") << 7 << QByteArray("taog");
    QTest::newRow("grid last") << 4'096 << QByteArray("toag");
    QTest::newRow("no grid before the arcs, type last") << 100 << QByteArray("oagt");
}

void TestTopologyStream::readsTheSameInPieces()
{
    QFETCH(int, piece);
    QFETCH(QByteArray, order);
    const std::string text = topologyOf(2'500).inOrder(order.toStdString());
    const BoundariesRead whole = readWhole(text);
    const BoundariesRead pieces =
        readBoundaries(text, static_cast<std::size_t>(piece), optionsFor(300, kRoomy));
    QVERIFY2(whole.status, causeOf(whole).c_str());
    QVERIFY2(pieces.status, causeOf(pieces).c_str());
    QCOMPARE(whole.parts, std::size_t(0));
    QCOMPARE(whole.bytesPeak, std::size_t(0));
    QVERIFY2(pieces.parts > 2 && pieces.batchMax <= 1'000, "they come bit by bit");
    QCOMPARE(whole.boundaries.size(), std::size_t(2'500));
    QCOMPARE(whole.boundaries.front().set, std::string("mine:areas"));
    QVERIFY(pieces.boundaries == whole.boundaries);
    QVERIFY(pieces.report.faults == whole.report.faults);
    QCOMPARE(pieces.report.rowsRead, whole.report.rowsRead);
    QCOMPARE(pieces.report.rowsRejected, whole.report.rowsRejected);
}

void TestTopologyStream::numbersComeBackAsTheyWere()
{
    // Unquantised: degrees as doubles of any length, and whole ones.
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> east(-180, 180), north(-90, 90);
    Topology made = topologyOf(0);
    made.transform = json("'bbox':[0,0,1,1]");
    made.objects = json("'objects':{'areas':{'type':'GeometryCollection','geometries':[");
    made.arcs = json("'arcs':[");
    for (int number = 0; number < 300; ++number) {
        made.objects += json(std::format("{}{{'type':'Polygon','id':{},'arcs':[[{}]]}}",
                                         number > 0 ? "," : "", number, number));
        const int decimals = number % 14; // beyond nine they are kept as doubles
        std::string arc, first;
        for (int corner = 0; corner < 5; ++corner) {
            std::string at = decimals == 13 ? std::format("[{},{:e}]", east(random), north(random))
                                            : std::format("[{:.{}f},{:.{}f}]", east(random),
                                                          decimals, north(random), decimals);
            first = corner == 0 ? at : first;
            arc += (corner > 0 ? "," : "") + (corner == 4 ? first : at);
        }
        made.arcs += (number > 0 ? ",[" : "[") + arc + "]";
    }
    made.objects += "]}}";
    made.arcs += "]";
    const std::string text = made.inOrder(kUsual);
    const BoundariesRead whole = readWhole(text);
    const BoundariesRead pieces = readBoundaries(text, 11, optionsFor(300, kRoomy));
    QVERIFY2(pieces.status, causeOf(pieces).c_str());
    QCOMPARE(whole.boundaries.size(), std::size_t(300));
    QVERIFY(pieces.boundaries == whole.boundaries);
}

void TestTopologyStream::faultsAreTheSame()
{
    Topology made = topologyOf(8);
    const auto replace = [](std::string &text, const std::string &what, const std::string &by) {
        const auto at = text.find(what);
        QVERIFY2(at != std::string::npos, what.c_str());
        text.replace(at, what.size(), by);
    };
    replace(made.arcs, "[[1000, 600], [500,0, 17]]", "[[1000, null], [500,0]]");
    replace(made.arcs, "[[2000, 600], [500,0, 17]]", "[[2000], [500,0]]");
    replace(made.arcs, "[[3000, 600], [500,0, 17]]", "[[3000, 600]]");
    replace(made.arcs, "[[4000, 600], [500,0, 17]]", "[[4000, 600], [900000,0]]");
    replace(made.objects, "[[10, 11]]", "[[10, 99]]");
    const std::string text = made.inOrder(kUsual);
    const BoundariesRead whole = readWhole(text);
    const BoundariesRead pieces = readBoundaries(text, 5, optionsFor(300, kRoomy));
    QVERIFY2(pieces.status, causeOf(pieces).c_str());
    QCOMPARE(pieces.boundaries.size(), std::size_t(3));
    QVERIFY(pieces.boundaries == whole.boundaries);
    QCOMPARE(pieces.report.faultCount, whole.report.faultCount);
    for (std::size_t i = 0; i < whole.report.faults.size(); ++i) {
        QCOMPARE(pieces.report.faults[i].column, whole.report.faults[i].column);
        QCOMPARE(pieces.report.faults[i].reason, whole.report.faults[i].reason);
    }
}

void TestTopologyStream::memoryStaysWithinItsBound()
{
    const std::string text = topologyOf(20'000).inOrder(kUsual);
    constexpr std::size_t kBound = 3U << 20;
    QVERIFY2(text.size() > kBound, "the file is larger than what may be held of it");
    const BoundariesRead read = readBoundaries(text, 64 << 10, optionsFor(10'000, kBound));
    QVERIFY2(read.status, causeOf(read).c_str());
    QCOMPARE(read.boundaries.size(), std::size_t(20'000));
    QVERIFY2(read.bytesPeak > 0 && read.bytesPeak <= kBound,
             std::to_string(read.bytesPeak).c_str());
}

void TestTopologyStream::moreThanTheBoundIsRefused_data()
{
    QTest::addColumn<QByteArray>("order");
    QTest::newRow("geometries first") << QByteArray("toag");
    QTest::newRow("arcs first") << QByteArray("taog");
}

void TestTopologyStream::moreThanTheBoundIsRefused()
{
    QFETCH(QByteArray, order);
    constexpr std::size_t kBound = 100U << 10;
    const std::string text = topologyOf(5'000).inOrder(order.toStdString());
    const BoundariesRead read = readBoundaries(text, 1'000, optionsFor(10'000, kBound));
    QVERIFY(!read.status && read.status.error().code == ErrorCode::Exhausted);
    QVERIFY(!read.status.error().remedy.empty());
    QVERIFY2(read.bytesPeak <= kBound, std::to_string(read.bytesPeak).c_str());
    QVERIFY(read.boundaries.empty());
}

void TestTopologyStream::whatIsNoTopologySaysWhy_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char *name, const std::string &text, const char *reason) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << QByteArray(reason);
    };
    const Topology made = topologyOf(20);
    const std::string good = made.inOrder(kUsual);
    row("cut off", good.substr(0, good.size() - 40), "cut off");
    row("another type", "{" + json("'type':'Topologie',") + good.substr(good.find("\"tra")),
        "not Topology");
    row("no arcs", made.inOrder("tgo"), "no \"arcs\"");
    row("no objects", made.inOrder("tga"), "no \"objects\"");
    Topology bad = made;
    bad.transform = json("'transform':{'scale':[1]}");
    row("no grid", bad.inOrder(kUsual), "no scale");
    bad = made;
    bad.arcs.replace(bad.arcs.find("],"), 2, "] ");
    row("a comma is missing", bad.inOrder(kUsual), "comma");
    bad = made;
    bad.arcs.replace(bad.arcs.find("[["), 2, "{[");
    row("an object among the arcs", bad.inOrder(kUsual), "arcs[0] is not an array");
    bad = made;
    bad.objects.replace(bad.objects.find("{\"type\": \"Pol"), 1, "7,{");
    row("no object among the geometries", bad.inOrder(kUsual), "geometry 0");
    bad = made;
    bad.objects.replace(bad.objects.find("\"id\":"), 5, "\"id\" ");
    row("a geometry that is no JSON", bad.inOrder(kUsual), "objects.areas.geometries[0]");
}

void TestTopologyStream::whatIsNoTopologySaysWhy()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    const BoundariesRead read = readBoundaries(text.toStdString(), 50, optionsFor(200, kRoomy));
    QVERIFY(!read.status);
    QVERIFY2(causeOf(read).contains(reason.toStdString()), causeOf(read).c_str());
}

QTEST_APPLESS_MAIN(TestTopologyStream)
#include "tst_topology_stream.moc"
