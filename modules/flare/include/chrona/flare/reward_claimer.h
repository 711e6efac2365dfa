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
        /// The published data of a reward epoch; nothing: only what needs no proof is claimed.
        std::function<Result<std::string>(std::uint32_t rewardEpoch)> published{};
    };
    RewardClaimer(ChainClient &client, Signing &signing, Options options);

    [[nodiscard]] Status step(storage::Connection &connection, Seconds now);

private:
    [[nodiscard]] Status claimFor(storage::Connection &connection, const Address &owner,
                                  Seconds now);
    [[nodiscard]] Result<std::vector<ProvenClaim>> provenFor(const Address &owner,
                                                             const Address &manager);

    ChainClient &m_client;
    Signing &m_signing;
    Options m_options;
    TransactionSender m_sender;
    std::optional<Seconds> m_lookedAt;
};

} // namespace chrona::flare
