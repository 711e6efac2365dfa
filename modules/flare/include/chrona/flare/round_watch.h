// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/reward_epochs.h"
#include <set>

namespace chrona::flare {

enum class Part : std::int16_t {
    None,
    InTime,
    Late,
    Broken,   ///< cannot be read
    Mismatch, ///< a reveal of other values than were committed to; a signature of another result
};

/// What one voter did in a round, and how close its values came.
struct Participation {
    Address identity{}, submit{};
    Part commit = Part::None, reveal = Part::None, signature = Part::None;
    std::optional<Seconds> committedAt{}, revealedAt{}, signedAt{};
    std::vector<ftso::FeedValue> values{}; ///< of a valid reveal
    std::int32_t given = 0, inIqr = 0, inPct = 0, near = 0;
    /// What the other protocols saw of it in this round. Signed: the result that became final.
    bool fdcVoted = false, fdcSigned = false;
    std::int32_t fastUpdates = 0;
};

struct FinalResult {
    Bytes32 root{};
    bool isSecure = false;
    Seconds time = 0;
};

/// A round as it follows from the blocks that are in the database.
struct RoundView {
    RoundId round = 0;
    RewardEpoch epoch;
    ftso::RoundResult result{};
    std::vector<Participation> voters{}; ///< in the policy's order
    std::optional<FinalResult> final{};
    std::optional<FinalResult> fdcFinal{};            ///< the data connector's
    std::vector<ftso::IndexedSignature> signatures{}; ///< of our result, by index
    bool isWhole = false;  ///< all blocks are there from which the result follows
    bool isClosed = false; ///< nothing that comes can change it
    std::uint64_t lastBlock = 0;
};

/// NotFound until the reward epoch's events are indexed.
[[nodiscard]] Result<RoundView> viewRound(storage::Connection &connection, ChainId chain,
                                          const NetworkSetup &setup, RoundId round);
[[nodiscard]] Status saveRound(storage::Connection &connection, ChainId chain,
                               const RoundView &view);

/// Computes each round when its reveals are over and once more when it is closed. One thread.
class RoundWatch {
public:
    RoundWatch(ChainId chain, NetworkSetup setup) : m_chain(chain), m_setup(std::move(setup)) {}
    /// At most `roundsMax` rounds, the oldest first. Returns how many were looked at.
    [[nodiscard]] Result<int> step(storage::Connection &connection, int roundsMax = 20);

private:
    [[nodiscard]] Result<std::vector<RoundId>> due(storage::Connection &connection, int roundsMax);
    [[nodiscard]] Status predictBefore(storage::Connection &connection, const RoundView &view);

    ChainId m_chain;
    NetworkSetup m_setup;
    std::set<std::int64_t> m_delegationsOf;
    RoundId m_openFrom = 0;            ///< rounds before it are closed for good
    std::optional<RoundView> m_before; ///< the round that was closed last
};

/// What the accounts claimed, from the chain's events, and what they still can, as it was read.
[[nodiscard]] Status saveRewards(storage::Connection &connection, ChainId chain,
                                 std::span<const Address> beneficiaries,
                                 std::span<const OpenReward> open);

} // namespace chrona::flare
