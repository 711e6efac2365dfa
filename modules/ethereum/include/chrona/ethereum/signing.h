// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/bytes.h"

namespace chrona::ethereum {

/// A secp256k1 secret key. Wiped when it goes; never printed, compared or copied by accident.
class PrivateKey {
public:
    /// Refuses 0 and values not below the group order.
    [[nodiscard]] static Result<PrivateKey> fromBytes(const Bytes32 &secret);
    ~PrivateKey();
    PrivateKey(PrivateKey &&other) noexcept;
    PrivateKey &operator=(PrivateKey &&other) noexcept;
    PrivateKey(const PrivateKey &) = delete;
    PrivateKey &operator=(const PrivateKey &) = delete;

    [[nodiscard]] const Bytes32 &secret() const { return m_secret; }

private:
    explicit PrivateKey(const Bytes32 &secret) : m_secret(secret) {}
    Bytes32 m_secret;
};

using PublicKey = std::array<std::uint8_t, 65>;           ///< 0x04 || x || y
using CompressedPublicKey = std::array<std::uint8_t, 33>;

/// s is always in the lower half of the group order.
struct Signature {
    Bytes32 r{};
    Bytes32 s{};
    std::uint8_t recoveryId = 0; ///< 0 or 1; v is 27 or 28

    [[nodiscard]] std::uint8_t v() const { return static_cast<std::uint8_t>(27 + recoveryId); }
    friend bool operator==(const Signature &, const Signature &) = default;
};

[[nodiscard]] PublicKey publicKeyOf(const PrivateKey &key);
[[nodiscard]] CompressedPublicKey compress(const PublicKey &key);
[[nodiscard]] Address addressOf(const PublicKey &key);
[[nodiscard]] Address addressOf(const PrivateKey &key);

/// Deterministic nonces (RFC 6979), no extra entropy.
[[nodiscard]] Signature sign(const PrivateKey &key, const Bytes32 &digest);
/// Who signed. Refuses a high s, as contracts do.
[[nodiscard]] Result<Address> recoverSigner(const Signature &signature, const Bytes32 &digest);

/// EIP-191 digest of a 32-byte hash.
[[nodiscard]] Bytes32 personalDigest(const Bytes32 &hash);
/// EIP-191 digest of a text of any length.
[[nodiscard]] Bytes32 personalDigest(std::string_view text);
/// v || r || s.
[[nodiscard]] Bytes toVrs(const Signature &signature);

} // namespace chrona::ethereum
