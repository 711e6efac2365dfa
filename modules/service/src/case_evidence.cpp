// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case_evidence.h"

#include "chrona/connect/draft.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/source_store.h"

#include <algorithm>

namespace chrona::service {
namespace {

using schema::CaseEvidence;

/// As text, without areas that would not fit: the middle of a coastline tells where it was.
std::string contentOf(schema::Event event)
{
    std::string content = connect::draftToJson(event);
    if (content.size() <= schema::kEvidenceBytesMax)
        return content;
    event.geometry = schema::Geometry::at(schema::anchorOf(event.geometry));
    return connect::draftToJson(event);
}

Result<std::optional<CaseEvidence>> evidenceOf(storage::Connection &connection, schema::EventId id,
                                               Instant now)
{
    auto event = storage::loadEvent(connection, id);
    if (!event && event.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!event)
        return std::unexpected(event.error());
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    CaseEvidence evidence;
    evidence.takenAt = now;
    evidence.synthetic = event->synthetic;
    const auto source = std::ranges::find(*sources, event->source, &schema::Source::id);
    if (source != sources->end()) {
        evidence.source = source->key;
        evidence.attribution = source->attribution;
        evidence.licence = source->licence;
        // What was fetched as the user never leaves this installation, whatever else is allowed.
        evidence.redistribution = source->mode == schema::IngestMode::OwnKeyLocal
                                      ? schema::Redistribution::Forbidden
                                      : source->redistribution;
    }
    evidence.content = contentOf(std::move(*event));
    return evidence;
}

/// Entities are names and codes that many sources share.
Result<std::optional<CaseEvidence>> evidenceOf(storage::Connection &connection, schema::EntityId id,
                                               Instant now)
{
    const auto entities = storage::loadEntities(connection, {&id, 1});
    if (!entities)
        return std::unexpected(entities.error());
    if (entities->empty())
        return std::nullopt;
    CaseEvidence evidence;
    evidence.takenAt = now;
    evidence.synthetic = entities->front().synthetic;
    evidence.redistribution = schema::Redistribution::Allowed;
    evidence.content = connect::draftToJson(entities->front());
    return evidence;
}

} // namespace

Result<std::optional<CaseEvidence>> takeEvidence(storage::Connection &connection,
                                                 const schema::PinTarget &target, Instant now)
{
    Result<std::optional<CaseEvidence>> taken = std::nullopt;
    if (target.kind == schema::PinKind::Event)
        taken = evidenceOf(connection, schema::EventId{target.id}, now);
    else if (target.kind == schema::PinKind::Entity)
        taken = evidenceOf(
            connection,
            target.id > 0 ? schema::EntityId{target.id} : schema::entityIdFor(target.key), now);
    if (!taken || !*taken)
        return taken;
    // Too long even so: better no evidence than half of one.
    if ((*taken)->content.size() > schema::kEvidenceBytesMax)
        return std::nullopt;
    (*taken)->hash = schema::evidenceHashOf((*taken)->content);
    return taken;
}

} // namespace chrona::service
