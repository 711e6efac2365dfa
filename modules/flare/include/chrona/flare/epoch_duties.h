// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/chain_action.h"
#include "chrona/flare/reward_data.h"
#include "chrona/flare/reward_epochs.h"
#include "chrona/flare/submitter.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace chrona::flare {

/// What a provider owes once in a reward epoch beside its rounds: registration for the next one, a
/// signature under the new signing policy, the vote on uptime and, where a person named who
/// publishes them, the signature under rewards. Each is asked of the chain first, so that nothing
/// is sent that a contract would refuse; each is sent once. The root of rewards follows from all
/// protocols' data, which is not computed here: what is checked of it is in ADR 0103.
///
/// The transactions are pursued by whoever pursues the submitter's. One thread.
class EpochDuties {
public:
    struct Options {
        NetworkSetup setup;
        ChainId chain = 0;
        Address identity{};
        std::vector<NamedContract> contracts;
        FeeRules fees{};
        Seconds lookEvery = 30; ///< chain time
        /// A reward epoch's published data, from each place that a person named; nothing yet: it is
        /// on its way. No function: rewards are not signed.
        std::function<Result<std::optional<std::vector<std::string>>>(std::uint32_t rewardEpoch)>
            published{};
    };
    EpochDuties(ChainClient &client, Signing &signing, Options options);

    /// Does what is due. Nothing, where the chain was asked a moment ago.
    [[nodiscard]] Status step(storage::Connection &connection, Seconds now);

private:
    [[nodiscard]] Status registerNext(storage::Connection &connection, Seconds now);
    [[nodiscard]] Status signPolicy(storage::Connection &connection, Seconds now);
    [[nodiscard]] Status voteUptime(storage::Connection &connection, Seconds now);
    [[nodiscard]] Status signRewards(storage::Connection &connection, Seconds now);
    /// What all places publish alike, and what holds of it as far as can be told here.
    [[nodiscard]] Result<RewardData> agreedRewards(storage::Connection &connection,
                                                   std::uint32_t rewardEpoch,
                                                   std::span<const std::string> texts);
    [[nodiscard]] Status sayChecked(storage::Connection &connection, Outgoing draft, Seconds now);
    [[nodiscard]] Result<ethereum::Signature> askFor(const keys::SigningRequest &request);
    /// Nothing: the signer does not hold the identity's signing key, so these duties are another's.
    [[nodiscard]] Result<std::optional<keys::HeldKey>> signingKey();
    /// The same, and nothing where what it would sign was said before.
    [[nodiscard]] Result<std::optional<keys::HeldKey>>
    keyUnlessSaid(storage::Connection &connection, Purpose purpose, RoundId epoch);
    struct Ended {
        Address manager{};
        std::uint32_t epoch = 0;
    };
    /// The reward epoch that ended last, and who manages them; nothing before one has.
    [[nodiscard]] Result<std::optional<Ended>> lastEnded();

    ChainClient &m_client;
    Signing &m_signing;
    Options m_options;
    TransactionSender m_sender;
    std::optional<Seconds> m_lookedAt;
    std::optional<Seconds> m_rewardsAskedAt; ///< documents of megabytes are not asked for often
};

/// Accounts that an entity has named for its duties, as EntityManager has them now.
struct EntityAccounts {
    Address submit{}, submitSignatures{}, signingPolicy{};
};
[[nodiscard]] Result<EntityAccounts> readEntity(ChainClient &client,
                                                std::span<const NamedContract> contracts,
                                                const Address &identity, std::stop_token stop = {});

} // namespace chrona::flare
