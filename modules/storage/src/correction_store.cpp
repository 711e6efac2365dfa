// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/correction_store.h"

#include "chrona/schema/entity.h"
#include "chrona/schema/topic.h"
#include "chrona/storage/entity_store.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::storage {
namespace {

using schema::Correction;
using schema::CorrectionKind;

schema::Correction readCorrection(const Row &row)
{
    return {{row.int64(0)},
            static_cast<CorrectionKind>(row.int16(1)),
            row.string(2),
            row.string(3),
            row.instant(4)};
}

constexpr const char *kCorrectionColumns = "event_id, kind, subject, value, made_at";

/// The entities whose links a correction rules over.
std::vector<std::int64_t> ruledBy(const Correction &correction)
{
    if (correction.kind == CorrectionKind::Entity)
        return {schema::entityIdFor(correction.subject).value};
    std::vector<std::int64_t> topics;
    if (correction.kind == CorrectionKind::Topic)
        for (std::size_t i = 1; i < schema::kTopicCount; ++i)
            topics.push_back(
                schema::entityIdFor(schema::entityKeyOf(static_cast<schema::Topic>(i))).value);
    return topics;
}

/// The link that the correction wants to be there; nothing where it wants none.
std::optional<std::pair<schema::EntityId, schema::EntityRole>>
wantedBy(const Correction &correction)
{
    if (correction.kind == CorrectionKind::Entity && correction.value == "add")
        return std::pair(schema::entityIdFor(correction.subject), schema::EntityRole::Subject);
    const auto topic = correction.kind == CorrectionKind::Topic
                           ? schema::topicFrom(correction.value)
                           : std::nullopt;
    if (!topic || *topic == schema::Topic::None)
        return std::nullopt;
    return std::pair(schema::entityIdFor(schema::entityKeyOf(*topic)), schema::EntityRole::Topic);
}

Status rememberLinks(Connection &connection, const Correction &correction)
{
    return connection
        .exec("UPDATE chrona_world.correction c SET (was_entities, was_roles, was_weights) = "
              "(SELECT coalesce(array_agg(l.entity_id ORDER BY l.position), '{}'), "
              "coalesce(array_agg(l.role ORDER BY l.position), '{}'), "
              "coalesce(array_agg(l.weight ORDER BY l.position), '{}') "
              "FROM chrona_world.event_entity l "
              "WHERE l.event_id = c.event_id AND l.entity_id = ANY($4)) "
              "WHERE c.event_id = $1 AND c.kind = $2 AND c.subject = $3",
              {correction.event, static_cast<std::int16_t>(correction.kind), correction.subject,
               ruledBy(correction)})
        .transform([](std::int64_t) {});
}

Status dropLinks(Connection &connection, const Correction &correction)
{
    return connection
        .exec("DELETE FROM chrona_world.event_entity WHERE event_id = $1 AND entity_id = ANY($2)",
              {correction.event, ruledBy(correction)})
        .transform([](std::int64_t) {});
}

constexpr const char *kNextPosition =
    "(SELECT coalesce(max(position) + 1, 0) FROM chrona_world.event_entity WHERE event_id = $1)";

Status putLinks(Connection &connection, const Correction &correction)
{
    if (auto dropped = dropLinks(connection, correction); !dropped)
        return dropped;
    const auto wanted = wantedBy(correction);
    if (!wanted)
        return {};
    const std::string sql = std::format(
        "INSERT INTO chrona_world.event_entity (event_id, observed_at, entity_id, weight, role, "
        "position) SELECT e.id, e.observed_at, $2, 1, $3, {} FROM chrona_world.event e "
        "WHERE e.id = $1",
        kNextPosition);
    return connection
        .exec(sql.c_str(),
              {correction.event, wanted->first, static_cast<std::int16_t>(wanted->second)})
        .transform([](std::int64_t) {});
}

Status restoreLinks(Connection &connection, const Correction &correction)
{
    if (auto dropped = dropLinks(connection, correction); !dropped)
        return dropped;
    const std::string sql = std::format(
        "INSERT INTO chrona_world.event_entity (event_id, observed_at, entity_id, weight, role, "
        "position) SELECT e.id, e.observed_at, w.entity, w.weight, w.role, {} + w.number - 1 "
        "FROM chrona_world.correction c JOIN chrona_world.event e ON e.id = c.event_id, "
        "unnest(c.was_entities, c.was_roles, c.was_weights) WITH ORDINALITY "
        "AS w(entity, role, weight, number) "
        "WHERE c.event_id = $1 AND c.kind = $2 AND c.subject = $3",
        kNextPosition);
    return connection
        .exec(sql.c_str(),
              {correction.event, static_cast<std::int16_t>(correction.kind), correction.subject})
        .transform([](std::int64_t) {});
}

/// What a person thinks relevant may be worth the costly steps now.
Status decideAnew(Connection &connection, schema::EventId event)
{
    return connection
        .exec("DELETE FROM chrona_world.enrichment WHERE event_id = $1 AND state IN (0, 1, 4)",
              {event})
        .transform([](std::int64_t) {});
}

Status requireRow(Connection &connection, const char *sql, Parameter parameter, std::string what)
{
    const auto rows = connection.query(sql, {std::move(parameter)});
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::NotFound, std::move(what));
    return {};
}

std::int64_t storyOf(const Correction &correction)
{
    if (correction.value == "apart")
        return schema::apartClusterIdFor(correction.event).value;
    std::int64_t number = 0;
    std::from_chars(correction.value.data(), correction.value.data() + correction.value.size(),
                    number);
    return number;
}

/// What a correction speaks of is there.
Status requireKnown(Connection &connection, const Correction &correction)
{
    if (auto known = requireRow(connection, "SELECT 1 FROM chrona_world.event WHERE id = $1",
                                correction.event,
                                std::format("there is no event {}", correction.event.value));
        !known)
        return known;
    if (correction.kind == CorrectionKind::Entity && correction.value == "add")
        return requireRow(connection, "SELECT 1 FROM chrona_world.entity WHERE id = $1",
                          schema::entityIdFor(correction.subject),
                          std::format("there is no entity {}", correction.subject));
    if (correction.kind == CorrectionKind::Story && correction.value != "apart")
        return requireRow(connection, "SELECT 1 FROM chrona_world.cluster WHERE id = $1",
                          storyOf(correction),
                          std::format("there is no story {}", correction.value));
    const auto topic = wantedBy(correction);
    if (correction.kind != CorrectionKind::Topic || !topic)
        return {};
    schema::Entity entity;
    entity.kind = schema::EntityKind::EventTopic;
    entity.key = schema::entityKeyOf(*schema::topicFrom(correction.value));
    entity.id = topic->first;
    entity.name = correction.value;
    return introduceEntities(connection, {&entity, 1}).transform([](const StoreReport &) {});
}

Result<std::optional<Correction>> standingCorrection(Connection &connection,
                                                     const Correction &which)
{
    const auto rows = connection.query(
        std::format("SELECT {} FROM chrona_world.correction WHERE event_id = $1 AND kind = $2 "
                    "AND subject = $3 FOR UPDATE",
                    kCorrectionColumns)
            .c_str(),
        {which.event, static_cast<std::int16_t>(which.kind), which.subject});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? std::nullopt : std::optional(readCorrection(rows->first()));
}

bool rulesOverLinks(CorrectionKind kind)
{
    return kind == CorrectionKind::Topic || kind == CorrectionKind::Entity;
}

Status writeCorrection(Connection &connection, const Correction &correction)
{
    return connection
        .exec("INSERT INTO chrona_world.correction AS c (event_id, kind, subject, value, made_at, "
              "title, summary, publisher) SELECT e.id, $2, $3, $4, $5, e.title, e.summary, "
              "coalesce(e.attributes->>'first_published_by', e.attributes->>'publisher', '') "
              "FROM chrona_world.event e WHERE e.id = $1 ON CONFLICT (event_id, kind, subject) "
              "DO UPDATE SET (value, made_at, title, summary, publisher) = (EXCLUDED.value, "
              "EXCLUDED.made_at, EXCLUDED.title, EXCLUDED.summary, EXCLUDED.publisher)",
              {correction.event, static_cast<std::int16_t>(correction.kind), correction.subject,
               correction.value, correction.madeAt})
        .transform([](std::int64_t) {});
}

/// With the links as they are now as those to give back, unless an earlier word rules already.
Status enact(Connection &connection, const Correction &correction, bool isFirst)
{
    if (correction.kind == CorrectionKind::Relevance)
        return decideAnew(connection, correction.event);
    if (correction.kind == CorrectionKind::Story)
        return {}; // the day's fingerprint shows it: see findStaleDays()
    if (isFirst)
        if (auto kept = rememberLinks(connection, correction); !kept)
            return kept;
    return putLinks(connection, correction);
}

} // namespace

Result<std::optional<Correction>> saveCorrection(Connection &connection,
                                                 const Correction &correction)
{
    if (const auto faults = schema::validate(correction); !faults.empty())
        return fail(ErrorCode::InvalidInput, schema::describe(faults));
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto known = requireKnown(connection, correction); !known)
        return std::unexpected(known.error());
    const auto before = standingCorrection(connection, correction);
    if (!before)
        return std::unexpected(before.error());
    if (auto written = writeCorrection(connection, correction); !written)
        return std::unexpected(written.error());
    if (auto done = enact(connection, correction, !before->has_value()); !done)
        return std::unexpected(done.error());
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return *before;
}

Result<std::optional<Correction>> removeCorrection(Connection &connection, const Correction &which)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto before = standingCorrection(connection, which);
    if (!before)
        return std::unexpected(before.error());
    if (!*before)
        return std::nullopt;
    if (rulesOverLinks(which.kind))
        if (auto done = restoreLinks(connection, **before); !done)
            return std::unexpected(done.error());
    if (!rulesOverLinks(which.kind))
        if (auto done = enact(connection, **before, false); !done)
            return std::unexpected(done.error());
    if (auto done =
            connection.exec("DELETE FROM chrona_world.correction WHERE event_id = $1 "
                            "AND kind = $2 AND subject = $3",
                            {which.event, static_cast<std::int16_t>(which.kind), which.subject});
        !done)
        return std::unexpected(done.error());
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return *before;
}

Result<std::vector<Correction>> loadCorrections(Connection &connection, schema::EventId event)
{
    const auto rows =
        connection.query(std::format("SELECT {} FROM chrona_world.correction WHERE event_id = $1 "
                                     "ORDER BY kind, subject",
                                     kCorrectionColumns)
                             .c_str(),
                         {event});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Correction> found;
    for (const Row row : *rows)
        found.push_back(readCorrection(row));
    return found;
}

Result<std::vector<KeptCorrection>>
loadCorrections(Connection &connection, std::optional<CorrectionKind> kind, std::uint32_t limit)
{
    const auto rows = connection.query(
        std::format("SELECT {}, title, summary, publisher FROM chrona_world.correction "
                    "WHERE $1::int2 IS NULL OR kind = $1 "
                    "ORDER BY made_at DESC, event_id, kind, subject LIMIT $2",
                    kCorrectionColumns)
            .c_str(),
        {kind ? std::optional(static_cast<std::int16_t>(*kind)) : std::nullopt,
         std::int64_t{limit}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<KeptCorrection> kept;
    for (const Row row : *rows)
        kept.push_back({readCorrection(row), row.string(5), row.string(6), row.string(7)});
    return kept;
}

Result<std::map<schema::EventId, schema::ClusterId>> loadStoryPins(Connection &connection,
                                                                   Instant from, Instant to)
{
    const auto rows = connection.query(
        std::format("SELECT {} FROM chrona_world.correction WHERE kind = 1 AND EXISTS (SELECT "
                    "FROM chrona_world.event e WHERE e.id = event_id AND e.observed_at >= $1 "
                    "AND e.observed_at < $2)",
                    kCorrectionColumns)
            .c_str(),
        {from, to});
    if (!rows)
        return std::unexpected(rows.error());
    std::map<schema::EventId, schema::ClusterId> pins;
    for (const Row row : *rows) {
        const Correction correction = readCorrection(row);
        pins.emplace(correction.event, schema::ClusterId{storyOf(correction)});
    }
    return pins;
}

Status applyCorrections(Connection &connection, std::span<const std::int64_t> events)
{
    const auto rows = connection.query(
        std::format("SELECT {} FROM chrona_world.correction "
                    "WHERE event_id = ANY(ARRAY(SELECT unnest($1::int8[]))) "
                    "AND kind IN (0, 2) ORDER BY event_id, kind, subject",
                    kCorrectionColumns)
            .c_str(),
        {events});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows)
        if (auto done = enact(connection, readCorrection(row), true); !done)
            return done;
    return {};
}

} // namespace chrona::storage
