// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace chrona::discovery {

/// Where a panel's columns lie: in memory, or in a file where they would be too many for it. Filled
/// by one thread, then read by any.
class ColumnSpace {
public:
    virtual ~ColumnSpace() = default;
    /// So many bytes, zero, aligned for any number, in place for as long as the space lives. Fails
    /// with Exhausted where there is no room.
    [[nodiscard]] Result<std::byte *> take(std::size_t bytes);
    /// What it can hold at most: more is refused before anything is read.
    [[nodiscard]] virtual std::size_t bytesMax() const = 0;

protected:
    /// A stretch that columns are taken from one after the other.
    [[nodiscard]] virtual Result<std::byte *> makeStretch(std::size_t bytes) = 0;
    [[nodiscard]] virtual std::size_t stretchBytes() const = 0;

private:
    std::byte *m_at = nullptr;
    std::size_t m_left = 0;
};

class ColumnsInMemory final : public ColumnSpace {
public:
    explicit ColumnsInMemory(std::size_t bytesMax = kBytesMax) : m_bytesMax(bytesMax) {}
    [[nodiscard]] std::size_t bytesMax() const override { return m_bytesMax; }

    static constexpr std::size_t kBytesMax = 3'200'000'000;

private:
    [[nodiscard]] Result<std::byte *> makeStretch(std::size_t bytes) override;
    [[nodiscard]] std::size_t stretchBytes() const override
    {
        return std::min(std::size_t{1} << 20, m_bytesMax);
    }

    std::size_t m_bytesMax, m_bytes = 0;
    std::vector<std::unique_ptr<std::byte[]>> m_stretches;
};

} // namespace chrona::discovery
