// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/http_client.h"

#include <QTemporaryDir>
#include <QTest>

#include <deque>

using namespace chrona;
using namespace std::chrono_literals;
using net::Exchange;

/// The client's decisions, over a transport that answers from a list: no socket and no waiting.
class TestHttpClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void passingFaultIsTriedAgain_data();
    void passingFaultIsTriedAgain();
    void finalStatusIsNotTriedAgain_data();
    void finalStatusIsNotTriedAgain();
    void retryAfterIsObeyed();
    void longRetryAfterClosesTheHost();
    void rateSpacesRequests();
    void validatorsAreSentAndKept();
    void notModifiedWithoutValidatorsIsAnError();
    void redirectIsFollowedWhereAllowed();
    void redirectElsewhereIsRefused_data();
    void redirectElsewhereIsRefused();
    void keysStayWithTheirHost();
    void queryStaysOutOfMessages();
    void headerCannotBeForged();
    void stopEndsRetries();
    void namelessClientIsRefused();
    void recordingIsReplayed();
    void postIsSaidOnce();

private:
    struct Script {
        std::deque<Result<Exchange>> answers;
        std::vector<net::Request> asked;
    };
    class FakeTransport;
    class FakeWaiter;

    Result<net::Response> get(const net::Request &request)
    {
        return m_client->get(request, m_stop.get_token());
    }

    std::shared_ptr<Script> m_script;
    std::shared_ptr<ManualClock> m_clock;
    std::shared_ptr<FakeWaiter> m_waiter;
    std::stop_source m_stop;
    std::unique_ptr<net::HttpClient> m_client;
};

class TestHttpClient::FakeTransport final : public net::Transport {
public:
    explicit FakeTransport(std::shared_ptr<Script> script) : m_script(std::move(script)) {}
    Result<Exchange> send(const net::Request &request, std::stop_token) override
    {
        m_script->asked.push_back(request);
        if (m_script->answers.empty())
            return fail(ErrorCode::InvalidInput, "the script has ended");
        auto answer = m_script->answers.front();
        m_script->answers.pop_front();
        return answer;
    }

private:
    std::shared_ptr<Script> m_script;
};

class TestHttpClient::FakeWaiter final : public net::Waiter {
public:
    explicit FakeWaiter(ManualClock &clock) : m_clock(clock) {}
    void wait(std::chrono::milliseconds time, std::stop_token) override
    {
        waits.push_back(time);
        m_clock.advance(time);
    }
    std::vector<std::chrono::milliseconds> waits;

private:
    ManualClock &m_clock;
};

namespace {

Exchange status(int code, net::Headers headers = {}, std::string body = {})
{
    return {code, std::move(headers), std::move(body)};
}

constexpr const char *kUrl = "https://example.org/feed?key=secret";

} // namespace

void TestHttpClient::init()
{
    m_script = std::make_shared<Script>();
    m_clock = std::make_shared<ManualClock>(Instant(1'795'248'000s));
    m_waiter = std::make_shared<FakeWaiter>(*m_clock);
    m_stop = {};
    net::HttpClient::Options options;
    options.userAgent = "Chrona/test";
    options.hostRate = {.perSecond = 100, .burst = 100, .concurrentMax = 4};
    options.jitterSeed = 7;
    m_client = net::HttpClient::create(options, std::make_unique<FakeTransport>(m_script), m_clock,
                                       m_waiter)
                   .value();
}

void TestHttpClient::passingFaultIsTriedAgain_data()
{
    QTest::addColumn<int>("code"); // 0: the connection broke
    for (const int code : {0, 408, 429, 500, 502, 503, 504})
        QTest::newRow(std::to_string(code).c_str()) << code;
}

void TestHttpClient::passingFaultIsTriedAgain()
{
    QFETCH(int, code);
    const Result<Exchange> fault = code == 0
                                       ? Result<Exchange>(fail(ErrorCode::Unavailable, "broken"))
                                       : Result<Exchange>(status(code));
    m_script->answers = {fault, fault, status(200, {}, "here")};
    const auto response = get({.url = kUrl});
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QCOMPARE(response->body, std::string("here"));
    QCOMPARE(response->attempts, 3);
    QCOMPARE(m_waiter->waits.size(), 2U);
    QVERIFY(m_waiter->waits[0] <= 500ms);
    QVERIFY(m_waiter->waits[1] <= 1000ms);

    m_script->answers = {fault, fault, fault, status(200)};
    const auto refused = get({.url = kUrl});
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().retryable);
}

void TestHttpClient::finalStatusIsNotTriedAgain_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("error");
    QTest::newRow("not found") << 404 << int(ErrorCode::NotFound);
    QTest::newRow("gone") << 410 << int(ErrorCode::NotFound);
    QTest::newRow("forbidden") << 403 << int(ErrorCode::Denied);
    QTest::newRow("no key") << 401 << int(ErrorCode::Denied);
    QTest::newRow("bad request") << 400 << int(ErrorCode::InvalidInput);
    QTest::newRow("a redirect to nowhere") << 302 << int(ErrorCode::InvalidInput);
    QTest::newRow("not implemented") << 501 << int(ErrorCode::Unavailable);
}

void TestHttpClient::finalStatusIsNotTriedAgain()
{
    QFETCH(int, code);
    m_script->answers = {status(code), status(200)};
    const auto response = get({.url = kUrl});
    QVERIFY(!response.has_value());
    QTEST(int(response.error().code), "error");
    QVERIFY(!response.error().retryable);
    QCOMPARE(m_script->asked.size(), 1U);
}

void TestHttpClient::retryAfterIsObeyed()
{
    m_script->answers = {status(429, {{"retry-after", "20"}}), status(200)};
    QVERIFY(get({.url = kUrl}).has_value());
    std::chrono::milliseconds waited{0};
    for (const auto wait : m_waiter->waits)
        waited += wait;
    QVERIFY2(waited >= 20s, std::to_string(waited.count()).c_str());
}

void TestHttpClient::longRetryAfterClosesTheHost()
{
    m_script->answers = {status(503, {{"Retry-After", "3600"}}), status(200)};
    const auto response = get({.url = kUrl});
    QVERIFY(!response.has_value());
    QVERIFY(response.error().code == ErrorCode::Exhausted);
    QVERIFY(m_client->closedUntil("example.org").has_value());
    const auto second = get({.url = "https://example.org/other"});
    QVERIFY(!second.has_value());
    QCOMPARE(m_script->asked.size(), 1U); // nobody asked while the host is closed
    m_clock->advance(3600s);
    QVERIFY(get({.url = kUrl}).has_value());
}

void TestHttpClient::rateSpacesRequests()
{
    const net::Request request{
        .url = kUrl, .rateKey = "slow", .rate = {.perSecond = 0.5, .burst = 1, .concurrentMax = 1}};
    m_script->answers = {status(200), status(200), status(200)};
    for (int i = 0; i < 3; ++i)
        QVERIFY(get(request).has_value());
    QCOMPARE(m_waiter->waits.size(), 2U);
    QVERIFY(m_waiter->waits[0] == 2000ms);
    QVERIFY(m_waiter->waits[1] == 2000ms);
}

void TestHttpClient::validatorsAreSentAndKept()
{
    m_script->answers = {
        status(200, {{"ETag", "\"a\""}, {"Last-Modified", "Sat, 21 Nov 2026 07:00:00 GMT"}}, "x"),
        status(304)};
    const auto first = get({.url = kUrl});
    QVERIFY(first.has_value());
    QVERIFY(!first->isNotModified());
    const auto second = get({.url = kUrl, .validators = first->validators});
    QVERIFY(second.has_value());
    QVERIFY(second->isNotModified());
    QCOMPARE(*net::find(m_script->asked[1].headers, "if-none-match"), std::string("\"a\""));
    QCOMPARE(*net::find(m_script->asked[1].headers, "if-modified-since"),
             std::string("Sat, 21 Nov 2026 07:00:00 GMT"));
    QCOMPARE(*net::find(m_script->asked[1].headers, "user-agent"), std::string("Chrona/test"));
    QVERIFY(second->validators == first->validators);
}

void TestHttpClient::notModifiedWithoutValidatorsIsAnError()
{
    m_script->answers = {status(304)};
    QVERIFY(!get({.url = kUrl}).has_value());
}

void TestHttpClient::redirectIsFollowedWhereAllowed()
{
    m_script->answers = {status(301, {{"Location", "/there"}}),
                         status(302, {{"Location", "https://cdn.example/x"}}),
                         status(200, {}, "here")};
    const auto response =
        get({.url = kUrl, .allowHost = [](std::string_view host, std::uint16_t port) {
                 return (host == "example.org" || host == "cdn.example") && port == 443;
             }});
    QVERIFY2(response.has_value(), response ? "" : response.error().what.c_str());
    QCOMPARE(response->url, std::string("https://cdn.example/x"));
}

void TestHttpClient::redirectElsewhereIsRefused_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<int>("error");
    QTest::newRow("a host that is not allowed")
        << QByteArray("https://evil.example/") << int(ErrorCode::Denied);
    QTest::newRow("another port") << QByteArray("https://example.org:8443/")
                                  << int(ErrorCode::Denied);
    QTest::newRow("from https to http")
        << QByteArray("http://example.org/feed") << int(ErrorCode::Denied);
    QTest::newRow("a file") << QByteArray("file:///etc/passwd") << int(ErrorCode::InvalidInput);
    QTest::newRow("user information")
        << QByteArray("https://example.org@evil.example/") << int(ErrorCode::Denied);
    QTest::newRow("to itself") << QByteArray("/feed?key=secret") << int(ErrorCode::Corrupt);
}

void TestHttpClient::redirectElsewhereIsRefused()
{
    QFETCH(QByteArray, location);
    m_script->answers = {status(302, {{"Location", location.toStdString()}}), status(200)};
    const auto response = get({.url = kUrl});
    QVERIFY(!response.has_value());
    QCOMPARE(m_script->asked.size(), 1U);
    if (QTest::currentDataTag() != std::string_view("a file"))
        QTEST(int(response.error().code), "error");
}

void TestHttpClient::keysStayWithTheirHost()
{
    m_script->answers = {status(302, {{"Location", "https://cdn.example/x"}}), status(200)};
    QVERIFY(get({.url = kUrl,
                 .headers = {{"Authorization", "Token secret"}, {"Accept", "text/csv"}},
                 .allowHost = [](std::string_view, std::uint16_t) { return true; }})
                .has_value());
    QVERIFY(net::find(m_script->asked[0].headers, "authorization") != nullptr);
    QVERIFY(net::find(m_script->asked[1].headers, "authorization") == nullptr);
    QVERIFY(net::find(m_script->asked[1].headers, "accept") != nullptr);
}

void TestHttpClient::queryStaysOutOfMessages()
{
    m_script->answers = {status(404)};
    const auto response = get({.url = kUrl});
    QVERIFY(!response.has_value());
    QVERIFY(!describe(response.error()).contains("secret"));
}

void TestHttpClient::headerCannotBeForged()
{
    QVERIFY(!get({.url = kUrl, .headers = {{"Accept", "x\r\nHost: evil.example"}}}).has_value());
    QVERIFY(
        !get({.url = kUrl, .validators = {.etag = "\"a\"\nX: y", .lastModified = {}}}).has_value());
    QVERIFY(m_script->asked.empty());
}

void TestHttpClient::stopEndsRetries()
{
    m_script->answers = {status(500), status(200)};
    m_stop.request_stop();
    const auto response = get({.url = kUrl});
    QVERIFY(!response.has_value());
    QVERIFY(response.error().code == ErrorCode::Cancelled);
}

void TestHttpClient::namelessClientIsRefused()
{
    QVERIFY(!net::HttpClient::create({}, std::make_unique<FakeTransport>(m_script)).has_value());
}

void TestHttpClient::recordingIsReplayed()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    const Exchange answer =
        status(200, {{"Content-Type", "text/plain"}, {"X-Empty", ""}}, std::string("a\n\nb\0c", 6));
    m_script->answers = {answer};
    auto recorder = net::makeRecordingTransport(std::make_unique<FakeTransport>(m_script), path);
    QVERIFY(recorder.has_value());
    QVERIFY((*recorder)->send({.url = kUrl}, {}).has_value());
    auto replay = net::makeReplayTransport(path);
    QVERIFY(replay.has_value());
    const auto replayed = (*replay)->send({.url = kUrl}, {});
    QVERIFY2(replayed.has_value(), replayed ? "" : replayed.error().what.c_str());
    QCOMPARE(replayed->status, 200);
    QCOMPARE(replayed->body, answer.body);
    QVERIFY(replayed->headers == answer.headers);
    const auto unknown = (*replay)->send({.url = "https://example.org/other"}, {});
    QVERIFY(!unknown.has_value() && unknown.error().code == ErrorCode::NotFound);
    for (const auto &file : std::filesystem::directory_iterator(path))
        QVERIFY(!file.path().string().contains("secret"));
}

void TestHttpClient::postIsSaidOnce()
{
    const net::Request request{.url = kUrl, .body = "{}"};
    m_script->answers = {status(503), status(200)};
    QVERIFY(!get(request));
    QCOMPARE(m_script->asked.size(), std::size_t{1});
    m_script->answers = {status(307, {{"Location", "https://example.org/other"}}), status(200)};
    QVERIFY(!get(request));
    QCOMPARE(m_script->asked.size(), std::size_t{2});
    QCOMPARE(m_script->asked.back().body.value_or(""), std::string("{}"));
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_http_client.moc"
