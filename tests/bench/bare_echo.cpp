// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bare_echo.h"
#include "report.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QThread>

namespace chrona::bench {
namespace {

/// Lives on its own thread and sends back whatever comes.
class EchoServer : public QObject {
public:
    bool listen(const QString &name)
    {
        if (!m_server.listen(name))
            return false;
        QObject::connect(&m_server, &QLocalServer::newConnection, this, [this] {
            QLocalSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QLocalSocket::readyRead, socket,
                             [socket] { socket->write(socket->readAll()); });
        });
        return true;
    }

private:
    QLocalServer m_server{this};
};

bool roundTrip(QLocalSocket &socket, const QByteArray &message)
{
    socket.write(message);
    QByteArray back;
    while (back.size() < message.size()) {
        if (!socket.bytesAvailable() && !socket.waitForReadyRead(5'000))
            return false;
        back += socket.readAll();
    }
    return true;
}

} // namespace

Result<std::vector<double>> measureBareEcho(std::size_t rounds, std::size_t bytes)
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(QStringLiteral("echo.sock"));
    QThread thread;
    auto *server = new EchoServer;
    server->moveToThread(&thread);
    QObject::connect(&thread, &QThread::finished, server, &QObject::deleteLater);
    thread.start();
    bool listens = false;
    QMetaObject::invokeMethod(
        server, [&] { listens = server->listen(name); }, Qt::BlockingQueuedConnection);

    std::vector<double> samples;
    QLocalSocket socket;
    socket.connectToServer(name);
    bool works = listens && socket.waitForConnected(5'000);
    const QByteArray message(static_cast<qsizetype>(bytes), 'x');
    for (std::size_t round = 0; works && round < rounds; ++round) {
        const Stopwatch watch;
        works = roundTrip(socket, message);
        samples.push_back(watch.seconds() * 1e6);
    }
    socket.abort();
    thread.quit();
    thread.wait();
    if (!works)
        return fail(ErrorCode::Unavailable, "the bare echo did not answer");
    return samples;
}

} // namespace chrona::bench
