// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <deque>
#include <mutex>
#include <variant>

namespace chrona::ipc {

/// The latest notifications of one topic as ready frames, numbered from 1, bounded in bytes. Any
/// thread.
class TopicLog {
public:
    explicit TopicLog(std::size_t bytesMax) : m_bytesMax(bytesMax) {}

    struct Nothing {}; ///< not written yet
    struct Gone {};    ///< no longer kept
    using Entry = std::variant<Nothing, Gone, QByteArray>;

    /// `makeFrame(sequence)` is called under the lock, so that numbers and frames have one order.
    template <class MakeFrame> std::uint64_t append(MakeFrame makeFrame)
    {
        const std::lock_guard lock(m_mutex);
        QByteArray frame = makeFrame(++m_newest);
        m_bytes += static_cast<std::size_t>(frame.size());
        m_frames.push_back(std::move(frame));
        while (m_bytes > m_bytesMax && !m_frames.empty()) {
            m_bytes -= static_cast<std::size_t>(m_frames.front().size());
            m_frames.pop_front();
        }
        return m_newest;
    }
    /// Nobody can resume from before this. Returns the number that stands for it.
    std::uint64_t forget();
    [[nodiscard]] Entry read(std::uint64_t sequence) const;
    [[nodiscard]] std::uint64_t newest() const;

private:
    const std::size_t m_bytesMax;
    mutable std::mutex m_mutex;
    std::deque<QByteArray> m_frames; ///< the last one has number m_newest
    std::size_t m_bytes = 0;
    std::uint64_t m_newest = 0;
};

} // namespace chrona::ipc
