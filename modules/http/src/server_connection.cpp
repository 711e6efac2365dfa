// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server_connection.h"

namespace chrona::http {
namespace {

constexpr qint64 kReadBytes = 64 << 10;

/// As the refusal is told to a peer.
Response responseTo(const Refusal &refusal)
{
    return {.status = refusal.status,
            .contentType = "text/plain; charset=utf-8",
            .body = refusal.reason + "\n"};
}

} // namespace

ServerConnection::ServerConnection(QTcpSocket *socket, Serving &serving)
    : m_socket(socket), m_serving(serving), m_reader(serving.options.limits.request)
{
    ++m_serving.open;
    m_socket->setParent(this);
    m_socket->setReadBufferSize(kReadBytes);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        if (m_isRequestBegun && !m_isSending)
            refuse({408, "the request took too long"});
        else
            close();
    });
    connect(m_socket, &QTcpSocket::readyRead, this, &ServerConnection::takeBytes);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &ServerConnection::sent);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    wait(m_serving.options.limits.idleMax);
}

ServerConnection::~ServerConnection()
{
    --m_serving.open;
}

void ServerConnection::wait(std::chrono::milliseconds time)
{
    m_deadline.start(time);
}

/// Takes no more than one request may have; the rest waits with the peer.
void ServerConnection::takeBytes()
{
    if (m_isClosing) {
        m_socket->skip(m_socket->bytesAvailable());
        return;
    }
    if (m_isSending)
        return;
    const QByteArray bytes = m_socket->read(kReadBytes);
    if (bytes.isEmpty())
        return;
    m_reader.append({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    handleAll();
}

void ServerConnection::handleAll()
{
    while (handleOne()) {
    }
    if (m_isClosing || m_isSending)
        return;
    const bool isBegun = !m_reader.isBetweenRequests();
    if (isBegun && !m_isRequestBegun)
        wait(m_serving.options.limits.requestMax); // for all of it, however slowly it trickles
    m_isRequestBegun = isBegun;
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &ServerConnection::takeBytes, Qt::QueuedConnection);
}

std::optional<Refusal> ServerConnection::judge(const Request &request) const
{
    if (!isOurHost(request.header("host").value_or(""), m_serving.port, m_serving.options.hosts))
        return Refusal{421, "this is not the host that was asked for"};
    if (request.header("origin") || request.header("sec-fetch-site"))
        return Refusal{403, "web pages are not answered"};
    return std::nullopt;
}

bool ServerConnection::handleOne()
{
    if (m_isClosing || m_isSending)
        return false;
    auto read = m_reader.next();
    if (!read) {
        refuse(read.error());
        return false;
    }
    if (!*read) {
        if (m_reader.takeWantsContinue())
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        return false;
    }
    const Request request = std::move(**read);
    m_isRequestBegun = false;
    if (const auto refusal = judge(request)) {
        refuse(*refusal);
        return false;
    }
    const bool isLast = !request.keepAlive || ++m_requests >= m_serving.options.limits.requestsMax;
    ++m_serving.answered;
    send(m_serving.handler(request), isLast ? AfterResponse::Close : AfterResponse::KeepOpen);
    return !m_isSending;
}

void ServerConnection::refuse(const Refusal &refusal)
{
    ++m_serving.refused;
    send(responseTo(refusal), AfterResponse::Close);
}

void ServerConnection::send(const Response &response, AfterResponse after)
{
    m_isSending = true;
    m_isClosing = after == AfterResponse::Close;
    wait(m_serving.options.limits.sendMax);
    const std::string bytes = toBytes(response, after);
    m_socket->write(bytes.data(), static_cast<qint64>(bytes.size()));
}

void ServerConnection::sent()
{
    if (!m_isSending || m_socket->bytesToWrite() > 0)
        return;
    m_isSending = false;
    if (m_isClosing) {
        m_socket->disconnectFromHost();
        return;
    }
    wait(m_serving.options.limits.idleMax);
    QMetaObject::invokeMethod(
        this,
        [this] {
            handleAll();
            takeBytes();
        },
        Qt::QueuedConnection);
}

void ServerConnection::close()
{
    m_isClosing = true;
    m_socket->abort();
}

} // namespace chrona::http
