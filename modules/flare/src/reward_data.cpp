// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/reward_data.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

constexpr std::size_t kTextBytesMax = 32 << 20;
constexpr qsizetype kPublishedMax = 20'000, kProofHashesMax = 64;
constexpr qint64 kEpochMax = (1 << 24) - 1;

std::unexpected<Error> notRewardData()
{
    return fail(ErrorCode::Corrupt, "this is no reward distribution data",
                "take the file of one reward epoch as it is published");
}

std::optional<Uint256> amountOf(const QJsonValue &value)
{
    // Beyond 2^53 a number has lost digits; then it is written as a text.
    constexpr double kExactMax = 9'007'199'254'740'992.0;
    if (value.isDouble()) {
        const double number = value.toDouble();
        if (number < 0 || number > kExactMax || number != static_cast<double>(value.toInteger(-1)))
            return std::nullopt;
        return Uint256(static_cast<std::uint64_t>(value.toInteger()));
    }
    const auto amount = Uint256::parse(value.toString().toStdString());
    return amount && amount->bitWidth() <= 120 ? std::optional(*amount) : std::nullopt;
}

std::optional<std::vector<Bytes32>> proofOf(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    if (!value.isArray() || list.size() > kProofHashesMax)
        return std::nullopt;
    std::vector<Bytes32> proof;
    for (const QJsonValue &each : list) {
        const auto hash = ethereum::parseBytes32(each.toString().toStdString());
        if (!hash)
            return std::nullopt;
        proof.push_back(*hash);
    }
    return proof;
}

std::optional<ProvenClaim> claimOf(const QJsonValue &epoch, const QJsonValue &beneficiary,
                                   const QJsonValue &amount, const QJsonValue &kind,
                                   const QJsonValue &proof)
{
    const qint64 number = epoch.toInteger(-1), type = kind.toInteger(-1);
    const auto bytes = ethereum::parseHex(beneficiary.toString().toStdString());
    const auto wei = amountOf(amount);
    auto hashes = proofOf(proof);
    if (number < 0 || number > kEpochMax || type < 0 || type > 4 || !bytes || bytes->size() != 20 ||
        !wei || !hashes)
        return std::nullopt;
    ProvenClaim claim{.rewardEpoch = static_cast<std::uint32_t>(number),
                      .claim = {.amount = *wei, .type = static_cast<ftso::ClaimType>(type)},
                      .proof = std::move(*hashes)};
    std::ranges::copy(*bytes, claim.claim.beneficiary.begin());
    return claim;
}

/// As an object with a body, flat, or as the tuple that the contract takes.
std::optional<ProvenClaim> readClaim(const QJsonValue &value)
{
    if (value.isArray()) {
        const QJsonArray pair = value.toArray(), body = pair.at(1).toArray();
        if (pair.size() != 2 || body.size() != 4)
            return std::nullopt;
        return claimOf(body.at(0), body.at(1), body.at(2), body.at(3), pair.at(0));
    }
    const QJsonObject whole = value.toObject();
    const QJsonObject body = whole.contains(QLatin1StringView("body"))
                                 ? whole.value(QLatin1StringView("body")).toObject()
                                 : whole;
    return claimOf(
        body.value(QLatin1StringView("rewardEpochId")),
        body.value(QLatin1StringView("beneficiary")), body.value(QLatin1StringView("amount")),
        body.value(QLatin1StringView("claimType")), whole.value(QLatin1StringView("merkleProof")));
}

} // namespace

Result<RewardData> readRewardData(std::string_view json)
{
    if (json.size() > kTextBytesMax)
        return notRewardData();
    const QJsonObject whole =
        QJsonDocument::fromJson(
            QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())))
            .object();
    const qint64 epoch = whole.value(QLatin1StringView("rewardEpochId")).toInteger(-1);
    const QJsonValue list = whole.value(QLatin1StringView("rewardClaims"));
    if (epoch < 0 || epoch > kEpochMax || !list.isArray() || list.toArray().size() > kPublishedMax)
        return notRewardData();
    RewardData data{.rewardEpoch = static_cast<std::uint32_t>(epoch), .claims = {}};
    if (const auto root = ethereum::parseBytes32(
            whole.value(QLatin1StringView("merkleRoot")).toString().toStdString()))
        data.merkleRoot = *root;
    if (const qint64 count = whole.value(QLatin1StringView("noOfWeightBasedClaims")).toInteger(-1);
        count >= 0)
        data.weightBased = static_cast<std::uint64_t>(count);
    for (const QJsonValue &each : list.toArray()) {
        auto claim = readClaim(each);
        if (!claim || claim->rewardEpoch != data.rewardEpoch)
            return notRewardData();
        data.claims.push_back(std::move(*claim));
    }
    return data;
}

Result<Bytes32> checkedRoot(const RewardData &data)
{
    const auto refuse = [&data](std::string_view why) {
        return fail(ErrorCode::Corrupt,
                    std::format("reward data of epoch {}: {}", data.rewardEpoch, why));
    };
    std::vector<ftso::RewardClaim> claims;
    for (const ProvenClaim &each : data.claims)
        claims.push_back(each.claim);
    const auto root = ftso::claimTree(data.rewardEpoch, claims).root();
    if (!root || !data.merkleRoot || !data.weightBased)
        return refuse("it has no claims, or does not state their root and number");
    if (*root != *data.merkleRoot)
        return refuse("its root does not follow from its claims");
    const auto counted = std::ranges::count_if(
        claims, [](const ftso::RewardClaim &each) { return ftso::isWeightBased(each.type); });
    if (*data.weightBased != static_cast<std::uint64_t>(counted))
        return refuse("it counts its weight-based claims otherwise than they are");
    return *root;
}

std::vector<ProvenClaim> claimsOf(const RewardData &data, const Address &beneficiary)
{
    std::vector<ProvenClaim> own;
    for (const ProvenClaim &claim : data.claims)
        if (claim.claim.beneficiary == beneficiary && !ftso::isWeightBased(claim.claim.type))
            own.push_back(claim);
    return own;
}

} // namespace chrona::flare
