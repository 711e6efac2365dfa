// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_store.h"
#include "chrona/flare/events.h"
#include "chrona/ftso/round.h"

namespace chrona::flare {

struct EpochVoter {
    Address identity{};
    Address submit{}, submitSignatures{}, signingPolicy{}, delegation{};
    std::uint16_t feeBips = 0;
    Uint256 votePower, cappedVotePower, registrationWeight;
    std::uint16_t signingWeight = 0;
    std::vector<std::pair<std::array<std::uint8_t, 20>, Uint256>> nodes{}; ///< its validators
};

/// Who votes in a reward epoch, on what, and with what weight: from the events of the chain, so
/// that a feed that is added, renamed or taken off needs no new program.
struct RewardEpoch {
    std::int64_t number = 0;
    RoundId firstRound = 0;
    ftso::SigningPolicy policy;
    std::vector<EpochVoter> voters{};              ///< in the policy's order; all of them known
    std::vector<ftso::Feed> feeds{};               ///< in canonical order
    std::vector<std::uint32_t> secondaryBandPpm{}; ///< of each feed

    [[nodiscard]] const EpochVoter *voterOf(const Address &identity) const;
};

[[nodiscard]] bool isFip16(const NetworkSetup &setup, std::int64_t rewardEpoch);
/// What reveals of its rounds have to look like.
[[nodiscard]] ftso::RevealForm revealForm(const RewardEpoch &epoch, const NetworkSetup &setup);

/// The reward epoch to which a round belongs: that of the newest policy that begins with it or
/// before. NotFound until its events are indexed.
[[nodiscard]] Result<RewardEpoch> rewardEpochOf(storage::Connection &connection, ChainId chain,
                                                const NetworkSetup &setup, RoundId round);
/// Whether an identity is in the policy of a reward epoch; nothing: there is none yet.
[[nodiscard]] Result<std::optional<bool>> isRegistered(storage::Connection &connection,
                                                       ChainId chain, std::int64_t rewardEpoch,
                                                       const Address &identity);
[[nodiscard]] Status saveDelegations(storage::Connection &connection, ChainId chain,
                                     const RewardEpoch &epoch);

} // namespace chrona::flare
