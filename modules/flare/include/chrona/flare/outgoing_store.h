// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_store.h"
#include "chrona/flare/fees.h"
#include "chrona/ftso/payload.h"

namespace chrona::flare {

/// Of those that follow the rounds, `round` is the voting round; of registration and votes the
/// reward epoch; of what a person asks for, the voting round in which it was asked.
enum class Purpose : std::int16_t {
    Commit = 1,
    Reveal,
    Sign,
    Finalise,
    Register,
    Preregister,
    SignPolicy,
    VoteUptime,
    Delegate,
    Undelegate,
    Wrap,
    Unwrap,
    Claim,
    SignRewards,
};
enum class OutgoingState : std::int16_t { Planned, Sent, Mined, Reverted, GivenUp, Rehearsed };

/// Something that is to be said once on chain: one row for each sender, purpose and round.
struct Outgoing {
    std::int64_t id = 0;
    Address sender{};
    Purpose purpose = Purpose::Commit;
    RoundId round = 0;
    std::uint64_t nonce = 0;
    Address recipient{};
    Bytes data{};
    std::uint64_t gas = 0;
    Seconds until = 0; ///< chain time after which it is of no use
    OutgoingState state = OutgoingState::Planned;
    std::optional<std::uint64_t> minedBlock{};
    std::optional<Seconds> minedAt{};
    Uint256 value{}; ///< wei that it carries
};

/// One signed form of it.
struct OutgoingTry {
    std::int16_t number = 0;
    Bytes32 hash{};
    Bytes raw;
    Fee fee;
    std::optional<Seconds> sentAt;
};

[[nodiscard]] Result<std::optional<Outgoing>> findOutgoing(storage::Connection &connection,
                                                           ChainId chain, const Address &sender,
                                                           Purpose purpose, RoundId round);
/// Plans it with the smallest nonce that is free: not below `chainNonce`, and not another row's. A
/// row that is there already comes back as it is. On disk when it returns.
[[nodiscard]] Result<Outgoing> planOutgoing(storage::Connection &connection, ChainId chain,
                                            Outgoing draft, std::uint64_t chainNonce);
/// The same row with a new nonce: somebody else used the old one, so no form of it can be mined.
[[nodiscard]] Result<Outgoing> replanOutgoing(storage::Connection &connection, ChainId chain,
                                              const Outgoing &outgoing, std::uint64_t chainNonce);
/// What is planned or sent, and what was mined in block `fromBlock` or later, for a reorganisation
/// may bring it back; of each sender by nonce.
[[nodiscard]] Result<std::vector<Outgoing>> openOutgoing(storage::Connection &connection,
                                                         ChainId chain, std::uint64_t fromBlock);
/// Takes a row back of which nothing was ever signed: it would keep its nonce from later ones. Does
/// nothing to any other.
[[nodiscard]] Status dropPlanned(storage::Connection &connection, std::int64_t id);
[[nodiscard]] Status setState(storage::Connection &connection, std::int64_t id,
                              OutgoingState state);
struct Mining {
    Bytes32 hash{};
    std::uint64_t block = 0;
    Seconds time = 0;
    Uint256 fee;
    bool succeeded = false;
};
[[nodiscard]] Status setMined(storage::Connection &connection, std::int64_t id,
                              const Mining &mining);

[[nodiscard]] Result<std::vector<OutgoingTry>> triesOf(storage::Connection &connection,
                                                       std::int64_t id);
/// Before it is sent.
[[nodiscard]] Status addTry(storage::Connection &connection, std::int64_t id,
                            const OutgoingTry &attempt);
[[nodiscard]] Status setSent(storage::Connection &connection, std::int64_t id, std::int16_t number,
                             Seconds at);
/// The highest bid of any row with this nonce: what a transaction in its place must outbid.
[[nodiscard]] Result<std::optional<Fee>> highestBid(storage::Connection &connection, ChainId chain,
                                                    const Address &sender, std::uint64_t nonce);

/// What was committed to. keepCommitment() gives back what is kept: the caller's, or what an
/// earlier call for the round had kept.
[[nodiscard]] Result<ftso::Reveal> keepCommitment(storage::Connection &connection, ChainId chain,
                                                  const ftso::Reveal &reveal);
[[nodiscard]] Result<std::optional<ftso::Reveal>>
commitmentOf(storage::Connection &connection, ChainId chain, const Address &submit, RoundId round);
/// Of whichever account: one, unless the provider's account changed within the round.
[[nodiscard]] Result<std::vector<ftso::Reveal>> commitmentsOf(storage::Connection &connection,
                                                              ChainId chain, RoundId round);

} // namespace chrona::flare
