// SPDX-License-Identifier: AGPL-3.0-or-later
// A person's own feeds, and stories.
#include "cursors.h"
#include "database_work.h"
#include "duties.h"
#include "entity_lookup.h"
#include "handlers.h"

#include "chrona/storage/cluster_store.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::service {
namespace {

constexpr std::size_t kClusterEventsMax = 10'000;

Result<ipc::ClusterQueryReply> findClusters(storage::Connection &connection,
                                            const ipc::ClusterQuery &asked)
{
    if (asked.events.size() > kClusterEventsMax)
        return fail(ErrorCode::InvalidInput, "too many events in one request");
    storage::ClusterQuery query;
    query.from = asked.from;
    query.to = asked.to;
    query.asOf = asked.asOf;
    query.box = asked.box;
    query.types = asked.types;
    query.events = asked.events;
    query.text = asked.text;
    query.confidenceMin = static_cast<float>(asked.confidenceMin);
    query.membersMin = asked.membersMin;
    query.limit = std::clamp(asked.limit, 1U, ipc::ClusterQuery::kLimitMax);
    if (!asked.entity.empty()) {
        const auto entity = entityCalled(connection, asked.entity);
        if (!entity)
            return std::unexpected(entity.error());
        if (!*entity)
            return ipc::ClusterQueryReply{};
        query.entity = *entity;
    }
    const auto position = positionFrom<storage::ClusterPosition>(asked.cursor);
    if (!position)
        return std::unexpected(position.error());
    query.after = *position;
    auto page = storage::findClusters(connection, query);
    if (!page)
        return std::unexpected(page.error());
    return ipc::ClusterQueryReply{std::move(page->clusters),
                                  page->next ? cursorFrom(page->next->lastAt, page->next->id.value)
                                             : std::string()};
}

} // namespace

void Handlers::handle(ipc::SourceAdd request, Responder<ipc::SourceAdd> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&duties = m_parts.duties, asked = std::move(request)](
                   storage::Connection &connection) { return duties.add(connection, asked); });
}

void Handlers::handle(ipc::SourceRemove request, Responder<ipc::SourceRemove> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&duties = m_parts.duties, asked = std::move(request)](
                   storage::Connection &connection) { return duties.remove(connection, asked); });
}

void Handlers::handle(ipc::DraftPublish request, Responder<ipc::DraftPublish> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [&duties = m_parts.duties, asked = std::move(request)](storage::Connection &) {
                   return duties.publish(asked);
               });
}

void Handlers::handle(ipc::ClusterQuery request, Responder<ipc::ClusterQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return findClusters(connection, asked);
               });
}

} // namespace chrona::service
