// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_store.h"

#include "chrona/storage/copy.h"
#include "chrona/storage/correction_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/partitions.h"
#include "event_keys.h"
#include "event_row.h"

#include <unordered_map>

namespace chrona::storage {
namespace {

using schema::Event;
using schema::EventId;
using schema::EventState;

constexpr std::size_t kBulkBatch = 20'000;

Status ensureRanges(Connection &connection, std::span<const Event> events)
{
    const auto [first, last] =
        std::ranges::minmax(events, {}, [](const Event &event) { return event.times.observedAt; });
    for (const char *table : {"chrona_world.event", "chrona_world.event_entity"}) {
        const PartitionRange range{first.times.observedAt, last.times.observedAt};
        if (Status made = ensurePartitions(connection, table, range); !made)
            return made;
    }
    return {};
}

/// Moves what stands into the history and takes it out of the way; the numbers of the revisions
/// follow.
Status supersede(Connection &connection, Arrivals &revised)
{
    const KeyColumns columns(revised);
    std::vector<Instant> available;
    for (const Arrival &arrival : revised)
        available.push_back(arrival.event->times.availableAt());
    const std::string keep = std::format(
        "INSERT INTO chrona_world.event_revision ({0}, superseded_at, entity_ids, entity_roles, "
        "entity_weights) SELECT {0}, a.superseded_at, {1} "
        "FROM unnest($1::int8[], $2::timestamptz[]) AS a(event_id, superseded_at) "
        "JOIN chrona_world.event e ON e.id = a.event_id RETURNING id, revision",
        event_row::kColumns, event_row::linksOfCurrent(Naming::AsSaid));
    auto rows = connection.query(keep.c_str(), {columns.ids, available});
    if (!rows)
        return std::unexpected(rows.error());
    std::unordered_map<std::int64_t, std::uint32_t> revisions;
    for (const Row row : *rows)
        revisions[row.int64(0)] = static_cast<std::uint32_t>(row.int32(1));
    for (Arrival &arrival : revised)
        arrival.revision = revisions[arrival.id.value] + 1;
    for (const char *sql : {"DELETE FROM chrona_world.event_entity WHERE event_id = ANY($1)",
                            "DELETE FROM chrona_world.event WHERE id = ANY($1)"}) {
        if (auto done = connection.exec(sql, {columns.ids}); !done)
            return std::unexpected(done.error());
    }
    return connection
        .exec("UPDATE chrona_world.event_key k SET observed_at = a.observed_at, "
              "content_hash = a.content_hash FROM unnest($1::int8[], $2::bytea[], "
              "$3::timestamptz[], $4::bytea[]) AS a(source_id, hash, observed_at, content_hash) "
              "WHERE k.source_id = a.source_id AND k.hash = a.hash",
              {columns.sources, columns.keys, columns.times, columns.contents})
        .transform([](std::int64_t) {});
}

EventState stateOf(const Arrival &arrival)
{
    const EventState given = arrival.event->state;
    return given == EventState::Active && arrival.revision > 1 ? EventState::Revised : given;
}

/// Straight into the table: their keys are claimed, so nothing can be there.
Status copyEvents(Connection &connection, const Arrivals &arrivals)
{
    const std::string sql =
        std::format("COPY chrona_world.event ({}, {}) FROM STDIN (FORMAT binary)",
                    event_row::kColumns, event_row::kPackedColumn);
    auto copy = connection.copyIn(sql.c_str());
    if (!copy)
        return std::unexpected(copy.error());
    for (const Arrival &arrival : arrivals) {
        const event_row::Standing standing{arrival.id, stateOf(arrival), arrival.revision};
        if (Status written = event_row::write(*copy, *arrival.event, standing); !written)
            return written;
    }
    return copy->finish().transform([](std::int64_t) {});
}

Status copyLinks(Connection &connection, const Arrivals &arrivals)
{
    auto copy =
        connection.copyIn("COPY chrona_world.event_entity (event_id, observed_at, entity_id, "
                          "weight, role, position) FROM STDIN (FORMAT binary)");
    if (!copy)
        return std::unexpected(copy.error());
    for (const Arrival &arrival : arrivals) {
        std::int16_t position = 0;
        for (const schema::EventEntity &link : arrival.event->entities) {
            copy->beginRow(6);
            copy->int64(arrival.id.value);
            copy->instant(arrival.event->times.observedAt);
            copy->int64(link.entity.value);
            copy->float32(link.weight);
            copy->int16(static_cast<std::int16_t>(link.role));
            copy->int16(position++);
            if (Status sent = copy->endRow(); !sent)
                return sent;
        }
    }
    return copy->finish().transform([](std::int64_t) {});
}

Status storeRound(Connection &connection, Arrivals &arrivals, StoreReport &report)
{
    auto known = claimKeys(connection, arrivals, report);
    if (!known)
        return std::unexpected(known.error());
    report.accepted += static_cast<std::int64_t>(arrivals.size());
    if (!known->empty()) {
        if (Status done = dropRepeats(connection, *known, report); !done)
            return done;
    }
    if (!known->empty()) {
        if (Status done = supersede(connection, *known); !done)
            return done;
        report.revised += static_cast<std::int64_t>(known->size());
        arrivals.insert(arrivals.end(), known->begin(), known->end());
    }
    if (arrivals.empty())
        return {};
    // In order of time, as it is read: by pages on the disk and by BRIN.
    std::ranges::sort(arrivals, {}, [](const Arrival &arrival) {
        return std::pair(arrival.observedAt, arrival.id);
    });
    if (Status copied = copyEvents(connection, arrivals); !copied)
        return copied;
    if (Status copied = copyLinks(connection, arrivals); !copied)
        return copied;
    return applyCorrections(connection, KeyColumns(arrivals).ids);
}

} // namespace

StoreReport &StoreReport::operator+=(const StoreReport &other)
{
    accepted += other.accepted;
    duplicates += other.duplicates;
    revised += other.revised;
    return *this;
}

Result<StoreReport> storeEvents(Connection &connection, std::span<const Event> events)
{
    StoreReport report;
    if (events.empty())
        return report;
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (Status made = ensureRanges(connection, events); !made)
        return std::unexpected(made.error());
    for (Arrivals &round : roundsOf(events, report)) {
        if (Status stored = storeRound(connection, round, report); !stored)
            return std::unexpected(stored.error());
    }
    if (Status done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return report;
}

Result<StoreReport> bulkStoreEvents(Connection &connection, std::span<const Event> events)
{
    StoreReport report;
    while (!events.empty()) {
        const auto batch = events.first(std::min(kBulkBatch, events.size()));
        const auto stored = storeEvents(connection, batch);
        if (!stored)
            return std::unexpected(stored.error());
        report += *stored;
        events = events.subspan(batch.size());
    }
    return report;
}

Status retractEvent(Connection &connection, EventId id, Instant at)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    auto event = loadEvent(connection, id);
    if (!event)
        return std::unexpected(event.error());
    if (event->state == EventState::Retracted)
        return {};
    event->state = EventState::Retracted;
    event->times.ingestedAt = at;
    event->times.publishedAt.reset();
    event->times.basis = schema::AvailabilityBasis::Measured;
    event->contentHash = hashOf({toHex(event->contentHash.bytes), "retracted"});
    if (auto stored = storeEvents(connection, {&*event, 1}); !stored)
        return std::unexpected(stored.error());
    return transaction->commit();
}

} // namespace chrona::storage
