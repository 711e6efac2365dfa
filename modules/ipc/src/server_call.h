// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/call.h"
#include "chunk_queue.h"

#include <memory>
#include <mutex>

namespace chrona::ipc {

class ServerConnection;

/// The way from any thread to a connection that may be gone.
class Mailbox {
public:
    explicit Mailbox(ServerConnection &connection) : m_connection(&connection) {}
    /// Runs the task on the server's thread: now, when this is that thread. Dropped when the
    /// connection is gone.
    void post(std::function<void(ServerConnection &)> task);
    void close();

private:
    std::mutex m_mutex;
    ServerConnection *m_connection;
};

/// One request, as its handler sees it. Owned by the handler's Responders only: when they are gone
/// without an answer, the destructor gives one.
class ServerCall final : public Call {
public:
    ServerCall(std::shared_ptr<Mailbox> mailbox, std::uint64_t correlation, std::stop_token stop,
               std::shared_ptr<ChunkQueue> upload);
    ~ServerCall() override;

    void progress(const Progress &progress) override;
    void reply(std::uint16_t type, QByteArray cbor, BlockSource blocks) override;
    void fail(const Error &error) override;
    [[nodiscard]] std::stop_token stopToken() const override { return m_stop; }
    [[nodiscard]] Upload &upload() override { return *m_upload; }

private:
    std::shared_ptr<Mailbox> m_mailbox;
    const std::uint64_t m_correlation;
    const std::stop_token m_stop;
    std::shared_ptr<ChunkQueue> m_upload;
    std::atomic<bool> m_answered{false};
};

} // namespace chrona::ipc
