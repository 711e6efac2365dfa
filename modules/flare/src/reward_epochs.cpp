// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/reward_epochs.h"

#include "sql_bytes.h"

#include <algorithm>
#include <format>
#include <map>

namespace chrona::flare {
namespace {

using storage::Connection;

Result<std::vector<StoredLog>> logsOfEpoch(Connection &connection, ChainId chain, EventKind kind,
                                           int word, std::int64_t epoch)
{
    return logsWith(connection, chain,
                    {.topic = topicOf(kind),
                     .word = word,
                     .value = keyWord(static_cast<std::uint64_t>(epoch))});
}

/// The last one that can be read.
Result<std::optional<ftso::SigningPolicy>> policyOf(Connection &connection, ChainId chain,
                                                    std::int64_t epoch)
{
    const auto logs = logsOfEpoch(connection, chain, EventKind::PolicyInitialized, 0, epoch);
    if (!logs)
        return std::unexpected(logs.error());
    std::optional<ftso::SigningPolicy> last;
    for (const StoredLog &log : *logs)
        if (auto policy = readPolicyInitialized(log.log))
            last = std::move(*policy);
    return last;
}

/// Registered voters by the address that signs for them.
Result<std::map<Address, EpochVoter>> registeredVoters(Connection &connection, ChainId chain,
                                                       std::int64_t epoch)
{
    std::map<Address, EpochVoter> byIdentity;
    for (const EventKind kind : {EventKind::VoterRegisteredOld, EventKind::VoterRegistered}) {
        const auto logs = logsOfEpoch(connection, chain, kind, 1, epoch);
        if (!logs)
            return std::unexpected(logs.error());
        for (const StoredLog &log : *logs)
            if (const auto voter = readVoterRegistered(log.log)) {
                EpochVoter &known = byIdentity[voter->identity];
                known.identity = voter->identity;
                known.submit = voter->submit;
                known.submitSignatures = voter->submitSignatures;
                known.signingPolicy = voter->signingPolicy;
                known.registrationWeight = voter->registrationWeight;
            }
    }
    const auto infos = logsOfEpoch(connection, chain, EventKind::VoterInfo, 1, epoch);
    if (!infos)
        return std::unexpected(infos.error());
    for (const StoredLog &log : *infos)
        if (const auto info = readVoterInfo(log.log); info && byIdentity.contains(info->identity)) {
            EpochVoter &known = byIdentity[info->identity];
            known.delegation = info->delegation;
            known.feeBips = info->feeBips;
            known.votePower = info->votePower;
            known.cappedVotePower = info->cappedVotePower;
            known.nodes = info->nodes;
        }
    std::map<Address, EpochVoter> bySigner;
    for (const auto &[identity, voter] : byIdentity)
        bySigner[voter.signingPolicy] = voter;
    return bySigner;
}

Status readFeeds(Connection &connection, ChainId chain, RewardEpoch &epoch)
{
    const auto inflation =
        logsOfEpoch(connection, chain, EventKind::InflationOffered, 0, epoch.number);
    const auto community =
        logsOfEpoch(connection, chain, EventKind::RewardsOffered, 0, epoch.number);
    if (!inflation || !community)
        return std::unexpected(!inflation ? inflation.error() : community.error());
    std::vector<ftso::Feed> feeds;
    std::vector<ftso::CommunityOffer> offers;
    std::map<ftso::FeedId, std::uint32_t> widths;
    for (const StoredLog &log : *inflation)
        if (const auto offer = readInflationOffered(log.log))
            for (const OfferedFeed &feed : offer->feeds) {
                if (widths.emplace(feed.feed.id, feed.secondaryBandPpm).second)
                    feeds.push_back(feed.feed);
            }
    for (const StoredLog &log : *community)
        if (const auto event = readRewardsOffered(log.log)) {
            offers.push_back(event->offer);
            widths.emplace(event->offer.feed.id, event->secondaryBandPpm);
        }
    epoch.feeds = ftso::canonicalOrder(std::move(feeds), offers);
    for (const ftso::Feed &feed : epoch.feeds)
        epoch.secondaryBandPpm.push_back(widths[feed.id]);
    return {};
}

} // namespace

const EpochVoter *RewardEpoch::voterOf(const Address &identity) const
{
    const auto found = std::ranges::find(voters, identity, &EpochVoter::identity);
    return found == voters.end() ? nullptr : &*found;
}

bool isFip16(const NetworkSetup &setup, std::int64_t rewardEpoch)
{
    return setup.medianBySigningWeightFrom && rewardEpoch >= *setup.medianBySigningWeightFrom;
}

ftso::RevealForm revealForm(const RewardEpoch &epoch, const NetworkSetup &setup)
{
    return {epoch.feeds.size(), isFip16(setup, epoch.number)};
}

Result<RewardEpoch> rewardEpochOf(Connection &connection, ChainId chain, const NetworkSetup &setup,
                                  RoundId round)
{
    // A policy may begin later than its epoch should, so one of an earlier epoch may still hold.
    constexpr int kEpochsBack = 3;
    const std::int64_t expected = ftso::expectedRewardEpoch(setup.timing, round);
    for (std::int64_t number = expected; number > expected - kEpochsBack && number >= 0; --number) {
        auto policy = policyOf(connection, chain, number);
        if (!policy)
            return std::unexpected(policy.error());
        if (!*policy || (*policy)->startVotingRoundId > round)
            continue;
        RewardEpoch epoch{.number = number,
                          .firstRound = (*policy)->startVotingRoundId,
                          .policy = std::move(**policy)};
        auto voters = registeredVoters(connection, chain, number);
        if (!voters)
            return std::unexpected(voters.error());
        for (const auto &signer : epoch.policy.signers) {
            const auto voter = voters->find(signer.address);
            if (voter == voters->end())
                return fail(ErrorCode::NotFound,
                            std::format("the registration of a voter of reward epoch {} is not "
                                        "indexed",
                                        number));
            voter->second.signingWeight = signer.weight;
            epoch.voters.push_back(voter->second);
        }
        if (auto done = readFeeds(connection, chain, epoch); !done)
            return std::unexpected(done.error());
        if (epoch.feeds.empty())
            return fail(ErrorCode::NotFound,
                        std::format("the feeds of reward epoch {} are not indexed", number));
        return epoch;
    }
    return fail(ErrorCode::NotFound,
                std::format("no signing policy is indexed for round {}", round),
                "let the indexer catch up");
}

Result<std::optional<bool>> isRegistered(Connection &connection, ChainId chain,
                                         std::int64_t rewardEpoch, const Address &identity)
{
    const auto policy = policyOf(connection, chain, rewardEpoch);
    if (!policy)
        return std::unexpected(policy.error());
    if (!*policy)
        return std::nullopt;
    const auto voters = registeredVoters(connection, chain, rewardEpoch);
    if (!voters)
        return std::unexpected(voters.error());
    return std::ranges::any_of((*policy)->signers, [&](const auto &signer) {
        const auto voter = voters->find(signer.address);
        return voter != voters->end() && voter->second.identity == identity;
    });
}

namespace {

/// What was counted of them stays.
Status saveNodes(Connection &connection, ChainId chain, std::int64_t rewardEpoch,
                 const EpochVoter &voter)
{
    for (const auto &[node, weight] : voter.nodes)
        if (auto done = connection.exec(
                "INSERT INTO chrona_oracle.validator (chain_id, reward_epoch, identity, node, "
                "weight) VALUES ($1, $2, $3, $4, $5::text::numeric) ON CONFLICT (chain_id, "
                "reward_epoch, identity, node) DO UPDATE SET weight = excluded.weight",
                {chain, rewardEpoch, sqlBytes(voter.identity), sqlBytes(node), weight.toString()});
            !done)
            return std::unexpected(done.error());
    return {};
}

} // namespace

Status saveDelegations(Connection &connection, ChainId chain, const RewardEpoch &epoch)
{
    for (const EpochVoter &voter : epoch.voters) {
        if (auto done = connection.exec(
                "INSERT INTO chrona_oracle.delegation VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
                "$9::text::numeric, $10::text::numeric, $11::text::numeric, $12) ON CONFLICT "
                "(chain_id, reward_epoch, identity) DO UPDATE SET submit = excluded.submit, "
                "submit_signatures = excluded.submit_signatures, signing_policy = "
                "excluded.signing_policy, delegation = excluded.delegation, fee_bips = "
                "excluded.fee_bips, vote_power = excluded.vote_power, capped_vote_power = "
                "excluded.capped_vote_power, registration_weight = excluded.registration_weight, "
                "signing_weight = excluded.signing_weight",
                {chain, epoch.number, sqlBytes(voter.identity), sqlBytes(voter.submit),
                 sqlBytes(voter.submitSignatures), sqlBytes(voter.signingPolicy),
                 sqlBytes(voter.delegation), std::int32_t{voter.feeBips},
                 voter.votePower.toString(), voter.cappedVotePower.toString(),
                 voter.registrationWeight.toString(), std::int32_t{voter.signingWeight}});
            !done)
            return std::unexpected(done.error());
        if (auto done = saveNodes(connection, chain, epoch.number, voter); !done)
            return done;
    }
    return {};
}

} // namespace chrona::flare
