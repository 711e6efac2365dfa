// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stream_session.h"

#include <QCryptographicHash>

#include <sys/socket.h>

namespace chrona::net {

using Kind = WebSocketMessage::Kind;

void resetSocket(QTcpSocket &socket)
{
    const linger now{1, 0};
    setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now,
               sizeof now);
    socket.abort();
}

StreamSession::StreamSession(QTcpSocket &socket, StreamScript script, Heard heard)
    : QObject(&socket), m_socket(socket), m_script(std::move(script)), m_heard(std::move(heard))
{
}

void StreamSession::begin(std::string_view key)
{
    if (m_script.isStalled)
        return;
    if (m_script.status != 101) {
        m_socket.write("HTTP/1.1 " + QByteArray::number(m_script.status) +
                       " No\r\nContent-Length: 0\r\n\r\n");
        return m_socket.disconnectFromHost();
    }
    QByteArray accept(key.data(), static_cast<qsizetype>(key.size()));
    accept += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    accept = QCryptographicHash::hash(accept, QCryptographicHash::Sha1).toBase64();
    m_socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                   "Connection: Upgrade\r\nSec-WebSocket-Accept: " +
                   accept + "\r\n\r\n");
    connect(&m_socket, &QTcpSocket::readyRead, this, &StreamSession::read);
    play();
}

void StreamSession::say(const std::string &text)
{
    write({.kind = Kind::Text, .payload = text});
}

void StreamSession::write(const WebSocketMessage &message)
{
    const std::string frame = frameOf(message);
    m_socket.write(frame.data(), static_cast<qint64>(frame.size()));
}

void StreamSession::read()
{
    m_reader.append(m_socket.readAll().toStdString());
    while (true) {
        const auto message = m_reader.next();
        if (!message || !*message)
            break;
        if ((*message)->kind == Kind::Close)
            return m_socket.disconnectFromHost();
        if ((*message)->kind == Kind::Ping)
            write({.kind = Kind::Pong, .payload = (*message)->payload});
        if ((*message)->kind == Kind::Pong)
            m_heard("pong " + (*message)->payload);
        if ((*message)->kind != Kind::Text)
            continue;
        m_heard((*message)->payload);
        m_unexpected += (*message)->payload + "\n";
    }
    play();
}

void StreamSession::play()
{
    while (m_step < m_script.steps.size() && playOne(m_script.steps[m_step]))
        ++m_step;
}

/// False where the script waits.
bool StreamSession::playOne(const StreamStep &step)
{
    using Does = StreamStep::Kind;
    std::string frame = frameOf({.kind = Kind::Text, .payload = step.text});
    switch (step.kind) {
    case Does::Say: say(step.text); break;
    case Does::SayBinary: write({.kind = Kind::Binary, .payload = step.text}); break;
    case Does::SayInTwo: {
        const std::size_t half = step.text.size() / 2;
        frame = frameOf({.kind = Kind::Text, .payload = step.text.substr(0, half)});
        frame[0] = '\x01'; // a text that goes on
        std::string rest = frameOf({.kind = Kind::Text, .payload = step.text.substr(half)});
        rest[0] = '\x80'; // the last part of what goes on
        m_socket.write(QByteArray::fromStdString(frame + rest));
        break;
    }
    case Does::Expect: {
        const std::size_t at = m_unexpected.find(step.text);
        if (at == std::string::npos)
            return false;
        m_unexpected.erase(0, at + step.text.size());
        break;
    }
    case Does::Ping: write({.kind = Kind::Ping, .payload = step.text}); break;
    case Does::Flood:
        for (std::uint32_t i = 0; i < step.number; ++i)
            say(step.text);
        break;
    case Does::HalfFrame:
        m_socket.write(frame.data(), static_cast<qint64>(frame.size() / 2));
        break;
    case Does::Garbage: m_socket.write(QByteArray::fromStdString(step.text)); break;
    case Does::Drop:
        m_socket.flush();
        resetSocket(m_socket);
        break;
    case Does::Close:
        write({.kind = Kind::Close,
               .payload = step.text,
               .closeCode = static_cast<std::uint16_t>(step.number)});
        break;
    }
    return true;
}

} // namespace chrona::net
