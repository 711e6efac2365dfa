// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tile_fixture.h"

#include <QTest>

#include <set>

using namespace chrona;
using namespace chrona::formats;
using namespace chrona::formats::fixture;

/// Archives of map tiles and the tiles in them; whatever is broken is refused with its reason.
class TestTiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersFollowTheCurve();
    void tilesComeBack_data();
    void tilesComeBack();
    void attributionIsPlainText();
    void brokenArchivesAreRefused_data();
    void brokenArchivesAreRefused();
    void bombsAreRefused();
    void everyCutIsRefusedOrHarmless();
    void featuresComeBack();
    void brokenTilesAreRefused_data();
    void brokenTilesAreRefused();
};

namespace {

const std::map<TileId, std::string> kTiles{{{0, 0, 0}, "world"},
                                           {{1, 0, 0}, "north-west"},
                                           {{1, 1, 1}, "south-east"},
                                           {{5, 17, 11}, "Berlin's"},
                                           {{5, 17, 12}, "the one below"}};

std::string withByte(std::string bytes, std::size_t at, char value)
{
    bytes[at] = value;
    return bytes;
}

} // namespace

void TestTiles::numbersFollowTheCurve()
{
    // As the specification lists them.
    QCOMPARE(tileNumber({0, 0, 0}), std::optional<std::uint64_t>(0));
    QCOMPARE(tileNumber({1, 0, 0}), std::optional<std::uint64_t>(1));
    QCOMPARE(tileNumber({1, 0, 1}), std::optional<std::uint64_t>(2));
    QCOMPARE(tileNumber({1, 1, 1}), std::optional<std::uint64_t>(3));
    QCOMPARE(tileNumber({1, 1, 0}), std::optional<std::uint64_t>(4));
    QCOMPARE(tileNumber({2, 0, 0}), std::optional<std::uint64_t>(5));
    QCOMPARE(tileNumber({12, 3423, 1763}), std::optional<std::uint64_t>(19078479));
    QVERIFY(!tileNumber({1, 2, 0}));
    QVERIFY(!tileNumber({27, 0, 0}));
    // Every tile of a zoom once, each beside the one before it.
    std::map<std::uint64_t, TileId> all;
    for (std::uint32_t x = 0; x < 32; ++x)
        for (std::uint32_t y = 0; y < 32; ++y)
            all[tileNumber({5, x, y}).value()] = {5, x, y};
    QCOMPARE(all.size(), 1024U);
    QCOMPARE(all.begin()->first, 341U);
    QCOMPARE(all.rbegin()->first, 341U + 1023);
    const TileId *last = nullptr;
    for (const auto &[number, tile] : all) {
        if (last)
            QCOMPARE(std::abs(int(tile.x) - int(last->x)) + std::abs(int(tile.y) - int(last->y)),
                     1);
        last = &tile;
    }
}

void TestTiles::tilesComeBack_data()
{
    QTest::addColumn<bool>("isGzipped");
    QTest::addColumn<bool>("hasLeaves");
    QTest::newRow("plain") << false << false;
    QTest::newRow("gzip") << true << false;
    QTest::newRow("gzip with directories below") << true << true;
    QTest::newRow("plain with directories below") << false << true;
}

void TestTiles::tilesComeBack()
{
    QFETCH(bool, isGzipped);
    QFETCH(bool, hasLeaves);
    const std::string bytes =
        archive(kTiles, {.kind = TileKind::Png, .isGzipped = isGzipped, .hasLeaves = hasLeaves});
    auto tiles = PmTiles::open(readFrom(bytes), bytes.size());
    QVERIFY2(tiles, tiles ? "" : tiles.error().what.c_str());
    QCOMPARE(tiles->info().kind, TileKind::Png);
    QCOMPARE(tiles->info().zoomMin, 0);
    QCOMPARE(tiles->info().zoomMax, 5);
    QCOMPARE(tiles->info().bounds.east, 180.0);
    for (int round = 0; round < 2; ++round) // the second from what was kept
        for (const auto &[id, content] : kTiles) {
            const auto tile = tiles->tile(id);
            QVERIFY2(tile, tile ? "" : tile.error().what.c_str());
            QCOMPARE(*tile, std::optional(content));
        }
    for (const TileId absent :
         {TileId{1, 0, 1}, TileId{5, 0, 0}, TileId{9, 1, 1}, TileId{1, 7, 7}}) {
        const auto tile = tiles->tile(absent);
        QVERIFY(tile);
        QVERIFY(!*tile);
    }
}

void TestTiles::attributionIsPlainText()
{
    const std::string bytes = archive(kTiles, {});
    const auto tiles = PmTiles::open(readFrom(bytes), bytes.size());
    QVERIFY(tiles);
    QCOMPARE(tiles->info().attribution, std::string("© Nobody"));
    QCOMPARE(tiles->info().name, std::string("Test"));
}

void TestTiles::brokenArchivesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const std::string good = archive(kTiles, {.isGzipped = false});
    const auto row = [](const char *name, const std::string &bytes, const char *reason) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(reason);
    };
    row("short", good.substr(0, 100), "too short");
    row("another file", withByte(good, 0, 'Q'), "does not begin with PMTiles");
    row("version", withByte(good, 7, 2), "version 2");
    row("root beyond the end", withByte(good, 15, 1), "beyond its end");
    row("length wraps around", withByte(good, 71, '\xFF'), "beyond its end");
    row("packed by brotli", withByte(good, 98, 3), "method 3");
    row("zooms", withByte(good, 100, 25), "zooms");
    row("no gzip", withByte(good, 97, 2), "not gzip");
    row("too many entries", withByte(good, 127, 0x7F), "another length");
    row("metadata", archive(kTiles, {.isGzipped = false, .metadata = "{nonsense"}), "no JSON");
}

void TestTiles::brokenArchivesAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const std::string content = bytes.toStdString();
    const auto tiles = PmTiles::open(readFrom(content), content.size());
    QVERIFY(!tiles);
    QVERIFY2(QString::fromStdString(tiles.error().what).contains(reason),
             tiles.error().what.c_str());
}

void TestTiles::bombsAreRefused()
{
    const std::string bytes =
        archive({{{0, 0, 0}, std::string(PmTiles::kTileBytesMax + 1, 'x')}}, {});
    QVERIFY(bytes.size() < 100'000);
    auto tiles = PmTiles::open(readFrom(bytes), bytes.size());
    QVERIFY(tiles);
    const auto tile = tiles->tile({0, 0, 0});
    QVERIFY(!tile);
    QVERIFY2(tile.error().what.contains("beyond its limit"), tile.error().what.c_str());
}

void TestTiles::everyCutIsRefusedOrHarmless()
{
    const std::string good = archive(kTiles, {.hasLeaves = true});
    for (std::size_t length = 0; length < good.size(); ++length) {
        const std::string cut = good.substr(0, length);
        auto tiles = PmTiles::open(readFrom(cut), cut.size());
        QVERIFY(!tiles); // a part always lies beyond the end
    }
    for (std::size_t at = 0; at < good.size(); ++at) {
        const std::string changed = withByte(good, at, static_cast<char>(good[at] ^ 0x55));
        auto tiles = PmTiles::open(readFrom(changed), changed.size());
        if (!tiles)
            continue;
        for (const auto &[id, content] : kTiles)
            (void)tiles->tile(id);
    }
}

void TestTiles::featuresComeBack()
{
    const std::vector<TilePoint> ring{{0, 0}, {4096, 0}, {4096, 4096}, {-64, 4160}};
    const std::string bytes = vectorTile(
        {{"water", {{TileFeature::Kind::Polygons, {{"kind", "ocean"}}, {ring, {{9, 9}, {8, 7}}}}}},
         {"roads",
          {{TileFeature::Kind::Lines, {{"kind", "highway"}, {"ref", "A 1"}}, {{{1, 2}, {3, -4}}}},
           {TileFeature::Kind::Points, {}, {{{5, 5}, {6, 7}}}}},
          512}});
    const auto layers = readVectorTile(bytes);
    QVERIFY2(layers, layers ? "" : layers.error().what.c_str());
    QCOMPARE(layers->size(), 2U);
    const TileLayer &water = layers->front(), &roads = layers->back();
    QCOMPARE(water.name, std::string("water"));
    QCOMPARE(water.extent, 4096U);
    QCOMPARE(water.features.front().parts.size(), 2U);
    QCOMPARE(water.features.front().parts.front(), ring);
    QCOMPARE(water.valueOf(water.features.front(), "kind"), std::string_view("ocean"));
    QCOMPARE(roads.extent, 512U);
    QCOMPARE(roads.features[0].kind, TileFeature::Kind::Lines);
    QCOMPARE(roads.valueOf(roads.features[0], "ref"), std::string_view("A 1"));
    QVERIFY(roads.valueOf(roads.features[1], "ref").empty());
    QCOMPARE(roads.features[1].parts, (std::vector<std::vector<TilePoint>>{{{5, 5}, {6, 7}}}));
    QVERIFY(readVectorTile({})->empty());
}

void TestTiles::brokenTilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QByteArray &hex, const char *reason) {
        QTest::newRow(name) << QByteArray::fromHex(hex) << QString::fromLatin1(reason);
    };
    row("cut off", "1a20", "cut off");
    row("endless number", "ffffffffffffffffffffff", "cut off");
    row("extent of nothing", "1a02" "2800", "no extent");
    row("property of nobody", "1a08" "1206" "12020001" "1801", "has not");
    row("unknown command", "1a07" "1205" "1802" "220103", "unknown command");
    row("points that are not there", "1a08" "1206" "1802" "2202f907", "too few");
    row("beyond the world", "1a0e" "120c" "1802" "2208" "09feffffff0f00" "00", "too far");
}

void TestTiles::brokenTilesAreRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const auto layers = readVectorTile(bytes.toStdString());
    QVERIFY(!layers);
    QVERIFY2(QString::fromStdString(layers.error().what).contains(reason),
             layers.error().what.c_str());
}

QTEST_APPLESS_MAIN(TestTiles)
#include "tst_tiles.moc"
