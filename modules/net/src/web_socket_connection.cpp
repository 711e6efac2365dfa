// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web_socket_connection.h"

#include "judged_proxy.h"
#include "web_socket_handshake.h"

#include <QRandomGenerator>

#include <format>

namespace chrona::net {
namespace {

using Kind = WebSocketMessage::Kind;

constexpr qint64 kReadBytesMax = 64 << 10;
constexpr qint64 kUnsentBytesMax = 1 << 20;
constexpr std::chrono::milliseconds kGoodbyeMax{500};

std::string randomKey()
{
    QByteArray bytes(16, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return bytes.toBase64().toStdString();
}

Error errorOf(std::unexpected<Error> unexpected)
{
    return std::move(unexpected).error();
}

} // namespace

WebSocketConnection::WebSocketConnection(const StreamRequest &request, Target target,
                                         std::shared_ptr<Mailbox> mailbox,
                                         std::shared_ptr<const Clock> clock)
    : m_request(request), m_target(std::move(target)), m_mailbox(std::move(mailbox)),
      m_clock(std::move(clock)), m_key(randomKey()),
      m_reader(WebSocketRole::Client, request.messageBytesMax)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WebSocketConnection::silent);
    connect(&m_socket, &QSslSocket::readyRead, this, &WebSocketConnection::read);
    connect(&m_socket, &QSslSocket::errorOccurred, this, &WebSocketConnection::socketFailed);
}

void WebSocketConnection::start()
{
    m_socket.setProxy(proxyFor(m_target.address)); // which was judged: no proxy resolves names
    m_socket.setReadBufferSize(4 * kReadBytesMax);
    const QString address = QString::fromStdString(m_target.address);
    m_timer.start(m_request.connectMax);
    if (m_target.parts.isTls) {
        connect(&m_socket, &QSslSocket::encrypted, this, &WebSocketConnection::connected);
        m_socket.connectToHostEncrypted(address, m_target.parts.port,
                                        QString::fromStdString(m_target.parts.host));
    } else {
        connect(&m_socket, &QSslSocket::connected, this, &WebSocketConnection::connected);
        m_socket.connectToHost(address, m_target.parts.port);
    }
}

void WebSocketConnection::connected()
{
    const auto request = upgradeRequest({m_target.parts, m_target.path, m_request.headers, m_key});
    if (!request)
        return end(request.error());
    m_phase = "waiting for the answer";
    m_timer.start(m_request.handshakeMax);
    m_socket.write(request->data(), static_cast<qint64>(request->size()));
}

void WebSocketConnection::read()
{
    while (!m_hasEnded && m_socket.bytesAvailable() > 0) {
        if (!m_isOpen) {
            const qsizetype before = static_cast<qsizetype>(m_head.size());
            readHandshake();
            if (!m_isOpen && before == static_cast<qsizetype>(m_head.size()))
                return;
            continue;
        }
        if (isFull())
            return m_timer.stop(); // silence is ours now
        m_readAt = m_clock->now();
        m_isPinged = false;
        m_timer.start(m_request.silenceMax);
        const QByteArray bytes = m_socket.read(kReadBytesMax);
        readFrames({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    }
}

void WebSocketConnection::readHandshake()
{
    const QByteArray bytes = m_socket.read(kReadBytesMax);
    m_head.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const std::size_t headEnd = m_head.find("\r\n\r\n");
    if (std::min(headEnd, m_head.size()) > kUpgradeHeadBytesMax)
        return end(errorOf(fail(ErrorCode::Exhausted, "the headers are larger than the limit")));
    if (headEnd == std::string::npos)
        return;
    if (const Status agreed = judgeUpgrade(std::string_view(m_head).substr(0, headEnd), m_key);
        !agreed)
        return end(agreed.error());
    m_isOpen = true;
    m_phase = "the stream ran";
    m_readAt = m_clock->now();
    m_timer.start(m_request.silenceMax);
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->isOpen = true;
    }
    m_mailbox->changed.notify_all();
    const std::string rest = m_head.substr(headEnd + 4);
    m_head.clear();
    readFrames(rest);
}

void WebSocketConnection::readFrames(std::string_view bytes)
{
    m_reader.append(bytes);
    while (!m_hasEnded) {
        auto message = m_reader.next();
        if (!message) {
            const bool isTooLarge = message.error().code == ErrorCode::Exhausted;
            write({.kind = Kind::Close,
                   .closeCode = static_cast<std::uint16_t>(isTooLarge ? 1009 : 1002)});
            return end(message.error());
        }
        if (!*message)
            return;
        take(std::move(**message));
    }
}

void WebSocketConnection::take(WebSocketMessage message)
{
    switch (message.kind) {
    case Kind::Text:
    case Kind::Binary: return put(std::move(message));
    case Kind::Ping: return write({.kind = Kind::Pong, .payload = std::move(message.payload)});
    case Kind::Pong: return;
    case Kind::Close:
        write({.kind = Kind::Close, .closeCode = message.closeCode});
        return end(
            errorOf(fail(ErrorCode::Unavailable,
                         std::format("the server closed the stream ({}){}{}",
                                     describeCloseCode(message.closeCode),
                                     message.payload.empty() ? "" : ": ", message.payload))));
    }
}

bool WebSocketConnection::isFull()
{
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->isFull = m_mailbox->waitingBytes >= m_request.waitingBytesMax;
    return m_mailbox->isFull;
}

void WebSocketConnection::put(WebSocketMessage message)
{
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->waitingBytes += message.payload.size() + sizeof(Received);
        m_mailbox->waiting.push_back(
            {std::move(message.payload), message.kind == Kind::Binary, m_readAt});
    }
    m_mailbox->changed.notify_all();
}

void WebSocketConnection::write(const WebSocketMessage &message)
{
    if (m_socket.bytesToWrite() > kUnsentBytesMax)
        return end(errorOf(fail(ErrorCode::Exhausted, "the server takes nothing in any more")));
    const std::string frame = frameOf(message, QRandomGenerator::system()->generate());
    m_socket.write(frame.data(), static_cast<qint64>(frame.size()));
}

void WebSocketConnection::send(const std::string &text)
{
    if (m_isOpen && !m_hasEnded)
        write({.kind = Kind::Text, .payload = text});
}

void WebSocketConnection::resume()
{
    if (m_hasEnded)
        return;
    m_timer.start(m_request.silenceMax);
    read();
    if (m_socket.state() == QAbstractSocket::UnconnectedState && m_socket.bytesAvailable() == 0)
        socketFailed(QAbstractSocket::RemoteHostClosedError);
}

void WebSocketConnection::socketFailed(QAbstractSocket::SocketError error)
{
    read();
    // What is still in the socket is read when the mailbox has room again.
    if (m_hasEnded || (m_isOpen && m_socket.bytesAvailable() > 0))
        return;
    if (error == QAbstractSocket::SslHandshakeFailedError)
        return end(errorOf(fail(ErrorCode::Denied, "the server's certificate cannot be verified")));
    end(errorOf(
        fail(ErrorCode::Unavailable, std::format("the connection broke while {} (socket error {})",
                                                 m_phase, static_cast<int>(error)))));
}

void WebSocketConnection::silent()
{
    if (!m_isOpen || m_isPinged)
        return end(errorOf(
            fail(ErrorCode::Timeout, std::format("the server was silent while {}", m_phase))));
    m_isPinged = true;
    m_timer.start(m_request.silenceMax);
    write({.kind = Kind::Ping, .payload = "chrona"});
}

void WebSocketConnection::end(Error error)
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_timer.stop();
    {
        const std::lock_guard lock(m_mailbox->mutex);
        m_mailbox->ended = std::move(error);
    }
    m_mailbox->changed.notify_all();
    m_socket.disconnectFromHost(); // after what is written has left
}

void WebSocketConnection::close()
{
    if (m_isOpen && !m_hasEnded)
        write({.kind = Kind::Close, .closeCode = 1000});
    m_hasEnded = true;
    m_timer.stop();
    m_socket.disconnectFromHost();
    if (m_socket.state() == QAbstractSocket::UnconnectedState)
        return deleteLater();
    // A peer that does not take our goodbye is not waited for.
    connect(&m_socket, &QSslSocket::disconnected, this, &QObject::deleteLater);
    QTimer::singleShot(kGoodbyeMax, this, &QObject::deleteLater);
}

} // namespace chrona::net
