// SPDX-License-Identifier: AGPL-3.0-or-later
#include "flare_cases.h"

#include "case_values.h"

#include "chrona/ftso/rewards.h"

#include <format>

namespace chrona::conformance {
namespace {

using namespace ftso;

const QString kAll;

std::uint32_t partsOf(const QJsonObject &object, const char *name)
{
    return static_cast<std::uint32_t>(smallOf(member(object, name)));
}

SharingRules rulesOf(const QJsonObject &c)
{
    return member(c, "fip16").toBool() ? SharingRules::Fip16 : SharingRules::DelegationOnly;
}

RewardedVoter voterOf(const QJsonObject &v)
{
    RewardedVoter voter;
    voter.identityAddress = addressOf(member(v, "identityAddress"));
    voter.submitAddress = addressOf(member(v, "submitAddress"));
    voter.signingAddress = addressOf(member(v, "signingAddress"));
    voter.delegationAddress = addressOf(member(v, "delegationAddress"));
    voter.cappedDelegationWeight = numberOf(member(v, "cappedDelegationWeight"));
    voter.signingWeight = static_cast<std::uint16_t>(smallOf(member(v, "signingWeight")));
    voter.feeBips = static_cast<std::uint16_t>(smallOf(member(v, "feeBIPS")));
    for (const QJsonValue &node : member(v, "nodeIds").toArray())
        voter.nodes.push_back(addressOf(node));
    for (const QJsonValue &weight : member(v, "nodeWeights").toArray())
        voter.nodeWeights.push_back(numberOf(weight));
    if (voter.nodes.size() != voter.nodeWeights.size())
        throw CaseError{QStringLiteral("nodes and their weights differ in number")};
    return voter;
}

std::vector<RewardedVoter> votersOf(const QJsonObject &c)
{
    std::vector<RewardedVoter> voters;
    for (const QJsonValue &voter : member(c, "voters").toArray())
        voters.push_back(voterOf(voter.toObject()));
    return voters;
}

Int256 amountOf(const QJsonValue &value)
{
    return unwrap(Int256::parse(textOf(value)));
}

std::string lineOf(const ethereum::Address &beneficiary, const std::string &amount, int type)
{
    return std::format("{} {} {}", ethereum::toHex(beneficiary), type, amount);
}

/// Claims in the order of the reference.
QString compareClaims(const std::vector<PartialClaim> &got, const QJsonArray &want)
{
    if (qsizetype(got.size()) != want.size())
        return QStringLiteral("%1 claims, expected %2").arg(got.size()).arg(want.size());
    for (qsizetype i = 0; i < want.size(); ++i) {
        const QJsonObject w = want[i].toObject();
        const PartialClaim &g = got[std::size_t(i)];
        const QString wrong =
            compare("claim", lineOf(g.beneficiary, g.amount.toString(), int(g.type)),
                    lineOf(addressOf(member(w, "beneficiary")), textOf(member(w, "amount")),
                           member(w, "claimType").toInt()));
        if (!wrong.isEmpty())
            return QStringLiteral("%1: %2").arg(i).arg(wrong);
    }
    return {};
}

QString compareClaims(const std::vector<RewardClaim> &got, const QJsonArray &want)
{
    std::vector<PartialClaim> claims;
    for (const RewardClaim &claim : got)
        claims.push_back({claim.beneficiary, Int256(claim.amount), claim.type, {}});
    return compareClaims(claims, want);
}

RoundOffer offerOf(const QJsonObject &o)
{
    RoundOffer offer;
    offer.votingRoundId = partsOf(o, "votingRoundId");
    offer.feedId = feedIdOf(member(o, "feedId"));
    offer.amount = numberOf(member(o, "amount"));
    offer.turnoutBipsMin = partsOf(o, "minRewardedTurnoutBIPS");
    offer.primaryBandSharePpm = partsOf(o, "primaryBandRewardSharePPM");
    offer.secondaryBandWidthPpm = partsOf(o, "secondaryBandWidthPPM");
    offer.claimBackAddress = addressOf(member(o, "claimBackAddress"));
    return offer;
}

QString compareBands(const RewardBands &bands, const QJsonObject &want)
{
    const auto one = [&](const char *name, std::int64_t got) {
        const QJsonValue value = member(want, name);
        return compare(name, std::to_string(got),
                       value.isString() ? textOf(value)
                                        : std::to_string(std::int64_t(value.toDouble())));
    };
    return firstOf({one("lowIQR", bands.iqrLow), one("highIQR", bands.iqrHigh),
                    one("lowPCT", bands.pctLow), one("highPCT", bands.pctHigh)});
}

QString bandCase(const QJsonObject &c)
{
    const RoundOffer offer = offerOf(member(c, "offer").toObject());
    const auto voters = votersOf(c);
    std::vector<FeedValue> values;
    for (const QJsonValue &value : member(c, "values").toArray())
        values.push_back(feedValueOf(value));
    std::vector<Uint256> weights;
    for (const QJsonValue &weight : member(c, "weights").toArray())
        weights.push_back(numberOf(weight));
    if (values.size() != voters.size() || weights.size() != voters.size())
        return QStringLiteral("voters, values and weights differ in number");
    const FeedResult result = weightedMedian(values, weights, numberOf(member(c, "totalWeight")));
    if (!result.values)
        return QStringLiteral("no median");
    QString wrong = firstOf({compare("median", std::to_string(result.values->median),
                                     std::to_string(std::int64_t(member(c, "median").toDouble()))),
                             compareBands(rewardBands(*result.values, offer.secondaryBandWidthPpm),
                                          member(c, "bands").toObject())});
    const QJsonArray borders = member(c, "iqrBorderSelected").toArray();
    for (qsizetype i = 0; i < borders.size(); ++i)
        if (!borders[i].isNull() &&
            borderCounts(offer.feedId, offer.votingRoundId, voters[std::size_t(i)].submitAddress) !=
                borders[i].toBool())
            wrong = firstOf({wrong, QStringLiteral("border draw %1 differs").arg(i)});
    const AccuracyRewards rewards =
        accuracyRewards(offer, voters, values, weights, result, rulesOf(c));
    const QJsonArray rewarded = member(c, "rewardedSigningAddresses").toArray();
    if (rewarded.size() != qsizetype(rewards.rewardedSigningAddresses.size()))
        wrong = firstOf({wrong, QStringLiteral("a wrong number of rewarded signers")});
    return firstOf({wrong, compareClaims(rewards.claims, member(c, "claims").toArray())});
}

QString voterSplitCase(const QJsonObject &c)
{
    // What a voter without any weight earns is burnt.
    static const Address kBurn =
        addressOf(QStringLiteral("0x000000000000000000000000000000000000dead"));
    return compareClaims(splitByStake(voterOf(member(c, "voter").toObject()),
                                      amountOf(member(c, "amount")), rulesOf(c), kBurn),
                         member(c, "claims").toArray());
}

QString offerSplitCase(const QJsonObject &c)
{
    const OfferSplit split = splitOffer(numberOf(member(c, "amount")));
    return firstOf({compare("median", split.median, member(c, "median")),
                    compare("signing", split.signing, member(c, "signing")),
                    compare("finalization", split.finalization, member(c, "finalization"))});
}

QString penaltyCase(const QJsonObject &c)
{
    const auto voters = votersOf(c);
    std::vector<ethereum::Address> offenders;
    for (const QJsonValue &offender : member(c, "offenders").toArray())
        offenders.push_back(addressOf(offender));
    return compareClaims(revealPenalties(numberOf(member(c, "offerAmount")),
                                         partsOf(c, "penaltyFactor"), voters, offenders,
                                         rulesOf(c)),
                         member(c, "claims").toArray());
}

QString mergeCase(const QJsonObject &c)
{
    std::vector<PartialClaim> claims;
    for (const QJsonValue &value : member(c, "partialClaims").toArray()) {
        const QJsonObject claim = value.toObject();
        claims.push_back({addressOf(member(claim, "beneficiary")),
                          amountOf(member(claim, "amount")),
                          static_cast<ClaimType>(member(claim, "claimType").toInt()),
                          {}});
    }
    return compareClaims(mergeClaims(claims, addressOf(member(c, "burnAddress"))),
                         member(c, "finalClaims").toArray());
}

QString claimTreeCase(const QJsonObject &c)
{
    const std::uint32_t epoch = partsOf(c, "rewardEpochId");
    std::vector<RewardClaim> claims;
    std::size_t weightBased = 0;
    const QJsonArray list = member(c, "claims").toArray();
    for (const QJsonValue &value : list) {
        const QJsonObject claim = value.toObject();
        claims.push_back({addressOf(member(claim, "beneficiary")),
                          numberOf(member(claim, "amount")),
                          static_cast<ClaimType>(member(claim, "claimType").toInt())});
        weightBased += isWeightBased(claims.back().type) ? 1 : 0;
    }
    const auto tree = claimTree(epoch, claims);
    QString wrong = firstOf({compare("root", tree.root().value_or(Bytes32{}), member(c, "root")),
                             weightBased == smallOf(member(c, "noOfWeightBasedClaims"))
                                 ? QString()
                                 : QStringLiteral("a wrong number of weight-based claims")});
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QJsonObject claim = list[i].toObject();
        const Bytes32 leaf = claimLeaf(epoch, claims[std::size_t(i)]);
        const auto proof = tree.proof(leaf);
        const QJsonArray expected = member(claim, "proof").toArray();
        wrong = firstOf({wrong, compare("leaf", leaf, member(claim, "hash"))});
        if (!proof || qsizetype(proof->size()) != expected.size())
            return firstOf({wrong, QStringLiteral("a proof has a wrong length")});
        for (qsizetype j = 0; j < expected.size(); ++j)
            wrong = firstOf({wrong, compare("sibling", (*proof)[std::size_t(j)], expected[j])});
    }
    return wrong;
}

} // namespace

void addRewardCheckers(std::map<std::string, Checker> &checkers)
{
    addCases(checkers, "reward_bands", kAll, bandCase);
    addCases(checkers, "reward_splits", QStringLiteral("voterSplit"), voterSplitCase);
    addCases(checkers, "reward_splits", QStringLiteral("offerSplit"), offerSplitCase);
    addCases(checkers, "reward_splits", QStringLiteral("penalties"), penaltyCase);
    addCases(checkers, "reward_claims", QStringLiteral("trees"), claimTreeCase);
    addCases(checkers, "reward_claims", QStringLiteral("merging"), mergeCase);
}

} // namespace chrona::conformance
