// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ftso/round.h"

#include "chrona/ethereum/keccak.h"

#include <algorithm>
#include <ranges>

namespace chrona::ftso {
namespace {

using ethereum::append;
using ethereum::Uint256;

/// The last commit and reveal that can be read, of one sender in one round.
struct Sent {
    std::optional<Bytes32> commit;
    std::optional<Reveal> reveal;
    std::vector<FeedValue> values; ///< of the reveal
};

/// The round that a submission speaks of by its time; nothing when the time is too late for it.
std::optional<RoundId> roundByTime(const Network &network, const Submission &submission)
{
    const RoundId epoch = votingEpochAt(network, submission.timestamp);
    if (submission.function == SubmissionFunction::Submit1)
        return epoch;
    const RoundId round = epoch - 1;
    if (submission.function != SubmissionFunction::Submit2 ||
        submission.timestamp > lastRevealSecond(network, round))
        return std::nullopt;
    return round;
}

void takeReveal(Sent &sent, const Address &sender, const PayloadMessage &message,
                const RevealForm &form)
{
    const ByteView payload(message.payload);
    if (payload.size() < 32 || (payload.size() == 32 && !form.mayBeBare))
        return;
    auto values = decodeFeedValues(payload.subspan(32), form.feedCount);
    if (!values)
        return;
    Reveal &reveal = sent.reveal.emplace();
    reveal.submitAddress = sender;
    reveal.votingRoundId = message.votingRoundId;
    std::copy_n(payload.begin(), 32, reveal.random.begin());
    reveal.encodedValues.assign(payload.begin() + 32, payload.end());
    sent.values = std::move(*values);
}

void take(Sent &sent, const Submission &submission, RoundId round, const RevealForm &form)
{
    const auto selector = selectorOf(submission.function);
    const ByteView data(submission.calldata);
    if (data.size() < selector.size() || !std::ranges::equal(data.first(selector.size()), selector))
        return;
    const auto messages = decodePayloadMessages(data.subspan(selector.size()));
    if (!messages)
        return;
    for (const PayloadMessage &message : *messages) {
        if (message.protocolId != kProtocolId || RoundId(message.votingRoundId) != round)
            continue;
        if (submission.function == SubmissionFunction::Submit2) {
            takeReveal(sent, submission.from, message, form);
        } else if (message.payload.size() == 32) {
            sent.commit.emplace();
            std::ranges::copy(message.payload, sent.commit->begin());
        }
    }
}

RevealForm formOf(const RoundInput &input)
{
    return {input.feeds.size(), input.revealMayBeBare};
}

std::set<Address> benchedBefore(const RoundInput &input)
{
    std::set<Address> benched;
    for (int i = 0; i < input.benchingWindow; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const RevealForm form =
            at < input.formsBefore.size() ? input.formsBefore[at] : formOf(input);
        benched.merge(collectReveals(input.network, input.round - input.benchingWindow + i,
                                     input.submissions, form)
                          .offenders);
    }
    return benched;
}

std::vector<FeedResult> feedResults(const RoundInput &input, const RoundReveals &reveals,
                                    const Uint256 &totalWeight)
{
    std::vector<const ValidReveal *> voting;
    std::vector<Uint256> weights;
    for (const Voter &voter : input.voters) {
        const auto found = reveals.valid.find(voter.submitAddress);
        if (found == reveals.valid.end())
            continue;
        voting.push_back(&found->second);
        weights.push_back(voter.weight);
    }
    std::vector<FeedResult> results;
    std::vector<FeedValue> values(voting.size());
    for (std::size_t feed = 0; feed < input.feeds.size(); ++feed) {
        std::ranges::transform(voting, values.begin(),
                               [feed](const ValidReveal *reveal) { return reveal->values[feed]; });
        results.push_back(weightedMedian(values, weights, totalWeight));
    }
    return results;
}

} // namespace

RoundReveals collectReveals(const Network &network, RoundId round,
                            std::span<const Submission> submissions, const RevealForm &form)
{
    std::vector<const Submission *> ours;
    for (const Submission &submission : submissions)
        if (roundByTime(network, submission) == round)
            ours.push_back(&submission);
    std::ranges::sort(ours, {}, [](const Submission *submission) {
        return std::pair(submission->blockNumber, submission->transactionIndex);
    });
    std::map<Address, Sent> bySender;
    for (const Submission *submission : ours)
        take(bySender[submission->from], *submission, round, form);

    RoundReveals reveals;
    for (auto &[sender, sent] : bySender) {
        if (!sent.commit)
            continue;
        if (sent.reveal && commitHash(*sent.reveal) == *sent.commit)
            reveals.valid.emplace(sender, ValidReveal{sent.reveal->random, std::move(sent.values)});
        else
            reveals.offenders.insert(sender);
    }
    return reveals;
}

RoundRandom roundRandom(const std::map<Address, Bytes32> &reveals,
                        const std::set<Address> &offenders, const std::set<Address> &benched)
{
    RoundRandom random;
    int counted = 0;
    for (const auto &[sender, value] : reveals) {
        if (benched.contains(sender))
            continue;
        random.value += Uint256::fromBytes(value);
        ++counted;
    }
    const bool onlyBenched = std::ranges::includes(benched, offenders);
    random.isSecure = onlyBenched && counted >= 2;
    return random;
}

Bytes32 feedLeaf(std::uint32_t votingRoundId, const Feed &feed, std::int32_t value,
                 std::uint16_t turnoutBips)
{
    const auto signedWord = [](std::int64_t number) {
        const Uint256 magnitude(static_cast<std::uint64_t>(number < 0 ? -number : number));
        return (number < 0 ? Uint256() - magnitude : magnitude).toBytes();
    };
    Bytes bytes;
    append(bytes, Uint256(votingRoundId).toBytes());
    append(bytes, feed.id);
    bytes.resize(64);
    append(bytes, signedWord(value));
    append(bytes, Uint256(turnoutBips).toBytes());
    append(bytes, signedWord(feed.decimals));
    return ethereum::keccak256(bytes);
}

Bytes32 randomLeaf(std::uint32_t votingRoundId, const RoundRandom &random)
{
    Bytes bytes;
    append(bytes, Uint256(votingRoundId).toBytes());
    append(bytes, random.value.toBytes());
    append(bytes, Uint256(random.isSecure ? 1 : 0).toBytes());
    return ethereum::keccak256(bytes);
}

RoundResult computeRound(const RoundInput &input)
{
    RoundResult result;
    RoundReveals reveals =
        collectReveals(input.network, input.round, input.submissions, formOf(input));
    result.benched = benchedBefore(input);

    std::map<Address, Bytes32> randoms;
    for (const Voter &voter : input.voters) {
        result.totalWeight += voter.weight;
        if (reveals.offenders.contains(voter.submitAddress))
            result.offenders.insert(voter.submitAddress);
        if (const auto found = reveals.valid.find(voter.submitAddress);
            found != reveals.valid.end()) {
            result.validReveals.push_back(voter.submitAddress);
            randoms.emplace(voter.submitAddress, found->second.random);
        }
    }
    result.random = roundRandom(randoms, result.offenders, result.benched);
    result.feeds = feedResults(input, reveals, result.totalWeight);

    const auto round = static_cast<std::uint32_t>(input.round);
    std::vector<Bytes32> leaves{randomLeaf(round, result.random)};
    for (std::size_t i = 0; i < input.feeds.size(); ++i) {
        const FeedResult &feed = result.feeds[i];
        leaves.push_back(feedLeaf(round, input.feeds[i], feed.values ? feed.values->median : 0,
                                  feed.turnoutBips));
    }
    result.tree = ethereum::MerkleTree(std::move(leaves));
    result.message = {kProtocolId, round, result.random.isSecure, *result.tree.root()};
    return result;
}

} // namespace chrona::ftso
