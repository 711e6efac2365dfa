// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chunk_queue.h"

namespace chrona::ipc {

Result<std::optional<QByteArray>> ChunkQueue::read()
{
    QByteArray piece;
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_cancelled || m_closed || !m_pieces.empty(); });
        if (m_cancelled)
            return fail(ErrorCode::Cancelled, "the upload was cancelled");
        if (m_pieces.empty())
            return std::nullopt;
        piece = std::move(m_pieces.front());
        m_pieces.pop_front();
        m_bytes -= static_cast<std::size_t>(piece.size());
    }
    m_taken(static_cast<std::size_t>(piece.size()));
    return piece;
}

bool ChunkQueue::push(QByteArray piece)
{
    const std::lock_guard lock(m_mutex);
    m_bytes += static_cast<std::size_t>(piece.size());
    if (m_closed || m_bytes > kCreditBytesInitial)
        return false;
    if (!piece.isEmpty())
        m_pieces.push_back(std::move(piece));
    m_changed.notify_one();
    return true;
}

bool ChunkQueue::close()
{
    const std::lock_guard lock(m_mutex);
    m_changed.notify_one();
    return !std::exchange(m_closed, true);
}

void ChunkQueue::cancel()
{
    const std::lock_guard lock(m_mutex);
    m_cancelled = true;
    m_changed.notify_one();
}

} // namespace chrona::ipc
