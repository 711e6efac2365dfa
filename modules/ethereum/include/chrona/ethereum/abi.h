// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"
#include "chrona/ethereum/uint256.h"

#include <memory>
#include <optional>
#include <variant>

namespace chrona::ethereum {

/// A Solidity type: "uint256", "bytes21", "string", "(address,uint16)[]", "tuple(uint8 v,bytes32
/// r)[2]".
struct AbiType {
    enum class Kind : std::uint8_t {
        Uint,
        Int,
        Account, ///< address
        Bool,
        FixedBytes,
        DynamicBytes,
        String,
        Array,
        Tuple
    };
    Kind kind = Kind::Uint;
    int size = 0;                     ///< bits of a number, bytes of FixedBytes
    std::optional<std::size_t> count; ///< of a fixed array; nothing: dynamic
    std::vector<AbiType> parts;       ///< the element of an array, the members of a tuple
    std::string name;                 ///< where the signature gives one
    bool indexed = false;             ///< event parameters

    [[nodiscard]] bool isDynamic() const;
    [[nodiscard]] std::size_t headSize() const;
    [[nodiscard]] std::string
    canonical() const; ///< as it is hashed: no names, tuples in parentheses
};

[[nodiscard]] Result<AbiType> parseAbiType(std::string_view text);

/// A name with parameters: "submit1()", "Transfer(address indexed from, …)".
struct AbiSignature {
    std::string name;
    std::vector<AbiType> parameters;

    [[nodiscard]] std::string canonical() const;
    [[nodiscard]] Bytes32 topic() const;
    [[nodiscard]] std::array<std::uint8_t, 4> selector() const;
};
[[nodiscard]] Result<AbiSignature> parseAbiSignature(std::string_view text);

/// Numbers (also bool: 0 or 1) as 256-bit words in two's complement; addresses, bytes and strings
/// as bytes; arrays and tuples as lists.
struct AbiValue {
    std::variant<Uint256, Bytes, std::vector<AbiValue>> value;

    AbiValue() = default;
    AbiValue(const Uint256 &number) : value(number) {}
    AbiValue(std::uint64_t number) : value(Uint256(number)) {}
    AbiValue(Bytes bytes) : value(std::move(bytes)) {}
    AbiValue(const Address &address) : value(Bytes(address.begin(), address.end())) {}
    AbiValue(const Bytes32 &word) : value(Bytes(word.begin(), word.end())) {}
    AbiValue(std::vector<AbiValue> items) : value(std::move(items)) {}
    friend bool operator==(const AbiValue &, const AbiValue &) = default;
};

/// Refuses values that do not fit their types.
[[nodiscard]] Result<Bytes> encodeAbi(std::span<const AbiType> types,
                                      std::span<const AbiValue> values);
[[nodiscard]] Result<std::vector<AbiValue>> decodeAbi(std::span<const AbiType> types,
                                                      ByteView data);
[[nodiscard]] Result<Bytes> encodeCall(const AbiSignature &function,
                                       std::span<const AbiValue> values);

struct EventLog {
    std::vector<Bytes32> topics;
    Bytes data;
};
[[nodiscard]] Result<EventLog> encodeLog(const AbiSignature &event,
                                         std::span<const AbiValue> values);
/// Indexed values of dynamic types come back as the hash that stands for them.
[[nodiscard]] Result<std::vector<AbiValue>> decodeLog(const AbiSignature &event,
                                                      const EventLog &log);

} // namespace chrona::ethereum
