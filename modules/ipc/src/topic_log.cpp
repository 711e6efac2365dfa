// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topic_log.h"

namespace chrona::ipc {

std::uint64_t TopicLog::forget()
{
    const std::lock_guard lock(m_mutex);
    m_frames.clear();
    m_bytes = 0;
    return ++m_newest;
}

TopicLog::Entry TopicLog::read(std::uint64_t sequence) const
{
    const std::lock_guard lock(m_mutex);
    if (sequence > m_newest)
        return Nothing{};
    if (m_newest - sequence >= m_frames.size())
        return Gone{};
    return m_frames[m_frames.size() - 1 - (m_newest - sequence)];
}

std::uint64_t TopicLog::newest() const
{
    const std::lock_guard lock(m_mutex);
    return m_newest;
}

} // namespace chrona::ipc
