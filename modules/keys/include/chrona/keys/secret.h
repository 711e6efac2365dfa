// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace chrona::keys {

/// Bytes that must not leak: in memory of their own between guard pages, locked so that they are
/// never swapped, left out of core files, and wiped when they go. Moves, never copies by itself.
class Secret {
public:
    /// Zeroed. Exhausted when the system gives no locked memory.
    [[nodiscard]] static Result<Secret> ofSize(std::size_t size);
    /// Copies and wipes what it was given.
    [[nodiscard]] static Result<Secret> take(std::span<std::uint8_t> bytes);

    [[nodiscard]] std::span<std::uint8_t> bytes() { return {m_bytes.get(), m_size}; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {m_bytes.get(), m_size}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// In a time that does not tell where they differ.
    [[nodiscard]] bool equals(const Secret &other) const;
    [[nodiscard]] Result<Secret> copy() const;

private:
    struct Release {
        void operator()(std::uint8_t *bytes) const;
    };
    Secret(std::uint8_t *bytes, std::size_t size) : m_bytes(bytes), m_size(size) {}
    std::unique_ptr<std::uint8_t, Release> m_bytes;
    std::size_t m_size = 0;
};

/// Overwrites memory in a way that the compiler does not leave out.
void wipe(std::span<std::uint8_t> bytes);

} // namespace chrona::keys
