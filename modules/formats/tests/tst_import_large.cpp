// SPDX-License-Identifier: AGPL-3.0-or-later
#include "boundary_pieces.h"

#include <QTest>

#include <algorithm>
#include <format>

using namespace chrona;
using namespace chrona::formats;
using namespace chrona::formats::fixture;

namespace {

ImportOptions largeOptions(std::size_t fileBytesMax)
{
    ImportOptions options;
    options.kind = ImportKind::Boundaries;
    options.boundarySet = "mine";
    options.idProperty = "code";
    options.fileBytesMax = fileBytesMax;
    return options;
}

std::string squareFeature(int number)
{
    const double west = number % 100, south = number / 100 % 60;
    return json(std::format(
        "{{'type': 'Feature', 'properties': {{'code': 'a{0}', 'name': 'Area \\'{0}\\' }}]'}}, "
        "'geometry': {{'type': 'Polygon', 'coordinates': [[[{1}, {2}], [{3}, {2}], [{3}, {4}], "
        "[{1}, {4}], [{1}, {2}]]]}}}}",
        number, west, south, west + 1, south + 1));
}

std::string squares(int count, const std::string &before = {}, const std::string &after = {})
{
    std::string text = "{" + before + json("'type':'FeatureCollection', 'features' : [");
    for (int number = 0; number < count; ++number)
        text += (number > 0 ? ",\n" : "\n") + squareFeature(number);
    return text + "\n]" + after + "}\n";
}

} // namespace

/// Boundaries that are larger than a document read as a whole may be.
class TestImportLarge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheSameInPieces_data();
    void readsTheSameInPieces();
    void faultsNameTheFeature();
    void featuresComeBeforeTheEnd();
    void whatCannotBeReadSaysWhy_data();
    void whatCannotBeReadSaysWhy();
};

void TestImportLarge::readsTheSameInPieces_data()
{
    QTest::addColumn<int>("piece");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    QTest::newRow("byte by byte") << 1 << QByteArray() << QByteArray();
    QTest::newRow("in sevens") << 7 << QByteArray() << QByteArray();
    QTest::newRow("in large pieces") << 4'096 << QByteArray() << QByteArray();
    QTest::newRow("with members around") << 13
        << bytes(json("'name': 'features', 'bbox': [0, 0, 1, 1], 'x': {'features': [1]}, "))
        << bytes(json(", 'note': '] } \\'features\\': [', 'more': [[], {}]"));
    QTest::newRow("with a name that an escape tells apart")
        << 13 << bytes(json("'feat\\tures': [7], ")) << QByteArray();
}

void TestImportLarge::readsTheSameInPieces()
{
    QFETCH(int, piece);
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const std::string text = squares(120, before.toStdString(), after.toStdString());
    const BoundariesRead whole = readBoundaries(text, text.size(), largeOptions(256 << 20));
    const BoundariesRead pieces =
        readBoundaries(text, static_cast<std::size_t>(piece), largeOptions(300));
    QVERIFY2(whole.status, whole.status ? "" : whole.status.error().what.c_str());
    QVERIFY2(pieces.status, pieces.status ? "" : pieces.status.error().what.c_str());
    QCOMPARE(pieces.boundaries.size(), std::size_t{120});
    QCOMPARE(pieces.report.rowsAccepted, whole.report.rowsAccepted);
    QCOMPARE(pieces.report.rowsRead, whole.report.rowsRead);
    for (std::size_t i = 0; i < whole.boundaries.size(); ++i)
        QVERIFY(pieces.boundaries[i] == whole.boundaries[i]);
}

void TestImportLarge::faultsNameTheFeature()
{
    std::string text = squares(6);
    const auto open = text.find("[[[2"); // of the third
    QVERIFY(open != std::string::npos);
    text.replace(open, 4, "[[[\"");
    text.insert(open + 4, "east\"");
    const BoundariesRead read = readBoundaries(text, 50, largeOptions(200));
    QVERIFY2(read.status, read.status ? "" : read.status.error().what.c_str());
    QCOMPARE(read.boundaries.size(), std::size_t{5});
    QCOMPARE(read.report.rowsRejected, std::uint64_t{1});
    QCOMPARE(read.report.faults.size(), std::size_t{1});
    QCOMPARE(read.report.faults.front().row, std::uint64_t{3});
    QVERIFY2(read.report.faults.front().column.starts_with("geometry"),
             read.report.faults.front().column.c_str());
}

void TestImportLarge::featuresComeBeforeTheEnd()
{
    const std::string text = squares(100);
    auto reader = ImportReader::create(largeOptions(500)).value();
    QVERIFY(reader.push(std::string_view(text).substr(0, text.size() / 2)));
    const std::size_t early = reader.takeBatch().boundaries.size();
    QVERIFY2(early > 40 && early < 60, std::to_string(early).c_str());
    QVERIFY(reader.push(std::string_view(text).substr(text.size() / 2)));
    QVERIFY(reader.finish());
    QCOMPARE(reader.takeBatch().boundaries.size(), 100 - early);
}

void TestImportLarge::whatCannotBeReadSaysWhy_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<int>("taken");
    const std::string good = squares(20);
    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    QTest::newRow("cut off") << bytes(good.substr(0, good.size() / 2)) << QByteArray("cut off")
                             << 9;
    QTest::newRow("no features")
        << bytes(json("{'type':'FeatureCollection','list':{" + std::string(1'000, ' ') + "}}"))
        << QByteArray("no features") << 0;
    QTest::newRow("a topology without arcs")
        << bytes(json("{'type':'Topology','objects':{" + std::string(1'000, ' ') + "}}"))
        << QByteArray("no \"arcs\"") << 0;
    QTest::newRow("something else in the list")
        << bytes(json("{'type':'FeatureCollection','features':[7," + std::string(1'000, ' ')))
        << QByteArray("feature 1 is no object") << 0;
    QTest::newRow("not in degrees")
        << bytes(squares(20, json("'crs': {'properties': {'name': 'EPSG:3857'}}, ")))
        << QByteArray("not in WGS 84") << 0;
    QTest::newRow("no GeoJSON around")
        << bytes("{\"type\":\"Other\"," + good.substr(good.find("\"features\"")))
        << QByteArray() << 20;
}

void TestImportLarge::whatCannotBeReadSaysWhy()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, reason);
    QFETCH(int, taken);
    const BoundariesRead read = readBoundaries(text.toStdString(), 64, largeOptions(300));
    QVERIFY(!read.status);
    QVERIFY2(QByteArray::fromStdString(read.status.error().what).contains(reason),
             read.status.error().what.c_str());
    QVERIFY2(std::abs(int(read.boundaries.size()) - taken) <= 1,
             std::to_string(read.boundaries.size()).c_str());
}

QTEST_GUILESS_MAIN(TestImportLarge)
#include "tst_import_large.moc"
