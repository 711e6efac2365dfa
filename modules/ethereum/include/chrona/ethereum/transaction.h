// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/signing.h"
#include "chrona/ethereum/uint256.h"

#include <optional>

namespace chrona::ethereum {

enum class TransactionType : std::uint8_t { Legacy = 0, FeeMarket = 2 };

/// Storage that a fee-market transaction says it will touch (EIP-2930).
struct AccessEntry {
    Address address{};
    std::vector<Bytes32> storageKeys;
    friend bool operator==(const AccessEntry &, const AccessEntry &) = default;
};

/// Legacy with EIP-155 replay protection, or EIP-1559.
struct Transaction {
    TransactionType type = TransactionType::FeeMarket;
    std::uint64_t chainId = 0;
    std::uint64_t nonce = 0;
    Uint256 gasPrice;             ///< legacy
    Uint256 maxPriorityFeePerGas; ///< fee market
    Uint256 maxFeePerGas;         ///< fee market
    Uint256 gasLimit;
    std::optional<Address> to;    ///< nothing: contract creation
    Uint256 value;
    Bytes data;
    std::vector<AccessEntry> accessList; ///< fee market

    friend bool operator==(const Transaction &, const Transaction &) = default;
};

struct SignedTransaction {
    Bytes raw; ///< what eth_sendRawTransaction takes
    Bytes32 hash{};
    Signature signature;
};

/// What is hashed and signed.
[[nodiscard]] Bytes signingPayload(const Transaction &transaction);
[[nodiscard]] SignedTransaction sign(const Transaction &transaction, const PrivateKey &key);
/// With a signature that was made elsewhere, on a device for instance.
[[nodiscard]] SignedTransaction assemble(const Transaction &transaction,
                                         const Signature &signature);

struct DecodedTransaction {
    Transaction transaction;
    Signature signature;
    Address from{};
};
/// Strict inverse of sign(), so that a signer can look at what it is asked to put its name under.
[[nodiscard]] Result<DecodedTransaction> decodeSigned(ByteView raw);
/// The inverse of signingPayload().
[[nodiscard]] Result<Transaction> decodeUnsigned(ByteView payload);

} // namespace chrona::ethereum
