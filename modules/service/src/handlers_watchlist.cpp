// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_material.h"
#include "database_work.h"
#include "handlers.h"

#include "chrona/base/clock.h"
#include "chrona/briefing/exposure_graph.h"
#include "chrona/storage/watchlist_store.h"

#include <algorithm>
#include <span>

namespace chrona::service {
namespace {

Result<ipc::ExposuresReply> exposuresOf(storage::Connection &connection)
{
    const auto graph = loadExposureGraph(connection);
    if (!graph)
        return std::unexpected(graph.error());
    const auto own = storage::loadExposures(connection);
    if (!own)
        return std::unexpected(own.error());
    ipc::ExposuresReply reply;
    const auto isOf = [](const auto &rule) {
        return [&rule](const auto &one) { return one.from == rule.from && one.to == rule.to; };
    };
    const auto shipped = briefing::defaultExposureRules();
    for (const briefing::ExposureRule &rule : graph->rules()) {
        ipc::ExposureEntry entry{rule.from, rule.to, rule.weight, rule.why,
                                 std::ranges::any_of(*own, isOf(rule))};
        if (const auto found = std::ranges::find_if(shipped, isOf(rule)); found != shipped.end())
            entry.shipped = found->weight;
        reply.rules.push_back(std::move(entry));
    }
    return reply;
}

ipc::WatchlistsReply watchlistsReply(std::span<const storage::WatchlistRecord> lists)
{
    ipc::WatchlistsReply reply;
    for (const storage::WatchlistRecord &list : lists) {
        ipc::WatchlistEntry entry{list.id, list.name, {}, list.revision, list.updatedAt};
        for (const storage::WatchedNode &item : list.items)
            entry.items.push_back({item.node, item.note, item.addedAt});
        reply.lists.push_back(std::move(entry));
    }
    return reply;
}

storage::WatchlistRecord recordFor(const ipc::WatchlistEntry &list)
{
    const Instant now = SystemClock().now();
    storage::WatchlistRecord record{list.id, list.name, {}, list.revision, list.updatedAt};
    for (const ipc::WatchEntry &item : list.items)
        record.items.push_back(
            {item.node, item.note, item.addedAt == Instant{} ? now : item.addedAt});
    return record;
}

Result<ipc::Done> asDone(const Status &status)
{
    if (!status)
        return std::unexpected(status.error());
    return ipc::Done{};
}

} // namespace

void Handlers::handle(ipc::WatchlistsRequest, Responder<ipc::WatchlistsRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [](storage::Connection &connection) {
                   return storage::loadWatchlists(connection).transform([](const auto &lists) {
                       return watchlistsReply(lists);
                   });
               });
}

void Handlers::handle(ipc::WatchlistSave request, Responder<ipc::WatchlistSave> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [list = std::move(request.list)](storage::Connection &connection) {
                   return storage::saveWatchlist(connection, recordFor(list))
                       .transform([](const storage::WatchlistRecord &saved) {
                           return watchlistsReply({&saved, 1});
                       });
               });
}

void Handlers::handle(ipc::WatchlistRemove request, Responder<ipc::WatchlistRemove> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [list = request.list](storage::Connection &connection) {
                   return asDone(storage::removeWatchlist(connection, list));
               });
}

void Handlers::handle(ipc::ExposuresRequest, Responder<ipc::ExposuresRequest> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [](storage::Connection &connection) { return exposuresOf(connection); });
}

void Handlers::handle(ipc::ExposureSave request, Responder<ipc::ExposureSave> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [rule = std::move(request.rule)](storage::Connection &connection) {
                   return asDone(storage::saveExposure(
                       connection, {rule.from, rule.to, rule.weight, rule.why}));
               });
}

void Handlers::handle(ipc::ExposureRemove request, Responder<ipc::ExposureRemove> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [ends = std::move(request)](storage::Connection &connection) {
                   return asDone(storage::removeExposure(connection, {ends.from, ends.to, 0, {}}));
               });
}

} // namespace chrona::service
