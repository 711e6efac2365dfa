// SPDX-License-Identifier: AGPL-3.0-or-later
#include "byte_records.h"

#include "varint.h"

#include <algorithm>
#include <array>

namespace chrona::formats {
namespace {

constexpr std::size_t kStride = 16;
constexpr std::size_t kBlockBytesMax = 4U << 20;
constexpr std::size_t kBlockBytesMin = 1U << 10;
constexpr std::size_t kLengthBytesMax = 10;

std::size_t writeLength(std::array<char, kLengthBytesMax> &bytes, std::size_t length)
{
    std::size_t count = 0;
    for (; length >= 0x80; length >>= 7)
        bytes[count++] = static_cast<char>((length & 0x7F) | 0x80);
    bytes[count++] = static_cast<char>(length);
    return count;
}

} // namespace

ByteRecords::ByteRecords(MemoryBound &bound) : m_bound(bound) {}

bool ByteRecords::makeRoom(std::size_t bytes)
{
    if (!m_blocks.empty() && m_blocks.back().size - m_blocks.back().used >= bytes)
        return true;
    // A small bound is not eaten up by one block.
    const std::size_t usual = std::clamp(m_bound.max() / 64, kBlockBytesMin, kBlockBytesMax);
    const std::size_t size = std::max(bytes, usual);
    if (!m_bound.take(size))
        return false;
    m_blocks.push_back({std::make_unique_for_overwrite<char[]>(size), 0, size});
    return true;
}

bool ByteRecords::growIndex()
{
    if (m_count % kStride != 0 || m_index.size() < m_index.capacity())
        return true;
    const std::size_t more = std::max<std::size_t>(m_index.capacity(), 64);
    if (!m_bound.take(more * sizeof(Place)))
        return false;
    m_index.reserve(m_index.capacity() + more);
    return true;
}

bool ByteRecords::add(std::string_view head, std::string_view rest)
{
    std::array<char, kLengthBytesMax> length{};
    const std::size_t lengthBytes = writeLength(length, head.size() + rest.size());
    if (!growIndex() || !makeRoom(lengthBytes + head.size() + rest.size()))
        return false;
    Block &block = m_blocks.back();
    if (m_count % kStride == 0)
        m_index.push_back({static_cast<std::uint32_t>(m_blocks.size() - 1),
                           static_cast<std::uint32_t>(block.used)});
    for (const std::string_view part : {std::string_view(length.data(), lengthBytes), head, rest}) {
        std::ranges::copy(part, block.bytes.get() + block.used);
        block.used += part.size();
    }
    ++m_count;
    return true;
}

std::string_view ByteRecords::at(std::size_t number) const
{
    const Place place = m_index[number / kStride];
    std::size_t block = place.block;
    std::size_t offset = place.offset;
    for (std::size_t skipped = number % kStride;; --skipped) {
        if (offset == m_blocks[block].used) {
            ++block;
            offset = 0;
        }
        const Block &here = m_blocks[block];
        VarintReader rest({here.bytes.get() + offset, here.used - offset});
        const std::string_view record = rest.block();
        if (skipped == 0)
            return record;
        offset = here.used - rest.left();
    }
}

} // namespace chrona::formats
