// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_queries.h"

#include "conditions.h"
#include "event_row.h"

#include <algorithm>

namespace chrona::storage {
namespace {

using schema::Event;

constexpr std::uint32_t kLimitMax = 100'000;

template <class Id> std::vector<std::int64_t> valuesOf(std::span<const Id> ids)
{
    std::vector<std::int64_t> values;
    values.reserve(ids.size());
    for (const Id id : ids)
        values.push_back(id.value);
    return values;
}

void addKinds(Conditions &where, const EventQuery &query)
{
    if (!query.types.empty()) {
        std::vector<std::int16_t> types;
        for (const schema::EventType type : query.types)
            types.push_back(static_cast<std::int16_t>(type));
        where.add("type = ANY(?)", types);
    }
    if (!query.sources.empty())
        where.add("source_id = ANY(?)", valuesOf(std::span(query.sources)));
    if (!query.regions.empty())
        where.add("(region = ANY(?) OR split_part(region, '-', 1) = ANY(?))", query.regions);
    if (!query.withRetracted)
        where.add("state <> 2");
    if (query.confidenceMin > 0)
        where.add("confidence >= ?", query.confidenceMin);
    if (query.severityMin > 0)
        where.add("severity >= ?", query.severityMin);
    if (!query.text.empty())
        where.add("title ILIKE ?", likeAnywhere(query.text));
}

void addTimes(Conditions &where, const EventQuery &query)
{
    if (query.from)
        where.add("observed_at >= ?", *query.from);
    if (query.to)
        where.add("observed_at < ?", *query.to);
    if (query.after) {
        const std::string time = where.placeholder(query.after->observedAt);
        const char *sign = query.order == Order::NewestFirst ? "<" : ">";
        where.add(std::format("(observed_at, id) {} ({}, ?)", sign, time), query.after->id);
    }
}

Conditions conditionsOf(const EventQuery &query)
{
    Conditions where;
    addTimes(where, query);
    addKinds(where, query);
    if (query.box)
        addBox(where, *query.box);
    return where;
}

/// What is looked at: the current revisions, or those that stood at a past moment. `links` is NULL
/// for a current one, whose entities are in their own table.
std::string subjectOf(const EventQuery &query, Conditions &where)
{
    std::string ofCurrent;
    std::string ofFormer;
    if (query.entity) {
        const std::string entity = where.placeholder(*query.entity);
        ofCurrent =
            std::format(" AND EXISTS (SELECT FROM chrona_world.event_entity x WHERE "
                        "x.event_id = c.id AND x.observed_at = c.observed_at "
                        "AND x.entity_id = ANY((SELECT chrona_world.names_of({}))::int8[]))",
                        entity);
        ofFormer =
            std::format(" AND entity_ids && (SELECT chrona_world.names_of({}))::int8[]", entity);
    }
    if (!query.asOf)
        return std::format("(SELECT {}, NULL::bigint[] AS links FROM chrona_world.event c "
                           "WHERE true{}) e",
                           event_row::kColumns, ofCurrent);
    const std::string asOf = where.placeholder(*query.asOf);
    return std::format("(SELECT {0}, NULL::bigint[] AS links FROM chrona_world.event c WHERE "
                       "available_at <= {1}{2} "
                       "UNION ALL SELECT {0}, entity_ids FROM chrona_world.event_revision "
                       "WHERE available_at <= {1} AND superseded_at > {1}{3}) e",
                       event_row::kColumns, asOf, ofCurrent, ofFormer);
}

/// The arrays behind the columns, of current and of superseded revisions.
std::string linksOf(const EventQuery &query)
{
    const bool isMerged = query.naming == Naming::AsMerged;
    if (!query.asOf)
        return event_row::linksOfCurrent(query.naming);
    constexpr const char *kOne =
        "CASE WHEN links IS NULL THEN array(SELECT {0} FROM chrona_world.event_entity x WHERE "
        "x.event_id = e.id AND x.observed_at = e.observed_at ORDER BY position) ELSE (SELECT {1} "
        "FROM chrona_world.event_revision r WHERE r.id = e.id AND r.revision = e.revision) END";
    constexpr const char *kStandIn = "coalesce((SELECT stands_as FROM chrona_world.entity_merge m "
                                     "WHERE m.entity_id = x.entity_id), x.entity_id)";
    constexpr const char *kStandIns =
        "array(SELECT coalesce(m.stands_as, named.id) FROM unnest(r.entity_ids) WITH ORDINALITY "
        "AS named(id, position) LEFT JOIN chrona_world.entity_merge m ON m.entity_id = named.id "
        "ORDER BY named.position)";
    std::string result;
    for (const auto &[current, former] :
         {isMerged ? std::pair(kStandIn, kStandIns) : std::pair("entity_id", "entity_ids"),
          std::pair("role", "entity_roles"), std::pair("weight", "entity_weights")}) {
        if (!result.empty())
            result += ", ";
        result += std::vformat(kOne, std::make_format_args(current, former));
    }
    return result;
}

/// An event that names two entities which are one names that one once in each role.
void uniteNames(Event &event)
{
    auto &links = event.entities;
    for (auto at = links.begin(); at != links.end();) {
        const auto first = std::find_if(links.begin(), at, [&](const schema::EventEntity &one) {
            return one.entity == at->entity && one.role == at->role;
        });
        if (first == at) {
            ++at;
            continue;
        }
        first->weight = std::max(first->weight, at->weight);
        at = links.erase(at);
    }
}

Result<std::vector<Event>> readAll(const Result<Rows> &rows, Naming naming = Naming::AsSaid)
{
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Event> events;
    events.reserve(rows->size());
    for (const Row row : *rows) {
        auto event = event_row::read(row);
        if (!event)
            return std::unexpected(event.error());
        if (naming == Naming::AsMerged)
            uniteNames(*event);
        events.push_back(std::move(*event));
    }
    return events;
}

} // namespace

Result<std::vector<Event>> findEvents(Connection &connection, const EventQuery &query)
{
    Conditions where = conditionsOf(query);
    const std::string subject = subjectOf(query, where);
    const std::string limit =
        where.placeholder(static_cast<std::int64_t>(std::min(query.limit, kLimitMax)));
    const char *direction = query.order == Order::NewestFirst ? "DESC" : "ASC";
    // Entities are gathered for the page only, after the limit.
    const std::string sql = std::format(
        "SELECT {0}, {1} FROM (SELECT * FROM {2}{3} ORDER BY observed_at {4}, id {4} LIMIT {5}) e "
        "ORDER BY observed_at {4}, id {4}",
        event_row::kColumns, linksOf(query), subject, where.sql(), direction, limit);
    return readAll(connection.query(sql.c_str(), where.parameters()), query.naming);
}

Result<std::int64_t> countEvents(Connection &connection, const EventQuery &query)
{
    Conditions where = conditionsOf(query);
    const std::string subject = subjectOf(query, where);
    const std::string sql = std::format("SELECT count(*) FROM {}{}", subject, where.sql());
    return connection.query(sql.c_str(), where.parameters()).transform([](const Rows &rows) {
        return rows.first().int64(0);
    });
}

Result<Event> loadEvent(Connection &connection, schema::EventId id, Naming naming)
{
    const std::string sql = std::format("SELECT {}, {} FROM chrona_world.event e WHERE id = $1",
                                        event_row::kColumns, event_row::linksOfCurrent(naming));
    auto events = readAll(connection.query(sql.c_str(), {id}), naming);
    if (!events)
        return std::unexpected(events.error());
    if (events->empty())
        return fail(ErrorCode::NotFound, std::format("there is no event {}", id.value));
    return std::move(events->front());
}

Result<std::vector<Event>> loadRevisions(Connection &connection, schema::EventId id)
{
    const std::string sql = std::format(
        "SELECT {}, entity_ids, entity_roles, entity_weights FROM chrona_world.event_revision "
        "WHERE id = $1 ORDER BY revision",
        event_row::kColumns);
    auto revisions = readAll(connection.query(sql.c_str(), {id}));
    if (!revisions)
        return revisions;
    auto current = loadEvent(connection, id);
    if (!current)
        return std::unexpected(current.error());
    revisions->push_back(std::move(*current));
    return revisions;
}

Result<std::vector<Event>> loadFormer(Connection &connection, Instant asOf, std::uint32_t limit)
{
    // Two revisions of one event can both be right for a moment: the later one was stored before
    // the earlier one ended only where its source dates it back.
    const std::string sql = std::format(
        "SELECT * FROM (SELECT DISTINCT ON (id) {}, entity_ids, entity_roles, entity_weights "
        "FROM chrona_world.event_revision WHERE available_at <= $1 AND superseded_at > $1 "
        "ORDER BY id, revision DESC) former ORDER BY observed_at, id LIMIT $2",
        event_row::kColumns);
    auto events = readAll(connection.query(sql.c_str(), {asOf, std::int64_t{limit} + 1}));
    if (events && events->size() > limit)
        return fail(ErrorCode::Exhausted,
                    std::format("more than {} events were revised since {}", limit,
                                formatInstant(asOf)));
    return events;
}

Result<std::vector<EventText>> loadTexts(Connection &connection,
                                         std::span<const schema::EventId> ids,
                                         std::optional<Instant> asOf)
{
    auto rows =
        asOf ? connection.query(
                   "SELECT DISTINCT ON (id) id, title, url FROM (SELECT id, title, url, 0 AS place "
                   "FROM chrona_world.event WHERE id = ANY($1) UNION ALL SELECT id, title, url, "
                   "revision FROM chrona_world.event_revision WHERE id = ANY($1) "
                   "AND available_at <= $2 AND superseded_at > $2) said ORDER BY id, place DESC",
                   {valuesOf(ids), *asOf})
             : connection.query("SELECT id, title, url FROM chrona_world.event WHERE id = ANY($1)",
                                {valuesOf(ids)});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<EventText> texts;
    texts.reserve(rows->size());
    for (const Row row : *rows)
        texts.push_back({{row.int64(0)}, row.string(1), row.string(2)});
    return texts;
}

} // namespace chrona::storage
