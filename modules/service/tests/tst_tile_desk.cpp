// SPDX-License-Identifier: AGPL-3.0-or-later
#include "settings.h"
#include "tile_desk.h"
#include "tile_fixture.h"

#include "chrona/net/loopback.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>

using namespace chrona;
using namespace chrona::service;
using namespace std::chrono_literals;

namespace {

constexpr char kTileAddress[] = "https://tiles.example.org/t/{z}/{x}/{y}.png";
constexpr char kArchiveAddress[] = "https://tiles.example.org/world.pmtiles";
const std::string kTilePng = "\x89PNG\r\n\x1a\n and what a picture holds";

ipc::TileSource tileSourceOf(std::string address)
{
    ipc::TileSource source;
    source.address = std::move(address);
    source.name = "Test tiles";
    source.attribution = "© Nobody";
    source.termsUrl = "https://tiles.example.org/terms";
    source.zoomMax = 6;
    return source;
}

std::string tileText(const ipc::TileReply &reply)
{
    return {reinterpret_cast<const char *>(reply.bytes.data()), reply.bytes.size()};
}

net::Answer tileAnswer(std::string body, const std::string &etag = "\"1\"")
{
    return {.headers = {{"ETag", etag}, {"Cache-Control", "public, max-age=86400"}},
            .body = std::move(body)};
}

/// A vector tile that says by the name of its layer which one it is.
std::string vectorTileNamed(const std::string &name)
{
    return formats::fixture::vectorTile(
        {{name, {{formats::TileFeature::Kind::Lines, {}, {{{0, 0}, {4096, 4096}}}}}}});
}

} // namespace

class TestTileDesk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void singleTilesComeOnceAndAreConfirmed();
    void aTileThatIsNotThere();
    void anArchiveIsReadInRanges();
    void anArchiveThatIsReplaced();
    void aServerWithoutRanges();
    void whatIsNoTile_data();
    void whatIsNoTile();
    void sourcesThatAreRefused_data();
    void sourcesThatAreRefused();
    void redirectsLeaveNoHost();
    void oldTilesWhereTheServerIsAway();
    void theCacheIsBounded();
    void aRestartFindsWhatWasKept();
    void damagedFilesCountAsNone();
    void aRemovedServerLeavesNothing();

private:
    void openDesk();
    [[nodiscard]] std::string add(const ipc::TileSource &source);
    [[nodiscard]] Result<ipc::TileReply> tile(const std::string &key, std::uint8_t zoom,
                                              std::uint32_t x, std::uint32_t y);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<net::ReplayServer> m_server;
    std::shared_ptr<ManualClock> m_clock;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<TileDesk> m_desk;
};

void TestTileDesk::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<net::ReplayServer>();
    m_clock = std::make_shared<ManualClock>(Instant(Duration(1'800'000'000'000'000)));
    m_settings =
        Settings::open(m_folder->filePath(QStringLiteral("config.json")).toStdString()).value();
    openDesk();
}

void TestTileDesk::cleanup()
{
    m_desk.reset();
    m_server.reset();
}

void TestTileDesk::openDesk()
{
    m_desk.reset();
    m_desk = std::make_unique<TileDesk>(
        TileDesk::Parts{.folder = m_folder->filePath(QStringLiteral("tiles")).toStdString(),
                        .settings = *m_settings,
                        .client = net::loopbackClient(*m_server, "example.org", m_clock),
                        .policy = net::AddressPolicy::PublicOnly,
                        .clock = m_clock});
}

std::string TestTileDesk::add(const ipc::TileSource &source)
{
    const auto added = m_desk->add(source, {});
    if (!added)
        qWarning("%s", describe(added.error()).c_str());
    return added ? added->sources.front().key : std::string();
}

Result<ipc::TileReply> TestTileDesk::tile(const std::string &key, std::uint8_t zoom,
                                          std::uint32_t x, std::uint32_t y)
{
    return m_desk->tile({.source = key, .zoom = zoom, .x = x, .y = y}, {});
}

void TestTileDesk::singleTilesComeOnceAndAreConfirmed()
{
    m_server->answer("/t/0/0/0.png", tileAnswer(kTilePng));
    m_server->answer("/t/3/5/2.png", tileAnswer(kTilePng + "5", "\"5\""));
    const std::string key = add(tileSourceOf(kTileAddress));
    QVERIFY(!key.empty());
    const auto first = tile(key, 3, 5, 2);
    QVERIFY(first);
    QCOMPARE(tileText(*first), kTilePng + "5");
    QCOMPARE(int(first->form), int(ipc::TileForm::Picture));
    QVERIFY(!first->isOld);
    const std::size_t asked = m_server->received().size();
    QVERIFY(tile(key, 3, 5, 2));
    QCOMPARE(m_server->received().size(), asked); // still fresh
    m_clock->advance(25h);
    const auto later = tile(key, 3, 5, 2);
    QVERIFY(later);
    QCOMPARE(tileText(*later), kTilePng + "5");
    QVERIFY(later->fetchedAt > first->fetchedAt);
    QCOMPARE(m_server->received().size(), asked + 1);
    const net::ReceivedRequest last = m_server->received().back();
    const auto *validator = net::find(last.headers, "If-None-Match");
    QVERIFY(validator != nullptr);
    QCOMPARE(*validator, std::string("\"5\""));
    QVERIFY(m_desk->sources().sources.front().cachedBytes > 0);
    QVERIFY2(!tile(key, 2, 4, 0), "there are four columns at zoom 2");
    QVERIFY(!tile("another", 3, 5, 2));
}

void TestTileDesk::aTileThatIsNotThere()
{
    m_server->answer("/t/0/0/0.png", tileAnswer(kTilePng));
    const std::string key = add(tileSourceOf(kTileAddress));
    const auto missing = tile(key, 1, 0, 0);
    QVERIFY(missing);
    QVERIFY(missing->bytes.empty());
    const std::size_t asked = m_server->received().size();
    QVERIFY(tile(key, 1, 0, 0));
    QCOMPARE(m_server->received().size(), asked);
}

void TestTileDesk::anArchiveIsReadInRanges()
{
    using namespace formats;
    std::map<TileId, std::string> tiles;
    for (std::uint32_t x = 0; x < 8; ++x)
        for (std::uint32_t y = 0; y < 8; ++y)
            tiles[{3, x, y}] = vectorTileNamed("l" + std::to_string(x * 8 + y));
    net::Answer answer = tileAnswer(fixture::archive(tiles, {.hasLeaves = true}), "\"a\"");
    answer.body += std::string(200'000, ' '); // what nobody asks for
    answer.hasRanges = true;
    m_server->answer("/world.pmtiles", answer);
    ipc::TileSource source = tileSourceOf(kArchiveAddress);
    source.attribution.clear(); // the archive says it
    const auto added = m_desk->add(source, {});
    QVERIFY2(added, added ? "" : describe(added.error()).c_str());
    QCOMPARE(int(added->sources.front().form), int(ipc::TileForm::Vector));
    QCOMPARE(int(added->sources.front().zoomMax), 3);
    QCOMPARE(added->sources.front().attribution, std::string("© Nobody"));
    const std::string key = added->sources.front().key;
    const auto some = tile(key, 3, 5, 2);
    QVERIFY2(some, some ? "" : describe(some.error()).c_str());
    QCOMPARE(tileText(*some), (tiles[{3, 5, 2}]));
    const auto outside = tile(key, 2, 0, 0);
    QVERIFY(outside);
    QVERIFY(outside->bytes.empty());
    for (const net::ReceivedRequest &request : m_server->received()) {
        QVERIFY(net::find(request.headers, "Range") != nullptr);
        QCOMPARE(*net::find(request.headers, "Accept-Encoding"), std::string("identity"));
    }
    const std::size_t asked = m_server->received().size();
    QVERIFY(tile(key, 3, 5, 2));
    QCOMPARE(m_server->received().size(), asked);
}

void TestTileDesk::anArchiveThatIsReplaced()
{
    using namespace formats;
    // Larger than what comes with the first answer, so that each tile is a range of its own.
    const std::string padding(20'000, '-');
    const auto answerWith = [&](const std::string &name, const std::string &etag) {
        const std::map<TileId, std::string> tiles{
            {{0, 0, 0}, vectorTileNamed(name + padding)},
            {{1, 1, 0}, vectorTileNamed(name + "1" + padding)}};
        net::Answer answer = tileAnswer(fixture::archive(tiles, {.isGzipped = false}), etag);
        answer.hasRanges = true;
        m_server->answer("/world.pmtiles", answer);
    };
    answerWith("before", "\"1\"");
    const std::string key = add(tileSourceOf(kArchiveAddress));
    QCOMPARE(tileText(tile(key, 0, 0, 0).value()), vectorTileNamed("before" + padding));
    answerWith("after, and longer", "\"2\"");
    // Never a piece of one archive by the directory of the other.
    QCOMPARE(tileText(tile(key, 1, 1, 0).value()), vectorTileNamed("after, and longer1" + padding));
    m_clock->advance(std::chrono::days(8)); // what was kept is not fresh any more
    QCOMPARE(tileText(tile(key, 0, 0, 0).value()), vectorTileNamed("after, and longer" + padding));
}

void TestTileDesk::aServerWithoutRanges()
{
    net::Answer answer = tileAnswer(formats::fixture::archive({{{0, 0, 0}, vectorTileNamed("a")}}));
    m_server->answer("/world.pmtiles", answer);
    const auto added = m_desk->add(tileSourceOf(kArchiveAddress), {});
    QVERIFY(!added);
    QVERIFY(added.error().what.contains("does not answer ranges"));
    QVERIFY(m_desk->sources().sources.empty());
}

void TestTileDesk::whatIsNoTile_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a page") << QByteArray("<!doctype html><title>Sign in</title>");
    QTest::newRow("gzip that is cut off") << QByteArray("\x1f\x8b\x08\x00\x00\x00", 6);
    QTest::newRow("a picture of another kind") << QByteArray("GIF89a");
}

void TestTileDesk::whatIsNoTile()
{
    QFETCH(QByteArray, body);
    m_server->answer("/t/0/0/0.png", tileAnswer(body.toStdString()));
    const auto added = m_desk->add(tileSourceOf(kTileAddress), {});
    QVERIFY(!added);
    QVERIFY(!added.error().what.empty());
    QVERIFY(m_desk->sources().sources.empty());
}

void TestTileDesk::sourcesThatAreRefused_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<QByteArray>("attribution");
    QTest::addColumn<QByteArray>("terms");
    QTest::addColumn<QByteArray>("reason");
    const QByteArray good(kTileAddress), who("© Nobody"), terms("https://example.org/terms");
    QTest::newRow("in the clear") << QByteArray("http://tiles.example.org/{z}/{x}/{y}.png") << who
                                  << terms << QByteArray("https only");
    QTest::newRow("this machine") << QByteArray("https://localhost/{z}/{x}/{y}.png") << who << terms
                                  << QByteArray("this machine");
    QTest::newRow("its loopback") << QByteArray("https://127.0.0.1/{z}/{x}/{y}.png") << who << terms
                                  << QByteArray("this machine");
    QTest::newRow("its network") << QByteArray("https://192.168.1.4/world.pmtiles") << who << terms
                                 << QByteArray("this machine");
    QTest::newRow("a name of its network") << QByteArray("https://map.lan/{z}/{x}/{y}.png") << who
                                           << terms << QByteArray("this machine");
    QTest::newRow("no place for the row") << QByteArray("https://tiles.example.org/{z}/{x}.png")
                                          << who << terms << QByteArray("names neither");
    QTest::newRow("a file that is no archive") << QByteArray("https://tiles.example.org/world.zip")
                                               << who << terms << QByteArray("names neither");
    QTest::newRow("another scheme")
        << QByteArray("file:///etc/{z}/{x}/{y}") << who << terms << QByteArray("");
    QTest::newRow("nobody named") << good << QByteArray() << terms << QByteArray("must name");
    QTest::newRow("terms not read") << good << who << QByteArray() << QByteArray("which terms");
    QTest::newRow("two lines") << good << QByteArray("a\nb") << terms << QByteArray("one line");
}

void TestTileDesk::sourcesThatAreRefused()
{
    QFETCH(QByteArray, address);
    QFETCH(QByteArray, attribution);
    QFETCH(QByteArray, terms);
    QFETCH(QByteArray, reason);
    ipc::TileSource source = tileSourceOf(address.toStdString());
    source.attribution = attribution.toStdString();
    source.termsUrl = terms.toStdString();
    const auto added = m_desk->add(source, {});
    QVERIFY(!added);
    QVERIFY2(QByteArray::fromStdString(added.error().what).contains(reason),
             added.error().what.c_str());
    QVERIFY(m_server->received().empty()); // nobody was asked
}

void TestTileDesk::redirectsLeaveNoHost()
{
    m_server->answer(
        "/t/0/0/0.png",
        {.status = 302, .headers = {{"Location", "https://elsewhere.example.org/t/0/0/0.png"}}});
    const auto added = m_desk->add(tileSourceOf(kTileAddress), {});
    QVERIFY(!added);
    QCOMPARE(int(added.error().code), int(ErrorCode::Denied));
    QCOMPARE(m_server->received().size(), std::size_t{1});
}

void TestTileDesk::oldTilesWhereTheServerIsAway()
{
    m_server->answer("/t/0/0/0.png", {tileAnswer(kTilePng), {.status = 503}});
    const std::string key = add(tileSourceOf(kTileAddress)); // the first answer
    m_server->answer("/t/1/1/1.png", {tileAnswer(kTilePng + "1"), {.status = 503}});
    QVERIFY(tile(key, 1, 1, 1));
    m_clock->advance(std::chrono::days(2));
    const auto old = tile(key, 1, 1, 1);
    QVERIFY(old && old->isOld);
    QCOMPARE(tileText(*old), kTilePng + "1");
    const std::size_t asked = m_server->received().size();
    QVERIFY(tile(key, 1, 1, 1).value().isOld);
    QCOMPARE(m_server->received().size(), asked); // not asked again at once
    m_clock->advance(std::chrono::days(31));
    const auto gone = tile(key, 1, 1, 1);
    QVERIFY2(!gone, "nobody confirmed it for longer than a tile is kept");
    QCOMPARE(int(gone.error().code), int(ErrorCode::Unavailable));
}

void TestTileDesk::theCacheIsBounded()
{
    QVERIFY(m_settings->set("tiles.cache_mib", "1"));
    m_server->answer("/t/0/0/0.png", tileAnswer(kTilePng));
    const std::string key = add(tileSourceOf(kTileAddress));
    const auto askAll = [&] {
        for (std::uint32_t x = 0; x < 4; ++x) {
            const std::string path = "/t/2/" + std::to_string(x) + "/0.png";
            m_server->answer(path, tileAnswer(kTilePng + std::string(400'000, char('a' + x))));
            QVERIFY(tile(key, 2, x, 0));
            QVERIFY(x == 0 || tile(key, 2, 0, 0)); // looked at all the while
        }
    };
    askAll();
    QVERIFY(m_desk->sources().sources.front().cachedBytes <= 1U << 20);
    const std::size_t asked = m_server->received().size();
    QVERIFY(tile(key, 2, 0, 0));
    QCOMPARE(m_server->received().size(), asked); // kept
    QVERIFY(tile(key, 2, 1, 0));
    QCOMPARE(m_server->received().size(), asked + 1); // was not looked at longest, and went
}

void TestTileDesk::aRestartFindsWhatWasKept()
{
    m_server->answer("/t/0/0/0.png", tileAnswer(kTilePng));
    const std::string key = add(tileSourceOf(kTileAddress));
    QVERIFY(tile(key, 0, 0, 0));
    const ipc::TileSource before = m_desk->sources().sources.front();
    QVERIFY(before.cachedBytes > 0);
    openDesk();
    QVERIFY(m_desk->sources().sources.front() == before);
    const std::size_t asked = m_server->received().size();
    QCOMPARE(tileText(tile(key, 0, 0, 0).value()), kTilePng);
    QCOMPARE(m_server->received().size(), asked);
    QVERIFY2(!m_desk->add(tileSourceOf(kTileAddress), {}), "it is there already");
    m_clock->advance(std::chrono::days(400));
    openDesk();
    QVERIFY(m_desk->sources().sources.front().cachedBytes == 0); // nobody looked for so long
}

void TestTileDesk::damagedFilesCountAsNone()
{
    m_server->answer("/t/0/0/0.png", tileAnswer(kTilePng));
    const std::string key = add(tileSourceOf(kTileAddress));
    QVERIFY(tile(key, 0, 0, 0));
    const auto folder =
        std::filesystem::path(m_folder->path().toStdString()) / "tiles" / key / "0-0-0";
    QVERIFY(std::filesystem::exists(folder));
    std::ofstream(folder, std::ios::trunc) << "what a bad disk left";
    const std::size_t asked = m_server->received().size();
    QCOMPARE(tileText(tile(key, 0, 0, 0).value()), kTilePng);
    QCOMPARE(m_server->received().size(), asked + 1);
}

void TestTileDesk::aRemovedServerLeavesNothing()
{
    m_server->answer("/t/0/0/0.png", tileAnswer(kTilePng));
    const std::string key = add(tileSourceOf(kTileAddress));
    QVERIFY(tile(key, 0, 0, 0));
    QVERIFY(m_desk->remove(key));
    QVERIFY(m_desk->sources().sources.empty());
    QVERIFY(!std::filesystem::exists(std::filesystem::path(m_folder->path().toStdString()) /
                                     "tiles" / key));
    QVERIFY(!tile(key, 0, 0, 0) && !m_desk->remove(key));
}

QTEST_GUILESS_MAIN(TestTileDesk)
#include "tst_tile_desk.moc"
