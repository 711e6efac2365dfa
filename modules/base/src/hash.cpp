// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/hash.h"

#include <openssl/sha.h>

#include <cstring>

namespace chrona {

Hash256 sha256(std::span<const std::byte> data)
{
    Hash256 digest;
    SHA256(reinterpret_cast<const unsigned char *>(data.data()), data.size(), digest.data());
    return digest;
}

Hash256 sha256(std::string_view text)
{
    return sha256(std::as_bytes(std::span(text)));
}

Hash128 hashOf(std::initializer_list<std::string_view> fields)
{
    std::string joined;
    for (std::string_view field : fields) {
        const std::uint64_t size = field.size();
        joined.append(reinterpret_cast<const char *>(&size), sizeof size);
        joined.append(field);
    }
    const Hash256 digest = sha256(joined);
    Hash128 hash;
    std::memcpy(hash.bytes.data(), digest.data(), hash.bytes.size());
    return hash;
}

std::int64_t idFrom(const Hash128 &hash)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i)
        value = value << 8 | hash.bytes[i];
    value &= 0x7fff'ffff'ffff'ffffULL;
    return value == 0 ? 1 : static_cast<std::int64_t>(value);
}

std::string toHex(std::span<const std::uint8_t> bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (std::uint8_t byte : bytes) {
        text.push_back(kDigits[byte >> 4]);
        text.push_back(kDigits[byte & 15]);
    }
    return text;
}

} // namespace chrona
