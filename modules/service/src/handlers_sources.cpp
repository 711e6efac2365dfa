// SPDX-License-Identifier: AGPL-3.0-or-later
// A person's own feeds, and stories.
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

constexpr std::size_t kEventsMax = 10'000;

std::string cursorFrom(const storage::ClusterPosition &position)
{
    return std::format("{}:{}", position.lastAt.time_since_epoch().count(), position.id.value);
}

Result<std::optional<storage::ClusterPosition>> positionFrom(const std::string &cursor)
{
    if (cursor.empty())
        return std::nullopt;
    std::int64_t moment = 0, id = 0;
    const char *const end = cursor.data() + cursor.size();
    const auto first = std::from_chars(cursor.data(), end, moment);
    const bool split = first.ec == std::errc{} && first.ptr != end && *first.ptr == ':';
    const auto second = split ? std::from_chars(first.ptr + 1, end, id) : first;
    if (!split || second.ec != std::errc{} || second.ptr != end)
        return fail(ErrorCode::InvalidInput, "the cursor is none of ours");
    return storage::ClusterPosition{Instant(Duration(moment)), {id}};
}

Result<ipc::ClusterQueryReply> findClusters(storage::Connection &connection,
                                            const ipc::ClusterQuery &asked)
{
    if (asked.events.size() > kEventsMax)
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
    const auto position = positionFrom(asked.cursor);
    if (!position)
        return std::unexpected(position.error());
    query.after = *position;
    auto page = storage::findClusters(connection, query);
    if (!page)
        return std::unexpected(page.error());
    return ipc::ClusterQueryReply{std::move(page->clusters),
                                  page->next ? cursorFrom(*page->next) : std::string()};
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

void Handlers::handle(ipc::ClusterQuery request, Responder<ipc::ClusterQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return findClusters(connection, asked);
               });
}

} // namespace chrona::service
