// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/http_client.h"
#include "chrona/net/replay_server.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace chrona;
using namespace std::chrono_literals;
using net::AddressPolicy;
using net::Fault;

/// The real client over real sockets, against a server on loopback that misbehaves on request.
class TestNetwork : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void bodyArrivesWhole();
    void packedBodyIsUnpacked();
    void unchangedDocumentIsNotSentAgain();
    void faultEndsInAnError_data();
    void faultEndsInAnError();
    void busyServerIsAskedAgain();
    void redirectLoopEnds();
    void bombIsCutAtTheLimit();
    void nameIsTiedToTheJudgedAddress();
    void privateAddressIsNeverAsked_data();
    void privateAddressIsNeverAsked();
    void stopEndsARunningRequest();
    void manyThreadsAreServed();

private:
    class FakeResolver;
    [[nodiscard]] std::unique_ptr<net::HttpClient> client(AddressPolicy policy,
                                                          std::vector<std::string> addresses = {});
    [[nodiscard]] net::Request request(std::string_view path) const;

    std::unique_ptr<net::ReplayServer> m_server;
    std::shared_ptr<std::atomic<int>> m_lookups;
};

class TestNetwork::FakeResolver final : public net::Resolver {
public:
    FakeResolver(std::vector<std::string> addresses, std::shared_ptr<std::atomic<int>> lookups)
        : m_addresses(std::move(addresses)), m_lookups(std::move(lookups))
    {
    }
    Result<std::vector<std::string>> resolve(const std::string &, std::chrono::milliseconds,
                                             std::stop_token) override
    {
        ++*m_lookups;
        return m_addresses;
    }

private:
    std::vector<std::string> m_addresses;
    std::shared_ptr<std::atomic<int>> m_lookups;
};

void TestNetwork::init()
{
    m_server = std::make_unique<net::ReplayServer>();
    m_lookups = std::make_shared<std::atomic<int>>(0);
}

std::unique_ptr<net::HttpClient> TestNetwork::client(AddressPolicy policy,
                                                     std::vector<std::string> addresses)
{
    net::HttpClient::Options options;
    options.userAgent = "Chrona/test";
    options.hostRate = {.perSecond = 10'000, .burst = 1000, .concurrentMax = 16};
    options.backoffBase = 1ms;
    std::unique_ptr<net::Resolver> resolver;
    if (!addresses.empty())
        resolver = std::make_unique<FakeResolver>(std::move(addresses), m_lookups);
    return net::HttpClient::create(options, net::makeNetworkTransport(policy, std::move(resolver)))
        .value();
}

net::Request TestNetwork::request(std::string_view path) const
{
    net::Request request{.url = m_server->url(path)};
    request.timeouts = {
        .resolve = 5s, .connect = 5s, .firstByte = 300ms, .idle = 300ms, .total = 1s};
    request.attemptsMax = 1;
    return request;
}

void TestNetwork::bodyArrivesWhole()
{
    const std::string body(3'000'000, 'x');
    m_server->answer("/big", {.status = 200,
                              .headers = {{"Content-Type", "Application/JSON; charset=UTF-8"}},
                              .body = body});
    const auto response = client(AddressPolicy::PublicAndLoopback)->get(request("/big"));
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QVERIFY(response->body == body);
    QCOMPARE(response->contentType, std::string("application/json; charset=utf-8"));
    QCOMPARE(*net::find(m_server->received().front().headers, "User-Agent"),
             std::string("Chrona/test"));
}

void TestNetwork::packedBodyIsUnpacked()
{
    const std::string body = "{\"features\":[]}";
    m_server->answer(
        "/gz", {.status = 200, .headers = {{"Content-Encoding", "GZIP"}}, .body = net::gzip(body)});
    const auto response = client(AddressPolicy::PublicAndLoopback)->get(request("/gz"));
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QCOMPARE(response->body, body);
    QCOMPARE(response->wireBytes, net::gzip(body).size());
}

void TestNetwork::unchangedDocumentIsNotSentAgain()
{
    m_server->answer("/feed", {.status = 200, .headers = {{"ETag", "\"1\""}}, .body = "one"});
    const auto http = client(AddressPolicy::PublicAndLoopback);
    const auto first = http->get(request("/feed"));
    QVERIFY(first.has_value());
    auto again = request("/feed");
    again.validators = first->validators;
    const auto second = http->get(again);
    QVERIFY2(second.has_value(), second ? "" : second.error().what.c_str());
    QVERIFY(second->isNotModified());
    QVERIFY(second->body.empty());
}

void TestNetwork::faultEndsInAnError_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("lengthHeader");
    QTest::addColumn<int>("error"); // -1: any retryable one
    QTest::newRow("a reset in the body") << int(Fault::ResetInBody) << QByteArray() << -1;
    QTest::newRow("an early close in the body") << int(Fault::CloseInBody) << QByteArray() << -1;
    QTest::newRow("a body that drips")
        << int(Fault::SlowDrip) << QByteArray() << int(ErrorCode::Timeout);
    QTest::newRow("a server that never answers")
        << int(Fault::NeverAnswers) << QByteArray() << int(ErrorCode::Timeout);
    QTest::newRow("a length that is too large") << int(Fault::None) << QByteArray("2000") << -1;
    QTest::newRow("a length beyond the limit")
        << int(Fault::None) << QByteArray("99999999999") << int(ErrorCode::Exhausted);
}

void TestNetwork::faultEndsInAnError()
{
    QFETCH(int, fault);
    QFETCH(QByteArray, lengthHeader);
    QFETCH(int, error);
    net::Answer answer{
        .status = 200, .body = std::string(1000, 'x'), .fault = static_cast<Fault>(fault)};
    if (!lengthHeader.isEmpty())
        answer.headers.push_back({"Content-Length", lengthHeader.toStdString()});
    m_server->answer("/faulty", answer);
    const auto response = client(AddressPolicy::PublicAndLoopback)->get(request("/faulty"));
    QVERIFY(!response.has_value());
    qInfo("%s", response.error().what.c_str());
    if (error == -1)
        QVERIFY(response.error().retryable);
    else
        QCOMPARE(int(response.error().code), error);
}

void TestNetwork::busyServerIsAskedAgain()
{
    m_server->answer("/busy", {{.status = 503},
                               {.status = 429, .headers = {{"Retry-After", "0"}}},
                               {.status = 200, .body = "here"}});
    auto patient = request("/busy");
    patient.attemptsMax = 3;
    const auto response = client(AddressPolicy::PublicAndLoopback)->get(patient);
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QCOMPARE(response->body, std::string("here"));
    QCOMPARE(m_server->received().size(), 3U);
}

void TestNetwork::redirectLoopEnds()
{
    m_server->answer("/a", {.status = 302, .headers = {{"Location", "/b"}}});
    m_server->answer("/b", {.status = 302, .headers = {{"Location", "/a"}}});
    const auto response = client(AddressPolicy::PublicAndLoopback)->get(request("/a"));
    QVERIFY(!response.has_value());
    QVERIFY(response.error().what.contains("circle"));
    QCOMPARE(m_server->received().size(), 2U);
}

void TestNetwork::bombIsCutAtTheLimit()
{
    m_server->answer("/bomb", {.status = 200,
                               .headers = {{"Content-Encoding", "gzip"}},
                               .body = net::gzip(std::string(50'000'000, '\0'))});
    auto limited = request("/bomb");
    limited.sizes.bodyBytesMax = 1'000'000;
    const auto response = client(AddressPolicy::PublicAndLoopback)->get(limited);
    QVERIFY(!response.has_value());
    QVERIFY(response.error().code == ErrorCode::Exhausted);
    m_server->answer("/cut", {.status = 200,
                              .headers = {{"Content-Encoding", "gzip"}},
                              .body = net::gzip(std::string(5000, 'x')).substr(0, 20)});
    const auto cut = client(AddressPolicy::PublicAndLoopback)->get(request("/cut"));
    QVERIFY(!cut.has_value());
    QVERIFY(cut.error().code == ErrorCode::Corrupt);
}

void TestNetwork::nameIsTiedToTheJudgedAddress()
{
    m_server->answer("/feed", {.status = 200, .body = "one"});
    auto named = request("/feed");
    named.url = "http://feed.example:" + std::to_string(m_server->port()) + "/feed";
    const auto response = client(AddressPolicy::PublicAndLoopback, {"127.0.0.1"})->get(named);
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QCOMPARE(m_lookups->load(), 1); // no second lookup that could answer otherwise
    QCOMPARE(*net::find(m_server->received().front().headers, "Host"),
             "feed.example:" + std::to_string(m_server->port()));
}

void TestNetwork::privateAddressIsNeverAsked_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("resolved");
    QTest::newRow("an address of this machine") << QByteArray("127.0.0.1") << QByteArray();
    QTest::newRow("the same as a number") << QByteArray("2130706433") << QByteArray();
    QTest::newRow("the same in IPv6") << QByteArray("[::1]") << QByteArray();
    QTest::newRow("the same mapped") << QByteArray("[::ffff:127.0.0.1]") << QByteArray();
    QTest::newRow("a name that leads here")
        << QByteArray("feed.example") << QByteArray("127.0.0.1");
    QTest::newRow("a name that leads here too")
        << QByteArray("feed.example") << QByteArray("8.8.8.8,127.0.0.1");
    QTest::newRow("a name that leads into the local network")
        << QByteArray("feed.example") << QByteArray("192.168.1.1");
    QTest::newRow("a name that leads to the cloud's metadata")
        << QByteArray("feed.example") << QByteArray("169.254.169.254");
}

void TestNetwork::privateAddressIsNeverAsked()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, resolved);
    std::vector<std::string> addresses;
    for (const auto &address : resolved.split(','))
        if (!address.isEmpty())
            addresses.push_back(address.toStdString());
    auto named = request("/feed");
    named.url = "http://" + host.toStdString() + ":" + std::to_string(m_server->port()) + "/feed";
    const auto response = client(AddressPolicy::PublicOnly, addresses)->get(named);
    QVERIFY(!response.has_value());
    QVERIFY2(response.error().code == ErrorCode::Denied, response.error().what.c_str());
    QVERIFY(m_server->received().empty());
}

void TestNetwork::stopEndsARunningRequest()
{
    m_server->answer("/never", {.status = 200, .fault = Fault::NeverAnswers});
    auto patient = request("/never");
    patient.timeouts = {
        .resolve = 60s, .connect = 60s, .firstByte = 60s, .idle = 60s, .total = 60s};
    const auto http = client(AddressPolicy::PublicAndLoopback);
    std::optional<ErrorCode> code;
    std::jthread asking([&](std::stop_token stop) {
        const auto response = http->get(patient, stop);
        if (!response)
            code = response.error().code;
    });
    QTRY_COMPARE(m_server->received().size(), 1U);
    asking.request_stop();
    asking.join();
    QVERIFY(code == ErrorCode::Cancelled);
}

void TestNetwork::manyThreadsAreServed()
{
    m_server->answer("/feed", {.status = 200, .body = "one"});
    const auto http = client(AddressPolicy::PublicAndLoopback);
    std::atomic<int> served = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 10; ++j)
                    if (const auto response = http->get(request("/feed"));
                        response && response->body == "one")
                        ++served;
            });
    }
    QCOMPARE(served.load(), 80);
}

QTEST_GUILESS_MAIN(TestNetwork)
#include "tst_network.moc"
