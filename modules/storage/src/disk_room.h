// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace chrona::storage {

/// When writing pauses and goes on, by the room on the disk. Between the two limits it stays as it
/// was: what pausing itself wins (the ballast) must not end the pause, and a disk that fills and
/// empties around one figure must not make the service flap. One thread at a time.
class DiskRoom {
public:
    /// resumeAt is what must be free besides what the ballast takes again.
    constexpr DiskRoom(std::uint64_t writeBytesMin, std::uint64_t ballastBytes)
        : m_pauseBelow(writeBytesMin), m_resumeAt(writeBytesMin + writeBytesMin / 4 + ballastBytes)
    {
    }

    /// True when writing must pause.
    constexpr bool update(std::uint64_t freeBytes)
    {
        return m_isShort = freeBytes < (m_isShort ? m_resumeAt : m_pauseBelow);
    }

    [[nodiscard]] constexpr bool isShort() const { return m_isShort; }
    [[nodiscard]] constexpr std::uint64_t resumeAt() const { return m_resumeAt; }

private:
    std::uint64_t m_pauseBelow;
    std::uint64_t m_resumeAt;
    bool m_isShort = false;
};

} // namespace chrona::storage
