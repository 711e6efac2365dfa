// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/reward_prediction.h"

#include "sql_bytes.h"

#include "chrona/ethereum/keccak.h"
#include "chrona/ftso/rewards.h"

#include <algorithm>
#include <map>

namespace chrona::flare {
namespace {

constexpr std::uint32_t kPenaltyFactor = 30;

ftso::RewardedVoter rewardedVoter(const EpochVoter &voter)
{
    return {.identityAddress = voter.identity,
            .submitAddress = voter.submit,
            .signingAddress = voter.signingPolicy,
            .delegationAddress = voter.delegation,
            .cappedDelegationWeight = voter.cappedVotePower,
            .signingWeight = voter.signingWeight,
            .feeBips = voter.feeBips,
            .nodes = {},
            .nodeWeights = {}};
}

/// Sums of an amount by who earned or owes it, however it is shared between voter and delegators.
class ByVoter {
public:
    explicit ByVoter(std::span<const EpochVoter> voters)
    {
        for (std::size_t i = 0; i < voters.size(); ++i) {
            m_places[voters[i].identity] = i;
            m_places[voters[i].delegation] = i;
        }
        m_sums.resize(voters.size());
    }
    void add(std::span<const ftso::PartialClaim> claims)
    {
        for (const ftso::PartialClaim &claim : claims)
            if (const auto place = m_places.find(claim.beneficiary); place != m_places.end())
                m_sums[place->second] += claim.amount.magnitude();
    }
    [[nodiscard]] const Uint256 &at(std::size_t voter) const { return m_sums[voter]; }

private:
    std::map<Address, std::size_t> m_places;
    std::vector<Uint256> m_sums;
};

/// By policy weight among those who signed in time and were paid for accuracy.
void addSigning(std::vector<PredictedReward> &rewards, const RoundView &view, Uint256 left,
                const std::vector<Address> &paid)
{
    Uint256 weightLeft;
    const auto counts = [&](std::size_t i) {
        return view.voters[i].signature == Part::InTime &&
               std::ranges::contains(paid, view.epoch.voters[i].signingPolicy);
    };
    for (std::size_t i = 0; i < rewards.size(); ++i)
        if (counts(i))
            weightLeft += Uint256(view.epoch.voters[i].signingWeight);
    for (std::size_t i = 0; i < rewards.size() && !weightLeft.isZero(); ++i) {
        if (!counts(i))
            continue;
        const Uint256 weight(view.epoch.voters[i].signingWeight);
        rewards[i].signing = ethereum::multiplyDivide(left, weight, weightLeft);
        left = left - rewards[i].signing;
        weightLeft = weightLeft - weight;
    }
}

} // namespace

Uint256 EpochOffer::ofRound(std::int64_t roundInEpoch) const
{
    if (rounds <= 0)
        return {};
    const Uint256 count(static_cast<std::uint64_t>(rounds));
    const Uint256 rest = total % count;
    return total / count +
           Uint256(Uint256(static_cast<std::uint64_t>(roundInEpoch)) < rest ? 1 : 0);
}

Result<EpochOffer> readEpochOffer(storage::Connection &connection, ChainId chain,
                                  const NetworkSetup &setup, const RewardEpoch &epoch)
{
    const auto offered = [&](EventKind kind) {
        return logsWith(connection, chain,
                        {.topic = topicOf(kind),
                         .word = 0,
                         .value = keyWord(static_cast<std::uint64_t>(epoch.number))});
    };
    const auto inflation = offered(EventKind::InflationOffered),
               community = offered(EventKind::RewardsOffered);
    if (!inflation || !community)
        return std::unexpected(!inflation ? inflation.error() : community.error());
    EpochOffer offer;
    // The real end is known when the next epoch begins; until then it is where it should be.
    offer.rounds = ftso::expectedFirstRound(setup.timing, epoch.number + 1) - epoch.firstRound;
    std::map<ftso::FeedId, EpochOffer::Terms> terms;
    for (const StoredLog &log : *inflation)
        if (const auto event = readInflationOffered(log.log)) {
            offer.total += event->amount;
            for (const OfferedFeed &feed : event->feeds)
                terms.emplace(feed.feed.id,
                              EpochOffer::Terms{event->turnoutBipsMin, event->primaryBandSharePpm});
        }
    for (const StoredLog &log : *community)
        if (const auto event = readRewardsOffered(log.log)) {
            offer.total += event->offer.amount;
            terms.emplace(event->offer.feed.id, EpochOffer::Terms{0, 1'000'000});
        }
    for (const ftso::Feed &feed : epoch.feeds)
        offer.terms.push_back(terms[feed.id]);
    return offer;
}

std::size_t drawnFeed(const Uint256 &random, RoundId round, std::size_t feeds)
{
    const Bytes32 first = random.toBytes(),
                  second = Uint256(static_cast<std::uint64_t>(round)).toBytes();
    const Uint256 hash = Uint256::fromBytes(ethereum::keccak256(first, second));
    return static_cast<std::size_t>(
        (hash % Uint256(std::max<std::uint64_t>(feeds, 1))).toUint64().value_or(0));
}

std::vector<PredictedReward> predictRewards(const RoundView &view, const NetworkSetup &setup,
                                            const EpochOffer &offer, std::size_t feed)
{
    const bool isNew = isFip16(setup, view.epoch.number);
    const auto rules = isNew ? ftso::SharingRules::Fip16 : ftso::SharingRules::DelegationOnly;
    std::vector<ftso::RewardedVoter> voters;
    std::vector<ftso::FeedValue> values;
    std::vector<Uint256> weights;
    for (std::size_t i = 0; i < view.voters.size(); ++i) {
        const EpochVoter &voter = view.epoch.voters[i];
        voters.push_back(rewardedVoter(voter));
        const auto &given = view.voters[i].values;
        values.push_back(feed < given.size() ? given[feed] : std::nullopt);
        weights.push_back(isNew ? Uint256(voter.signingWeight) : voter.cappedVotePower);
    }
    const Uint256 amount = offer.ofRound(view.round - view.epoch.firstRound);
    const ftso::OfferSplit split = ftso::splitOffer(amount);
    const ftso::RoundOffer round{.votingRoundId = static_cast<std::uint32_t>(view.round),
                                 .feedId = view.epoch.feeds[feed].id,
                                 .amount = split.median,
                                 .turnoutBipsMin = offer.terms[feed].turnoutBipsMin,
                                 .primaryBandSharePpm = offer.terms[feed].primaryBandSharePpm,
                                 .secondaryBandWidthPpm = view.epoch.secondaryBandPpm[feed]};
    const auto accuracy =
        ftso::accuracyRewards(round, voters, values, weights, view.result.feeds[feed], rules);
    const std::vector<Address> offenders(view.result.offenders.begin(),
                                         view.result.offenders.end());
    const auto penalties = ftso::revealPenalties(amount, kPenaltyFactor, voters, offenders, rules);
    ByVoter earned(view.epoch.voters), owed(view.epoch.voters);
    earned.add(accuracy.claims);
    owed.add(penalties);
    std::vector<PredictedReward> rewards;
    for (std::size_t i = 0; i < voters.size(); ++i)
        rewards.push_back({voters[i].identityAddress, earned.at(i), owed.at(i), {}});
    addSigning(rewards, view, split.signing, accuracy.rewardedSigningAddresses);
    return rewards;
}

Status savePredicted(storage::Connection &connection, ChainId chain, const RoundView &view,
                     std::size_t feed, std::span<const PredictedReward> rewards)
{
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto gone = connection.exec(
            "DELETE FROM chrona_oracle.round_reward WHERE chain_id = $1 AND round = $2",
            {chain, view.round});
        !gone)
        return std::unexpected(gone.error());
    for (const PredictedReward &reward : rewards) {
        if (reward.accuracy.isZero() && reward.penalty.isZero() && reward.signing.isZero())
            continue;
        if (auto done = connection.exec(
                "INSERT INTO chrona_oracle.round_reward VALUES ($1, $2, $3, $4, $5, "
                "$6::text::numeric, -($7::text::numeric), $8::text::numeric)",
                {chain, view.round, view.epoch.number, sqlBytes(reward.identity),
                 sqlBytes(view.epoch.feeds[feed].id), reward.accuracy.toString(),
                 reward.penalty.toString(), reward.signing.toString()});
            !done)
            return std::unexpected(done.error());
    }
    if (auto noted = connection.exec("UPDATE chrona_oracle.round SET is_rewarded = true WHERE "
                                     "chain_id = $1 AND round = $2",
                                     {chain, view.round});
        !noted)
        return std::unexpected(noted.error());
    return transaction->commit();
}

} // namespace chrona::flare
