// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_service.h"

#include "brief_material.h"
#include "database.h"
#include "event_stream.h"
#include "graph_floor_loading.h"
#include "workers.h"

#include "chrona/storage/event_queries.h"

#include <chrono>

namespace chrona::service {
namespace {

constexpr std::size_t kTiesKept = 4;
constexpr std::chrono::milliseconds kProgressAfter{200};

/// Tells a client how far a question is once it takes long.
template <class Request> RowProgress progressTo(const ipc::Responder<Request> &responder)
{
    const auto begin = std::chrono::steady_clock::now();
    return [&responder, begin](std::size_t done, std::size_t total) {
        if (std::chrono::steady_clock::now() - begin >= kProgressAfter)
            responder.progress(
                {"graph.ties", static_cast<std::int64_t>(done), static_cast<std::int64_t>(total)});
    };
}

} // namespace

GraphService::GraphService(Database &database, Workers &workers, EventStream &stream)
    : m_database(database), m_workers(workers), m_stream(stream)
{
    connect(&stream, &EventStream::eventsStored, this, &GraphService::takeNews);
    connect(&stream, &EventStream::eventsCleared, this, &GraphService::forget);
}

void GraphService::takeNews(const std::vector<schema::Event> &events)
{
    // Before the first question nothing is held, so nothing has to follow.
    if (!m_links && !m_isLaying)
        return;
    for (const schema::Event &event : events)
        m_news[event.id.value] = event.entities;
}

void GraphService::markStale()
{
    m_isStale = true;
}

void GraphService::forget()
{
    ++m_generation;
    m_links.reset();
    m_news.clear();
    m_floor.reset();
    const std::scoped_lock lock(m_keptMutex);
    m_kept.clear();
}

void GraphService::withFloor(Use use)
{
    m_waiting.push_back(std::move(use));
    if (m_isLaying)
        return;
    m_isLaying = true;
    m_stream.snapshot([this](const Result<EventSnapshot> &events) {
        if (!events) {
            m_isLaying = false;
            return serveWaiting(std::unexpected(events.error()));
        }
        const bool isStale = m_isStale.exchange(false);
        if (m_floor && !isStale && m_news.empty() && m_floor->columns() == events->columns) {
            m_isLaying = false;
            return serveWaiting(m_floor);
        }
        lay(*events);
    });
}

void GraphService::lay(const EventSnapshot &events)
{
    const auto finish = [this, generation = m_generation](Result<Laid> laid) {
        auto shared = std::make_shared<Result<Laid>>(std::move(laid));
        QMetaObject::invokeMethod(
            this, [this, shared, generation] { finishLaying(std::move(*shared), generation); },
            Qt::QueuedConnection);
    };
    m_database.whenReady([this, events, finish, links = m_links, news = std::exchange(m_news, {})](
                             const Result<std::shared_ptr<storage::Pool>> &pool) {
        if (!pool)
            return finish(std::unexpected(pool.error()));
        m_workers.run(Workers::Kind::Query, [events, finish, links, news, pool = *pool] {
            auto lease = pool->take();
            if (!lease)
                return finish(std::unexpected(lease.error()));
            auto parts = loadFloorParts(**lease, events, links, news);
            if (!parts)
                return finish(std::unexpected(parts.error()));
            const Links joined = parts->links;
            finish(Laid{joined, GraphFloor::lay(std::move(*parts))});
        });
    });
}

void GraphService::finishLaying(Result<Laid> laid, std::uint64_t generation)
{
    m_isLaying = false;
    if (generation != m_generation) {
        // Everything was taken away in between: what waits is answered from what is there now.
        if (auto waiting = std::exchange(m_waiting, {}); !waiting.empty())
            for (Use &use : waiting)
                withFloor(std::move(use));
        return;
    }
    if (!laid) {
        m_links.reset(); // the news that were to be joined are gone: load again
        m_floor.reset();
        return serveWaiting(std::unexpected(laid.error()));
    }
    m_links = laid->links;
    m_floor = laid->floor;
    if (m_isStale) { // names have changed meanwhile: who asked after that wants the new ones
        for (Use &use : std::exchange(m_waiting, {}))
            withFloor(std::move(use));
        return;
    }
    serveWaiting(m_floor);
}

void GraphService::serveWaiting(const Result<Floor> &floor)
{
    for (const Use &use : std::exchange(m_waiting, {}))
        use(floor);
}

template <class Request, class Answer>
void GraphService::onWorker(Request request, ipc::Responder<Request> responder, Answer answer)
{
    withFloor([this, request = std::move(request), responder = std::move(responder),
               answer = std::move(answer)](const Result<Floor> &floor) {
        if (!floor)
            return responder.fail(floor.error());
        m_workers.run(Workers::Kind::Query, [request, responder, answer, floor = *floor] {
            if (responder.stopToken().stop_requested())
                return responder.fail({ErrorCode::Cancelled, "cancelled"});
            answer(floor, request, responder);
        });
    });
}

Result<std::shared_ptr<const EntityTies>> GraphService::tiesOf(const Floor &floor,
                                                               const ipc::GraphScope &scope,
                                                               const RowProgress &progress,
                                                               std::stop_token stop)
{
    {
        const std::scoped_lock lock(m_keptMutex);
        for (const Kept &kept : m_kept)
            if (kept.floor == floor && kept.from == scope.from && kept.to == scope.to &&
                kept.asOf == scope.asOf)
                return kept.ties;
    }
    auto found = EntityTies::find(*floor, scope, std::nullopt, progress, std::move(stop));
    if (!found)
        return std::unexpected(found.error());
    auto ties = std::make_shared<const EntityTies>(std::move(*found));
    const std::scoped_lock lock(m_keptMutex);
    std::erase_if(m_kept, [&](const Kept &kept) { return kept.floor != floor; });
    m_kept.push_front({floor, scope.from, scope.to, scope.asOf, ties});
    while (m_kept.size() > kTiesKept)
        m_kept.pop_back();
    return ties;
}

Status GraphService::nameEvents(ipc::GraphReply &reply, std::stop_token stop) const
{
    std::vector<schema::EventId> ids;
    std::unordered_map<std::int64_t, ipc::GraphNode *> nodes;
    for (ipc::GraphNode &node : reply.nodes) {
        if (node.key.kind != ipc::GraphNodeKind::Event)
            continue;
        ids.push_back({node.key.id});
        nodes[node.key.id] = &node;
    }
    const auto pool = ids.empty() ? nullptr : m_database.pool();
    if (!pool)
        return {}; // labels are worth less than an answer
    auto lease = pool->take(stop);
    if (!lease)
        return std::unexpected(lease.error());
    auto texts = storage::loadTexts(**lease, ids);
    if (!texts)
        return std::unexpected(texts.error());
    for (storage::EventText &text : *texts)
        if (const auto found = nodes.find(text.id.value); found != nodes.end())
            found->second->label = std::move(text.title);
    return {};
}

template <class Request>
void GraphService::send(const ipc::Responder<Request> &to, Result<GraphPart> part)
{
    if (!part)
        return to.fail(part.error());
    if (const Status named = nameEvents(part->reply, to.stopToken()); !named)
        return to.fail(named.error());
    to.reply(part->reply, std::make_shared<const ipc::GraphEdgeColumns>(std::move(part->edges)));
}

void GraphService::answer(ipc::GraphNeighboursRequest request,
                          ipc::Responder<ipc::GraphNeighboursRequest> responder)
{
    onWorker(std::move(request), std::move(responder),
             [this](const Floor &floor, const auto &asked, const auto &to) {
                 const auto ties = tiesOf(floor, asked.scope, progressTo(to), to.stopToken());
                 if (!ties)
                     return to.fail(ties.error());
                 send(to, searchNeighbours(*floor, **ties, asked, to.stopToken()));
             });
}

void GraphService::answer(ipc::GraphPathsRequest request,
                          ipc::Responder<ipc::GraphPathsRequest> responder)
{
    onWorker(std::move(request), std::move(responder),
             [this](const Floor &floor, const auto &asked, const auto &to) {
                 const auto ties = tiesOf(floor, asked.scope, progressTo(to), to.stopToken());
                 if (!ties)
                     return to.fail(ties.error());
                 send(to, searchPaths(*floor, **ties, asked, to.stopToken()));
             });
}

void GraphService::answer(ipc::GraphOverviewRequest request,
                          ipc::Responder<ipc::GraphOverviewRequest> responder)
{
    onWorker(std::move(request), std::move(responder),
             [this](const Floor &floor, const auto &asked, const auto &to) {
                 Result<std::shared_ptr<const EntityTies>> ties = nullptr;
                 if (asked.events.empty()) {
                     ties = tiesOf(floor, asked.scope, progressTo(to), to.stopToken());
                 } else {
                     const auto rows = rowsOf(*floor, asked.events);
                     ties =
                         EntityTies::find(*floor, asked.scope, std::span(rows), {}, to.stopToken())
                             .transform([](EntityTies &&found) {
                                 return std::make_shared<const EntityTies>(std::move(found));
                             });
                 }
                 if (!ties)
                     return to.fail(ties.error());
                 send(to, searchOverview(*floor, **ties, asked));
             });
}

void GraphService::answer(ipc::GraphCountsRequest request,
                          ipc::Responder<ipc::GraphCountsRequest> responder)
{
    onWorker(std::move(request), std::move(responder),
             [this](const Floor &floor, const auto &asked, const auto &to) {
                 const auto ties = tiesOf(floor, asked.scope, progressTo(to), to.stopToken());
                 if (!ties)
                     return to.fail(ties.error());
                 to.finish(searchCounts(*floor, **ties, asked));
             });
}

void GraphService::answer(ipc::GraphEventsRequest request,
                          ipc::Responder<ipc::GraphEventsRequest> responder)
{
    onWorker(std::move(request), std::move(responder),
             [](const Floor &floor, const auto &asked, const auto &to) {
                 to.finish(searchEvents(*floor, asked));
             });
}

void GraphService::answer(ipc::GraphTouchedRequest request,
                          ipc::Responder<ipc::GraphTouchedRequest> responder)
{
    onWorker(std::move(request), std::move(responder),
             [](const Floor &floor, const auto &asked, const auto &to) {
                 to.finish(searchTouched(*floor, asked));
             });
}

} // namespace chrona::service
