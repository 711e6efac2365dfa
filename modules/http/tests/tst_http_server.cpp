// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/http/server.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <format>

using namespace chrona;
using namespace chrona::http;
using namespace std::chrono_literals;

namespace {

constexpr int kPatienceMs = 20'000;

std::unique_ptr<Server> serve(ServerLimits limits = {}, std::vector<std::string> hosts = {})
{
    auto server = Server::listen(
        {.hosts = std::move(hosts), .limits = limits}, [](const http::Request &request) {
            return Response{.body = request.method + " " + request.path + " " + request.body};
        });
    return server ? std::move(*server) : nullptr;
}

/// A peer that says what it likes.
class Peer {
public:
    explicit Peer(const Server &server)
    {
        m_socket.connectToHost(QString::fromStdString(server.address()), server.port());
        m_isConnected = m_socket.waitForConnected(kPatienceMs);
    }
    void say(const std::string &bytes)
    {
        m_socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
        m_socket.flush();
    }
    /// Until the text has come; what came, if it does not come any more.
    std::string hear(const std::string &until)
    {
        while (!m_heard.contains(until) && m_socket.waitForReadyRead(kPatienceMs))
            m_heard += m_socket.readAll().toStdString();
        return std::exchange(m_heard, {});
    }
    [[nodiscard]] bool isClosedByThem()
    {
        while (m_socket.state() == QAbstractSocket::ConnectedState)
            if (!m_socket.waitForReadyRead(kPatienceMs))
                break;
        return m_socket.state() != QAbstractSocket::ConnectedState;
    }
    [[nodiscard]] bool isConnected() const { return m_isConnected; }

private:
    QTcpSocket m_socket;
    std::string m_heard;
    bool m_isConnected = false;
};

std::string get(const Server &server, const std::string &more = {})
{
    return std::format("GET /a HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n", server.port(), more);
}

} // namespace

class TestHttpServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersOnOneConnection();
    void answersTheAskedOneAfterTheOther();
    void waitsForABody();
    void refusesPagesAndForeignNames_data();
    void refusesPagesAndForeignNames();
    void hostsOfThisMachine_data();
    void hostsOfThisMachine();
    void endsSlowRequests();
    void endsIdleConnections();
    void closesWhatIsTooMuch();
    void largeBodiesAreRefusedBeforeTheyCome();
    void aPeerThatDoesNotReadIsLeft();
    void aPortThatIsTakenIsSaid();
    void goesWhileItIsAsked();
};

void TestHttpServer::answersOnOneConnection()
{
    const auto server = serve();
    QVERIFY(server);
    Peer peer(*server);
    for (int i = 0; i < 3; ++i) {
        peer.say(get(*server));
        const std::string answer = peer.hear("GET /a ");
        QVERIFY2(answer.starts_with("HTTP/1.1 200 OK\r\n"), answer.c_str());
        QVERIFY(answer.contains("Content-Length: 7\r\n"));
    }
    peer.say(get(*server, "Connection: close\r\n"));
    QVERIFY(peer.hear("GET /a ").contains("Connection: close"));
    QVERIFY(peer.isClosedByThem());
    QCOMPARE(server->counts().answered, 4U);
    QTRY_COMPARE(server->counts().open, 0U);
}

void TestHttpServer::answersTheAskedOneAfterTheOther()
{
    const auto server = serve();
    Peer peer(*server);
    std::string many;
    for (int i = 0; i < 50; ++i)
        many +=
            std::format("POST /{} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Length: 2\r\n\r\nxy", i,
                        server->port());
    peer.say(many);
    const std::string answers = peer.hear("POST /49 xy");
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = answers.find(std::format("POST /{} xy", i), at);
        QVERIFY2(at != std::string::npos, answers.c_str());
    }
}

void TestHttpServer::waitsForABody()
{
    const auto server = serve();
    Peer peer(*server);
    peer.say(std::format("POST /b HTTP/1.1\r\nHost: localhost:{}\r\nExpect: 100-continue\r\n"
                         "Content-Length: 5\r\n\r\n",
                         server->port()));
    QCOMPARE(peer.hear("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    peer.say("wo");
    peer.say("rds");
    QVERIFY(peer.hear("POST /b words").contains("200 OK"));
}

void TestHttpServer::refusesPagesAndForeignNames_data()
{
    QTest::addColumn<QString>("head");
    QTest::addColumn<int>("status");
    QTest::newRow("a name that was made to point here") << "Host: evil.example" << 421;
    QTest::newRow("that name with our port") << "Host: evil.example:PORT" << 421;
    QTest::newRow("another port") << "Host: 127.0.0.1:1" << 421;
    QTest::newRow("a page") << "Host: 127.0.0.1:PORT\r\nOrigin: https://evil.example" << 403;
    QTest::newRow("a page of this machine")
        << "Host: 127.0.0.1:PORT\r\nOrigin: http://127.0.0.1:PORT" << 403;
    QTest::newRow("a page that hides itself") << "Host: 127.0.0.1:PORT\r\nOrigin: null" << 403;
    QTest::newRow("what a browser says of itself")
        << "Host: localhost:PORT\r\nSec-Fetch-Site: cross-site" << 403;
}

void TestHttpServer::refusesPagesAndForeignNames()
{
    QFETCH(QString, head);
    QFETCH(int, status);
    const auto server = serve();
    Peer peer(*server);
    head.replace(QStringLiteral("PORT"), QString::number(server->port()));
    peer.say(std::format("POST /a HTTP/1.1\r\n{}\r\n\r\n", head.toStdString()));
    const std::string answer = peer.hear("\r\n\r\n");
    QVERIFY2(answer.starts_with(std::format("HTTP/1.1 {} ", status)), answer.c_str());
    QVERIFY(peer.isClosedByThem());
    QCOMPARE(server->counts().answered, 0U);
    QCOMPARE(server->counts().refused, 1U);
}

void TestHttpServer::hostsOfThisMachine_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isOurs");
    QTest::newRow("its address") << "127.0.0.1:3101" << true;
    QTest::newRow("another of its addresses") << "127.0.0.2:3101" << true;
    QTest::newRow("the newer protocol's") << "[::1]:3101" << true;
    QTest::newRow("its name") << "LOCALHOST:3101" << true;
    QTest::newRow("a name that was allowed") << "host.docker.internal:3101" << true;
    QTest::newRow("that one without a port") << "host.docker.internal" << true;
    QTest::newRow("no port is 80") << "127.0.0.1" << false;
    QTest::newRow("an address elsewhere") << "192.0.2.7:3101" << false;
    QTest::newRow("any address") << "0.0.0.0:3101" << false;
    QTest::newRow("a name that begins like ours") << "localhost.evil.example:3101" << false;
    QTest::newRow("a broken bracket") << "[::1:3101" << false;
    QTest::newRow("a broken port") << "127.0.0.1:3101x" << false;
    QTest::newRow("nothing") << "" << false;
}

void TestHttpServer::hostsOfThisMachine()
{
    QFETCH(QString, host);
    QFETCH(bool, isOurs);
    QCOMPARE(isOurHost(host.toStdString(), 3101, {"host.docker.internal"}), isOurs);
}

void TestHttpServer::endsSlowRequests()
{
    const auto server = serve({.requestMax = 200ms});
    Peer peer(*server);
    peer.say("POST /a HTTP/1.1\r\nHost: localho"); // and never ends
    QVERIFY(peer.hear("\r\n\r\n").starts_with("HTTP/1.1 408 "));
    QVERIFY(peer.isClosedByThem());
    QTRY_COMPARE(server->counts().open, 0U);
}

void TestHttpServer::endsIdleConnections()
{
    const auto server = serve({.idleMax = 200ms});
    Peer peer(*server);
    peer.say(get(*server));
    QVERIFY(peer.hear("GET /a ").contains("200 OK"));
    QVERIFY(peer.isClosedByThem());
}

void TestHttpServer::closesWhatIsTooMuch()
{
    const auto server = serve({.connectionsMax = 2, .requestsMax = 2});
    Peer first(*server), second(*server);
    for (Peer *each : {&first, &second}) {
        each->say(get(*server));
        QVERIFY(each->hear("GET /a ").contains("keep-alive"));
    }
    Peer third(*server);
    QVERIFY(third.isClosedByThem());
    first.say(get(*server));
    QVERIFY(first.hear("GET /a ").contains("Connection: close"));
    QVERIFY(first.isClosedByThem());
    QTRY_COMPARE(server->counts().open, 1U);
    Peer fourth(*server);
    fourth.say(get(*server));
    QVERIFY(fourth.hear("GET /a ").contains("200 OK"));
}

void TestHttpServer::largeBodiesAreRefusedBeforeTheyCome()
{
    const auto server = serve({.request = {.bodyBytesMax = 100}});
    Peer peer(*server);
    peer.say(get(*server, "Content-Length: 101\r\n"));
    QVERIFY(peer.hear("\r\n\r\n").starts_with("HTTP/1.1 413 "));
    QVERIFY(peer.isClosedByThem());
}

void TestHttpServer::aPeerThatDoesNotReadIsLeft()
{
    const std::string large(8 << 20, 'x');
    auto server = Server::listen({.limits = {.sendMax = 300ms}}, [&large](const http::Request &) {
        return Response{.body = large};
    });
    QVERIFY(server);
    QTcpSocket socket;
    socket.setReadBufferSize(1'024);
    socket.connectToHost(QStringLiteral("127.0.0.1"), (*server)->port());
    QVERIFY(socket.waitForConnected(kPatienceMs));
    const std::string request = get(**server);
    socket.write(request.data(), static_cast<qint64>(request.size()));
    QVERIFY(socket.waitForBytesWritten(kPatienceMs));
    QTRY_COMPARE_WITH_TIMEOUT((*server)->counts().answered, 1U, kPatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT((*server)->counts().open, 0U, kPatienceMs);
}

void TestHttpServer::aPortThatIsTakenIsSaid()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const auto handler = [](const http::Request &) { return Response{}; };
    const auto taken = Server::listen({.port = other.serverPort()}, handler);
    QVERIFY(!taken);
    QVERIFY(taken.error().code == ErrorCode::Unavailable);
    const auto nowhere = Server::listen({.address = "here"}, handler);
    QVERIFY(!nowhere);
    QVERIFY(nowhere.error().code == ErrorCode::InvalidInput);
}

void TestHttpServer::goesWhileItIsAsked()
{
    auto server = serve();
    Peer peer(*server), other(*server);
    peer.say("POST /a HTTP/1.1\r\nHost: ");
    other.say(get(*server));
    QVERIFY(other.hear("GET /a ").contains("200 OK"));
    server.reset();
    QVERIFY(peer.isClosedByThem());
    QVERIFY(other.isClosedByThem());
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"
