// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/secret.h"

#include <algorithm>
#include <sodium.h>

namespace chrona::keys {

void Secret::Release::operator()(std::uint8_t *bytes) const
{
    sodium_free(bytes); // wipes first
}

Result<Secret> Secret::ofSize(std::size_t size)
{
    if (sodium_init() < 0)
        return fail(ErrorCode::Unavailable, "the cryptographic library could not start");
    auto *bytes = static_cast<std::uint8_t *>(sodium_malloc(size));
    if (bytes == nullptr)
        return fail(ErrorCode::Exhausted, "the system gives no locked memory for secrets",
                    "raise the limit of locked memory (ulimit -l)");
    wipe({bytes, size});
    return Secret(bytes, size);
}

Result<Secret> Secret::take(std::span<std::uint8_t> bytes)
{
    auto secret = ofSize(bytes.size());
    if (secret)
        std::ranges::copy(bytes, secret->bytes().begin());
    wipe(bytes);
    return secret;
}

bool Secret::equals(const Secret &other) const
{
    return m_size == other.m_size && sodium_memcmp(m_bytes.get(), other.m_bytes.get(), m_size) == 0;
}

Result<Secret> Secret::copy() const
{
    auto other = ofSize(m_size);
    if (other)
        std::ranges::copy(bytes(), other->bytes().begin());
    return other;
}

void wipe(std::span<std::uint8_t> bytes)
{
    sodium_memzero(bytes.data(), bytes.size());
}

} // namespace chrona::keys
