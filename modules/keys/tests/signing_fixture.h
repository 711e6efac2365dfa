// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ftso/payload.h"
#include "chrona/keys/signer.h"

namespace chrona::keys {

inline const Instant kNow = parseInstant("2026-11-25T12:00:30Z").value();

/// A key of a test chain that nobody uses.
inline ethereum::PrivateKey testKey(std::uint8_t seed = 7)
{
    ethereum::Bytes32 bytes{};
    bytes.fill(seed);
    return std::move(ethereum::PrivateKey::fromBytes(bytes).value());
}

inline NetworkContracts testContracts()
{
    NetworkContracts contracts;
    contracts.relay.fill(0xA1);
    contracts.systemsManager.fill(0xA2);
    contracts.voterRegistry.fill(0xA3);
    contracts.voterPreRegistry.fill(0xA4);
    contracts.wrappedCoin.fill(0xA5);
    contracts.rewardManager.fill(0xA6);
    contracts.claimRecipient.fill(0x5C);
    return contracts;
}

inline SigningRules testRules(Duty duty)
{
    return rulesFor("coston2", duty, testContracts()).value();
}

/// A commit that the submit duty's rules allow.
inline ethereum::Transaction commitTransaction()
{
    ethereum::Transaction transaction;
    transaction.chainId = 114;
    transaction.nonce = 5;
    transaction.maxPriorityFeePerGas = ethereum::Uint256(100'000'000'000);
    transaction.maxFeePerGas = ethereum::Uint256(600'000'000'000);
    transaction.gasLimit = ethereum::Uint256(100'000);
    transaction.to = testRules(Duty::Submit).calls.front().contract;
    transaction.data = ftso::submissionCalldata(ftso::SubmissionFunction::Submit1,
                                                {.votingRoundId = 9, .payload = {1, 2, 3}});
    return transaction;
}

} // namespace chrona::keys
