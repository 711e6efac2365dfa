// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <atomic>
#include <memory>

namespace chrona::e2e {

/// A value provider: 100 for every feed; and a P-chain of validators that are always there. On a
/// thread of its own, for who asks waits seconds only, and the test waits longer for its programs.
class ServedValues {
public:
    ServedValues()
    {
        m_context.moveToThread(&m_thread);
        m_thread.start();
        QMetaObject::invokeMethod(&m_context, [this] { serve(); }, Qt::BlockingQueuedConnection);
    }
    ~ServedValues()
    {
        m_thread.quit(); // what lives there goes with it
        m_thread.wait();
    }
    ServedValues(const ServedValues &) = delete;
    ServedValues &operator=(const ServedValues &) = delete;

    [[nodiscard]] QString url() const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_port);
    }

    std::atomic<int> answered = 0;

private:
    void serve()
    {
        auto *server = new QTcpServer;
        QObject::connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
        QObject::connect(server, &QTcpServer::newConnection, server, [this, server] {
            QTcpSocket *socket = server->nextPendingConnection();
            const auto asked = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::readyRead, socket,
                             [this, socket, asked] { answer(*socket, *asked); });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        server->listen(QHostAddress::LocalHost);
        m_port = server->serverPort();
    }
    void answer(QTcpSocket &socket, QByteArray &asked)
    {
        asked += socket.readAll();
        const qsizetype body = asked.indexOf("\r\n\r\n") + 4;
        const QJsonObject question = QJsonDocument::fromJson(asked.mid(body)).object();
        if (body < 4 || question.isEmpty())
            return; // not all of it is here
        const QJsonObject reply = question.contains(QStringLiteral("method"))
                                      ? validators(question)
                                      : values(asked, question);
        const QByteArray bytes = QJsonDocument(reply).toJson();
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                     "Content-Length: " +
                     QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes);
        socket.disconnectFromHost();
        asked.clear();
        ++answered;
    }
    static QJsonObject validators(const QJsonObject &question)
    {
        QJsonArray all;
        const QJsonObject parameters = question[QStringLiteral("params")].toObject();
        for (const QJsonValue &node : parameters[QStringLiteral("nodeIDs")].toArray())
            all.append(QJsonObject{{QStringLiteral("nodeID"), node},
                                   {QStringLiteral("stakeAmount"), QStringLiteral("4000000")},
                                   {QStringLiteral("connected"), true}});
        return {{QStringLiteral("id"), question[QStringLiteral("id")]},
                {QStringLiteral("result"), QJsonObject{{QStringLiteral("validators"), all}}}};
    }
    static QJsonObject values(const QByteArray &asked, const QJsonObject &question)
    {
        QJsonArray data;
        for (const QJsonValue &feed : question[QStringLiteral("feeds")].toArray())
            data.append(
                QJsonObject{{QStringLiteral("feed"), feed}, {QStringLiteral("value"), 100.0}});
        const QByteArray path = asked.split(' ').value(1);
        const int round = path.mid(path.lastIndexOf('/') + 1).toInt();
        return {{QStringLiteral("votingRoundId"), round}, {QStringLiteral("data"), data}};
    }
    QThread m_thread;
    QObject m_context; ///< whose thread has ended when it goes
    quint16 m_port = 0;
};

} // namespace chrona::e2e
