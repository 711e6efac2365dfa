// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/correction_store.h"

#include "correction_links.h"

#include "chrona/schema/entity.h"
#include "chrona/schema/topic.h"
#include "chrona/schema/topic_exposure.h"
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

/// The topic and the targets that it exposes.
Status introduceTopic(Connection &connection, schema::Topic topic)
{
    if (topic == schema::Topic::None)
        return {};
    std::vector<schema::Entity> entities(1);
    entities[0].kind = schema::EntityKind::EventTopic;
    entities[0].key = schema::entityKeyOf(topic);
    entities[0].name = schema::toString(topic);
    for (const schema::ExposedTarget &target : schema::targetsExposedTo(topic, 1)) {
        schema::Entity &entity = entities.emplace_back();
        entity.kind = schema::EntityKind::MarketInstrument;
        entity.key = target.key;
        entity.name = target.name;
    }
    for (schema::Entity &entity : entities)
        entity.id = schema::entityIdFor(entity.key);
    return introduceEntities(connection, entities).transform([](const StoreReport &) {});
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
    return correction.kind == CorrectionKind::Topic
               ? introduceTopic(connection, *schema::topicFrom(correction.value))
               : Status();
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

/// All words about the links of an event, in the order in which they are put over one another: what
/// is said of an entity outranks what follows from a topic.
Result<std::vector<Correction>> linkWords(Connection &connection,
                                          std::span<const std::int64_t> events)
{
    const auto rows =
        connection.query(std::format("SELECT {} FROM chrona_world.correction "
                                     "WHERE event_id = ANY(ARRAY(SELECT unnest($1::int8[]))) "
                                     "AND kind IN (0, 2) ORDER BY event_id, kind, subject",
                                     kCorrectionColumns)
                             .c_str(),
                         {events});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Correction> words;
    for (const Row row : *rows)
        words.push_back(readCorrection(row));
    return words;
}

/// Puts the words over the links as they were found, and keeps what was there before.
Status putWords(Connection &connection, std::span<const std::int64_t> events)
{
    const auto words = linkWords(connection, events);
    if (!words)
        return std::unexpected(words.error());
    for (const Correction &word : *words) {
        if (auto kept = rememberLinks(connection, word); !kept)
            return kept;
        if (auto done = putLinks(connection, word); !done)
            return done;
    }
    return {};
}

/// The links are those that were found.
Status takeWordsOff(Connection &connection, schema::EventId event)
{
    const auto words = linkWords(connection, {&event.value, 1});
    if (!words)
        return std::unexpected(words.error());
    for (auto word = words->rbegin(); word != words->rend(); ++word)
        if (auto done = restoreLinks(connection, *word); !done)
            return done;
    return {};
}

/// Changes what is said of an event's links with `edit`, between taking all words off and putting
/// them on again: so none of them keeps another's links as those that were found.
Status changeWords(Connection &connection, const Correction &correction, auto edit)
{
    if (auto off = takeWordsOff(connection, correction.event); !off)
        return off;
    if (Status edited = edit(); !edited)
        return edited;
    if (auto on = putWords(connection, {&correction.event.value, 1}); !on)
        return on;
    return correction.kind == CorrectionKind::Topic ? decideAnew(connection, correction.event)
                                                    : Status();
}

/// Of a story nothing else is to be done: the day's fingerprint shows it, see findStaleDays().
Status changeWord(Connection &connection, const Correction &correction, auto edit)
{
    if (rulesOverLinks(correction.kind))
        return changeWords(connection, correction, edit);
    if (Status edited = edit(); !edited)
        return edited;
    return correction.kind == CorrectionKind::Relevance ? decideAnew(connection, correction.event)
                                                        : Status();
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
    if (auto done = changeWord(connection, correction,
                               [&] { return writeCorrection(connection, correction); });
        !done)
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
    const auto erase = [&] {
        return connection
            .exec("DELETE FROM chrona_world.correction WHERE event_id = $1 "
                  "AND kind = $2 AND subject = $3",
                  {which.event, static_cast<std::int16_t>(which.kind), which.subject})
            .transform([](std::int64_t) {});
    };
    if (auto done = changeWord(connection, which, erase); !done)
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

Result<std::vector<schema::EventId>> renewCorrections(Connection &connection,
                                                      std::uint32_t eventsMax)
{
    const auto rows = connection.query(
        "SELECT event_id, value FROM chrona_world.correction WHERE kind = 0 AND rules <> $1 "
        "ORDER BY event_id LIMIT $2",
        {linkRules(), std::int64_t{eventsMax}});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<schema::EventId> renewed;
    for (const Row row : *rows) {
        const schema::EventId event{row.int64(0)};
        auto transaction = JoinedTransaction::begin(connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        Correction topic; // its value stays as it is
        topic.event = event;
        const auto introduce = [&] {
            return introduceTopic(connection, *schema::topicFrom(row.string(1)));
        };
        if (auto done = changeWords(connection, topic, introduce); !done)
            return std::unexpected(done.error());
        if (auto done = transaction->commit(); !done)
            return std::unexpected(done.error());
        renewed.push_back(event);
    }
    return renewed;
}

Status applyCorrections(Connection &connection, std::span<const std::int64_t> events)
{
    return putWords(connection, events);
}

} // namespace chrona::storage
