// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/key_entry.h"

#include <algorithm>

namespace chrona::keys {
namespace {

constexpr std::size_t kKeyBytes = 32;

int digitOf(std::uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

Result<ethereum::PrivateKey> keyFrom(std::span<const std::uint8_t> bytes)
{
    ethereum::Bytes32 copy{};
    std::ranges::copy(bytes, copy.begin());
    auto key = ethereum::PrivateKey::fromBytes(copy);
    wipe(copy);
    return key;
}

} // namespace

Result<Secret> packKey(const Secret &privateKey, const SigningRules &rules)
{
    if (privateKey.size() != kKeyBytes)
        return fail(ErrorCode::InvalidInput, "a private key has 32 bytes");
    if (auto sound = keyFrom(privateKey.bytes()); !sound)
        return std::unexpected(sound.error());
    const std::string json = toJson(rules);
    auto entry = Secret::ofSize(kKeyBytes + json.size());
    if (!entry)
        return entry;
    std::ranges::copy(privateKey.bytes(), entry->bytes().begin());
    std::ranges::copy(json, entry->bytes().begin() + kKeyBytes);
    return entry;
}

Result<SigningKey> unpackKey(std::string name, const Secret &entry)
{
    if (entry.size() <= kKeyBytes)
        return fail(ErrorCode::Corrupt, "the vault holds something that is no signing key");
    const auto json = entry.bytes().subspan(kKeyBytes);
    auto rules = rulesFromJson({reinterpret_cast<const char *>(json.data()), json.size()});
    if (!rules)
        return std::unexpected(rules.error());
    auto key = keyFrom(entry.bytes().first(kKeyBytes));
    if (!key)
        return std::unexpected(key.error());
    return SigningKey{std::move(name), std::move(*key), std::move(*rules)};
}

Result<Secret> parsePrivateKey(Secret text)
{
    auto rest = text.bytes();
    const auto isBlank = [](std::uint8_t c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    };
    while (!rest.empty() && isBlank(rest.front()))
        rest = rest.subspan(1);
    while (!rest.empty() && isBlank(rest.back()))
        rest = rest.first(rest.size() - 1);
    if (rest.size() == 2 * kKeyBytes + 2 && rest[0] == '0' && rest[1] == 'x')
        rest = rest.subspan(2);
    auto key = Secret::ofSize(kKeyBytes);
    if (!key)
        return key;
    // Says nothing of what was given: it is a secret, even a mistyped one.
    const auto wrong = [] {
        return fail(ErrorCode::InvalidInput, "a private key is 64 hex digits, with or without 0x");
    };
    if (rest.size() != 2 * kKeyBytes)
        return wrong();
    for (std::size_t at = 0; at < kKeyBytes; ++at) {
        const int high = digitOf(rest[2 * at]), low = digitOf(rest[2 * at + 1]);
        if (high < 0 || low < 0)
            return wrong();
        key->bytes()[at] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return key;
}

} // namespace chrona::keys
