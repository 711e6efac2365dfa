// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cursors.h"
#include "database_work.h"
#include "entity_lookup.h"
#include "event_stream.h"
#include "handlers.h"

#include "chrona/storage/correction_store.h"
#include "chrona/storage/enrichment_store.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/event_titles.h"
#include "chrona/storage/source_store.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::service {
namespace {

Result<ipc::EventQueryReply> findEvents(storage::Connection &connection,
                                        const ipc::EventQuery &asked)
{
    storage::EventQuery query;
    query.from = asked.from;
    query.to = asked.to;
    query.box = asked.box;
    query.types = asked.types;
    query.text = asked.text;
    query.confidenceMin = static_cast<float>(asked.confidenceMin);
    query.asOf = asked.asOf;
    query.limit = std::clamp(asked.limit, 1U, ipc::EventQuery::kLimitMax);
    query.naming = storage::Naming::AsMerged;
    if (!asked.entity.empty()) {
        const auto entity = entityCalled(connection, asked.entity);
        if (!entity)
            return std::unexpected(entity.error());
        if (!*entity)
            return ipc::EventQueryReply{};
        query.entity = *entity;
    }
    const auto position = positionFrom<storage::EventPosition>(asked.cursor);
    if (!position)
        return std::unexpected(position.error());
    query.after = *position;
    auto events = storage::findEvents(connection, query);
    if (!events)
        return std::unexpected(events.error());
    ipc::EventQueryReply reply;
    if (events->size() == query.limit)
        reply.nextCursor = cursorFrom(events->back().times.observedAt, events->back().id.value);
    reply.events = std::move(*events);
    return reply;
}

/// What people and models say of the event, and the story that it was put into.
Status addSaid(storage::Connection &connection, ipc::EventDetailReply &reply)
{
    auto corrections = storage::loadCorrections(connection, reply.event.id);
    if (!corrections)
        return std::unexpected(corrections.error());
    reply.corrections = std::move(*corrections);
    auto answer = storage::findAnswer(connection, reply.event.id);
    if (!answer)
        return std::unexpected(answer.error());
    if (auto &said = *answer)
        reply.suggestion = {said->model, said->topic, said->line, said->entities, said->madeAt};
    const auto story = connection.query(
        "SELECT cluster_id FROM chrona_world.cluster_member WHERE event_id = $1", {reply.event.id});
    if (!story)
        return std::unexpected(story.error());
    if (!story->isEmpty())
        reply.story = schema::ClusterId{story->first().int64(0)};
    return {};
}

Result<ipc::EventDetailReply> loadDetail(storage::Connection &connection, schema::EventId id)
{
    auto event = storage::loadEvent(connection, id, storage::Naming::AsMerged);
    if (!event)
        return std::unexpected(event.error());
    std::vector<schema::EntityId> ids;
    for (const schema::EventEntity &link : event->entities)
        ids.push_back(link.entity);
    auto entities = storage::loadEntities(connection, ids);
    if (!entities)
        return std::unexpected(entities.error());
    auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    ipc::EventDetailReply reply;
    reply.event = std::move(*event);
    reply.entities = std::move(*entities);
    const auto source = std::ranges::find(*sources, reply.event.source, &schema::Source::id);
    if (source != sources->end())
        reply.source = std::move(*source);
    if (auto told = addSaid(connection, reply); !told)
        return std::unexpected(told.error());
    return reply;
}

Result<ipc::EntityQueryReply> findEntities(storage::Connection &connection,
                                           const ipc::EntityQuery &asked)
{
    const std::uint32_t limit = std::clamp(asked.limit, 1U, ipc::EntityQuery::kLimitMax);
    auto found = asked.ids.empty()
                     ? storage::findEntities(connection, {asked.text, asked.kinds, limit})
                     : storage::loadEntities(connection, asked.ids);
    if (!found)
        return std::unexpected(found.error());
    ipc::EntityQueryReply reply;
    reply.entities = std::move(*found);
    return reply;
}

} // namespace

Result<std::optional<schema::EntityId>> entityCalled(storage::Connection &connection,
                                                     const std::string &text)
{
    if (text.contains(':'))
        return schema::entityIdFor(text);
    const auto found = storage::findEntities(connection, {.text = text, .kinds = {}, .limit = 1});
    if (!found)
        return std::unexpected(found.error());
    if (found->empty())
        return std::nullopt;
    return found->front().id;
}

void Handlers::handle(ipc::EventSnapshotRequest, Responder<ipc::EventSnapshotRequest> responder)
{
    m_parts.stream.answer(std::move(responder));
}

void Handlers::handle(ipc::EventTextsRequest request, Responder<ipc::EventTextsRequest> responder)
{
    if (request.ids.size() > ipc::EventTextsRequest::kIdsMax)
        return responder.fail({ErrorCode::InvalidInput, "too many ids in one request"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](
                   storage::Connection &connection) -> Result<ipc::EventTextsReply> {
                   auto texts = storage::loadTexts(connection, asked.ids, asked.asOf);
                   if (!texts)
                       return std::unexpected(texts.error());
                   ipc::EventTextsReply reply;
                   for (storage::EventText &text : *texts)
                       reply.texts.push_back({text.id, std::move(text.title)});
                   return reply;
               });
}

void Handlers::handle(ipc::EventDetailRequest request, Responder<ipc::EventDetailRequest> responder)
{
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [id = request.id](storage::Connection &connection) { return loadDetail(connection, id); });
}

void Handlers::handle(ipc::EventQuery request, Responder<ipc::EventQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return findEvents(connection, asked);
               });
}

void Handlers::handle(ipc::TitleMatchQuery request, Responder<ipc::TitleMatchQuery> responder)
{
    if (request.words.size() > ipc::TitleMatchQuery::kWordsMax)
        return responder.fail({ErrorCode::InvalidInput, "too many words in one question"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [words = std::move(request.words)](storage::Connection &connection) {
                   return storage::eventsTitled(connection, words).transform([](auto &&ids) {
                       return ipc::EventIdColumns{std::move(ids)};
                   });
               });
}

void Handlers::handle(ipc::TitleOrderQuery, Responder<ipc::TitleOrderQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [](storage::Connection &connection) {
                   return storage::rankTitles(connection).transform([](auto &&ranks) {
                       return ipc::TitleRankColumns{std::move(ranks.id), std::move(ranks.rank)};
                   });
               });
}

void Handlers::handle(ipc::EntityQuery request, Responder<ipc::EntityQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return findEntities(connection, asked);
               });
}

} // namespace chrona::service
