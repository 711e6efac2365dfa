// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_values.h"

#include "oracle_volumes.h"

#include "chrona/base/clock.h"
#include "chrona/flare/value_provider.h"
#include "chrona/ftso/epochs.h"
#include "chrona/http/server.h"
#include "chrona/net/http_client.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <format>
#include <random>

using namespace chrona;
using namespace chrona::service;

namespace {

const Instant kAskedAt = parseInstant("2026-11-26T08:00:30Z").value();

std::int64_t currentRound()
{
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(kAskedAt).time_since_epoch().count();
    return ftso::votingEpochAt(*ftso::networkNamed("flare"), seconds);
}

std::string feedsBody(const std::vector<std::string> &names)
{
    QJsonArray feeds;
    for (const std::string &name : names)
        feeds.append(QJsonObject{{QStringLiteral("category"), 1},
                                 {QStringLiteral("name"), QString::fromStdString(name)}});
    return QJsonDocument(QJsonObject{{QStringLiteral("feeds"), feeds}}).toJson().toStdString();
}

QJsonObject objectIn(const http::Response &response)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(response.body)).object();
}

} // namespace

/// What existing clients ask, over a real socket, and what strangers may try.
class TestFlareValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersTheReferenceClient();
    void answersWithoutARound();
    void tellsVolumes();
    void saysWhatWasAsked();
    void refuses_data();
    void refuses();
    void mutatedBodiesAreAnsweredOrRefused();
    void volumesAreOfTheLastWindow();

private:
    [[nodiscard]] http::Response post(const std::string &path, const std::string &body,
                                      const std::string &query = {})
    {
        return m_values->answer(
            {.method = "POST", .path = path, .query = query, .headers = {}, .body = body});
    }
    std::unique_ptr<FlareValues> m_values;
};

void TestFlareValues::init()
{
    m_values = std::make_unique<FlareValues>(FlareValues::Parts{
        .price = [](const std::string &feed) -> std::optional<double> {
            if (feed == "BTC/USD")
                return 71'287.34;
            if (feed == "FLR/USD")
                return 0.0163751;
            if (feed == "BAD/USD")
                return std::numeric_limits<double>::infinity();
            return std::nullopt;
        },
        .volumes = [](const std::string &feed,
                      std::int64_t windowMs) -> std::vector<FlareValues::VenueVolume> {
            if (feed != "BTC/USD")
                return {};
            return {{"kraken", static_cast<double>(windowMs)}, {"binance", 2}};
        },
        .clock = std::make_shared<ManualClock>(kAskedAt)});
}

void TestFlareValues::answersTheReferenceClient()
{
    const auto server = http::Server::listen(
        {}, [this](const http::Request &request) { return m_values->answer(request); });
    QVERIFY(server);
    auto client =
        net::HttpClient::create({.userAgent = "Chrona/test", .hostRate = {1'000, 1'000, 4}},
                                net::makeNetworkTransport(net::AddressPolicy::PublicAndLoopback));
    flare::ValueProvider provider(std::format("http://127.0.0.1:{}", (*server)->port()), **client);
    const std::vector<ftso::Feed> feeds{{ftso::makeFeedId(1, "BTC/USD").value(), 2},
                                        {ftso::makeFeedId(1, "NONE/USD").value(), 5},
                                        {ftso::makeFeedId(1, "BAD/USD").value(), 5},
                                        {ftso::makeFeedId(1, "FLR/USD").value(), 6}};
    const auto values = provider.valuesFor(currentRound(), feeds);
    QVERIFY2(values, values ? "" : describe(values.error()).c_str());
    QCOMPARE(values->size(), std::size_t{4});
    QCOMPARE((*values)[0].value_or(0), 71'287.34);
    QVERIFY(!(*values)[1] && !(*values)[2]); // nothing, rather than what is no price
    QCOMPARE((*values)[3].value_or(0), 0.0163751);
    QVERIFY(!provider.valuesFor(currentRound() - 2, feeds)); // nobody knows prices of then
    QCOMPARE((*server)->counts().answered, 2U);
}

void TestFlareValues::answersWithoutARound()
{
    for (const char *path : {"/feed-values", "/feed-values/"}) {
        const QJsonObject answer = objectIn(post(path, feedsBody({"BTC/USD", "ETH/USD"})));
        QVERIFY(!answer.contains(u"votingRoundId"));
        const QJsonArray data = answer.value(u"data").toArray();
        QCOMPARE(data.size(), 2);
        QCOMPARE(data[0].toObject().value(u"value").toDouble(), 71'287.34);
        QCOMPARE(data[1].toObject().value(u"feed").toObject().value(u"name").toString(),
                 QStringLiteral("ETH/USD"));
        QVERIFY(!data[1].toObject().contains(u"value"));
    }
}

void TestFlareValues::tellsVolumes()
{
    const QJsonObject answer =
        objectIn(post("/volumes/", feedsBody({"BTC/USD", "ETH/USD"}), "window=120"));
    const QJsonArray data = answer.value(u"data").toArray();
    const QJsonArray volumes = data[0].toObject().value(u"volumes").toArray();
    QCOMPARE(volumes.size(), 2);
    QCOMPARE(volumes[0].toObject().value(u"exchange").toString(), QStringLiteral("kraken"));
    QCOMPARE(volumes[0].toObject().value(u"volume").toDouble(), 120'000.0);
    QVERIFY(data[1].toObject().value(u"volumes").toArray().isEmpty());
    const QJsonArray rule =
        objectIn(post("/volumes", feedsBody({"BTC/USD"}))).value(u"data").toArray();
    QCOMPARE(
        rule[0].toObject().value(u"volumes").toArray()[0].toObject().value(u"volume").toDouble(),
        60'000.0);
}

void TestFlareValues::saysWhatWasAsked()
{
    ipc::FlareProvideStatus status;
    m_values->tell(status);
    QVERIFY(!status.lastRound && !status.lastAskedAt);
    QCOMPARE(post(std::format("/feed-values/{}", currentRound()),
                  feedsBody({"BTC/USD", "ETH/USD", "FLR/USD"}))
                 .status,
             200);
    m_values->tell(status);
    QCOMPARE(status.lastRound.value_or(0), currentRound());
    QVERIFY(status.lastAskedAt == kAskedAt);
    QCOMPARE(status.lastFeeds, 3);
    QCOMPARE(status.lastValues, 2);
}

void TestFlareValues::refuses_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("status");
    const std::string now = std::format("/feed-values/{}", currentRound());
    const std::string good = feedsBody({"BTC/USD"});
    QTest::newRow("another path") << std::string("/") << good << 404;
    QTest::newRow("a longer path") << now + "/x" << good << 400;
    QTest::newRow("a round that is no number") << std::string("/feed-values/12x") << good << 400;
    QTest::newRow("a negative round") << std::string("/feed-values/-1") << good << 400;
    QTest::newRow("a round beyond numbers")
        << std::string("/feed-values/99999999999999999999") << good << 400;
    QTest::newRow("a round of long ago") << std::string("/feed-values/1") << good << 404;
    QTest::newRow("a round to come")
        << std::format("/feed-values/{}", currentRound() + 2) << good << 404;
    QTest::newRow("nothing") << now << std::string() << 400;
    QTest::newRow("no object") << now << std::string("[1]") << 400;
    QTest::newRow("no feeds") << now << std::string("{}") << 400;
    QTest::newRow("feeds that are text") << now << std::string("{\"feeds\":\"BTC/USD\"}") << 400;
    QTest::newRow("a feed that is text") << now << std::string("{\"feeds\":[\"BTC/USD\"]}") << 400;
    QTest::newRow("no category") << now << std::string("{\"feeds\":[{\"name\":\"BTC/USD\"}]}")
                                 << 400;
    QTest::newRow("a category beyond a byte")
        << now << std::string("{\"feeds\":[{\"category\":256,\"name\":\"BTC/USD\"}]}") << 400;
    QTest::newRow("a long name") << now << feedsBody({std::string(40, 'A')}) << 400;
    QTest::newRow("too many feeds")
        << now << feedsBody(std::vector<std::string>(1'001, "BTC/USD")) << 400;
}

void TestFlareValues::refuses()
{
    QFETCH(std::string, path);
    QFETCH(std::string, body);
    QFETCH(int, status);
    const http::Response response = post(path, body);
    QCOMPARE(response.status, status);
    QVERIFY(!objectIn(response).value(u"message").toString().isEmpty());
    http::Request got;
    got.method = "GET";
    got.path = "/feed-values/";
    QCOMPARE(m_values->answer(got).status, 405);
    QCOMPARE(post("/volumes/", feedsBody({"BTC/USD"}), "window=3601").status, 400);
    QCOMPARE(post("/volumes/", feedsBody({"BTC/USD"}), "w=1").status, 400);
}

void TestFlareValues::mutatedBodiesAreAnsweredOrRefused()
{
    const std::string good = feedsBody({"BTC/USD", "ETH/USD", "FLR/USD"});
    std::minstd_rand lot(23);
    int answered = 0, refused = 0;
    for (int i = 0; i < 5'000; ++i) {
        std::string body = good;
        for (auto changes = 1 + lot() % 3; changes > 0; --changes)
            body[lot() % body.size()] = static_cast<char>(lot() % 256);
        const http::Response response = post("/feed-values/", body);
        QVERIFY(response.status == 200 || response.status == 400);
        ++(response.status == 200 ? answered : refused);
        QVERIFY(!objectIn(response).isEmpty());
    }
    QVERIFY(answered > 10 && refused > 100);
}

void TestFlareValues::volumesAreOfTheLastWindow()
{
    const OraclePlan plan = planFor(std::vector<std::string>{"BTC/USD", "ETH/USD"},
                                    std::vector<std::string>{"kraken", "coinbase"})
                                .value();
    OracleVolumes volumes(plan);
    const auto trade = [&](std::int64_t atMs, std::uint32_t venue, std::uint32_t market,
                           double size) {
        const DeskBar bar{.opensAtMs = atMs - 1'000,
                          .widthMs = 1'000,
                          .venue = venue,
                          .market = market,
                          .volume = size};
        volumes.secondEnded(atMs, {&bar, 1}, {});
    };
    const auto btc = std::ranges::find_if(plan.routes, [](const FeedRoute &route) {
        return route.feed == 0 && route.kind == oracle::TickKind::Price;
    });
    QVERIFY(btc != plan.routes.end());
    constexpr std::int64_t kStart = 1'000'000'000;
    trade(kStart, btc->venue, btc->market, 3);
    trade(kStart + 30'000, btc->venue, btc->market, 2);
    const auto of = [&](std::int64_t windowMs) {
        double sum = 0;
        for (const auto &each : volumes.of("BTC/USD", windowMs))
            sum += each.volume;
        return sum;
    };
    QCOMPARE(of(10'000), 2.0);
    QCOMPARE(of(60'000), 5.0);
    volumes.secondEnded(kStart + 3'700'000, {}, {}); // an hour later nothing is left
    QCOMPARE(of(3'600'000), 0.0);
    trade(kStart - 50'000, btc->venue, btc->market, 7); // the clock was set back
    QCOMPARE(of(3'600'000), 7.0);
    QVERIFY(volumes.of("NONE/USD", 60'000).empty());
}

QTEST_GUILESS_MAIN(TestFlareValues)
#include "tst_flare_values.moc"
