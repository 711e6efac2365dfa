// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_keys.h"

#include "chrona/storage/copy.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <unordered_set>

namespace chrona::storage {
namespace {

struct HashOfHash {
    std::size_t operator()(const Hash128 &hash) const noexcept
    {
        std::size_t value;
        std::memcpy(&value, hash.bytes.data(), sizeof value);
        return value;
    }
};

/// Marks those of one source whose key is known: they lie side by side and in order of the key.
Status markKnown(Connection &connection, std::span<Arrival> ofSource)
{
    std::vector<Hash128> keys;
    keys.reserve(ofSource.size());
    for (const Arrival &arrival : ofSource)
        keys.push_back(arrival.key);
    // As a list of unknown length the planner takes the index, however many there are; told the
    // keys one by one, it would weigh each, and read the whole table where that seems less.
    const auto rows = connection.query(
        "SELECT hash, content_hash FROM chrona_world.event_key "
        "WHERE source_id = $1 AND hash = ANY(ARRAY(SELECT unnest($2::bytea[])))",
        {ofSource.front().source, keys});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows) {
        const auto known = std::ranges::lower_bound(ofSource, row.hash128(0), {}, &Arrival::key);
        known->claim = row.hash128(1) == known->event->contentHash ? Arrival::Claim::Repeat
                                                                   : Arrival::Claim::Changed;
    }
    return {};
}

/// Takes what is known out of the arrivals; those that say something else come back.
Result<Arrivals> takeKnown(Connection &connection, Arrivals &arrivals, StoreReport &report)
{
    for (auto at = arrivals.begin(); at != arrivals.end();) {
        const auto end = std::find_if(
            at, arrivals.end(), [&](const Arrival &other) { return other.source != at->source; });
        if (Status marked = markKnown(connection, {at, end}); !marked)
            return std::unexpected(marked.error());
        at = end;
    }
    Arrivals changed;
    for (const Arrival &arrival : arrivals) {
        if (arrival.claim == Arrival::Claim::Changed)
            changed.push_back(arrival);
        else if (arrival.claim == Arrival::Claim::Repeat)
            ++report.duplicates;
    }
    std::erase_if(arrivals, [](const Arrival &a) { return a.claim != Arrival::Claim::Free; });
    return changed;
}

Status copyKeys(Connection &connection, const Arrivals &arrivals)
{
    auto copy = connection.copyIn("COPY chrona_world.event_key (source_id, hash, event_id, "
                                  "observed_at, content_hash) FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const Arrival &arrival : arrivals) {
        copy->beginRow(5);
        copy->int64(arrival.source.value);
        copy->hash128(arrival.key);
        copy->int64(arrival.id.value);
        copy->instant(arrival.observedAt);
        copy->hash128(arrival.event->contentHash);
        if (Status sent = copy->endRow(); !sent)
            return sent;
    }
    return copy->finish().transform([](std::int64_t) {});
}

/// Where another writer was quicker with some: those come back.
Result<Arrivals> insertKeys(Connection &connection, Arrivals &arrivals)
{
    const KeyColumns columns(arrivals);
    const auto rows = connection.query(
        "INSERT INTO chrona_world.event_key (source_id, hash, event_id, observed_at, content_hash) "
        "SELECT * FROM unnest($1::int8[], $2::bytea[], $3::int8[], $4::timestamptz[], $5::bytea[]) "
        "ON CONFLICT (source_id, hash) DO NOTHING RETURNING event_id",
        {columns.sources, columns.keys, columns.ids, columns.times, columns.contents});
    if (!rows)
        return std::unexpected(rows.error());
    std::unordered_set<std::int64_t> fresh;
    for (const Row row : *rows)
        fresh.insert(row.int64(0));
    Arrivals known;
    std::erase_if(arrivals, [&](const Arrival &arrival) {
        const bool isKnown = !fresh.contains(arrival.id.value);
        if (isKnown)
            known.push_back(arrival);
        return isKnown;
    });
    return known;
}

/// By COPY, which costs half of an insert that looks for conflicts; that one only where another
/// writer has put a key there since we looked.
Result<Arrivals> claimFree(Connection &connection, Arrivals &arrivals)
{
    if (auto saved = connection.exec("SAVEPOINT claim"); !saved)
        return std::unexpected(saved.error());
    const Status copied = copyKeys(connection, arrivals);
    if (copied)
        return connection.exec("RELEASE SAVEPOINT claim").transform([](std::int64_t) {
            return Arrivals();
        });
    if (copied.error().code != ErrorCode::Conflict || copied.error().retryable)
        return std::unexpected(copied.error());
    if (auto back = connection.exec("ROLLBACK TO SAVEPOINT claim"); !back)
        return std::unexpected(back.error());
    return insertKeys(connection, arrivals);
}

} // namespace

std::vector<Arrivals> roundsOf(std::span<const schema::Event> events, StoreReport &report)
{
    struct Latest {
        std::size_t round;
        Hash128 content;
    };
    std::unordered_map<Hash128, Latest, HashOfHash> latest; // the key covers the source
    latest.reserve(events.size());
    std::vector<Arrivals> rounds;
    for (const schema::Event &event : events) {
        const Hash128 key = schema::eventKeyFor(event);
        const auto [found, isNew] = latest.try_emplace(key, Latest{0, event.contentHash});
        if (!isNew) {
            if (found->second.content == event.contentHash) {
                ++report.duplicates;
                continue;
            }
            found->second = {found->second.round + 1, event.contentHash};
        }
        if (rounds.size() <= found->second.round)
            rounds.emplace_back().reserve(isNew ? events.size() : 0);
        rounds[found->second.round].push_back(
            {.event = &event,
             .source = event.source,
             .key = key,
             .id = event.id.isNull() ? schema::EventId{idFrom(key)} : event.id,
             .observedAt = event.times.observedAt});
    }
    return rounds;
}

KeyColumns::KeyColumns(const Arrivals &arrivals)
{
    for (const Arrival &arrival : arrivals) {
        sources.push_back(arrival.source.value);
        keys.push_back(arrival.key);
        ids.push_back(arrival.id.value);
        times.push_back(arrival.observedAt);
        contents.push_back(arrival.event->contentHash);
    }
}

Result<Arrivals> claimKeys(Connection &connection, Arrivals &arrivals, StoreReport &report)
{
    std::ranges::sort(arrivals, {}, [](const Arrival &arrival) {
        return std::pair(arrival.source, arrival.key);
    });
    auto known = takeKnown(connection, arrivals, report);
    if (!known || arrivals.empty())
        return known;
    const auto late = claimFree(connection, arrivals);
    if (!late)
        return std::unexpected(late.error());
    known->insert(known->end(), late->begin(), late->end());
    return known;
}

Status dropRepeats(Connection &connection, Arrivals &known, StoreReport &report)
{
    const KeyColumns columns(known);
    std::vector<Instant> ingested;
    for (const Arrival &arrival : known)
        ingested.push_back(arrival.event->times.ingestedAt);
    auto rows = connection.query(
        "SELECT a.id FROM unnest($1::int8[], $2::bytea[], $3::int8[], $4::bytea[], "
        "$5::timestamptz[]) "
        "AS a(source_id, hash, id, content_hash, ingested_at) "
        "JOIN chrona_world.event_key k ON k.source_id = a.source_id AND k.hash = a.hash "
        "WHERE k.content_hash <> a.content_hash AND NOT EXISTS ("
        "SELECT FROM chrona_world.event_revision r WHERE r.id = a.id "
        "AND r.content_hash = a.content_hash AND r.ingested_at = a.ingested_at) "
        "ORDER BY k.source_id, k.hash FOR UPDATE OF k",
        {columns.sources, columns.keys, columns.ids, columns.contents, ingested});
    if (!rows)
        return std::unexpected(rows.error());
    std::unordered_set<std::int64_t> changed;
    for (const Row row : *rows)
        changed.insert(row.int64(0));
    report.duplicates += static_cast<std::int64_t>(known.size() - changed.size());
    std::erase_if(known, [&](const Arrival &a) { return !changed.contains(a.id.value); });
    return {};
}

} // namespace chrona::storage
