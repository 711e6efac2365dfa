// SPDX-License-Identifier: AGPL-3.0-or-later
#include "server_call.h"

#include "server_connection.h"

#include <QThread>

namespace chrona::ipc {

void Mailbox::post(std::function<void(ServerConnection &)> task)
{
    std::unique_lock lock(m_mutex);
    ServerConnection *connection = m_connection;
    if (connection == nullptr)
        return;
    if (connection->thread() == QThread::currentThread()) {
        // Only this thread can destroy the connection, so that the lock may go; the task may post.
        lock.unlock();
        task(*connection);
        return;
    }
    QMetaObject::invokeMethod(
        connection, [connection, task = std::move(task)] { task(*connection); },
        Qt::QueuedConnection);
}

void Mailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_connection = nullptr;
}

ServerCall::ServerCall(std::shared_ptr<Mailbox> mailbox, std::uint64_t correlation,
                       std::stop_token stop, std::shared_ptr<ChunkQueue> upload)
    : m_mailbox(std::move(mailbox)), m_correlation(correlation), m_stop(std::move(stop)),
      m_upload(std::move(upload))
{
}

ServerCall::~ServerCall()
{
    fail({ErrorCode::Unavailable, "the request was dropped without an answer", {}, true});
}

void ServerCall::progress(const Progress &progress)
{
    if (m_answered)
        return;
    m_mailbox->post(
        [correlation = m_correlation, cbor = encode(progress)](ServerConnection &connection) {
            connection.sendProgress(correlation, cbor);
        });
}

void ServerCall::reply(std::uint16_t type, QByteArray cbor, BlockSource blocks)
{
    if (m_answered.exchange(true))
        return;
    m_mailbox->post([correlation = m_correlation, type, cbor = std::move(cbor),
                     blocks = std::move(blocks)](ServerConnection &connection) mutable {
        connection.finish(correlation, type, std::move(cbor), std::move(blocks));
    });
}

void ServerCall::fail(const Error &error)
{
    if (m_answered.exchange(true))
        return;
    m_mailbox->post([correlation = m_correlation, error](ServerConnection &connection) {
        connection.finishBadly(correlation, error);
    });
}

} // namespace chrona::ipc
