// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ftso_answers.h"

#include "ftso_conditions.h"

#include "chrona/ethereum/bytes.h"
#include "chrona/flare/networks.h"
#include "chrona/ftso/epochs.h"

#include <algorithm>
#include <array>
#include <format>
#include <limits>

namespace chrona::service {
namespace {

using storage::Connection;
using storage::Row;

constexpr std::uint32_t kRowsMax = 2'000;

std::int64_t limitOf(std::uint32_t asked)
{
    return std::clamp<std::uint32_t>(asked, 1, kRowsMax);
}

std::int64_t beforeOf(const std::optional<std::int64_t> &before)
{
    return before.value_or(std::numeric_limits<std::int64_t>::max());
}

ethereum::Bytes bytesOf(const Row &row, int column)
{
    const auto bytes = row.bytes(column);
    ethereum::Bytes out(bytes.size());
    std::ranges::transform(bytes, out.begin(), [](std::byte b) { return std::uint8_t(b); });
    return out;
}

std::string addressAt(const Row &row, int column)
{
    ethereum::Address address{};
    const ethereum::Bytes bytes = bytesOf(row, column);
    std::copy_n(bytes.begin(), std::min(bytes.size(), address.size()), address.begin());
    return ethereum::toChecksummed(address);
}

std::string hexAt(const Row &row, int column)
{
    return row.isNull(column) ? std::string() : ethereum::toHex(bytesOf(row, column));
}

std::optional<Instant> secondsAt(const Row &row, int column)
{
    if (row.isNull(column))
        return std::nullopt;
    return Instant(std::chrono::seconds(row.int64(column)));
}

/// An address as people give it; empty bytes for an empty text, which stands for everybody.
Result<ethereum::Bytes> addressBytes(const std::string &text)
{
    if (text.empty())
        return ethereum::Bytes{};
    const auto address = ethereum::parseAddress(text);
    if (!address)
        return std::unexpected(address.error());
    return ethereum::Bytes(address->begin(), address->end());
}

std::span<const std::byte> sqlBytes(const ethereum::Bytes &bytes)
{
    return std::as_bytes(std::span(bytes));
}

std::string partAt(const Row &row, int column)
{
    constexpr std::array<const char *, 5> kWords{"none", "in_time", "late", "broken", "mismatch"};
    return kWords[static_cast<std::size_t>(std::clamp<int>(row.int16(column), 0, 4))];
}

ipc::FtsoProviderEpoch providerAt(const Row &row)
{
    return {row.int64(0),
            addressAt(row, 1),
            addressAt(row, 2),
            row.int32(3),
            row.string(4),
            row.string(5),
            row.string(6),
            row.int32(7),
            row.isNull(8) ? 0 : row.float64(8),
            row.int64(9),
            row.int64(10),
            row.int64(11),
            row.int64(12),
            row.int64(13),
            row.int64(14),
            row.int64(15),
            row.int64(16),
            row.int32(17),
            row.int32(18),
            row.isNull(19) ? std::nullopt : std::optional(row.float64(19)),
            row.int64(20),
            row.int64(21),
            row.int64(22),
            row.int64(23),
            row.int64(24)};
}

} // namespace

Result<ipc::FtsoRoundsReply> ftsoRounds(Connection &connection, const ipc::FtsoRoundsQuery &query)
{
    const auto setup = flare::networkSetup(query.network);
    if (!setup)
        return fail(ErrorCode::NotFound, std::format("there is no network {}", query.network));
    const auto rows = connection.query(
        "SELECT r.round, r.reward_epoch, r.voters, r.commits, r.reveals, r.offenders, r.is_secure, "
        "r.is_whole, r.root, r.final_root, r.final_s, r.root = r.final_root AND r.is_secure = "
        "r.final_secure FROM chrona_oracle.round AS r JOIN chrona_oracle.chain AS c ON c.id = "
        "r.chain_id WHERE c.network = $1 AND r.round < $2 ORDER BY r.round DESC LIMIT $3",
        {query.network, beforeOf(query.before), limitOf(query.limit)});
    if (!rows)
        return std::unexpected(rows.error());
    ipc::FtsoRoundsReply reply;
    for (const Row row : *rows) {
        ipc::FtsoRound round;
        round.round = row.int64(0);
        round.rewardEpoch = row.int64(1);
        round.endsAt = Instant(std::chrono::seconds(ftso::startOf(setup->timing, round.round + 1)));
        round.voters = row.int32(2);
        round.commits = row.int32(3);
        round.reveals = row.int32(4);
        round.offenders = row.int32(5);
        round.isSecure = row.boolean(6);
        round.isWhole = row.boolean(7);
        round.root = hexAt(row, 8);
        round.finalRoot = hexAt(row, 9);
        round.finalAt = secondsAt(row, 10);
        round.verdict = row.isNull(11) ? "open" : row.boolean(11) ? "agrees" : "differs";
        reply.rounds.push_back(std::move(round));
    }
    return reply;
}

Result<ipc::FtsoSubmissionsReply> ftsoSubmissions(Connection &connection,
                                                  const ipc::FtsoSubmissionsQuery &query)
{
    const auto identity = addressBytes(query.identity);
    if (!identity)
        return std::unexpected(identity.error());
    const auto rows = connection.query(
        "SELECT s.round, s.identity, s.submit, s.commit, s.reveal, s.signature, s.commit_s, "
        "s.reveal_s, s.sign_s, s.feeds, s.given, s.in_iqr, s.in_pct, s.near FROM "
        "chrona_oracle.submission AS s JOIN chrona_oracle.chain AS c ON c.id = s.chain_id WHERE "
        "c.network = $1 AND s.round < $2 AND ($3 = ''::bytea OR s.identity = $3) ORDER BY s.round "
        "DESC, s.identity LIMIT $4",
        {query.network, beforeOf(query.before), sqlBytes(*identity), limitOf(query.limit)});
    if (!rows)
        return std::unexpected(rows.error());
    ipc::FtsoSubmissionsReply reply;
    for (const Row row : *rows)
        reply.submissions.push_back(
            {row.int64(0), addressAt(row, 1), addressAt(row, 2), partAt(row, 3), partAt(row, 4),
             partAt(row, 5), secondsAt(row, 6), secondsAt(row, 7), secondsAt(row, 8), row.int32(9),
             row.int32(10), row.int32(11), row.int32(12), row.int32(13)});
    return reply;
}

Result<ipc::FtsoProvidersReply> ftsoProviders(Connection &connection,
                                              const ipc::FtsoProvidersQuery &query)
{
    const auto identity = addressBytes(query.identity);
    if (!identity)
        return std::unexpected(identity.error());
    // Everybody is ranked before anybody is left out; the newest reward epochs only, for there are
    // more submissions each day.
    const auto rows = connection.query(
        "WITH wanted AS (SELECT DISTINCT w.chain_id, w.reward_epoch FROM chrona_oracle.delegation "
        "AS w JOIN chrona_oracle.chain AS c ON c.id = w.chain_id WHERE c.network = $1 AND "
        "w.reward_epoch < $2 ORDER BY w.reward_epoch DESC LIMIT 20), sums AS (SELECT s.chain_id, "
        "r.reward_epoch, s.identity, count(*) AS rounds, count(*) FILTER (WHERE s.commit = 1) AS "
        "commits, count(*) FILTER (WHERE s.reveal = 1) AS reveals, count(*) FILTER (WHERE "
        "s.signature = 1) AS signatures, sum(s.feeds) AS feeds, sum(s.in_iqr) AS iqr, "
        "sum(s.in_pct) AS pct, sum(s.near) AS near, count(*) FILTER (WHERE r.fdc_final) AS "
        "fdc_rounds, "
        "count(*) FILTER (WHERE r.fdc_final AND s.fdc_voted) AS fdc_votes, count(*) FILTER (WHERE "
        "r.fdc_final AND s.fdc_signed) AS fdc_signed, sum(s.fast_updates) AS fast FROM wanted JOIN "
        "chrona_oracle.round AS r USING "
        "(chain_id, reward_epoch) JOIN chrona_oracle.submission AS s USING (chain_id, round) GROUP "
        "BY 1, 2, 3), ranked AS (SELECT d.*, sum(d.signing_weight) OVER e AS total, count(*) "
        "FILTER (WHERE m.feeds "
        "> 0) OVER e AS voters, sum(m.fast) OVER e AS fast_all, m.fdc_rounds, m.fdc_votes, "
        "m.fdc_signed, m.fast, m.rounds, m.commits, m.reveals, m.signatures, m.feeds, m.iqr, "
        "m.pct, m.near, CASE WHEN m.feeds > 0 "
        "THEN rank() OVER (PARTITION BY d.chain_id, d.reward_epoch ORDER BY m.iqr::float8 / "
        "nullif(m.feeds, 0) DESC NULLS LAST) ELSE 0 END AS place FROM wanted JOIN "
        "chrona_oracle.delegation AS d USING (chain_id, reward_epoch) LEFT JOIN sums AS m USING "
        "(chain_id, reward_epoch, identity) WINDOW e AS (PARTITION BY d.chain_id, "
        "d.reward_epoch)) SELECT p.reward_epoch, p.identity, p.delegation, p.fee_bips, "
        "p.vote_power::text, p.capped_vote_power::text, p.registration_weight::text, "
        "p.signing_weight, p.signing_weight::float8 / nullif(p.total, 0)::float8, "
        "coalesce(p.rounds, 0)::int8, coalesce(p.commits, 0)::int8, coalesce(p.reveals, 0)::int8, "
        "coalesce(p.signatures, 0)::int8, coalesce(p.feeds, 0)::int8, coalesce(p.iqr, 0)::int8, "
        "coalesce(p.pct, 0)::int8, coalesce(p.near, 0)::int8, p.place::int4, p.voters::int4, "
        "(p.vote_power / nullif(0.025 * h.wrapped_supply, 0))::float8, coalesce(p.fdc_rounds, "
        "0)::int8, coalesce(p.fdc_votes, 0)::int8, coalesce(p.fdc_signed, 0)::int8, "
        "coalesce(p.fast_all, 0)::int8, coalesce(p.fast, 0)::int8 FROM ranked AS p JOIN "
        "chrona_oracle.chain AS h ON h.id = "
        "p.chain_id WHERE "
        "$3 = ''::bytea OR p.identity = $3 ORDER BY p.reward_epoch DESC, p.place, p.identity LIMIT "
        "$4",
        {query.network, beforeOf(query.before), sqlBytes(*identity), limitOf(query.limit)});
    if (!rows)
        return std::unexpected(rows.error());
    ipc::FtsoProvidersReply reply;
    for (const Row row : *rows)
        reply.providers.push_back(providerAt(row));
    if (auto added = addConditions(connection, query, reply.providers); !added)
        return std::unexpected(added.error());
    return reply;
}

Result<ipc::FtsoRewardsReply> ftsoRewards(Connection &connection,
                                          const ipc::FtsoRewardsQuery &query)
{
    constexpr std::array<const char *, 5> kKinds{"direct", "fee", "wnat", "mirror", "cchain"};
    const auto beneficiary = addressBytes(query.beneficiary);
    if (!beneficiary)
        return std::unexpected(beneficiary.error());
    const auto rows = connection.query(
        "SELECT r.reward_epoch, r.beneficiary, r.kind, r.claimed::text, r.open::text, r.claimed_s "
        "FROM chrona_oracle.reward AS r JOIN chrona_oracle.chain AS c ON c.id = r.chain_id WHERE "
        "c.network = $1 AND r.reward_epoch < $2 AND ($3 = ''::bytea OR r.beneficiary = $3) ORDER "
        "BY r.reward_epoch DESC, r.beneficiary, r.kind LIMIT $4",
        {query.network, beforeOf(query.before), sqlBytes(*beneficiary), limitOf(query.limit)});
    if (!rows)
        return std::unexpected(rows.error());
    ipc::FtsoRewardsReply reply;
    for (const Row row : *rows)
        reply.rewards.push_back(
            {row.int64(0), addressAt(row, 1),
             kKinds[static_cast<std::size_t>(std::clamp<int>(row.int16(2), 0, 4))], row.string(3),
             row.string(4), secondsAt(row, 5)});
    return reply;
}

Result<ipc::FtsoTransactionsReply> ftsoTransactions(Connection &connection,
                                                    const ipc::FtsoTransactionsQuery &query)
{
    constexpr std::array<const char *, 15> kPurposes{
        "",           "commit",      "reveal",      "sign",        "finalise",
        "register",   "preregister", "sign_policy", "vote_uptime", "delegate",
        "undelegate", "wrap",        "unwrap",      "claim",       "sign_rewards"};
    constexpr std::array<const char *, 6> kStates{"planned",  "sent",     "mined",
                                                  "reverted", "given_up", "rehearsed"};
    const auto rows = connection.query(
        "SELECT o.round, o.purpose, o.sender, o.nonce, o.state, coalesce(o.mined_hash, t.hash), "
        "coalesce(t.tries, 0)::int4, coalesce((o.gas * t.fee_max)::text, ''), "
        "coalesce(o.fee::text, ''), t.sent_s, o.mined_s FROM chrona_oracle.outgoing AS o JOIN "
        "chrona_oracle.chain AS c ON c.id = o.chain_id LEFT JOIN LATERAL (SELECT count(*) AS "
        "tries, max(fee_max) AS fee_max, min(sent_s) AS sent_s, (array_agg(hash ORDER BY number "
        "DESC))[1] AS hash FROM chrona_oracle.outgoing_try WHERE outgoing_id = o.id) AS t ON true "
        "WHERE c.network = $1 AND o.round < $2 ORDER BY o.round DESC, o.purpose LIMIT $3",
        {query.network, beforeOf(query.before), limitOf(query.limit)});
    if (!rows)
        return std::unexpected(rows.error());
    ipc::FtsoTransactionsReply reply;
    for (const Row row : *rows)
        reply.transactions.push_back(
            {row.int64(0),
             kPurposes[static_cast<std::size_t>(std::clamp<int>(row.int16(1), 0, 14))],
             addressAt(row, 2), row.int64(3),
             kStates[static_cast<std::size_t>(std::clamp<int>(row.int16(4), 0, 5))], hexAt(row, 5),
             row.int32(6), row.string(7), row.string(8), secondsAt(row, 9), secondsAt(row, 10)});
    return reply;
}

Result<std::vector<ipc::FlareContract>> flareContracts(Connection &connection,
                                                       const std::string &network)
{
    const auto rows = connection.query(
        "SELECT k.name, k.address, k.is_changed FROM chrona_oracle.contract AS k JOIN "
        "chrona_oracle.chain AS c ON c.id = k.chain_id WHERE c.network = $1 ORDER BY k.name",
        {network});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<ipc::FlareContract> contracts;
    for (const Row row : *rows)
        contracts.push_back({row.string(0), addressAt(row, 1), row.boolean(2)});
    return contracts;
}

} // namespace chrona::service
