// SPDX-License-Identifier: AGPL-3.0-or-later
#include "test_service.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTest>
#include <QThread>

#include <algorithm>

using namespace chrona;
using namespace chrona::ipc;
using namespace chrona::ipc::testing;

/// Prints how fast a round trip and a million rows are, beside what bare sockets do here. Nothing
/// is asserted about time: docs/benchmarks.md holds the figures of the reference machine.
class TestIpcSpeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void bareEcho();
    void roundTrip();
    void roundTripOfStatus();
    void millionRows();

private:
    static void print(const char *what, std::vector<double> microseconds);

    QThread m_thread;
    std::unique_ptr<TestService> m_service;
    std::shared_ptr<const schema::EventColumns> m_columns = madeColumns(1'000'000);
};

void TestIpcSpeed::initTestCase()
{
    m_service = std::make_unique<TestService>();
    m_service->handlers.onStatus = [](StatusRequest, auto responder) {
        StatusReply reply;
        reply.version = "1";
        reply.queues.resize(5);
        reply.connectors.resize(10);
        responder.reply(reply);
    };
    m_service->handlers.onSnapshot = [this](EventSnapshotRequest, auto responder) {
        responder.reply({0, m_columns->size(), {}, {}}, m_columns);
    };
    m_thread.start();
    auto *worker = new QObject;
    worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, worker, &QObject::deleteLater);
    Status started;
    QMetaObject::invokeMethod(
        worker, [&] { started = m_service->start(); }, Qt::BlockingQueuedConnection);
    QVERIFY(started);
    connect(
        &m_thread, &QThread::finished, m_service->server.get(), [this] { m_service->stop(); },
        Qt::DirectConnection);
}

void TestIpcSpeed::cleanupTestCase()
{
    m_thread.quit();
    m_thread.wait();
}

void TestIpcSpeed::print(const char *what, std::vector<double> microseconds)
{
    std::ranges::sort(microseconds);
    const auto at = [&](double share) {
        return microseconds[static_cast<std::size_t>(share *
                                                     static_cast<double>(microseconds.size() - 1))];
    };
    qInfo("%s: n %zu, p50 %.0f us, p90 %.0f us, p99 %.0f us, max %.0f us", what,
          microseconds.size(), at(0.5), at(0.9), at(0.99), microseconds.back());
}

void TestIpcSpeed::bareEcho()
{
    const QString path =
        QString::fromStdString((m_service->endpoint.runtimeFolder / "echo.sock").string());
    QObject *worker = new QObject;
    worker->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        worker,
        [worker, path] {
            auto *server = new QLocalServer(worker);
            server->listen(path);
            connect(server, &QLocalServer::newConnection, server, [server] {
                QLocalSocket *socket = server->nextPendingConnection();
                connect(socket, &QLocalSocket::readyRead, socket, [socket] {
                    socket->write(socket->readAll());
                    socket->flush();
                });
            });
        },
        Qt::BlockingQueuedConnection);
    QLocalSocket socket;
    socket.connectToServer(path);
    QVERIFY(socket.waitForConnected());
    std::vector<double> times;
    QEventLoop loop;
    QElapsedTimer timer;
    const auto send = [&] {
        timer.start();
        socket.write(QByteArray(32, 'x'));
        socket.flush();
    };
    connect(&socket, &QLocalSocket::readyRead, &loop, [&] {
        socket.readAll();
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1000);
        times.size() < 20'000 ? send() : loop.quit();
    });
    send();
    loop.exec();
    print("bare QLocalSocket echo", times);
    QMetaObject::invokeMethod(worker, &QObject::deleteLater);
}

namespace {

template <class Request> std::vector<double> measure(const ClientOptions &options, int rounds)
{
    Client client(options);
    QEventLoop loop;
    QElapsedTimer timer;
    std::vector<double> times;
    std::function<void()> send = [&] {
        timer.start();
        client.send<Request>(
            {}, {[&](const auto &answer) {
                if (answer)
                    times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1000);
                answer &&static_cast<int>(times.size()) < rounds ? send() : loop.quit();
            }});
    };
    QObject::connect(&client, &Client::stateChanged, &loop, [&] {
        if (client.state() == Client::State::Connected)
            send();
    });
    client.open();
    loop.exec();
    return times;
}

} // namespace

void TestIpcSpeed::roundTrip()
{
    const auto times = measure<Ping>(m_service->clientOptions(), 20'000);
    QCOMPARE(times.size(), 20'000U);
    print("round trip (ping)", times);
}

void TestIpcSpeed::roundTripOfStatus()
{
    const auto times = measure<StatusRequest>(m_service->clientOptions(), 5'000);
    QCOMPARE(times.size(), 5'000U);
    print("round trip (status with 15 entries)", times);
}

void TestIpcSpeed::millionRows()
{
    const auto times = measure<EventSnapshotRequest>(m_service->clientOptions(), 10);
    QCOMPARE(times.size(), 10U);
    print("1,000,000 rows x 11 columns (38 MB)", times);
    const auto counters = m_service->server->counters();
    qInfo("most that waited for the client: %lld KiB",
          static_cast<long long>(counters.outgoingBytesPeak / 1024));
    std::vector<double> copies;
    for (int round = 0; round < 10; ++round) {
        QElapsedTimer timer;
        timer.start();
        const schema::EventColumns copy = *m_columns;
        copies.push_back(static_cast<double>(timer.nsecsElapsed()) / 1000);
        QCOMPARE(copy.size(), m_columns->size());
    }
    print("for comparison, one copy of the columns in memory", copies);
}

QTEST_GUILESS_MAIN(TestIpcSpeed)
#include "tst_ipc_speed.moc"
