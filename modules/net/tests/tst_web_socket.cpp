// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/replay_server.h"
#include "chrona/net/web_socket.h"

#include <QTest>

#include <thread>

using namespace chrona;
using namespace std::chrono_literals;
using net::AddressPolicy;
using net::StreamStep;
using Does = net::StreamStep::Kind;

/// The real client over real sockets, against scripted streams on loopback.
class TestWebSocket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void talkGoesBothWays();
    void pingIsAnswered();
    void silentPeerIsPingedAndThenGivenUp();
    void whatCameBeforeTheEndIsHandedOut();
    void faultEndsInAnError_data();
    void faultEndsInAnError();
    void clientIsRefused_data();
    void clientIsRefused();
    void floodIsHeldBack();
    void stopEndsTheWait();
    void privateAddressIsNeverAsked();
    void plainStreamIsForLoopbackOnly();
    void hostOutsideTheRuleIsNotAsked();
    void serverWithoutTlsIsRefused();
    void headersCannotBeForged();

private:
    [[nodiscard]] Result<std::unique_ptr<net::WebSocket>> open(std::vector<net::StreamStep> steps);
    [[nodiscard]] net::StreamRequest request() const;

    std::unique_ptr<net::ReplayServer> m_server;
    std::unique_ptr<net::WebSocketClient> m_client;
};

namespace {

/// The next message, however long a loaded machine takes.
Result<std::string> textOf(net::WebSocket &socket)
{
    auto message = socket.next(60s, {});
    if (!message)
        return std::unexpected(message.error());
    return *message ? std::move((*message)->payload) : std::string("nothing");
}

} // namespace

void TestWebSocket::init()
{
    m_client = net::makeWebSocketClient(AddressPolicy::PublicAndLoopback);
    m_server = std::make_unique<net::ReplayServer>();
}

net::StreamRequest TestWebSocket::request() const
{
    net::StreamRequest request{.url = m_server->streamUrl("/ws?a=b")};
    request.messageBytesMax = 100'000;
    return request;
}

Result<std::unique_ptr<net::WebSocket>> TestWebSocket::open(std::vector<net::StreamStep> steps)
{
    m_server->stream("/ws", {{.steps = std::move(steps)}});
    return m_client->open(request(), {});
}

void TestWebSocket::talkGoesBothWays()
{
    auto socket = open({{Does::Expect, "subscribe"},
                        {Does::Say, "price 1"},
                        {Does::SayInTwo, "price 2 in two parts"},
                        {Does::SayBinary, std::string("\x00\xff", 2)}});
    QVERIFY2(socket, socket ? "" : socket.error().what.c_str());
    QVERIFY((*socket)->send("subscribe"));
    QCOMPARE(textOf(**socket).value(), std::string("price 1"));
    QCOMPARE(textOf(**socket).value(), std::string("price 2 in two parts"));
    const auto binary = (*socket)->next(60s, {});
    QVERIFY(binary && *binary && (*binary)->isBinary);
    QVERIFY(!*(*socket)->next(0ms, {}));
    QCOMPARE(m_server->received().back().target, std::string("/ws?a=b"));
}

void TestWebSocket::pingIsAnswered()
{
    auto socket = open({{Does::Ping, "are you there"}});
    QVERIFY(socket);
    QTRY_COMPARE_WITH_TIMEOUT(m_server->heard("/ws"),
                              std::vector<std::string>{"pong are you there"}, 60'000);
}

void TestWebSocket::silentPeerIsPingedAndThenGivenUp()
{
    m_server->stream("/ws", {{.steps = {{Does::HalfFrame, "never whole"}}}});
    auto silent = request();
    silent.silenceMax = 50ms;
    // A scripted server answers pings, so a message that never gets whole is no silence …
    auto socket = m_client->open(silent, {});
    QVERIFY(socket);
    QVERIFY(!*(*socket)->next(300ms, {}));
    // … and one that says nothing at all does not even open.
    m_server->stream("/ws", {{.isStalled = true}});
    silent.handshakeMax = 50ms;
    const auto none = m_client->open(silent, {});
    QVERIFY(!none);
    QVERIFY(none.error().code == ErrorCode::Timeout);
}

void TestWebSocket::whatCameBeforeTheEndIsHandedOut()
{
    auto socket = open({{Does::Say, "one"}, {Does::Say, "two"}, {Does::Close, "restart", 1012}});
    QVERIFY(socket);
    QCOMPARE(textOf(**socket).value(), std::string("one"));
    QCOMPARE(textOf(**socket).value(), std::string("two"));
    const auto end = textOf(**socket);
    QVERIFY(!end);
    QVERIFY(end.error().code == ErrorCode::Unavailable);
    QCOMPARE(end.error().what, std::string("the server closed the stream (1012 restart): restart"));
    QVERIFY(!(*socket)->send("too late"));
}

void TestWebSocket::faultEndsInAnError_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::newRow("a reset") << int(Does::Drop) << QByteArray() << int(ErrorCode::Unavailable);
    QTest::newRow("bytes that are no frame")
        << int(Does::Garbage) << QByteArray("HTTP/1.1 500\r\n\r\n") << int(ErrorCode::Corrupt);
    QTest::newRow("a text that is not UTF-8")
        << int(Does::Say) << QByteArray("\xc3\x28") << int(ErrorCode::Corrupt);
    QTest::newRow("a message over the limit")
        << int(Does::Say) << QByteArray(100'001, 'x') << int(ErrorCode::Exhausted);
    QTest::newRow("a close without a code")
        << int(Does::Close) << QByteArray() << int(ErrorCode::Unavailable);
}

void TestWebSocket::faultEndsInAnError()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    auto socket = open({{Does::Say, "one"}, {static_cast<Does>(kind), text.toStdString()}});
    QVERIFY(socket);
    // A reset may overtake what was said before it.
    auto message = textOf(**socket);
    if (message)
        message = textOf(**socket);
    QVERIFY(!message);
    QCOMPARE(int(message.error().code), code);
}

void TestWebSocket::clientIsRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    QTest::newRow("by place") << 451 << int(ErrorCode::Denied);
    QTest::newRow("too often") << 429 << int(ErrorCode::Exhausted);
    QTest::newRow("no such stream") << 404 << int(ErrorCode::NotFound);
    QTest::newRow("a plain answer") << 200 << int(ErrorCode::InvalidInput);
    QTest::newRow("a redirect is not followed") << 302 << int(ErrorCode::InvalidInput);
    QTest::newRow("maintenance") << 503 << int(ErrorCode::Unavailable);
}

void TestWebSocket::clientIsRefused()
{
    QFETCH(int, status);
    QFETCH(int, code);
    m_server->stream("/ws", {{.status = status}});
    const auto socket = m_client->open(request(), {});
    QVERIFY(!socket);
    QCOMPARE(int(socket.error().code), code);
}

void TestWebSocket::floodIsHeldBack()
{
    constexpr std::uint32_t kMessages = 20'000;
    m_server->stream(
        "/ws", {{.steps = {{Does::Flood, std::string(500, 'x'), kMessages}, {Does::Say, "last"}}}});
    auto narrow = request();
    narrow.waitingBytesMax = 50'000; // the flood is two hundred times that
    auto socket = m_client->open(narrow, {});
    QVERIFY(socket);
    for (std::uint32_t i = 0; i < kMessages; ++i)
        QCOMPARE(textOf(**socket).value().size(), std::size_t{500});
    QCOMPARE(textOf(**socket).value(), std::string("last"));
}

void TestWebSocket::stopEndsTheWait()
{
    auto socket = open({});
    QVERIFY(socket);
    std::stop_source stop;
    Result<std::optional<net::Received>> got = std::nullopt;
    std::jthread reader([&] { got = (*socket)->next(60s, stop.get_token()); });
    stop.request_stop();
    reader.join();
    QVERIFY(!got);
    QVERIFY(got.error().code == ErrorCode::Cancelled);
}

void TestWebSocket::privateAddressIsNeverAsked()
{
    const auto client = net::makeWebSocketClient(AddressPolicy::PublicOnly);
    for (const char *url : {"wss://127.0.0.1/ws", "wss://10.0.0.1/ws", "wss://[::1]/ws"}) {
        const auto socket = client->open({.url = url}, {});
        QVERIFY(!socket);
        QVERIFY2(socket.error().code == ErrorCode::Denied, url);
    }
}

void TestWebSocket::plainStreamIsForLoopbackOnly()
{
    const auto client = net::makeWebSocketClient(AddressPolicy::PublicOnly);
    for (const char *url : {"ws://example.org/", "http://example.org/", "wss:///"}) {
        const auto socket = client->open({.url = url}, {});
        QVERIFY(!socket);
        QVERIFY2(socket.error().code == ErrorCode::InvalidInput, url);
    }
}

void TestWebSocket::hostOutsideTheRuleIsNotAsked()
{
    auto ruled = request();
    ruled.allowHost = [](std::string_view host, std::uint16_t) { return host == "example.org"; };
    m_server->stream("/ws", {{}});
    const auto socket = m_client->open(ruled, {});
    QVERIFY(!socket);
    QVERIFY(socket.error().code == ErrorCode::Denied);
    QCOMPARE(m_server->opened("/ws"), std::size_t{0});
}

void TestWebSocket::serverWithoutTlsIsRefused()
{
    auto secure = request();
    secure.url = "wss" + secure.url.substr(2);
    secure.connectMax = 200ms; // it waits for words that are none of TLS
    const auto socket = m_client->open(secure, {});
    QVERIFY(!socket);
    QCOMPARE(m_server->opened("/ws"), std::size_t{0});
}

void TestWebSocket::headersCannotBeForged()
{
    for (const net::Header &header : {net::Header{"Host", "other"}, net::Header{"X", "a\r\nB: c"},
                                      net::Header{"Sec-WebSocket-Extensions", "permessage"}}) {
        m_server->stream("/ws", {{}});
        auto forged = request();
        forged.headers = {header};
        const auto socket = m_client->open(forged, {});
        QVERIFY(!socket);
        QVERIFY(socket.error().code == ErrorCode::InvalidInput);
    }
}

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_web_socket.moc"
