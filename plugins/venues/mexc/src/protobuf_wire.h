// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace chrona::venues {

/// One field of a protobuf message as it stands on the wire.
struct WireField {
    std::uint32_t number = 0;
    std::uint64_t value = 0;  ///< of a varint or fixed field
    std::string_view bytes{}; ///< of a length-delimited field: text or a nested message
};

/// Reads the fields of one protobuf message in order. Views into the message; nothing is copied and
/// no schema is needed. Hostile bytes end the reading with isBroken().
class WireReader {
public:
    explicit WireReader(std::string_view message) : m_rest(message) {}

    /// nullopt at the end and where the bytes are broken.
    [[nodiscard]] std::optional<WireField> next();
    [[nodiscard]] bool isBroken() const { return m_broken; }

private:
    [[nodiscard]] std::optional<std::uint64_t> varint();
    [[nodiscard]] std::optional<std::uint64_t> fixed(std::size_t bytes);
    std::optional<WireField> broken();

    std::string_view m_rest;
    bool m_broken = false;
};

/// The first field of that number that holds bytes; empty: there is none.
[[nodiscard]] std::string_view wireBytes(std::string_view message, std::uint32_t number);
/// The first field of that number that holds a number; nullopt: there is none.
[[nodiscard]] std::optional<std::uint64_t> wireNumber(std::string_view message,
                                                      std::uint32_t number);

} // namespace chrona::venues
