// SPDX-License-Identifier: AGPL-3.0-or-later
#include "raw_client.h"
#include "test_service.h"

#include <QFile>
#include <QTest>
#include <QtEndian>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace chrona;
using namespace chrona::ipc;
using namespace chrona::ipc::testing;

/// What the server does with clients that do not behave.
class TestServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void wrongTokenIsDenied();
    void otherVersionIsDenied();
    void otherUserIsRefused();
    void kernelTellsTheUser();
    void silenceIsCutOff();
    void badConduct_data();
    void badConduct();
    void unknownRequestFailsAlone();
    void requestsAreLimited();
    void connectionsAreLimited();
    void stalledRowsCostLittle();
    void stalledNotificationsCostLittle();
    void piledUpAnswersAreCutOff();
    void floodOfRequestsIsHeldBack();
    void uploadBeyondCreditIsCutOff();
    void creditOutOfNothingIsCutOff();
    void droppedRequestStillEnds();
    void deadSocketFileIsReplaced();
    void secondServerIsRefused();
    void openFolderIsRefused();
    void longPathIsRefused();
    void tokenIsMadeOnceAndPrivate();

private:
    std::unique_ptr<TestService> m_service;
};

void TestServer::init()
{
    m_service = std::make_unique<TestService>();
    m_service->options.helloTimeout = std::chrono::seconds(20);
    QVERIFY(m_service->start());
}

void TestServer::cleanup()
{
    m_service.reset();
}

void TestServer::wrongTokenIsDenied()
{
    for (const std::string &token :
         {std::string(), std::string(64, '0'), m_service->options.token + "0",
          m_service->options.token.substr(1)}) {
        RawClient client(*m_service);
        Hello hello;
        hello.token = token;
        client.request(1, hello);
        const auto frame = client.next();
        QVERIFY(frame && frame->header.kind == FrameKind::Failure);
        QVERIFY(decode<Error>(bytesOf(frame->payload))->code == ErrorCode::Denied);
        QTRY_VERIFY(client.isClosed());
    }
    QCOMPARE(m_service->server->counters().refused, 4);
    QCOMPARE(m_service->server->counters().connections, 0);
}

void TestServer::otherVersionIsDenied()
{
    RawClient client(*m_service);
    Hello hello;
    hello.token = m_service->options.token;
    hello.protocolMin = hello.protocolMax = kProtocolVersion + 1;
    client.request(1, hello);
    const auto frame = client.next();
    QVERIFY(frame && frame->header.kind == FrameKind::Failure);
    QTRY_VERIFY(client.isClosed());
}

void TestServer::otherUserIsRefused()
{
    m_service->stop();
    Server::UserId asked = 0;
    m_service->options.admits = [&](Server::UserId user) {
        asked = user;
        return user == ::geteuid() + 1;
    };
    QVERIFY(m_service->start());
    RawClient client(*m_service);
    client.hello();
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(asked, ::geteuid());
    QCOMPARE(m_service->server->counters().refused, 1);
    QCOMPARE(client.socket.bytesAvailable(), 0);
}

void TestServer::kernelTellsTheUser()
{
    int pair[2];
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    QCOMPARE(peerUser(pair[0]).value(), ::geteuid());
    ::close(pair[0]);
    ::close(pair[1]);
    QVERIFY2(!peerUser(pair[0]), "a closed descriptor has no peer");
}

void TestServer::silenceIsCutOff()
{
    m_service->stop();
    m_service->options.helloTimeout = std::chrono::milliseconds(20);
    QVERIFY(m_service->start());
    RawClient client(*m_service);
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(m_service->server->counters().refused, 1);
}

void TestServer::badConduct_data()
{
    QTest::addColumn<bool>("afterHello");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray status = frameOf({0, FrameKind::Request, 0, StatusRequest::kType, 1},
                                      bytesOf(encode(StatusRequest{})));
    QByteArray large = frameOf({0, FrameKind::Request, 0, StatusRequest::kType, 1});
    qToLittleEndian(quint32{kFramePayloadBytesMax + 1}, large.data());
    QTest::newRow("a request before the hello") << false << status;
    QTest::newRow("garbage before the hello") << false << QByteArray(100, '\xee');
    QTest::newRow("a web browser")
        << false << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTest::newRow("a hello of a megabyte")
        << false
        << frameOf({0, FrameKind::Request, 0, Hello::kType, 1}, bytesOf(QByteArray(1 << 20, 'a')));
    QTest::newRow("a hello that is no CBOR")
        << false << frameOf({0, FrameKind::Request, 0, Hello::kType, 1}, bytesOf("\xff\xff"));
    QTest::newRow("garbage later") << true << QByteArray(100, '\xee');
    QTest::newRow("an oversized frame later") << true << large;
    QTest::newRow("a reply from a client")
        << true << frameOf({0, FrameKind::Reply, 0, Done::kType, 1});
    QTest::newRow("a notification from a client")
        << true << frameOf({0, FrameKind::Notification, 0, 1, 1});
}

void TestServer::badConduct()
{
    QFETCH(bool, afterHello);
    QFETCH(QByteArray, bytes);
    RawClient witness(*m_service);
    QVERIFY(witness.letIn());
    RawClient client(*m_service);
    if (afterHello)
        QVERIFY(client.letIn());
    client.socket.write(bytes);
    QTRY_VERIFY(client.isClosed());
    // Others are served on.
    witness.request(2, Ping{5});
    const auto frame = witness.next();
    QVERIFY(frame);
    QCOMPARE(decode<Pong>(bytesOf(frame->payload))->number, 5);
    QTRY_COMPARE(m_service->server->counters().connections, 1);
}

void TestServer::unknownRequestFailsAlone()
{
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    client.send({0, FrameKind::Request, 0, 0x7777, 2}, encode(Done{}));
    client.send({0, FrameKind::Request, 0, EventDetailRequest::kType, 3}, encode(Done{}));
    client.request(4, Ping{1});
    QVERIFY(client.next()->header.kind == FrameKind::Failure);
    const auto missing = client.next();
    QVERIFY(missing->header.kind == FrameKind::Failure && missing->header.correlation == 3);
    QVERIFY(decode<Error>(bytesOf(missing->payload))->code == ErrorCode::InvalidInput);
    QVERIFY(client.next()->header.kind == FrameKind::Reply);
}

void TestServer::requestsAreLimited()
{
    std::vector<Responder<StatusRequest>> waiting;
    m_service->handlers.onStatus = [&](StatusRequest, Responder<StatusRequest> responder) {
        waiting.push_back(std::move(responder));
    };
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    const int requestsMax = m_service->options.requestsMax;
    for (int request = 0; request <= requestsMax; ++request)
        client.request(10 + static_cast<std::uint64_t>(request), StatusRequest{});
    const auto frame = client.next();
    QVERIFY(frame && frame->header.kind == FrameKind::Failure);
    QVERIFY(decode<Error>(bytesOf(frame->payload))->code == ErrorCode::Exhausted);
    QCOMPARE(waiting.size(), static_cast<std::size_t>(requestsMax));
    QCOMPARE(m_service->server->counters().requestsOpen, requestsMax);
    client.request(10, Ping{}); // a number that is in use
    QTRY_VERIFY(client.isClosed());
    QTRY_COMPARE(m_service->server->counters().requestsOpen, 0);
    QVERIFY2(waiting.front().stopToken().stop_requested(), "the client is gone");
}

void TestServer::connectionsAreLimited()
{
    m_service->stop();
    m_service->options.connectionsMax = 2;
    QVERIFY(m_service->start());
    RawClient first(*m_service);
    QVERIFY(first.letIn());
    RawClient second(*m_service);
    QVERIFY(second.letIn());
    RawClient third(*m_service);
    QTRY_VERIFY(third.isClosed());
    second.socket.abort();
    QTRY_COMPARE(m_service->server->counters().connections, 1);
    RawClient fourth(*m_service);
    QVERIFY(fourth.letIn());
}

void TestServer::stalledRowsCostLittle()
{
    const std::shared_ptr<const schema::EventColumns> columns = madeColumns(1'000'000);
    m_service->handlers.onSnapshot = [&](EventSnapshotRequest, auto responder) {
        responder.reply({0, columns->size(), {}, {}}, columns);
    };
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    client.request(2, EventSnapshotRequest{});
    QTRY_VERIFY(m_service->server->counters().outgoingBytesPeak > 0);
    // Served by the same thread after everything that could be sent was sent.
    RawClient other(*m_service);
    QVERIFY(other.letIn());
    QVERIFY(m_service->server->counters().outgoingBytesPeak < (4 << 20));
    QCOMPARE(m_service->server->counters().requestsOpen, 1);
    // Without credit, reading alone gets the window and no more.
    client.socket.setReadBufferSize(0);
    QTRY_VERIFY(client.socket.bytesAvailable() >= static_cast<qint64>(kCreditBytesInitial));
    other.request(3, Ping{});
    QVERIFY(other.next());
    QVERIFY(client.socket.bytesAvailable() < static_cast<qint64>(kCreditBytesInitial + (2 << 20)));
    client.send({0, FrameKind::Cancel, 0, 0, 2});
    QTRY_COMPARE(m_service->server->counters().requestsOpen, 0);
}

void TestServer::stalledNotificationsCostLittle()
{
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    client.request(2, Subscribe{Topic::Status, {}, {}});
    QVERIFY(client.next()->header.kind == FrameKind::Reply);
    client.socket.setReadBufferSize(kFrameHeaderBytes);
    StatusChanged news;
    news.status.version = std::string(100'000, 'v');
    std::uint64_t newest = 0;
    for (int round = 0; round < 400; ++round) { // 40 MB, of which 8 are kept
        newest = m_service->server->publish(news);
        QCoreApplication::processEvents();
    }
    QVERIFY(m_service->server->counters().outgoingBytesPeak < (3 << 20));
    // It reads again: first what was on the way, then word of the gap, then what is still kept.
    std::optional<std::uint64_t> gap;
    std::uint64_t last = 0;
    while (!gap) {
        const auto frame = client.next();
        QVERIFY(frame && frame->header.kind == FrameKind::Notification);
        QVERIFY(frame->header.correlation > last);
        last = frame->header.correlation;
        if ((frame->header.flags & kFlagResync) != 0)
            gap = last;
    }
    QCOMPARE(*gap, newest);
    QCOMPARE(m_service->server->counters().resyncs, 1);
    QCOMPARE(m_service->server->publish(StatusChanged{}), newest + 1);
    QCOMPARE(client.next()->header.correlation, newest + 1);
}

void TestServer::piledUpAnswersAreCutOff()
{
    std::vector<Responder<StatusRequest>> waiting;
    m_service->handlers.onStatus = [&](StatusRequest, Responder<StatusRequest> responder) {
        waiting.push_back(std::move(responder));
    };
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    for (std::uint64_t request = 2; request < 22; ++request)
        client.request(request, StatusRequest{});
    QTRY_COMPARE(waiting.size(), 20U);
    StatusReply reply;
    reply.version = std::string(4 << 20, 'v');
    for (const auto &responder : waiting) // 80 MiB to a client that reads nothing
        responder.reply(reply);
    QTRY_COMPARE(m_service->server->counters().connections, 0);
    QCOMPARE(m_service->server->counters().stalled, 1);
    QVERIFY(m_service->server->counters().outgoingBytesPeak <=
            m_service->options.outgoingBytesMax + (5 << 20));
}

void TestServer::floodOfRequestsIsHeldBack()
{
    int served = 0;
    m_service->handlers.onStatus = [&](StatusRequest, Responder<StatusRequest> responder) {
        ++served;
        StatusReply reply;
        reply.version = std::string(1 << 20, 'v');
        responder.reply(reply);
    };
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    for (std::uint64_t request = 2; request < 42; ++request)
        client.request(request, StatusRequest{});
    RawClient other(*m_service);
    QVERIFY(other.letIn());
    QVERIFY2(served < 20, "requests are not read while answers wait");
    QCOMPARE(m_service->server->counters().stalled, 0);
    for (int answer = 0; answer < 40; ++answer)
        QVERIFY(client.next());
    QCOMPARE(served, 40);
}

void TestServer::uploadBeyondCreditIsCutOff()
{
    std::optional<Responder<ImportBegin>> waiting;
    m_service->handlers.onImport = [&](ImportBegin, Responder<ImportBegin> responder) {
        waiting = std::move(responder);
    };
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    client.request(2, ImportBegin{});
    const QByteArray piece(1 << 20, 'x');
    for (int count = 0; count < 8; ++count)
        client.send({0, FrameKind::Chunk, 0, 0, 2}, piece);
    QTRY_VERIFY(client.socket.bytesToWrite() == 0 && waiting);
    QVERIFY(!client.isClosed());
    client.send({0, FrameKind::Chunk, 0, 0, 2}, "x");
    QTRY_VERIFY(client.isClosed());
    const auto piece0 = waiting->upload().read();
    QVERIFY(!piece0 && piece0.error().code == ErrorCode::Cancelled);
}

void TestServer::creditOutOfNothingIsCutOff()
{
    std::optional<Responder<StatusRequest>> waiting;
    m_service->handlers.onStatus = [&](StatusRequest, auto responder) { waiting = responder; };
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    client.request(2, StatusRequest{});
    QTRY_VERIFY(waiting);
    client.send({0, FrameKind::Credit, 0, 0, 2}, QByteArray::fromHex("ffffffff"));
    QTRY_VERIFY(client.isClosed());
}

void TestServer::droppedRequestStillEnds()
{
    m_service->handlers.onStatus = [](StatusRequest, const Responder<StatusRequest> &) {};
    RawClient client(*m_service);
    QVERIFY(client.letIn());
    client.request(2, StatusRequest{});
    const auto frame = client.next();
    QVERIFY(frame && frame->header.kind == FrameKind::Failure);
    QCOMPARE(m_service->server->counters().requestsOpen, 0);
}

void TestServer::deadSocketFileIsReplaced()
{
    m_service->stop();
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    m_service->endpoint.socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
    QCOMPARE(::bind(dead, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    ::close(dead);
    QVERIFY(QFile::exists(m_service->options.socketPath));
    QVERIFY(m_service->start());
    RawClient client(*m_service);
    QVERIFY(client.letIn());
}

void TestServer::secondServerIsRefused()
{
    TestHandlers handlers;
    const auto second = Server::listen(m_service->options, dispatchTo(handlers));
    QVERIFY(!second);
    QVERIFY(second.error().code == ErrorCode::Conflict);
    RawClient client(*m_service);
    QVERIFY2(client.letIn(), "the first one serves on");
}

void TestServer::openFolderIsRefused()
{
    m_service->stop();
    QCOMPARE(::chmod(m_service->endpoint.runtimeFolder.c_str(), 0755), 0);
    const auto started = m_service->start();
    QVERIFY(!started && started.error().code == ErrorCode::Denied);
    QCOMPARE(::chmod(m_service->endpoint.runtimeFolder.c_str(), 0700), 0);
    QVERIFY(m_service->start());
}

void TestServer::longPathIsRefused()
{
    m_service->stop();
    m_service->options.socketPath = u'/' + QString(120, u'x');
    const auto started = m_service->start();
    QVERIFY(!started && started.error().code == ErrorCode::InvalidInput);
}

void TestServer::tokenIsMadeOnceAndPrivate()
{
    const auto file = m_service->endpoint.tokenFile;
    QCOMPARE(ensureToken(file).value(), m_service->options.token);
    QCOMPARE(m_service->options.token.size(), 64U);
    struct stat info = {};
    QCOMPARE(::stat(file.c_str(), &info), 0);
    QCOMPARE(info.st_mode & 0777U, 0600U);
    QCOMPARE(::chmod(file.c_str(), 0640), 0);
    const auto open = readToken(file);
    QVERIFY(!open && open.error().code == ErrorCode::Denied);
}

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
