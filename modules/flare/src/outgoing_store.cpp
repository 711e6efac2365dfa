// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/outgoing_store.h"

#include "sql_bytes.h"
#include "sql_number.h"

namespace chrona::flare {
namespace {

using storage::Connection;
using storage::Row;

std::int16_t sql(Purpose purpose)
{
    return static_cast<std::int16_t>(purpose);
}

std::int16_t sql(OutgoingState state)
{
    return static_cast<std::int16_t>(state);
}

Outgoing outgoingIn(const Row &row)
{
    Outgoing out;
    out.id = row.int64(0);
    out.sender = fixedAt<20>(row, 1);
    out.purpose = static_cast<Purpose>(row.int16(2));
    out.round = row.int64(3);
    out.nonce = static_cast<std::uint64_t>(row.int64(4));
    out.recipient = fixedAt<20>(row, 5);
    out.data = bytesAt(row, 6);
    out.gas = static_cast<std::uint64_t>(row.int64(7));
    out.until = row.int64(8);
    out.state = static_cast<OutgoingState>(row.int16(9));
    if (!row.isNull(10))
        out.minedBlock = static_cast<std::uint64_t>(row.int64(10));
    if (!row.isNull(11))
        out.minedAt = row.int64(11);
    out.value = Uint256::parse(row.text(12)).value_or(Uint256());
    return out;
}

#define CHRONA_OUTGOING_COLUMNS                                                                    \
    "id, sender, purpose, round, nonce, recipient, data, gas, until_s, state, mined_block, "       \
    "mined_s, value::text"

/// The smallest nonce from $2 on that no living row of the sender $3 has.
#define CHRONA_FREE_NONCE                                                                          \
    "(SELECT min(n) FROM (SELECT $2::int8 AS n UNION ALL SELECT o.nonce + 1 FROM "                 \
    "chrona_oracle.outgoing AS o WHERE o.chain_id = $1 AND o.sender = $3 AND o.state <= 3 AND "    \
    "o.nonce + 1 > $2) AS c WHERE NOT EXISTS (SELECT FROM chrona_oracle.outgoing AS t WHERE "      \
    "t.chain_id = $1 AND t.sender = $3 AND t.state <= 3 AND t.nonce = c.n))"

Result<Outgoing> onlyRow(Result<storage::Rows> rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::Conflict, "the ledger of nonces changed meanwhile");
    return outgoingIn(rows->first());
}

Uint256 weiAt(const Row &row, int column)
{
    return Uint256::parse(row.text(column)).value_or(Uint256());
}

} // namespace

Result<std::optional<Outgoing>> findOutgoing(Connection &connection, ChainId chain,
                                             const Address &sender, Purpose purpose, RoundId round)
{
    const auto rows = connection.query("SELECT " CHRONA_OUTGOING_COLUMNS
                                       " FROM chrona_oracle.outgoing WHERE chain_id = $1 AND "
                                       "sender = $2 AND purpose = $3 AND round = $4",
                                       {chain, sqlBytes(sender), sql(purpose), round});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    return outgoingIn(rows->first());
}

Result<Outgoing> planOutgoing(Connection &connection, ChainId chain, Outgoing draft,
                              std::uint64_t chainNonce)
{
    // One statement: two planners at once meet the unique index, and the later one reads the row.
    const auto planned = connection.query(
        "INSERT INTO chrona_oracle.outgoing (chain_id, sender, nonce, purpose, round, recipient, "
        "data, gas, until_s, state, value) VALUES ($1, $3, " CHRONA_FREE_NONCE
        ", $4, $5, $6, $7, $8, $9, $10, $11::text::numeric) ON CONFLICT (chain_id, sender, "
        "purpose, round) DO NOTHING "
        "RETURNING " CHRONA_OUTGOING_COLUMNS,
        {chain, sql(chainNonce), sqlBytes(draft.sender), sql(draft.purpose), draft.round,
         sqlBytes(draft.recipient), sqlBytes(draft.data), sql(draft.gas), draft.until,
         sql(draft.state), draft.value.toString()});
    if (!planned)
        return std::unexpected(planned.error());
    if (!planned->isEmpty())
        return outgoingIn(planned->first());
    const auto known = findOutgoing(connection, chain, draft.sender, draft.purpose, draft.round);
    if (!known)
        return std::unexpected(known.error());
    if (!*known)
        return fail(ErrorCode::Conflict, "the ledger of nonces changed meanwhile");
    return **known;
}

Result<Outgoing> replanOutgoing(Connection &connection, ChainId chain, const Outgoing &outgoing,
                                std::uint64_t chainNonce)
{
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto gone = transaction->exec(
            "DELETE FROM chrona_oracle.outgoing_try WHERE outgoing_id = $1", {outgoing.id});
        !gone)
        return std::unexpected(gone.error());
    auto again = onlyRow(
        transaction->query("UPDATE chrona_oracle.outgoing SET state = 0, nonce = " CHRONA_FREE_NONCE
                           " WHERE id = $4 RETURNING " CHRONA_OUTGOING_COLUMNS,
                           {chain, sql(chainNonce), sqlBytes(outgoing.sender), outgoing.id}));
    if (!again)
        return again;
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return again;
}

Result<std::vector<Outgoing>> openOutgoing(Connection &connection, ChainId chain,
                                           std::uint64_t fromBlock)
{
    const auto rows = connection.query(
        "SELECT " CHRONA_OUTGOING_COLUMNS " FROM chrona_oracle.outgoing WHERE chain_id = $1 AND "
        "(state IN (0, 1) OR (state IN (2, 3) AND mined_block >= $2)) ORDER BY sender, nonce",
        {chain, sql(fromBlock)});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Outgoing> open;
    for (const Row row : *rows)
        open.push_back(outgoingIn(row));
    return open;
}

Status dropPlanned(Connection &connection, std::int64_t id)
{
    return connection
        .exec("DELETE FROM chrona_oracle.outgoing AS o WHERE o.id = $1 AND o.state = 0 AND NOT "
              "EXISTS (SELECT FROM chrona_oracle.outgoing_try AS t WHERE t.outgoing_id = o.id)",
              {id})
        .transform([](std::int64_t) {});
}

Status setState(Connection &connection, std::int64_t id, OutgoingState state)
{
    return connection
        .exec("UPDATE chrona_oracle.outgoing SET state = $2, mined_block = NULL, mined_s = NULL "
              "WHERE id = $1",
              {id, sql(state)})
        .transform([](std::int64_t) {});
}

Status setMined(Connection &connection, std::int64_t id, const Mining &mining)
{
    return connection
        .exec("UPDATE chrona_oracle.outgoing SET state = $2, mined_block = $3, mined_s = $4, fee = "
              "$5::text::numeric, mined_hash = $6 WHERE id = $1",
              {id, sql(mining.succeeded ? OutgoingState::Mined : OutgoingState::Reverted),
               sql(mining.block), mining.time, mining.fee.toString(), sqlBytes(mining.hash)})
        .transform([](std::int64_t) {});
}

Result<std::vector<OutgoingTry>> triesOf(Connection &connection, std::int64_t id)
{
    const auto rows = connection.query("SELECT number, hash, raw, tip::text, fee_max::text, sent_s "
                                       "FROM chrona_oracle.outgoing_try "
                                       "WHERE outgoing_id = $1 ORDER BY number",
                                       {id});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<OutgoingTry> tries;
    for (const Row row : *rows)
        tries.push_back({row.int16(0),
                         fixedAt<32>(row, 1),
                         bytesAt(row, 2),
                         {weiAt(row, 3), weiAt(row, 4)},
                         row.isNull(5) ? std::nullopt : std::optional<Seconds>(row.int64(5))});
    return tries;
}

Status addTry(Connection &connection, std::int64_t id, const OutgoingTry &attempt)
{
    return connection
        .exec("INSERT INTO chrona_oracle.outgoing_try (outgoing_id, number, hash, raw, tip, "
              "fee_max) VALUES ($1, $2, $3, $4, $5::text::numeric, $6::text::numeric)",
              {id, attempt.number, sqlBytes(attempt.hash), sqlBytes(attempt.raw),
               attempt.fee.tip.toString(), attempt.fee.feeMax.toString()})
        .transform([](std::int64_t) {});
}

Status setSent(Connection &connection, std::int64_t id, std::int16_t number, Seconds at)
{
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto done = transaction->exec(
            "UPDATE chrona_oracle.outgoing_try SET sent_s = $3 WHERE outgoing_id = $1 AND number = "
            "$2",
            {id, number, at});
        !done)
        return std::unexpected(done.error());
    if (auto done = transaction->exec(
            "UPDATE chrona_oracle.outgoing SET state = 1 WHERE id = $1 AND state = 0", {id});
        !done)
        return std::unexpected(done.error());
    return transaction->commit();
}

Result<std::optional<Fee>> highestBid(Connection &connection, ChainId chain, const Address &sender,
                                      std::uint64_t nonce)
{
    const auto rows = connection.query(
        "SELECT max(t.tip)::text, max(t.fee_max)::text FROM chrona_oracle.outgoing_try AS t JOIN "
        "chrona_oracle.outgoing AS o ON o.id = t.outgoing_id WHERE o.chain_id = $1 AND o.sender = "
        "$2 AND o.nonce = $3",
        {chain, sqlBytes(sender), sql(nonce)});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty() || rows->first().isNull(0))
        return std::nullopt;
    return Fee{weiAt(rows->first(), 0), weiAt(rows->first(), 1)};
}

Result<ftso::Reveal> keepCommitment(Connection &connection, ChainId chain,
                                    const ftso::Reveal &reveal)
{
    const auto kept =
        connection.query("INSERT INTO chrona_oracle.commitment (chain_id, submit, "
                         "round, random, encoded) VALUES ($1, $2, $3, $4, $5) ON "
                         "CONFLICT DO NOTHING RETURNING random, encoded",
                         {chain, sqlBytes(reveal.submitAddress), std::int64_t{reveal.votingRoundId},
                          sqlBytes(reveal.random), sqlBytes(reveal.encodedValues)});
    if (!kept)
        return std::unexpected(kept.error());
    // As it lies there now: one question the less before a deadline.
    if (!kept->isEmpty())
        return ftso::Reveal{reveal.submitAddress, reveal.votingRoundId,
                            fixedAt<32>(kept->first(), 0), bytesAt(kept->first(), 1)};
    const auto known = commitmentOf(connection, chain, reveal.submitAddress, reveal.votingRoundId);
    if (!known)
        return std::unexpected(known.error());
    if (!*known)
        return fail(ErrorCode::Conflict, "the commitment is gone");
    return **known;
}

Result<std::vector<ftso::Reveal>> commitmentsOf(Connection &connection, ChainId chain,
                                                RoundId round)
{
    const auto rows = connection.query("SELECT submit, random, encoded FROM "
                                       "chrona_oracle.commitment WHERE chain_id = $1 AND round = "
                                       "$2 ORDER BY submit",
                                       {chain, round});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<ftso::Reveal> kept;
    for (const Row row : *rows)
        kept.push_back({fixedAt<20>(row, 0), static_cast<std::uint32_t>(round), fixedAt<32>(row, 1),
                        bytesAt(row, 2)});
    return kept;
}

Result<std::optional<ftso::Reveal>> commitmentOf(Connection &connection, ChainId chain,
                                                 const Address &submit, RoundId round)
{
    const auto kept = commitmentsOf(connection, chain, round);
    if (!kept)
        return std::unexpected(kept.error());
    const auto own = std::ranges::find(*kept, submit, &ftso::Reveal::submitAddress);
    return own == kept->end() ? std::nullopt : std::optional(*own);
}

#undef CHRONA_FREE_NONCE
#undef CHRONA_OUTGOING_COLUMNS

} // namespace chrona::flare
