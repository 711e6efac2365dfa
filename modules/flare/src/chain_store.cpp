// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/chain_store.h"

#include "sql_bytes.h"
#include "sql_number.h"

#include "chrona/ethereum/abi.h"
#include "chrona/flare/events.h"
#include "chrona/storage/copy.h"

#include <format>
#include <map>

namespace chrona::flare {
namespace {

using storage::Connection;

constexpr std::int64_t kBlocksKept = 5'000; ///< deeper reorganisations are not undone

std::int16_t kindOf(ByteView input)
{
    static const std::array<std::array<std::uint8_t, 4>, 4> kSelectors = [] {
        const auto third = ethereum::parseAbiSignature("submit3()");
        return std::array{ftso::selectorOf(ftso::SubmissionFunction::Submit1),
                          ftso::selectorOf(ftso::SubmissionFunction::Submit2),
                          third ? third->selector() : std::array<std::uint8_t, 4>{},
                          ftso::selectorOf(ftso::SubmissionFunction::SubmitSignatures)};
    }();
    for (std::size_t i = 0; i < kSelectors.size(); ++i)
        if (input.size() >= 4 && std::ranges::equal(input.first(4), kSelectors[i]))
            return static_cast<std::int16_t>(i + 1);
    return 0;
}

/// The blocks must go on from what is there, or a reorganisation at the seam would never be seen.
Status checkSeam(Connection &connection, ChainId chain, const Block &first)
{
    if (first.number == 0)
        return {};
    const auto last = blockHash(connection, chain, first.number - 1);
    if (!last)
        return std::unexpected(last.error());
    if (*last && **last != first.parent)
        return fail(ErrorCode::Unavailable, "the chain moved while it was read");
    return {};
}

Status copyBlocks(Connection &connection, ChainId chain, std::span<const Block> blocks)
{
    auto copy = connection.copyIn(
        "COPY chrona_oracle.block (chain_id, number, time_s, hash) FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const Block &block : blocks) {
        copy->beginRow(4);
        copy->int16(chain);
        copy->int64(sql(block.number));
        copy->int64(block.time);
        copy->bytes(sqlBytes(block.hash));
        if (auto done = copy->endRow(); !done)
            return done;
    }
    return copy->finish().transform([](std::int64_t) {});
}

Status copyCalls(Connection &connection, ChainId chain, std::span<const Block> blocks,
                 const Address &submission)
{
    auto copy = connection.copyIn("COPY chrona_oracle.call (chain_id, block, position, time_s, "
                                  "kind, sender, hash, data) FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const Block &block : blocks)
        for (const ChainTransaction &transaction : block.transactions) {
            const std::int16_t kind =
                transaction.to == submission ? kindOf(transaction.input) : std::int16_t{0};
            if (kind == 0)
                continue;
            copy->beginRow(8);
            copy->int16(chain);
            copy->int64(sql(block.number));
            copy->int32(static_cast<std::int32_t>(transaction.index));
            copy->int64(block.time);
            copy->int16(kind);
            copy->bytes(sqlBytes(transaction.from));
            copy->bytes(sqlBytes(transaction.hash));
            copy->bytes(sqlBytes(transaction.input));
            if (auto done = copy->endRow(); !done)
                return done;
        }
    return copy->finish().transform([](std::int64_t) {});
}

Status copyLogs(Connection &connection, ChainId chain, std::span<const Block> blocks,
                std::span<const Log> logs)
{
    if (logs.empty())
        return {};
    auto copy = connection.copyIn("COPY chrona_oracle.log (chain_id, block, position, time_s, "
                                  "contract, topic, key, topics, data) FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const Log &log : logs) {
        Bytes topics;
        for (const Bytes32 &topic : log.topics)
            ethereum::append(topics, topic);
        const ByteView all(topics);
        copy->beginRow(9);
        copy->int16(chain);
        copy->int64(sql(log.block));
        copy->int32(static_cast<std::int32_t>(log.index));
        copy->int64(blocks[log.block - blocks.front().number].time);
        copy->bytes(sqlBytes(log.address));
        copy->bytes(sqlBytes(all.first(std::min<std::size_t>(all.size(), 32))));
        copy->bytes(sqlBytes(all.size() > 32
                                 ? all.subspan(32, std::min<std::size_t>(all.size() - 32, 64))
                                 : ByteView()));
        copy->bytes(sqlBytes(topics));
        copy->bytes(sqlBytes(log.data));
        if (auto done = copy->endRow(); !done)
            return done;
    }
    return copy->finish().transform([](std::int64_t) {});
}

Status moveEnd(Connection &connection, ChainId chain, std::optional<std::uint64_t> expectedNext,
               const Block &first, const Block &last)
{
    const auto expected = expectedNext.transform(sql);
    const auto moved = connection.exec(
        "UPDATE chrona_oracle.chain SET first_block = coalesce(first_block, $3), first_s = "
        "coalesce(first_s, $4), next_block = $5, last_s = $6 WHERE id = $1 AND next_block IS NOT "
        "DISTINCT FROM $2",
        {chain, expected, sql(first.number), first.time, sql(last.number + 1), last.time});
    if (!moved)
        return std::unexpected(moved.error());
    if (*moved == 0)
        return fail(ErrorCode::Conflict, "another indexer writes the same network's blocks");
    return connection
        .exec("DELETE FROM chrona_oracle.block WHERE chain_id = $1 AND number < $2",
              {chain, sql(last.number) - kBlocksKept})
        .transform([](std::int64_t) {});
}

Result<std::vector<StoredLog>> readLogs(Result<storage::Rows> rows)
{
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoredLog> logs;
    for (const storage::Row row : *rows) {
        StoredLog log{.log = {.topics = {}, .data = bytesAt(row, 3)},
                      .block = static_cast<std::uint64_t>(row.int64(0)),
                      .time = row.int64(1)};
        const Bytes topics = bytesAt(row, 2);
        for (std::size_t at = 0; at + 32 <= topics.size(); at += 32)
            std::copy_n(topics.begin() + static_cast<std::ptrdiff_t>(at), 32,
                        log.log.topics.emplace_back().begin());
        logs.push_back(std::move(log));
    }
    return logs;
}

} // namespace

Result<ChainId> openChain(Connection &connection, std::string_view network)
{
    // A conflict with nothing to do would return no row.
    const auto rows = connection.query(
        "INSERT INTO chrona_oracle.chain (network) VALUES ($1) ON CONFLICT (network) DO UPDATE SET "
        "network = excluded.network RETURNING id",
        {network});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->first().int16(0);
}

Result<std::optional<IndexedRun>> indexedRun(Connection &connection, ChainId chain)
{
    const auto rows = connection.query("SELECT first_block, next_block, first_s, last_s FROM "
                                       "chrona_oracle.chain WHERE id = $1 AND next_block IS NOT "
                                       "NULL",
                                       {chain});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    const storage::Row row = rows->first();
    return IndexedRun{static_cast<std::uint64_t>(row.int64(0)),
                      static_cast<std::uint64_t>(row.int64(1)), row.int64(2), row.int64(3)};
}

Status appendBlocks(Connection &connection, ChainId chain,
                    std::optional<std::uint64_t> expectedNext, std::span<const Block> blocks,
                    std::span<const Log> logs, const Address &submission)
{
    if (blocks.empty())
        return {};
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    // First the row that all indexers of this network want, so that they wait for each other.
    if (auto moved = moveEnd(connection, chain, expectedNext, blocks.front(), blocks.back());
        !moved)
        return moved;
    if (auto done = checkSeam(connection, chain, blocks.front()); !done)
        return done;
    if (auto done = copyBlocks(connection, chain, blocks); !done)
        return done;
    if (auto done = copyCalls(connection, chain, blocks, submission); !done)
        return done;
    if (auto done = copyLogs(connection, chain, blocks, logs); !done)
        return done;
    return transaction->commit();
}

Status takeBack(Connection &connection, ChainId chain, std::uint64_t firstBad)
{
    auto transaction = storage::Transaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    constexpr const char *kStatements[] = {
        "DELETE FROM chrona_oracle.block WHERE chain_id = $1 AND number >= $2",
        "DELETE FROM chrona_oracle.call WHERE chain_id = $1 AND block >= $2",
        "DELETE FROM chrona_oracle.log WHERE chain_id = $1 AND block >= $2",
        "UPDATE chrona_oracle.round SET is_closed = false, last_block = $2 - 1 WHERE chain_id = $1 "
        "AND last_block >= $2",
        // A round's reward hangs on the random of one of the thirty after it.
        "UPDATE chrona_oracle.round SET is_rewarded = false WHERE chain_id = $1 AND is_rewarded "
        "AND round >= (SELECT min(o.round) - 30 FROM chrona_oracle.round AS o WHERE o.chain_id = "
        "$1 AND NOT o.is_closed AND o.last_block >= $2 - 1)",
        "UPDATE chrona_oracle.chain SET next_block = $2, last_s = coalesce((SELECT max(time_s) "
        "FROM "
        "chrona_oracle.block WHERE chain_id = $1), first_s) WHERE id = $1 AND next_block > $2"};
    for (const char *statement : kStatements)
        if (auto done = transaction->exec(statement, {chain, sql(firstBad)}); !done)
            return std::unexpected(done.error());
    return transaction->commit();
}

Result<std::optional<Bytes32>> blockHash(Connection &connection, ChainId chain,
                                         std::uint64_t number)
{
    const auto rows =
        connection.query("SELECT hash FROM chrona_oracle.block WHERE chain_id = $1 AND number = $2",
                         {chain, sql(number)});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return std::nullopt;
    return fixedAt<32>(rows->first(), 0);
}

Result<std::vector<StoredCall>> callsBetween(Connection &connection, ChainId chain, Seconds from,
                                             Seconds until)
{
    const auto rows = connection.query(
        "SELECT kind, sender, time_s, block, position, data FROM chrona_oracle.call WHERE chain_id "
        "= $1 AND time_s >= $2 AND time_s < $3 ORDER BY block, position",
        {chain, from, until});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoredCall> calls;
    for (const storage::Row row : *rows)
        calls.push_back({row.int16(0), fixedAt<20>(row, 1), row.int64(2),
                         static_cast<std::uint64_t>(row.int64(3)),
                         static_cast<std::uint32_t>(row.int32(4)), bytesAt(row, 5)});
    return calls;
}

Result<std::vector<StoredLog>> logsWith(Connection &connection, ChainId chain,
                                        const LogQuery &query)
{
    return readLogs(connection.query(
        "SELECT block, time_s, topics, data FROM chrona_oracle.log WHERE chain_id = $1 AND topic = "
        "$2 AND substring(key FROM $3 FOR 32) = $4 ORDER BY block, position",
        {chain, sqlBytes(query.topic), std::int32_t{1 + 32 * query.word}, sqlBytes(query.value)}));
}

Bytes32 keyWord(std::uint64_t number)
{
    return Uint256(number).toBytes();
}

Bytes32 keyWord(const Address &address)
{
    return Uint256::fromBytes(address).toBytes();
}

Result<std::vector<StoredLog>> logsSince(Connection &connection, ChainId chain,
                                         const Bytes32 &topic, std::uint64_t firstBlock)
{
    return readLogs(connection.query(
        "SELECT block, time_s, topics, data FROM chrona_oracle.log WHERE chain_id = $1 AND topic = "
        "$2 AND block >= $3 ORDER BY block, position",
        {chain, sqlBytes(topic), sql(firstBlock)}));
}

Status forgetOld(Connection &connection, ChainId chain, const ftso::Network &timing, Seconds now)
{
    constexpr Seconds kDay = 86'400;
    const RoundId details = ftso::votingEpochAt(timing, now - kDetailDaysKept * kDay);
    const RoundId secrets = ftso::votingEpochAt(timing, now - kDay);
    const std::pair<const char *, std::int64_t> statements[] = {
        {"DELETE FROM chrona_oracle.call WHERE chain_id = $1 AND time_s < $2",
         now - kCallDaysKept * kDay},
        {"DELETE FROM chrona_oracle.submission WHERE chain_id = $1 AND round < $2", details},
        {"DELETE FROM chrona_oracle.round_feed WHERE chain_id = $1 AND round < $2", details},
        {"DELETE FROM chrona_oracle.commitment WHERE chain_id = $1 AND round < $2", secrets}};
    for (const auto &[sql, limit] : statements)
        if (auto done = connection.exec(sql, {chain, limit}); !done)
            return std::unexpected(done.error());
    // Some in every block: their numbers are with the rounds.
    return connection
        .exec(
            "DELETE FROM chrona_oracle.log WHERE chain_id = $1 AND topic = $2 AND time_s < $3",
            {chain, sqlBytes(topicOf(EventKind::FastUpdateSubmitted)), now - kCallDaysKept * kDay})
        .transform([](std::int64_t) {});
}

Status saveContracts(Connection &connection, ChainId chain,
                     std::span<const NamedContract> contracts)
{
    for (const NamedContract &contract : contracts)
        if (auto done = connection.exec(
                "INSERT INTO chrona_oracle.contract AS c (chain_id, name, address) VALUES ($1, $2, "
                "$3) ON CONFLICT (chain_id, name) DO UPDATE SET read_at = now(), is_changed = "
                "c.is_changed OR c.address <> excluded.address, address = excluded.address",
                {chain, contract.name, sqlBytes(contract.address)});
            !done)
            return std::unexpected(done.error());
    return {};
}

Status saveWrappedSupply(Connection &connection, ChainId chain, const Uint256 &supply)
{
    return connection
        .exec("UPDATE chrona_oracle.chain SET wrapped_supply = $2::text::numeric WHERE id = $1",
              {chain, supply.toString()})
        .transform([](std::int64_t) {});
}

} // namespace chrona::flare
