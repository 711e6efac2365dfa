// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/hash.h"

#include <openssl/evp.h>

#include <cstring>

namespace chrona {
namespace {

/// OpenSSL's digest, found and made ready once a thread: that costs more than a short text does.
class Sha256 {
public:
    Sha256() : m_kind(EVP_MD_fetch(nullptr, "SHA256", nullptr)), m_context(EVP_MD_CTX_new()) {}
    ~Sha256()
    {
        EVP_MD_CTX_free(m_context);
        EVP_MD_free(m_kind);
    }
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;

    void begin() { EVP_DigestInit_ex2(m_context, m_kind, nullptr); }
    void add(const void *data, std::size_t size) { EVP_DigestUpdate(m_context, data, size); }
    [[nodiscard]] Hash256 end()
    {
        Hash256 digest{};
        EVP_DigestFinal_ex(m_context, digest.data(), nullptr);
        return digest;
    }

private:
    EVP_MD *m_kind;
    EVP_MD_CTX *m_context;
};

Sha256 &sha256OfThread()
{
    static thread_local Sha256 digest;
    return digest;
}

} // namespace

Hash256 sha256(std::span<const std::byte> data)
{
    Sha256 &digest = sha256OfThread();
    digest.begin();
    digest.add(data.data(), data.size());
    return digest.end();
}

Hash256 sha256(std::string_view text)
{
    return sha256(std::as_bytes(std::span(text)));
}

Hash128 hashOf(std::initializer_list<std::string_view> fields)
{
    Sha256 &digest = sha256OfThread();
    digest.begin();
    for (std::string_view field : fields) {
        const std::uint64_t size = field.size();
        digest.add(&size, sizeof size);
        digest.add(field.data(), field.size());
    }
    const Hash256 whole = digest.end();
    Hash128 hash;
    std::memcpy(hash.bytes.data(), whole.data(), hash.bytes.size());
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
