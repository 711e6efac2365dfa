// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/column_space.h"

#include <algorithm>
#include <format>
#include <new>

namespace chrona::discovery {

namespace {

constexpr std::size_t kAlignment = 16;

} // namespace

Result<std::byte *> ColumnSpace::take(std::size_t bytes)
{
    const std::size_t padded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
    if (m_at == nullptr || padded > m_left) {
        const std::size_t size = std::max(padded, stretchBytes());
        const auto stretch = makeStretch(size);
        if (!stretch)
            return stretch;
        m_at = *stretch;
        m_left = size;
    }
    std::byte *taken = m_at;
    m_at += padded;
    m_left -= padded;
    return taken;
}

Result<std::byte *> ColumnsInMemory::makeStretch(std::size_t bytes)
{
    if (m_bytes + bytes > m_bytesMax)
        return fail(ErrorCode::Exhausted,
                    std::format("the panel needs more than {} MiB of memory", m_bytesMax >> 20),
                    "search fewer features, or a shorter history");
    std::unique_ptr<std::byte[]> stretch(new (std::nothrow) std::byte[bytes]());
    if (!stretch)
        return fail(ErrorCode::Exhausted, "there is no memory left for the panel",
                    "search fewer features, or a shorter history");
    m_bytes += bytes;
    m_stretches.push_back(std::move(stretch));
    return m_stretches.back().get();
}

} // namespace chrona::discovery
