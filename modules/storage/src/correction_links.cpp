// SPDX-License-Identifier: AGPL-3.0-or-later
#include "correction_links.h"

#include "chrona/base/hash.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/targets.h"
#include "chrona/schema/topic.h"
#include "chrona/schema/topic_exposure.h"

#include <format>
#include <vector>

namespace chrona::storage {
namespace {

using schema::Correction;
using schema::CorrectionKind;

/// The entities whose links a correction rules over. A topic rules over the targets too, for some
/// are linked because of it.
std::vector<std::int64_t> ruledBy(const Correction &correction)
{
    if (correction.kind == CorrectionKind::Entity)
        return {schema::entityIdFor(correction.subject).value};
    std::vector<std::int64_t> ruled;
    for (std::size_t i = 1; i < schema::kTopicCount; ++i)
        ruled.push_back(
            schema::entityIdFor(schema::entityKeyOf(static_cast<schema::Topic>(i))).value);
    for (const schema::DefaultTarget &target : schema::defaultTargets())
        ruled.push_back(schema::instrumentFor(target).entity.value);
    return ruled;
}

/// Links as columns, for one statement.
struct Links {
    std::vector<std::int64_t> entities;
    std::vector<std::int16_t> roles;
    std::vector<double> weights;

    void add(schema::EntityId entity, schema::EntityRole role, float weight)
    {
        entities.push_back(entity.value);
        roles.push_back(static_cast<std::int16_t>(role));
        weights.push_back(double(weight));
    }
    void addTargetsOf(schema::Topic topic, float confidence)
    {
        for (const schema::ExposedTarget &target : schema::targetsExposedTo(topic, confidence))
            add(target.instrument, schema::EntityRole::Instrument, target.weight);
    }
};

/// The links that the correction wants to be there.
Links wantedBy(const Correction &correction)
{
    Links wanted;
    if (correction.kind == CorrectionKind::Entity && correction.value == "add")
        wanted.add(schema::entityIdFor(correction.subject), schema::EntityRole::Subject, 1);
    const auto topic = correction.kind == CorrectionKind::Topic
                           ? schema::topicFrom(correction.value)
                           : std::nullopt;
    if (!topic || *topic == schema::Topic::None)
        return wanted;
    wanted.add(schema::entityIdFor(schema::entityKeyOf(*topic)), schema::EntityRole::Topic, 1);
    wanted.addTargetsOf(*topic, 1);
    return wanted;
}

constexpr const char *kNextPosition =
    "(SELECT coalesce(max(position) + 1, 0) FROM chrona_world.event_entity WHERE event_id = $1)";

/// The links that are there because of what the correction denies: its entity, or the topics that
/// were found and the targets that these expose. What the text exposes more strongly by a name or a
/// word stays.
Result<Links> deniedBy(Connection &connection, const Correction &correction)
{
    Links denied;
    if (correction.kind == CorrectionKind::Entity) {
        denied.add(schema::entityIdFor(correction.subject), {}, 1);
        return denied;
    }
    const auto rows = connection.query("SELECT entity_id, weight FROM chrona_world.event_entity "
                                       "WHERE event_id = $1 AND entity_id = ANY($2)",
                                       {correction.event, ruledBy(correction)});
    if (!rows)
        return std::unexpected(rows.error());
    for (std::size_t i = 1; i < schema::kTopicCount; ++i) {
        const auto topic = static_cast<schema::Topic>(i);
        const schema::EntityId entity = schema::entityIdFor(schema::entityKeyOf(topic));
        for (const Row row : *rows) {
            if (row.int64(0) != entity.value)
                continue;
            denied.add(entity, {}, 1);
            denied.addTargetsOf(topic, row.float32(1));
        }
    }
    return denied;
}

Status dropLinks(Connection &connection, const Correction &correction)
{
    return connection
        .exec("DELETE FROM chrona_world.event_entity l USING chrona_world.correction c "
              "WHERE c.event_id = $1 AND c.kind = $2 AND c.subject = $3 "
              "AND l.event_id = $1 AND l.entity_id = ANY(coalesce(c.ruled, $4::int8[]))",
              {correction.event, static_cast<std::int16_t>(correction.kind), correction.subject,
               ruledBy(correction)})
        .transform([](std::int64_t) {});
}

} // namespace

std::string linkRules()
{
    std::string text;
    for (const std::int64_t entity : ruledBy(Correction{}))
        text += std::format("{} ", entity);
    for (const schema::TopicExposure &exposure : schema::topicExposures())
        text += std::format("{} {} {} ", schema::toString(exposure.topic), exposure.symbol,
                            exposure.weight);
    text += std::format("{}", schema::kExposureMin);
    return toHex(hashOf({"link rules", text}).bytes);
}

Status rememberLinks(Connection &connection, const Correction &correction)
{
    return connection
        .exec("UPDATE chrona_world.correction c "
              "SET (was_entities, was_roles, was_weights, ruled, rules) = "
              "(SELECT coalesce(array_agg(l.entity_id ORDER BY l.position), '{}'), "
              "coalesce(array_agg(l.role ORDER BY l.position), '{}'), "
              "coalesce(array_agg(l.weight ORDER BY l.position), '{}'), $4::int8[], $5::text "
              "FROM chrona_world.event_entity l "
              "WHERE l.event_id = c.event_id AND l.entity_id = ANY($4)) "
              "WHERE c.event_id = $1 AND c.kind = $2 AND c.subject = $3",
              {correction.event, static_cast<std::int16_t>(correction.kind), correction.subject,
               ruledBy(correction), linkRules()})
        .transform([](std::int64_t) {});
}

Status putLinks(Connection &connection, const Correction &correction)
{
    const auto denied = deniedBy(connection, correction);
    if (!denied)
        return std::unexpected(denied.error());
    constexpr const char *kDeny =
        "DELETE FROM chrona_world.event_entity l USING unnest($2::int8[], $3::float8[]) "
        "AS d(entity, weight) WHERE l.event_id = $1 AND l.entity_id = d.entity "
        "AND l.weight <= d.weight + 1e-6";
    if (auto done = connection.exec(kDeny, {correction.event, denied->entities, denied->weights});
        !done)
        return std::unexpected(done.error());
    const Links wanted = wantedBy(correction);
    constexpr const char *kStrengthen =
        "UPDATE chrona_world.event_entity l SET weight = w.weight "
        "FROM unnest($2::int8[], $3::float8[]) AS w(entity, weight) "
        "WHERE l.event_id = $1 AND l.entity_id = w.entity AND l.weight < w.weight";
    if (auto done =
            connection.exec(kStrengthen, {correction.event, wanted.entities, wanted.weights});
        !done)
        return std::unexpected(done.error());
    const std::string add = std::format(
        "INSERT INTO chrona_world.event_entity (event_id, observed_at, entity_id, weight, role, "
        "position) SELECT e.id, e.observed_at, w.entity, w.weight, w.role, {} + w.number - 1 "
        "FROM chrona_world.event e, unnest($2::int8[], $3::int2[], $4::float8[]) WITH ORDINALITY "
        "AS w(entity, role, weight, number) WHERE e.id = $1 AND NOT EXISTS (SELECT FROM "
        "chrona_world.event_entity l WHERE l.event_id = $1 AND l.entity_id = w.entity)",
        kNextPosition);
    return connection
        .exec(add.c_str(), {correction.event, wanted.entities, wanted.roles, wanted.weights})
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
        "WHERE c.event_id = $1 AND c.kind = $2 AND c.subject = $3 AND NOT EXISTS (SELECT FROM "
        "chrona_world.event_entity l WHERE l.event_id = $1 AND l.entity_id = w.entity)",
        kNextPosition);
    return connection
        .exec(sql.c_str(),
              {correction.event, static_cast<std::int16_t>(correction.kind), correction.subject})
        .transform([](std::int64_t) {});
}

} // namespace chrona::storage
