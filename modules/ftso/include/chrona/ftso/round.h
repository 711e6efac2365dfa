// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/merkle.h"
#include "chrona/ftso/median.h"
#include "chrona/ftso/payload.h"

#include <map>
#include <set>

namespace chrona::ftso {

struct Voter {
    Address submitAddress{};
    ethereum::Uint256 weight;
};

/// A call of the Submission contract as a block has it.
struct Submission {
    SubmissionFunction function = SubmissionFunction::Submit1;
    Address from{};
    Seconds timestamp = 0;
    std::uint64_t blockNumber = 0;
    std::uint32_t transactionIndex = 0;
    Bytes calldata; ///< with the selector
};

struct ValidReveal {
    Bytes32 random{};
    std::vector<FeedValue> values;
};

/// What became of one round's commits.
struct RoundReveals {
    std::map<Address, ValidReveal> valid;
    std::set<Address> offenders; ///< committed and did not validly reveal
};

/// What a reveal has to look like: a matter of the reward epoch that the round belongs to.
struct RevealForm {
    std::size_t feedCount = 0;
    bool mayBeBare = false; ///< a random without a single value counts (since FIP.16)
};

/// Reads the commits and reveals of one round out of any set of submissions, in any order. Whoever
/// sent is looked at, also who is not registered. A later commit or reveal replaces an earlier one
/// only when it can be read.
[[nodiscard]] RoundReveals collectReveals(const Network &network, RoundId round,
                                          std::span<const Submission> submissions,
                                          const RevealForm &form);

struct RoundRandom {
    ethereum::Uint256 value;
    bool isSecure = false;
};
/// Sum of the randoms of those who are not benched; secure when every offender was benched already
/// and at least two took part.
[[nodiscard]] RoundRandom roundRandom(const std::map<Address, Bytes32> &reveals,
                                      const std::set<Address> &offenders,
                                      const std::set<Address> &benched);

[[nodiscard]] Bytes32 feedLeaf(std::uint32_t votingRoundId, const Feed &feed, std::int32_t value,
                               std::uint16_t turnoutBips);
[[nodiscard]] Bytes32 randomLeaf(std::uint32_t votingRoundId, const RoundRandom &random);

struct RoundInput {
    Network network;
    RoundId round = 0;
    int benchingWindow = 20; ///< rounds
    std::vector<Feed> feeds; ///< in canonical order
    std::vector<Voter> voters;
    std::vector<Submission> submissions; ///< of this round and of the benching window before it
    bool revealMayBeBare = false;
    /// Of the window's rounds in order, which may reach into another reward epoch with other feeds.
    /// Empty: all as in this round.
    std::vector<RevealForm> formsBefore{};
};

struct RoundResult {
    std::vector<Address> validReveals; ///< of registered voters, in the voters' order
    std::set<Address> offenders;       ///< registered ones
    std::set<Address> benched;
    RoundRandom random;
    std::vector<FeedResult> feeds;
    ethereum::Uint256 totalWeight;
    ethereum::MerkleTree tree{{}};
    ProtocolMessage message;
};

/// Everything that follows from a round's submissions, as every provider must find it.
[[nodiscard]] RoundResult computeRound(const RoundInput &input);

} // namespace chrona::ftso
