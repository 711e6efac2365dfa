// SPDX-License-Identifier: AGPL-3.0-or-later
// The sending half of ServerConnection: answers, rows under credit, notifications.
#include "server_connection.h"

#include "chrona/base/log.h"

#include <QLocalSocket>
#include <QScopedValueRollback>
#include <QtEndian>

namespace chrona::ipc {
namespace {

// Rows and notifications wait in their sources while more than this waits in the socket.
constexpr qint64 kBulkMark = 2 << 20;

} // namespace

void ServerConnection::sendProgress(std::uint64_t correlation, const QByteArray &cbor)
{
    // Progress is worth nothing to a client that does not read.
    if (m_requests.contains(correlation) && m_socket->bytesToWrite() < kBulkMark)
        send({0, FrameKind::Progress, 0, Progress::kType, correlation}, cbor);
}

void ServerConnection::finish(std::uint64_t correlation, std::uint16_t type, QByteArray cbor,
                              BlockSource blocks)
{
    const auto open = m_requests.find(correlation);
    if (open == m_requests.end())
        return;
    if (static_cast<std::size_t>(cbor.size()) > kFramePayloadBytesMax)
        return finishBadly(correlation, {ErrorCode::Exhausted, "the answer is too large",
                                         "ask for less at a time"});
    if (!blocks) {
        m_requests.erase(open);
        --m_shared->requestsOpen;
        return send({0, FrameKind::Reply, 0, type, correlation}, cbor);
    }
    if (open->second.stop.stop_requested())
        return finishBadly(correlation, {ErrorCode::Cancelled, "the request was cancelled"});
    open->second.blocks = std::move(blocks);
    open->second.replyType = type;
    open->second.reply = std::move(cbor);
    pump();
}

void ServerConnection::finishBadly(std::uint64_t correlation, const Error &error)
{
    if (m_requests.erase(correlation) == 0)
        return;
    --m_shared->requestsOpen;
    sendFailure(correlation, error);
}

void ServerConnection::grantCredit(std::uint64_t correlation, std::size_t bytes)
{
    if (!m_requests.contains(correlation))
        return;
    QByteArray payload(sizeof(quint32), Qt::Uninitialized);
    qToLittleEndian(static_cast<quint32>(bytes), payload.data());
    send({0, FrameKind::Credit, 0, 0, correlation}, payload);
}

void ServerConnection::pump()
{
    if (m_pumping)
        return;
    const QScopedValueRollback guard(m_pumping, true);
    bool sent = true;
    while (sent && !m_closing && m_socket->bytesToWrite() < kBulkMark) {
        sent = pumpRows();
        for (std::size_t topic = 0; topic < kTopicCount; ++topic)
            sent = pumpNotifications(static_cast<Topic>(topic)) || sent;
    }
}

bool ServerConnection::pumpRows()
{
    bool sent = false;
    for (auto open = m_requests.begin(); open != m_requests.end() && !m_closing;) {
        auto &[correlation, request] = *open++;
        if (!request.blocks || request.credit <= 0)
            continue;
        sent = true;
        if (const auto block = request.blocks()) {
            request.credit -= block->size();
            send({0, FrameKind::Columns, 0, 0, correlation}, *block);
            continue;
        }
        const OpenRequest done = std::move(request);
        const FrameHeader header{0, FrameKind::Reply, 0, done.replyType, correlation};
        m_requests.erase(header.correlation);
        --m_shared->requestsOpen;
        send(header, done.reply);
    }
    return sent;
}

bool ServerConnection::pumpNotifications(Topic topic)
{
    auto &next = m_nextNotification[static_cast<std::size_t>(topic)];
    if (!next || m_closing)
        return false;
    TopicLog &log = m_shared->log(topic);
    const TopicLog::Entry entry = log.read(*next);
    if (std::holds_alternative<TopicLog::Nothing>(entry))
        return false;
    if (const auto *frame = std::get_if<QByteArray>(&entry)) {
        ++*next;
        write(*frame);
        return true;
    }
    const std::uint64_t newest = log.newest();
    next = newest + 1;
    ++m_shared->resyncs;
    const auto tag = static_cast<std::uint16_t>(topic);
    send({0, FrameKind::Notification, kFlagResync, tag, newest});
    return true;
}

void ServerConnection::send(FrameHeader header, const QByteArray &payload)
{
    write(frameOf(header, bytesOf(payload)));
}

void ServerConnection::write(const QByteArray &frame)
{
    if (m_closing)
        return;
    m_socket->write(frame);
    // Without this the bytes would wait for the next turn of the event loop.
    m_socket->flush();
    const qint64 waiting = m_socket->bytesToWrite();
    if (waiting > m_shared->outgoingBytesPeak)
        m_shared->outgoingBytesPeak = waiting;
    if (waiting > m_shared->options.outgoingBytesMax) {
        ++m_shared->stalled;
        breakOff("it does not read its answers");
    }
}

void ServerConnection::sendFailure(std::uint64_t correlation, const Error &error)
{
    send({0, FrameKind::Failure, 0, 0, correlation}, encode(error));
}

void ServerConnection::refuse(std::uint64_t correlation, const Error &error)
{
    ++m_shared->refused;
    log::warning("ipc", "a client was refused: {}", error.what);
    sendFailure(correlation, error);
    m_closing = true;
    m_helloTimer.stop();
    // Lets the failure through first.
    m_socket->disconnectFromServer();
}

void ServerConnection::breakOff(const std::string &reason)
{
    if (m_closing)
        return;
    m_closing = true;
    if (!m_letIn)
        ++m_shared->refused;
    log::warning("ipc", "a client was cut off: {}", reason);
    m_socket->abort();
    shut();
}

void ServerConnection::shut()
{
    m_closing = true;
    m_mailbox->close();
    Q_EMIT closed();
    deleteLater();
}

} // namespace chrona::ipc
