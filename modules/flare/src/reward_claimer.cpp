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
    constexpr Seconds kWait = 10; ///< for what is on its way
    if (m_lookedAt &&
        now - *m_lookedAt < (m_isWaiting ? std::min(kWait, m_options.every) : m_options.every))
        return {};
    m_lookedAt = now;
    m_isWaiting = false;
    Status first;
    for (const Address &owner : m_options.owners) {
        if (m_done.contains(owner))
            continue;
        const auto done = claimFor(connection, owner, now);
        if (!done && first)
            first = std::unexpected(done.error());
        if (done && !*done)
            m_isWaiting = true;
        else
            m_done.insert(owner);
    }
    if (!m_isWaiting) {
        m_read.clear();
        m_done.clear();
    }
    return first;
}

Result<std::optional<std::vector<ProvenClaim>>> RewardClaimer::claimsIn(std::uint32_t rewardEpoch,
                                                                        const Address &owner)
{
    const auto known = m_read.find({owner, rewardEpoch});
    if (known != m_read.end())
        return known->second;
    const auto text = m_options.published(rewardEpoch);
    if (!text)
        return std::unexpected(text.error());
    if (!*text)
        return std::nullopt;
    const auto data = readRewardData(**text);
    if (!data)
        return std::unexpected(data.error());
    // One document for all owners: it is megabytes long.
    for (const Address &each : m_options.owners)
        m_read[{each, rewardEpoch}] = claimsOf(*data, each);
    return m_read[{owner, rewardEpoch}];
}

/// What needs a proof, of the reward epochs that can be claimed and are not.
Result<std::optional<RewardClaimer::Proven>> RewardClaimer::provenFor(const Address &owner,
                                                                      const Address &manager)
{
    Proven proven;
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
        const auto own = claimsIn(epoch, owner);
        if (!own) {
            // Claiming later epochs would leave this one behind for good.
            log::warning("flare", "rewards of epoch {} are not claimed: {}", epoch,
                         describe(own.error()));
            proven.upTo = epoch - std::min(epoch, 1U);
            break;
        }
        if (!*own)
            return std::nullopt;
        proven.claims.insert(proven.claims.end(), (*own)->begin(), (*own)->end());
    }
    return proven;
}

/// Whether there is something to claim up to where claims can be read.
Result<bool> RewardClaimer::hasOpen(const Address &owner, const Address &manager,
                                    const Proven &proven)
{
    if (!proven.upTo || !proven.claims.empty())
        return true; // the chain says up to where
    const auto open = readOpenRewards(m_client, manager, owner);
    if (!open)
        return std::unexpected(open.error());
    return std::ranges::any_of(*open, [&proven](const OpenReward &reward) {
        return reward.rewardEpoch <= *proven.upTo;
    });
}

Result<bool> RewardClaimer::claimFor(storage::Connection &connection, const Address &owner,
                                     Seconds now)
{
    const bool isHeld = std::ranges::any_of(m_signing.keys(), [&](const keys::HeldKey &key) {
        return key.address == owner && key.chainId == m_options.setup.timing.chainId;
    });
    const auto manager = contractNamed(m_options.contracts, "RewardManager");
    if (!isHeld || !manager)
        return isHeld ? Result<bool>(std::unexpected(manager.error())) : true;
    auto proven = provenFor(owner, *manager);
    if (!proven)
        return std::unexpected(proven.error());
    if (!*proven)
        return false;
    const auto open = hasOpen(owner, *manager, **proven);
    if (!open || !*open)
        return open ? Result<bool>(true) : open;
    const auto action = makeAction(m_client, m_options.contracts,
                                   {.kind = ActionKind::Claim,
                                    .from = owner,
                                    .recipient = m_options.recipient,
                                    .isWrapped = m_options.isWrapped,
                                    .rewardEpoch = (*proven)->upTo,
                                    .claims = std::move((*proven)->claims)});
    if (!action && action.error().code == ErrorCode::NotFound)
        return true; // nothing to claim
    if (!action)
        return std::unexpected(action.error());
    const auto gas = m_client.estimateGas(owner, *manager, action->data);
    if (!gas)
        return std::unexpected(gas.error());
    log::info("flare", "claims of {} up to reward epoch {}", ethereum::toChecksummed(owner),
              action->rewardEpoch);
    return m_sender
        .say(connection,
             {.sender = owner,
              .purpose = Purpose::Claim,
              .round = ftso::votingEpochAt(m_options.setup.timing, now),
              .recipient = *manager,
              .data = action->data,
              .until = now + kClaimSeconds},
             now)
        .transform([] { return true; });
}

} // namespace chrona::flare
