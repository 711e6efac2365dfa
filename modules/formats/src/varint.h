// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace chrona::formats {

/// Reads numbers of variable length, as protocol buffers and tile directories have them. Past the
/// end, or with a number of more than 64 bits, it is broken and gives zeros.
class VarintReader {
public:
    explicit VarintReader(std::string_view bytes) : m_rest(bytes) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(m_rest.front());
            m_rest.remove_prefix(1);
            if (shift == 63 && byte > 1)
                break;
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if (byte < 0x80)
                return value;
        }
        setBroken();
        return 0;
    }
    /// Signed numbers, small ones of either sign short.
    std::int64_t zigzag()
    {
        const std::uint64_t value = number();
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
    }
    std::string_view bytes(std::uint64_t count)
    {
        if (count > m_rest.size()) {
            setBroken();
            return {};
        }
        const std::string_view taken = m_rest.substr(0, static_cast<std::size_t>(count));
        m_rest.remove_prefix(static_cast<std::size_t>(count));
        return taken;
    }
    /// A string or message of a protocol buffer: its length, then its bytes.
    std::string_view block() { return bytes(number()); }
    void setBroken()
    {
        m_isBroken = true;
        m_rest = {};
    }
    [[nodiscard]] bool isBroken() const { return m_isBroken; }
    [[nodiscard]] bool isAtEnd() const { return m_rest.empty(); }
    [[nodiscard]] std::size_t left() const { return m_rest.size(); }

private:
    std::string_view m_rest;
    bool m_isBroken = false;
};

} // namespace chrona::formats
