// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "graph_service.h"
#include "handlers.h"

#include "chrona/base/clock.h"
#include "chrona/storage/entity_merges.h"

#include <algorithm>

namespace chrona::service {
namespace {

ipc::EntityMergesReply replyOf(std::vector<storage::KeptMerge> merges)
{
    ipc::EntityMergesReply reply;
    for (storage::KeptMerge &one : merges)
        reply.merges.push_back({one.merge.entity, one.merge.into, std::move(one.key),
                                std::move(one.name), std::move(one.intoKey),
                                std::move(one.intoName), one.standsAs, one.merge.madeAt});
    return reply;
}

ipc::EntitiesChanged newsOf(const ipc::EntityMergesReply &reply)
{
    ipc::EntitiesChanged news;
    for (const ipc::MergedEntity &one : reply.merges)
        for (const schema::EntityId entity : {one.entity, one.into, one.standsAs})
            if (!std::ranges::contains(news.entities, entity))
                news.entities.push_back(entity);
    return news;
}

/// Before the answer goes out, the graph knows: what is asked next is answered in the new names.
Result<ipc::EntityMergesReply> toldOf(const Handlers::Parts &parts,
                                      Result<std::vector<storage::KeptMerge>> changed)
{
    if (!changed)
        return std::unexpected(changed.error());
    ipc::EntityMergesReply reply = replyOf(std::move(*changed));
    if (!reply.merges.empty()) {
        parts.graph.markStale();
        parts.tellEntities(newsOf(reply));
    }
    return reply;
}

} // namespace

void Handlers::handle(ipc::EntityMergesRequest, Responder<ipc::EntityMergesRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [](storage::Connection &connection) {
                   return storage::loadMerges(connection).transform([](auto &&merges) {
                       return replyOf(std::move(merges));
                   });
               });
}

void Handlers::handle(ipc::MergeEntities request, Responder<ipc::MergeEntities> responder)
{
    if (request.entities.size() > ipc::MergeEntities::kEntitiesMax)
        return responder.fail({ErrorCode::InvalidInput, "too many entities in one request"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request), parts = m_parts](storage::Connection &connection) {
                   return toldOf(parts,
                                 storage::mergeEntities(connection, {asked.entities, asked.into,
                                                                     SystemClock().now()}));
               });
}

void Handlers::handle(ipc::SplitEntities request, Responder<ipc::SplitEntities> responder)
{
    if (request.entities.size() > ipc::MergeEntities::kEntitiesMax)
        return responder.fail({ErrorCode::InvalidInput, "too many entities in one request"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request), parts = m_parts](storage::Connection &connection) {
                   return toldOf(parts, storage::splitEntities(connection, asked.entities));
               });
}

} // namespace chrona::service
