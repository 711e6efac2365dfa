// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ethereum/signing.h"
#include "chrona/ethereum/transaction.h"
#include "chrona/flare/contracts.h"
#include "chrona/flare/evm_node.h"
#include "chrona/ftso/feeds.h"
#include "chrona/ftso/payload.h"
#include "chrona/ftso/signing_policy.h"

#include <map>

namespace chrona::flare {

/// One who submits, with keys of its own that nobody uses.
struct TestProvider {
    Address identity{}, delegation{};
    ethereum::PrivateKey submitKey, signaturesKey, signingKey;

    [[nodiscard]] Address submit() const { return ethereum::addressOf(submitKey); }
    [[nodiscard]] Address signatures() const { return ethereum::addressOf(signaturesKey); }
    [[nodiscard]] Address signing() const { return ethereum::addressOf(signingKey); }
};
[[nodiscard]] TestProvider makeProvider(std::uint8_t seed);

/// The contracts of a price oracle on a test chain, with a few providers: what the real networks
/// have, as small as can be.
class OracleWorld {
public:
    /// Three feeds, providers of equal weight, the policy of `rewardEpoch` from its first round on.
    OracleWorld(EvmNode &node, std::size_t providers, std::uint32_t rewardEpoch);

    EvmNode &node;
    ftso::Network timing;
    std::uint32_t rewardEpoch;
    RoundId firstRound;
    Address relay{}, world{};
    Address duties{}; ///< all that is not about rounds
    std::vector<TestProvider> providers;
    std::vector<ftso::Feed> feeds; ///< in canonical order
    ftso::SigningPolicy policy;

    /// Offers, voters and policy of one more reward epoch.
    void announce(std::uint32_t epoch);
    /// A transaction of Submission by a provider's key; pending unless blocks are made at once.
    Bytes32 send(const ethereum::PrivateKey &key, const Address &to, Bytes data);
    void commit(const TestProvider &provider, RoundId round,
                std::span<const ftso::FeedValue> values);
    void reveal(const TestProvider &provider, RoundId round);
    void sign(const TestProvider &provider, const ftso::ProtocolMessage &result);

    /// After the chain was taken back to where this world was new.
    void beginAnew();

private:
    std::vector<ftso::Feed> m_firstFeeds;
    ftso::SigningPolicy m_firstPolicy;
    std::map<std::pair<Address, RoundId>, ftso::Reveal> m_reveals;
    std::map<Address, std::uint64_t> m_nonces;
};

} // namespace chrona::flare
