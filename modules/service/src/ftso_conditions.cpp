// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ftso_conditions.h"

#include "ftso_answers.h"

#include "chrona/flare/validators.h"
#include "chrona/ftso/minimal_conditions.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace chrona::service {
namespace {

using storage::Connection;
using storage::Row;

template <class Array> Array fixedBytes(const Row &row, int column)
{
    Array fixed{};
    const auto bytes = row.bytes(column);
    std::transform(bytes.begin(),
                   bytes.begin() +
                       static_cast<std::ptrdiff_t>(std::min(bytes.size(), fixed.size())),
                   fixed.begin(), [](std::byte b) { return static_cast<std::uint8_t>(b); });
    return fixed;
}

ethereum::Uint256 weiIn(const std::string &text)
{
    return ethereum::Uint256::parse(text).value_or(ethereum::Uint256());
}

ftso::Staking judge(const std::string &network, const std::vector<ipc::FtsoValidator> &validators)
{
    const auto setup = flare::networkSetup(network);
    if (!setup || !setup->asksForValidators)
        return ftso::Staking::NotAsked;
    std::vector<ftso::ValidatorSeen> seen;
    for (const ipc::FtsoValidator &each : validators)
        seen.push_back({weiIn(each.selfBond), weiIn(each.stake), each.checks, each.connected});
    return ftso::stakingOf(seen);
}

const char *wordFor(ftso::Staking staking)
{
    switch (staking) {
    case ftso::Staking::NotAsked: return "none";
    case ftso::Staking::Unknown: return "unknown";
    case ftso::Staking::Failed: return "failed";
    case ftso::Staking::Kept: return "kept";
    case ftso::Staking::Met: return "met";
    }
    return "";
}

Status addPublished(Connection &connection, const ipc::FtsoProvidersQuery &query,
                    std::vector<ipc::FtsoProviderEpoch> &epochs)
{
    const auto rows = connection.query(
        "SELECT p.reward_epoch, p.identity, p.passes, p.is_paid FROM "
        "chrona_oracle.published_passes AS p JOIN chrona_oracle.chain AS c ON c.id = p.chain_id "
        "WHERE c.network = $1 AND p.reward_epoch BETWEEN $2 AND $3",
        {query.network, epochs.back().rewardEpoch, epochs.front().rewardEpoch});
    if (!rows)
        return std::unexpected(rows.error());
    std::map<std::pair<std::int64_t, std::string>, std::pair<std::int32_t, bool>> published;
    for (const Row row : *rows)
        published[{row.int64(0), ethereum::toChecksummed(fixedBytes<ethereum::Address>(row, 1))}] =
            {row.int16(2), row.boolean(3)};
    for (ipc::FtsoProviderEpoch &each : epochs)
        if (const auto found = published.find({each.rewardEpoch, each.identity});
            found != published.end()) {
            each.passes = found->second.first;
            each.passesBasis = "published";
            each.burnt = !found->second.second;
        }
    return {};
}

Status addValidators(Connection &connection, const ipc::FtsoProvidersQuery &query,
                     std::vector<ipc::FtsoProviderEpoch> &epochs)
{
    const auto identity = providerAsked(query.identity);
    if (!identity)
        return std::unexpected(identity.error());
    const std::span<const std::byte> whose = std::as_bytes(std::span(*identity));
    const auto rows = connection.query(
        "SELECT v.reward_epoch, v.node, v.weight::text, coalesce(v.self_bond::text, ''), "
        "coalesce(v.stake::text, ''), v.uptime, v.checks, v.connected FROM chrona_oracle.validator "
        "AS v JOIN chrona_oracle.chain AS c ON c.id = v.chain_id WHERE c.network = $1 AND "
        "v.identity = $2 AND v.reward_epoch BETWEEN $3 AND $4 ORDER BY v.node",
        {query.network, whose, epochs.back().rewardEpoch, epochs.front().rewardEpoch});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows) {
        const auto epoch =
            std::ranges::find(epochs, row.int64(0), &ipc::FtsoProviderEpoch::rewardEpoch);
        if (epoch == epochs.end())
            continue;
        epoch->validators.push_back(
            {.node = flare::nodeIdText(fixedBytes<flare::NodeId>(row, 1)),
             .weight = row.string(2),
             .selfBond = row.string(3),
             .stake = row.string(4),
             .uptime = row.isNull(5) ? std::nullopt : std::optional(row.float64(5)),
             .checks = row.int64(6),
             .connected = row.int64(7)});
    }
    for (ipc::FtsoProviderEpoch &each : epochs)
        each.staking = wordFor(judge(query.network, each.validators));
    return {};
}

ftso::MinimalConditions conditionsOf(const ipc::FtsoProviderEpoch &each, const std::string &network)
{
    const auto weightOfAll =
        each.share > 0 ? std::llround(static_cast<double>(each.signingWeight) / each.share) : 0;
    return ftso::minimalConditions({.feedRounds = each.feeds,
                                    .near = each.near,
                                    .connectorRounds = each.fdcRounds,
                                    .connectorRewarded = each.fdcSignatures,
                                    .updatesOfAll = each.fastUpdatesAll,
                                    .updates = each.fastUpdates,
                                    .signingWeight = each.signingWeight,
                                    .weightOfAll = weightOfAll,
                                    .staking = judge(network, each.validators)});
}

/// Of one provider. The newest reward epoch runs; one that is missing takes what was known, for it
/// was missed, or was not indexed.
void countPasses(std::vector<ipc::FtsoProviderEpoch> &epochs, const std::string &network)
{
    int passes = 0;
    bool isKnown = false; ///< counted on from what was published
    for (std::size_t i = epochs.size(); i-- > 1;) {
        ipc::FtsoProviderEpoch &each = epochs[i];
        if (i + 1 < epochs.size() && epochs[i + 1].rewardEpoch != each.rewardEpoch - 1) {
            passes = 0;
            isKnown = false;
        }
        if (each.passes) {
            passes = *each.passes;
            isKnown = true;
            continue;
        }
        const ftso::MinimalConditions met = conditionsOf(each, network);
        const ftso::Passes after = ftso::passesAfter(passes, met);
        passes = after.count;
        isKnown = isKnown && met.staking != ftso::Staking::Unknown;
        each.passes = passes;
        each.passesBasis = isKnown ? "counted" : "least";
        if (isKnown)
            each.burnt = after.isBurnt;
    }
}

} // namespace

Status addConditions(Connection &connection, const ipc::FtsoProvidersQuery &query,
                     std::vector<ipc::FtsoProviderEpoch> &epochs)
{
    if (epochs.empty())
        return {};
    if (auto added = addPublished(connection, query, epochs); !added)
        return added;
    if (query.identity.empty())
        return {};
    if (auto added = addValidators(connection, query, epochs); !added)
        return added;
    countPasses(epochs, query.network);
    return {};
}

} // namespace chrona::service
