// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace chrona::e2e {

/// A value provider: 100 for every feed.
class ServedValues : public QTcpServer {
public:
    ServedValues()
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(*socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        });
        listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] QString url() const
    {
        return QStringLiteral("http://127.0.0.1:%1").arg(serverPort());
    }

    int answered = 0;

private:
    void answer(QTcpSocket &socket)
    {
        m_asked += socket.readAll();
        const qsizetype body = m_asked.indexOf("\r\n\r\n") + 4;
        const QJsonObject question = QJsonDocument::fromJson(m_asked.mid(body)).object();
        if (body < 4 || question.isEmpty())
            return; // not all of it is here
        QJsonArray data;
        for (const QJsonValue &feed : question[QStringLiteral("feeds")].toArray())
            data.append(
                QJsonObject{{QStringLiteral("feed"), feed}, {QStringLiteral("value"), 100.0}});
        const QByteArray path = m_asked.split(' ').value(1);
        const int round = path.mid(path.lastIndexOf('/') + 1).toInt();
        const QJsonObject reply{{QStringLiteral("votingRoundId"), round},
                                {QStringLiteral("data"), data}};
        const QByteArray bytes = QJsonDocument(reply).toJson();
        socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                     "Content-Length: " +
                     QByteArray::number(bytes.size()) + "\r\n\r\n" + bytes);
        socket.disconnectFromHost();
        m_asked.clear();
        ++answered;
    }
    QByteArray m_asked;
};

} // namespace chrona::e2e
