// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/call.h"
#include "chrona/ipc/frame.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace chrona::ipc {

/// The pieces of one upload between the connection, which pushes, and a worker, which reads.
class ChunkQueue final : public Upload {
public:
    /// `taken` is called, on the worker, with the size of each piece that it took.
    explicit ChunkQueue(std::function<void(std::size_t)> taken) : m_taken(std::move(taken)) {}

    [[nodiscard]] Result<std::optional<QByteArray>> read() override;

    /// False: more than was credited, or after the end. The client does not keep to the protocol.
    [[nodiscard]] bool push(QByteArray piece);
    [[nodiscard]] bool close();
    void cancel();

private:
    std::function<void(std::size_t)> m_taken;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<QByteArray> m_pieces;
    std::size_t m_bytes = 0;
    bool m_closed = false;
    bool m_cancelled = false;
};

} // namespace chrona::ipc
