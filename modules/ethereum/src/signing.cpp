// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ethereum/signing.h"

#include "chrona/ethereum/keccak.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <format>

namespace chrona::ethereum {
namespace {

/// One context for the process; made once, then only read, so that any thread may use it.
const secp256k1_context *context()
{
    static const secp256k1_context *const made =
        secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    return made;
}

/// Not optimised away, as a plain fill of a dying object would be.
void wipe(Bytes32 &secret)
{
    volatile std::uint8_t *bytes = secret.data();
    for (std::size_t i = 0; i < secret.size(); ++i)
        bytes[i] = 0;
}

PublicKey serialize(const secp256k1_pubkey &key)
{
    PublicKey bytes;
    std::size_t size = bytes.size();
    secp256k1_ec_pubkey_serialize(context(), bytes.data(), &size, &key, SECP256K1_EC_UNCOMPRESSED);
    return bytes;
}

// Half the group order: a signature with a larger s has a twin with a smaller one, and contracts
// refuse it so that a transaction has one hash only.
constexpr Bytes32 kHalfOrder = {0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                0xff, 0xff, 0xff, 0xff, 0xff, 0x5d, 0x57, 0x6e, 0x73, 0x57, 0xa4,
                                0x50, 0x1d, 0xdf, 0xe9, 0x2f, 0x46, 0x68, 0x1b, 0x20, 0xa0};

} // namespace

Result<PrivateKey> PrivateKey::fromBytes(const Bytes32 &secret)
{
    if (secp256k1_ec_seckey_verify(context(), secret.data()) != 1)
        return fail(ErrorCode::InvalidInput, "this is not a private key of secp256k1");
    return PrivateKey(secret);
}

PrivateKey::~PrivateKey()
{
    wipe(m_secret);
}

PrivateKey::PrivateKey(PrivateKey &&other) noexcept : m_secret(other.m_secret)
{
    wipe(other.m_secret);
}

PrivateKey &PrivateKey::operator=(PrivateKey &&other) noexcept
{
    if (this != &other) {
        m_secret = other.m_secret;
        wipe(other.m_secret);
    }
    return *this;
}

PublicKey publicKeyOf(const PrivateKey &key)
{
    secp256k1_pubkey point;
    [[maybe_unused]] const int made =
        secp256k1_ec_pubkey_create(context(), &point, key.secret().data());
    assert(made == 1); // the secret was checked when the key was made
    return serialize(point);
}

CompressedPublicKey compress(const PublicKey &key)
{
    CompressedPublicKey bytes;
    bytes[0] = key[64] % 2 == 0 ? 0x02 : 0x03;
    std::copy_n(key.begin() + 1, 32, bytes.begin() + 1);
    return bytes;
}

Address addressOf(const PublicKey &key)
{
    const Bytes32 hash = keccak256(ByteView(key).subspan(1));
    Address address;
    std::copy_n(hash.begin() + 12, address.size(), address.begin());
    return address;
}

Address addressOf(const PrivateKey &key)
{
    return addressOf(publicKeyOf(key));
}

Signature sign(const PrivateKey &key, const Bytes32 &digest)
{
    secp256k1_ecdsa_recoverable_signature made;
    [[maybe_unused]] const int done = secp256k1_ecdsa_sign_recoverable(
        context(), &made, digest.data(), key.secret().data(), nullptr, nullptr);
    assert(done == 1);
    std::array<std::uint8_t, 64> compact;
    int recoveryId = 0;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(context(), compact.data(), &recoveryId,
                                                            &made);
    Signature signature;
    std::copy_n(compact.begin(), 32, signature.r.begin());
    std::copy_n(compact.begin() + 32, 32, signature.s.begin());
    signature.recoveryId = static_cast<std::uint8_t>(recoveryId);
    return signature;
}

Result<Address> recoverSigner(const Signature &signature, const Bytes32 &digest)
{
    if (signature.s > kHalfOrder)
        return fail(ErrorCode::InvalidInput, "the signature has a high s");
    if (signature.recoveryId > 1)
        return fail(ErrorCode::InvalidInput, "the signature's recovery id is not 0 or 1");
    std::array<std::uint8_t, 64> compact;
    std::ranges::copy(signature.r, compact.begin());
    std::ranges::copy(signature.s, compact.begin() + 32);
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey point;
    if (secp256k1_ecdsa_recoverable_signature_parse_compact(context(), &parsed, compact.data(),
                                                            signature.recoveryId) != 1
        || secp256k1_ecdsa_recover(context(), &point, &parsed, digest.data()) != 1)
        return fail(ErrorCode::InvalidInput, "the signature is not one of secp256k1");
    return addressOf(serialize(point));
}

Bytes32 personalDigest(const Bytes32 &hash)
{
    return personalDigest(
        std::string_view(reinterpret_cast<const char *>(hash.data()), hash.size()));
}

Bytes32 personalDigest(std::string_view text)
{
    return keccak256(std::format("\x19"
                                 "Ethereum Signed Message:\n{}",
                                 text.size())
                     + std::string(text));
}

Bytes toVrs(const Signature &signature)
{
    Bytes bytes{signature.v()};
    append(bytes, signature.r);
    append(bytes, signature.s);
    return bytes;
}

} // namespace chrona::ethereum
