// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/bytes.h"

#include "chrona/base/hash.h"
#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <format>

namespace chrona::ethereum {
namespace {

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

template <std::size_t Size> Result<std::array<std::uint8_t, Size>> parseFixed(std::string_view text)
{
    const auto bytes = parseHex(text);
    if (!bytes)
        return std::unexpected(bytes.error());
    std::array<std::uint8_t, Size> fixed;
    if (bytes->size() != Size)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} bytes instead of {}", bytes->size(), Size));
    std::ranges::copy(*bytes, fixed.begin());
    return fixed;
}

} // namespace

Result<Bytes> parseHex(std::string_view text)
{
    if (!text.starts_with("0x") || text.size() % 2 != 0)
        return fail(ErrorCode::InvalidInput, "not hex: 0x and pairs of digits are expected");
    Bytes bytes;
    bytes.reserve(text.size() / 2 - 1);
    for (std::size_t i = 2; i < text.size(); i += 2) {
        const int high = digitOf(text[i]);
        const int low = digitOf(text[i + 1]);
        if (high < 0 || low < 0)
            return fail(ErrorCode::InvalidInput, std::format("not hex at position {}", i));
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return bytes;
}

Result<Bytes32> parseBytes32(std::string_view text)
{
    return parseFixed<32>(text);
}

Result<Address> parseAddress(std::string_view text)
{
    auto address = parseFixed<20>(text);
    if (!address)
        return address;
    const std::string_view digits = text.substr(2);
    const auto isIn = [&](char low, char high) {
        return std::ranges::any_of(digits, [=](char c) { return c >= low && c <= high; });
    };
    if (isIn('a', 'f') && isIn('A', 'F') && toChecksummed(*address) != text)
        return fail(ErrorCode::InvalidInput, "the address has a wrong checksum",
                    "check it for a mistyped character");
    return address;
}

std::string toHex(ByteView bytes)
{
    return "0x" + chrona::toHex(bytes);
}

std::string toChecksummed(const Address &address)
{
    std::string text = chrona::toHex(address);
    const Bytes32 hash = keccak256(text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
        if (text[i] >= 'a' && nibble >= 8)
            text[i] = static_cast<char>(text[i] - 'a' + 'A');
    }
    return "0x" + text;
}

void append(Bytes &to, ByteView from)
{
    to.insert(to.end(), from.begin(), from.end());
}

} // namespace chrona::ethereum
