// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/reward_claimer.h"

#include "abi_fields.h"
#include "contract_call.h"

#include "chrona/base/log.h"

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

constexpr std::uint32_t kEpochsAtOnce = 30; ///< more than rewards last
constexpr Seconds kClaimSeconds = 600;

} // namespace

RewardClaimer::RewardClaimer(ChainClient &client, Signing &signing, Options options)
    : m_client(client), m_signing(signing), m_options(std::move(options)),
      m_sender(client, signing,
               {.chain = m_options.chain,
                .chainId = m_options.setup.timing.chainId,
                .fees = m_options.fees})
{
}

Status RewardClaimer::step(storage::Connection &connection, Seconds now)
{
    if (m_lookedAt && now - *m_lookedAt < m_options.every)
        return {};
    m_lookedAt = now;
    Status first;
    for (const Address &owner : m_options.owners)
        if (auto done = claimFor(connection, owner, now); !done && first)
            first = std::move(done);
    return first;
}

/// What needs a proof, of the reward epochs that can be claimed and are not.
Result<std::vector<ProvenClaim>> RewardClaimer::provenFor(const Address &owner,
                                                          const Address &manager)
{
    std::vector<ProvenClaim> proven;
    if (!m_options.published)
        return proven;
    const auto range = callFunction(m_client, manager, "getRewardEpochIdsWithClaimableRewards()",
                                    {}, "r(uint24,uint24)", {});
    const ethereum::AbiValue asked[] = {owner};
    const auto next = callFunction(m_client, manager, "getNextClaimableRewardEpochId(address)",
                                   asked, "r(uint256)", {});
    if (!range || !next)
        return std::unexpected(!range ? range.error() : next.error());
    const auto last = static_cast<std::uint32_t>(smallIn(range->at(1)));
    const auto first = static_cast<std::uint32_t>(
        std::max(smallIn(range->at(0)), std::min<std::uint64_t>(smallIn(next->front()), last + 1)));
    for (std::uint32_t epoch = first; epoch <= last && epoch < first + kEpochsAtOnce; ++epoch) {
        const auto text = m_options.published(epoch);
        const auto data =
            text ? readRewardData(*text) : Result<RewardData>(std::unexpected(text.error()));
        if (!data) {
            // Claiming later epochs would leave this one behind for good.
            log::warning("flare", "rewards of epoch {} are not claimed: {}", epoch,
                         describe(data.error()));
            break;
        }
        const auto own = claimsOf(*data, owner);
        proven.insert(proven.end(), own.begin(), own.end());
    }
    return proven;
}

Status RewardClaimer::claimFor(storage::Connection &connection, const Address &owner, Seconds now)
{
    const bool isHeld = std::ranges::any_of(m_signing.keys(), [&](const keys::HeldKey &key) {
        return key.address == owner && key.chainId == m_options.setup.timing.chainId;
    });
    const auto manager = contractNamed(m_options.contracts, "RewardManager");
    if (!isHeld || !manager)
        return isHeld ? Status(std::unexpected(manager.error())) : Status();
    auto proven = provenFor(owner, *manager);
    if (!proven)
        return std::unexpected(proven.error());
    const auto action = makeAction(m_client, m_options.contracts,
                                   {.kind = ActionKind::Claim,
                                    .from = owner,
                                    .recipient = m_options.recipient,
                                    .isWrapped = m_options.isWrapped,
                                    .claims = std::move(*proven)});
    if (!action && action.error().code == ErrorCode::NotFound)
        return {}; // nothing to claim
    if (!action)
        return std::unexpected(action.error());
    const auto gas = m_client.estimateGas(owner, *manager, action->data);
    if (!gas)
        return std::unexpected(gas.error());
    log::info("flare", "claims of {} up to reward epoch {}", ethereum::toChecksummed(owner),
              action->rewardEpoch);
    return m_sender.say(connection,
                        {.sender = owner,
                         .purpose = Purpose::Claim,
                         .round = ftso::votingEpochAt(m_options.setup.timing, now),
                         .recipient = *manager,
                         .data = action->data,
                         .until = now + kClaimSeconds},
                        now);
}

} // namespace chrona::flare
