// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/oracle_round.h"

#include "checks.h"
#include "enum_names.h"

#include <algorithm>
#include <format>

namespace chrona::schema {
namespace {

constexpr auto kNetworks = enumNames<Network>("flare", "songbird", "coston2", "coston");
constexpr auto kPhases = enumNames<RoundPhase>("commit", "reveal", "sign", "final", "missed");
constexpr auto kSubmissionKinds =
    enumNames<SubmissionKind>("commit", "reveal", "signature", "finalization");
constexpr auto kSubmissionStates = enumNames<SubmissionState>(
    "planned", "signed", "sent", "included", "failed", "missed", "refused");
constexpr auto kRewardKinds =
    enumNames<RewardKind>("direct", "fee", "delegation", "mirror", "community_chain", "penalty");
constexpr std::uint16_t kWholeBps = 10'000;

bool isNull(const Address &address)
{
    return std::ranges::all_of(address, [](std::uint8_t byte) { return byte == 0; });
}

void checkFeed(Checks &checks, const std::string &field, const RoundFeed &feed)
{
    checks.key(field + ".feed", feed.feed, Presence::Required);
    checks.require(feed.turnoutBps <= kWholeBps, field + ".turnout_bps", "is more than 10,000");
    const bool quartiles = feed.lowerQuartile && feed.upperQuartile;
    checks.require(quartiles == feed.median.has_value() &&
                       feed.lowerQuartile.has_value() == feed.upperQuartile.has_value(),
                   field + ".median", "and quartiles come together or not at all");
    if (feed.median && quartiles)
        checks.require(*feed.lowerQuartile <= *feed.median && *feed.median <= *feed.upperQuartile,
                       field + ".median", "is outside the quartiles");
}

} // namespace

std::string_view toString(Network network)
{
    return kNetworks.nameOf(network);
}

std::optional<Network> networkFrom(std::string_view text)
{
    return kNetworks.valueOf(text);
}

std::string_view toString(RoundPhase phase)
{
    return kPhases.nameOf(phase);
}

std::string_view toString(SubmissionKind kind)
{
    return kSubmissionKinds.nameOf(kind);
}

std::optional<SubmissionKind> submissionKindFrom(std::string_view text)
{
    return kSubmissionKinds.valueOf(text);
}

std::string_view toString(SubmissionState state)
{
    return kSubmissionStates.nameOf(state);
}

std::optional<SubmissionState> submissionStateFrom(std::string_view text)
{
    return kSubmissionStates.valueOf(text);
}

std::string_view toString(RewardKind kind)
{
    return kRewardKinds.nameOf(kind);
}

Faults validate(const Round &round)
{
    Checks checks;
    checks.require(kNetworks.has(round.network), "network", "is unknown");
    checks.require(kPhases.has(round.phase), "phase", "is unknown");
    checks.instant("begins_at", round.beginsAt);
    checks.require(round.beginsAt < round.endsAt, "ends_at", "is not after begins_at");
    for (std::size_t i = 0; i < round.feeds.size(); ++i)
        checkFeed(checks, std::format("feeds[{}]", i), round.feeds[i]);
    checks.require(!round.finalizedAt || *round.finalizedAt >= round.endsAt, "finalized_at",
                   "is before the round ended");
    checks.require(round.phase != RoundPhase::Final || round.finalizedAt, "finalized_at",
                   "is missing though the round is final");
    return checks.take();
}

Faults validate(const Submission &submission)
{
    Checks checks;
    checks.require(kNetworks.has(submission.network), "network", "is unknown");
    checks.require(kSubmissionKinds.has(submission.kind), "kind", "is unknown");
    checks.require(kSubmissionStates.has(submission.state), "state", "is unknown");
    checks.require(!isNull(submission.sender), "sender", "is the null address");
    checks.instant("deadline_at", submission.deadlineAt);
    const bool isIncluded = submission.state == SubmissionState::Included;
    const bool wasSent = isIncluded || submission.state == SubmissionState::Sent;
    checks.require(!wasSent || submission.transaction, "transaction",
                   "is missing though it was sent");
    checks.require(!wasSent || submission.sentAt, "sent_at", "is missing though it was sent");
    checks.require(isIncluded == (submission.blockNumber != 0), "block_number",
                   "does not fit the state");
    checks.require(isIncluded == submission.includedAt.has_value(), "included_at",
                   "does not fit the state");
    const bool wentWrong = submission.state >= SubmissionState::Failed;
    checks.text("reason", submission.reason, 2000,
                wentWrong ? Presence::Required : Presence::Optional);
    return checks.take();
}

Faults validate(const Reward &reward)
{
    Checks checks;
    checks.require(kNetworks.has(reward.network), "network", "is unknown");
    checks.require(kRewardKinds.has(reward.kind), "kind", "is unknown");
    checks.require(!isNull(reward.beneficiary), "beneficiary", "is the null address");
    if (reward.kind == RewardKind::Penalty)
        checks.require(reward.amount.units() <= 0, "amount", "of a penalty is positive");
    else
        checks.require(reward.amount.units() >= 0, "amount", "is negative and no penalty");
    return checks.take();
}

Faults validate(const Delegation &delegation)
{
    Checks checks;
    checks.require(kNetworks.has(delegation.network), "network", "is unknown");
    checks.require(!isNull(delegation.delegator), "delegator", "is the null address");
    checks.require(!isNull(delegation.provider), "provider", "is the null address");
    checks.require(delegation.shareBps >= 1 && delegation.shareBps <= kWholeBps, "share_bps",
                   "must be 1 to 10,000");
    checks.require(delegation.votePower.units() >= 0, "vote_power", "is negative");
    return checks.take();
}

} // namespace chrona::schema
