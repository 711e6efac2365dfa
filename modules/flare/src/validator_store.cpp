// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/validators.h"

#include "sql_bytes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <format>

namespace chrona::flare {
namespace {

using storage::Connection;

std::optional<PublishedPasses> passesIn(const QJsonObject &object, std::int64_t rewardEpoch)
{
    constexpr int kPassesMost = 3;
    const auto identity = ethereum::parseAddress(
        object.value(QStringLiteral("voterAddress")).toString().toStdString());
    const QJsonValue afterwards = object.value(QStringLiteral("newNumberOfPasses"));
    const int passes =
        (afterwards.isUndefined() ? object.value(QStringLiteral("passes")) : afterwards).toInt(-1);
    const QJsonValue paid = object.value(QStringLiteral("eligibleForReward"));
    if (!identity || passes < 0 || passes > kPassesMost || !paid.isBool() ||
        object.value(QStringLiteral("rewardEpochId")).toInteger(-1) != rewardEpoch)
        return std::nullopt;
    return PublishedPasses{*identity, static_cast<std::int16_t>(passes), paid.toBool()};
}

} // namespace

Result<std::vector<PublishedPasses>> readPublishedPasses(std::string_view json,
                                                         std::int64_t rewardEpoch)
{
    constexpr std::size_t kTextMax = 8 << 20;
    constexpr qsizetype kProvidersMax = 1'000;
    const auto wrong = [rewardEpoch] {
        return fail(ErrorCode::Corrupt,
                    std::format("this is no document of passes of reward epoch {}", rewardEpoch));
    };
    if (json.size() > kTextMax)
        return wrong();
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size())));
    if (!document.isArray() || document.array().size() > kProvidersMax)
        return wrong();
    std::vector<PublishedPasses> all;
    for (const QJsonValue &each : document.array()) {
        const auto passes = passesIn(each.toObject(), rewardEpoch);
        if (!passes || std::ranges::contains(all, passes->identity, &PublishedPasses::identity))
            return wrong();
        all.push_back(*passes);
    }
    return all;
}

Result<std::optional<RegisteredValidators>>
registeredValidators(Connection &connection, ChainId chain, const Address &identity)
{
    const auto rows = connection.query(
        "SELECT e.newest, v.node FROM (SELECT max(reward_epoch) AS newest FROM "
        "chrona_oracle.delegation WHERE chain_id = $1) AS e LEFT JOIN chrona_oracle.validator AS v "
        "ON v.chain_id = $1 AND v.reward_epoch = e.newest AND v.identity = $2 ORDER BY v.node",
        {chain, sqlBytes(identity)});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty() || rows->first().isNull(0))
        return std::nullopt;
    RegisteredValidators registered{.rewardEpoch = rows->first().int64(0)};
    for (const storage::Row row : *rows)
        if (!row.isNull(1))
            registered.nodes.push_back(fixedAt<std::tuple_size_v<NodeId>>(row, 1));
    return registered;
}

Status noteValidators(Connection &connection, ChainId chain, const Address &identity,
                      const RegisteredValidators &registered, std::span<const ValidatorState> seen)
{
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    for (const NodeId &node : registered.nodes) {
        const auto found = std::ranges::find(seen, node, &ValidatorState::node);
        const ValidatorState state = found == seen.end() ? ValidatorState{} : *found;
        if (auto done = transaction->exec(
                "UPDATE chrona_oracle.validator SET checks = checks + 1, connected = connected + "
                "$5, self_bond = $6::text::numeric, stake = $7::text::numeric, uptime = $8 WHERE "
                "chain_id = $1 AND reward_epoch = $2 AND identity = $3 AND node = $4",
                {chain, registered.rewardEpoch, sqlBytes(identity), sqlBytes(node),
                 std::int64_t{state.isConnected ? 1 : 0}, state.selfBond.toString(),
                 state.stake.toString(), state.uptime});
            !done)
            return std::unexpected(done.error());
    }
    return transaction->commit();
}

Result<std::vector<std::int64_t>> epochsWithoutPasses(Connection &connection, ChainId chain)
{
    // They are published days later; what was not after a month will not be.
    const auto rows = connection.query(
        "SELECT DISTINCT d.reward_epoch FROM chrona_oracle.delegation AS d WHERE d.chain_id = $1 "
        "AND d.reward_epoch < (SELECT max(reward_epoch) FROM chrona_oracle.delegation WHERE "
        "chain_id = $1) AND d.reward_epoch >= (SELECT max(reward_epoch) - 8 FROM "
        "chrona_oracle.delegation WHERE chain_id = $1) AND NOT EXISTS (SELECT FROM "
        "chrona_oracle.published_passes AS p WHERE p.chain_id = $1 AND p.reward_epoch = "
        "d.reward_epoch) ORDER BY 1 DESC",
        {chain});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<std::int64_t> epochs;
    for (const storage::Row row : *rows)
        epochs.push_back(row.int64(0));
    return epochs;
}

Status savePublishedPasses(Connection &connection, ChainId chain, std::int64_t rewardEpoch,
                           std::span<const PublishedPasses> passes)
{
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    for (const PublishedPasses &each : passes)
        if (auto done = transaction->exec(
                "INSERT INTO chrona_oracle.published_passes VALUES ($1, $2, $3, $4, $5) ON "
                "CONFLICT "
                "(chain_id, reward_epoch, identity) DO UPDATE SET passes = excluded.passes, "
                "is_paid = excluded.is_paid",
                {chain, rewardEpoch, sqlBytes(each.identity), each.passes, each.isPaid});
            !done)
            return std::unexpected(done.error());
    return transaction->commit();
}

} // namespace chrona::flare
