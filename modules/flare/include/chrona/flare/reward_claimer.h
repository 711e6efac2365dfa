// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/flare/reward_data.h"
#include "chrona/flare/submitter.h"

namespace chrona::flare {

/// Claims what the provider's accounts have earned, by itself and from time to time, with keys that
/// were enrolled for claims: their rules name the one recipient, so a wrong setting here can pay
/// nobody else. One thread.
class RewardClaimer {
public:
    struct Options {
        NetworkSetup setup;
        ChainId chain = 0;
        std::vector<NamedContract> contracts;
        std::vector<Address> owners; ///< whose rewards; those without a key are passed over
        Address recipient{};
        bool isWrapped = true;
        Seconds every = 6 * 3'600; ///< chain time
        FeeRules fees{};
        /// The published data of a reward epoch; nothing yet: it is on its way. No function: only
        /// what needs no proof is claimed.
        std::function<Result<std::optional<std::string>>(std::uint32_t rewardEpoch)> published{};
    };
    RewardClaimer(ChainClient &client, Signing &signing, Options options);

    [[nodiscard]] Status step(storage::Connection &connection, Seconds now);

private:
    /// False: what is published is on its way.
    [[nodiscard]] Result<bool> claimFor(storage::Connection &connection, const Address &owner,
                                        Seconds now);
    struct Proven {
        std::vector<ProvenClaim> claims{};
        std::optional<std::uint32_t> upTo{}; ///< what comes after it cannot be read yet
    };
    /// Nothing: data of a reward epoch is on its way.
    [[nodiscard]] Result<std::optional<Proven>> provenFor(const Address &owner,
                                                          const Address &manager);
    [[nodiscard]] Result<bool> hasOpen(const Address &owner, const Address &manager,
                                       const Proven &proven);
    [[nodiscard]] Result<std::optional<std::vector<ProvenClaim>>>
    claimsIn(std::uint32_t rewardEpoch, const Address &owner);

    ChainClient &m_client;
    Signing &m_signing;
    Options m_options;
    TransactionSender m_sender;
    std::optional<Seconds> m_lookedAt;
    bool m_isWaiting = false; ///< for published data
    std::set<Address> m_done; ///< of the present look
    /// What was read for it, by owner and reward epoch.
    std::map<std::pair<Address, std::uint32_t>, std::vector<ProvenClaim>> m_read;
};

} // namespace chrona::flare
