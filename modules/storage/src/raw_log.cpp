// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/raw_log.h"

#include "chrona/base/log.h"
#include "chrona/formats/packed.h"
#include "chrona/storage/copy.h"

#include <map>
#include <set>

namespace chrona::storage {
namespace {

constexpr std::int64_t kReadBytesMax = 32 << 20;
constexpr std::size_t kPackedFrom = 256; // bytes: below, a page holds as many of them anyway

std::string_view refOf(const RawItem &item)
{
    return item.sourceRef.empty() ? item.url : item.sourceRef;
}

/// A transaction's number, as a text that Postgres reads as one: it has no binary cast from bigint.
std::string xidText(std::uint64_t transaction)
{
    return std::to_string(transaction);
}

struct Candidate {
    const RawItem *item;
    Hash128 ref;
    Hash128 content;
};

/// Items of one batch in rounds in which each reference occurs once; what repeats itself is
/// dropped.
std::vector<std::vector<Candidate>> roundsOf(std::span<const RawItem> items)
{
    struct Latest {
        std::size_t round;
        Hash128 content;
    };
    std::map<Hash128, Latest> latest;
    std::vector<std::vector<Candidate>> rounds;
    for (const RawItem &item : items) {
        const Candidate candidate{&item, hashOf({refOf(item)}), hashOf({item.kind, item.payload})};
        const auto [found, isNew] = latest.try_emplace(candidate.ref, Latest{0, candidate.content});
        if (!isNew) {
            if (found->second.content == candidate.content)
                continue;
            found->second = {found->second.round + 1, candidate.content};
        }
        if (rounds.size() <= found->second.round)
            rounds.emplace_back();
        rounds[found->second.round].push_back(candidate);
    }
    return rounds;
}

/// Notes the payloads of a round as the latest of their references; those that were not so before.
Result<std::set<Hash128>> claim(Connection &connection, schema::SourceId source,
                                const std::vector<Candidate> &round)
{
    // In one order, so that parallel fetches of a source cannot deadlock.
    std::map<Hash128, Hash128> latest;
    for (const Candidate &candidate : round)
        latest.emplace(candidate.ref, candidate.content);
    std::vector<Hash128> refs;
    std::vector<Hash128> contents;
    for (const auto &[ref, content] : latest) {
        refs.push_back(ref);
        contents.push_back(content);
    }
    auto rows = connection.query(
        "INSERT INTO chrona_world.raw_latest AS l (source_id, ref_hash, content_hash) "
        "SELECT $1, * FROM unnest($2::bytea[], $3::bytea[]) "
        "ON CONFLICT (source_id, ref_hash) DO UPDATE SET content_hash = EXCLUDED.content_hash, "
        "seen_at = now() WHERE l.content_hash <> EXCLUDED.content_hash RETURNING ref_hash",
        {source, refs, contents});
    if (!rows)
        return std::unexpected(rows.error());
    std::set<Hash128> fresh;
    for (const Row row : *rows)
        fresh.insert(row.hash128(0));
    return fresh;
}

Status appendRound(Connection &connection, schema::SourceId source,
                   const std::vector<Candidate> &round, AppendReport &report)
{
    const auto fresh = claim(connection, source, round);
    if (!fresh)
        return std::unexpected(fresh.error());
    if (fresh->empty())
        return {};
    auto copy = connection.copyIn(
        "COPY chrona_world.raw_item (fetched_at, published_at, source_id, source_ref, kind, url, "
        "content_type, payload, unpacked_bytes) FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const Candidate &candidate : round) {
        if (!fresh->contains(candidate.ref))
            continue;
        const RawItem &item = *candidate.item;
        const std::string packed =
            item.payload.size() < kPackedFrom ? std::string() : formats::packedBytes(item.payload);
        const std::string &kept = packed.empty() ? item.payload : packed;
        copy->beginRow(9);
        copy->instant(item.fetchedAt);
        copy->instant(item.publishedAt);
        copy->int64(source.value);
        copy->text(item.sourceRef);
        copy->text(item.kind);
        copy->text(item.url);
        copy->text(item.contentType);
        copy->bytes(std::as_bytes(std::span(kept)));
        if (packed.empty())
            copy->null();
        else
            copy->int64(static_cast<std::int64_t>(item.payload.size()));
        if (Status sent = copy->endRow(); !sent)
            return sent;
    }
    const auto appended = copy->finish();
    if (!appended)
        return std::unexpected(appended.error());
    report.appended += *appended;
    return {};
}

LoggedItem readItem(const Row &row)
{
    LoggedItem logged;
    logged.position = {static_cast<std::uint64_t>(row.int64(0)), row.int64(1)};
    logged.source = {row.int64(2)};
    logged.item.sourceRef = row.string(3);
    logged.item.kind = row.string(4);
    logged.item.url = row.string(5);
    logged.item.contentType = row.string(6);
    logged.item.fetchedAt = row.instant(7);
    logged.item.publishedAt = row.optionalInstant(8);
    logged.item.payload = row.string(9);
    if (row.isNull(10))
        return logged;
    auto payload =
        formats::unpackedBytes(logged.item.payload, static_cast<std::size_t>(row.int64(10)));
    // Its reader will not make sense of it either, and sets it aside: the log goes on.
    if (!payload)
        log::warning("storage", "{}: {}", logged.item.sourceRef, describe(payload.error()));
    else
        logged.item.payload = std::move(*payload);
    return logged;
}

} // namespace

Result<AppendReport> appendRaw(Connection &connection, schema::SourceId source,
                               std::span<const RawItem> items)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    AppendReport report;
    for (const std::vector<Candidate> &round : roundsOf(items)) {
        if (Status appended = appendRound(connection, source, round, report); !appended)
            return std::unexpected(appended.error());
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    report.duplicates = static_cast<std::int64_t>(items.size()) - report.appended;
    return report;
}

Result<std::vector<LoggedItem>> readRaw(Connection &connection, std::string_view cursor,
                                        std::uint32_t limit)
{
    const auto position = loadCursor(connection, cursor);
    if (!position)
        return std::unexpected(position.error());
    return readRawAfter(connection, *position, limit);
}

Result<std::vector<LoggedItem>> readRawAfter(Connection &connection, RawPosition position,
                                             std::uint32_t limit)
{
    // The sum of sizes before a row decides, so that a first item of any size is read.
    auto rows = connection.query(
        "SELECT xid::text::int8, id, source_id, source_ref, kind, url, content_type, fetched_at, "
        "published_at, payload, unpacked_bytes "
        "FROM (SELECT *, sum(coalesce(unpacked_bytes, octet_length(payload))) "
        "OVER (ORDER BY xid, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before "
        "FROM (SELECT * FROM chrona_world.raw_item WHERE (xid, id) > ($1::text::xid8, $2) "
        "AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, id LIMIT $3) page) sized "
        "WHERE coalesce(bytes_before, 0) < $4 ORDER BY xid, id",
        {xidText(position.transaction), position.id, std::int64_t{limit}, kReadBytesMax});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<LoggedItem> items;
    items.reserve(rows->size());
    for (const Row row : *rows)
        items.push_back(readItem(row));
    return items;
}

Result<std::vector<LoggedItem>> loadRawBetween(Connection &connection, schema::SourceId source,
                                               Instant from, Instant to, std::uint32_t limit)
{
    auto rows = connection.query(
        "SELECT xid::text::int8, id, source_id, source_ref, kind, url, content_type, fetched_at, "
        "published_at, payload, unpacked_bytes "
        "FROM (SELECT *, sum(coalesce(unpacked_bytes, octet_length(payload))) "
        "OVER (ORDER BY appended_at DESC, id DESC) AS bytes_until FROM chrona_world.raw_item "
        "WHERE source_id = $1 AND appended_at BETWEEN $2 AND $3) sized "
        "WHERE bytes_until <= $5 ORDER BY appended_at DESC, id DESC LIMIT $4",
        {source, from, to, std::int64_t{limit}, kReadBytesMax});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<LoggedItem> items;
    items.reserve(rows->size());
    for (const Row row : *rows)
        items.push_back(readItem(row));
    return items;
}

Result<RawPosition> loadCursor(Connection &connection, std::string_view cursor)
{
    return connection
        .query("SELECT xid::text::int8, id FROM chrona_world.raw_cursor WHERE name = $1", {cursor})
        .transform([](const Rows &rows) {
            if (rows.isEmpty())
                return RawPosition{};
            const Row row = rows.first();
            return RawPosition{static_cast<std::uint64_t>(row.int64(0)), row.int64(1)};
        });
}

Status advanceCursor(Connection &connection, std::string_view cursor, RawPosition from,
                     RawPosition to)
{
    auto moved = connection.exec(
        "INSERT INTO chrona_world.raw_cursor AS c (name, xid, id) VALUES ($1, $2::text::xid8, $3) "
        "ON CONFLICT (name) DO UPDATE SET xid = EXCLUDED.xid, id = EXCLUDED.id, updated_at = now() "
        "WHERE c.xid = $4::text::xid8 AND c.id = $5",
        {cursor, xidText(to.transaction), to.id, xidText(from.transaction), from.id});
    if (!moved)
        return std::unexpected(moved.error());
    if (*moved == 0) {
        return fail(ErrorCode::Conflict,
                    std::format("another consumer moved the cursor {}", cursor));
    }
    return {};
}

Result<RawLag> rawLag(Connection &connection, std::string_view cursor)
{
    const auto position = loadCursor(connection, cursor);
    if (!position)
        return std::unexpected(position.error());
    return connection
        .query("SELECT count(*), min(fetched_at) FROM chrona_world.raw_item "
               "WHERE (xid, id) > ($1::text::xid8, $2)",
               {xidText(position->transaction), position->id})
        .transform([](const Rows &rows) {
            return RawLag{rows.first().int64(0), rows.first().optionalInstant(1)};
        });
}

Status quarantine(Connection &connection, const LoggedItem &item, std::string_view reason)
{
    return connection
        .exec(
            "INSERT INTO chrona_world.raw_quarantine (xid, id, reason, source_id, source_ref, "
            "kind, "
            "url, content_type, fetched_at, published_at, payload) VALUES ($1::text::xid8, $2, $3, "
            "$4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (xid, id) DO UPDATE SET "
            "reason = EXCLUDED.reason, at = now()",
            {xidText(item.position.transaction), item.position.id, reason, item.source,
             item.item.sourceRef, item.item.kind, item.item.url, item.item.contentType,
             item.item.fetchedAt, item.item.publishedAt,
             std::as_bytes(std::span(item.item.payload))})
        .transform([](std::int64_t) {});
}

Result<std::vector<QuarantinedItem>> loadQuarantine(Connection &connection, std::uint32_t limit)
{
    auto rows =
        connection.query("SELECT xid::text::int8, id, source_id, source_ref, reason, at "
                         "FROM chrona_world.raw_quarantine ORDER BY at DESC, xid, id LIMIT $1",
                         {std::int64_t{limit}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<QuarantinedItem> items;
    for (const Row row : *rows) {
        items.push_back({{static_cast<std::uint64_t>(row.int64(0)), row.int64(1)},
                         {row.int64(2)},
                         row.string(3),
                         row.string(4),
                         row.instant(5)});
    }
    return items;
}

} // namespace chrona::storage
