// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace chrona::geo {

/// Reads from bytes that may be damaged. After the first fault every read gives 0 and `fault` tells
/// why, so callers check once a section and before they allocate.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    void expect(std::string_view magic);
    [[nodiscard]] std::uint8_t byte();
    [[nodiscard]] std::uint32_t varint();
    [[nodiscard]] std::int32_t signedVarint();
    /// A varint that counts things of at least bytesEach bytes: never more than can follow.
    [[nodiscard]] std::uint32_t count(std::size_t bytesEach);
    /// UTF-8, checked; points into the bytes.
    [[nodiscard]] std::string_view text();
    [[nodiscard]] std::string_view characters(std::size_t count);
    void expectEnd();

    void refuse(const char *reason);
    [[nodiscard]] bool ok() const { return m_fault == nullptr; }
    [[nodiscard]] std::unexpected<Error> fault(std::string_view what) const;

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
    const char *m_fault = nullptr;
};

} // namespace chrona::geo
