// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// Memory that several holders share, counted as it is taken. What would go beyond is not taken.
class MemoryBound {
public:
    explicit MemoryBound(std::size_t bytesMax) : m_max(bytesMax) {}

    [[nodiscard]] bool take(std::size_t bytes)
    {
        if (bytes > m_max - m_used)
            return false;
        m_used += bytes;
        m_peak = m_used > m_peak ? m_used : m_peak;
        return true;
    }
    void give(std::size_t bytes) { m_used -= bytes; }
    [[nodiscard]] std::size_t max() const { return m_max; }
    [[nodiscard]] std::size_t used() const { return m_used; }
    [[nodiscard]] std::size_t peak() const { return m_peak; }

private:
    std::size_t m_max, m_used = 0, m_peak = 0;
};

/// Records of bytes behind one another, numbered from 0. They lie in blocks and never move, so that
/// growing costs no copy, and half a byte of index each.
class ByteRecords {
public:
    /// `bound` must outlive it.
    explicit ByteRecords(MemoryBound &bound);

    /// False: beyond the bound; nothing is added.
    [[nodiscard]] bool add(std::string_view record) { return add({}, record); }
    /// The two behind one another, as one record.
    [[nodiscard]] bool add(std::string_view head, std::string_view rest);
    [[nodiscard]] std::size_t count() const { return m_count; }
    /// Of a number below count(). Valid for as long as these records are.
    [[nodiscard]] std::string_view at(std::size_t number) const;

private:
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t used = 0, size = 0;
    };
    struct Place {
        std::uint32_t block = 0;
        std::uint32_t offset = 0;
    };
    [[nodiscard]] bool makeRoom(std::size_t bytes);
    [[nodiscard]] bool growIndex();

    MemoryBound &m_bound;
    std::vector<Block> m_blocks;
    std::vector<Place> m_index; ///< of every kStride-th record
    std::size_t m_count = 0;
};

} // namespace chrona::formats
