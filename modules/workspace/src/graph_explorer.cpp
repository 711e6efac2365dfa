// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/graph_explorer.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace chrona::workspace {
namespace {

using graph::NodeIndex;

/// A brush that is being dragged changes the window many times a second.
constexpr std::chrono::milliseconds kScopeCalm{250};
constexpr std::uint32_t kSelectionEventsMax = 2'000;

} // namespace

GraphExplorer::GraphExplorer(Session &session, GraphModel &model, GraphStepTexts texts,
                             QObject *parent)
    : QObject(parent), m_session(session), m_model(model), m_texts(std::move(texts))
{
    m_rescopeDue.setSingleShot(true);
    m_rescopeDue.setInterval(kScopeCalm);
    connect(&m_rescopeDue, &QTimer::timeout, this, &GraphExplorer::rescope);
    Focus &focus = session.focus();
    connect(&focus, &Focus::selectionChanged, this, &GraphExplorer::followFocus);
    connect(&focus, &Focus::windowChanged, this, &GraphExplorer::followScope);
    connect(&focus, &Focus::asOfChanged, this, &GraphExplorer::followScope);
    connect(&session, &Session::entitiesChanged, this, &GraphExplorer::followMerges);
}

ipc::GraphScope GraphExplorer::scope(std::vector<ipc::GraphEdgeType> types) const
{
    const Focus &focus = m_session.focus();
    ipc::GraphScope scope;
    if (!focus.showsEverything()) {
        scope.from = focus.window().begin;
        scope.to = focus.window().end;
    }
    scope.asOf = focus.asOf();
    scope.types = std::move(types);
    return scope;
}

void GraphExplorer::begin()
{
    if (m_open++ == 0)
        Q_EMIT busyChanged();
}

void GraphExplorer::end()
{
    if (--m_open == 0)
        Q_EMIT busyChanged();
}

template <class Request>
void GraphExplorer::ask(Request request, std::function<void(ipc::Answer<Request>)> take)
{
    begin();
    m_latest = m_session.request<Request>(
        std::move(request), this,
        [this, take = std::move(take)](Result<ipc::Answer<Request>> answer) {
            end();
            if (answer)
                take(std::move(*answer));
            else if (answer.error().code != ErrorCode::Cancelled)
                Q_EMIT failed(answer.error());
        },
        [this](const ipc::Progress &news) { Q_EMIT progressed(news.done, news.total); });
}

template <class Request>
void GraphExplorer::search(Request request, std::function<void(ipc::Answer<Request>)> take)
{
    begin();
    ++m_searches;
    m_search = m_session.request<Request>(
        std::move(request), this,
        [this, round = m_searchRound,
         take = std::move(take)](Result<ipc::Answer<Request>> answer) {
            --m_searches;
            end();
            if (round != m_searchRound)
                Q_EMIT cancelled(); // also where the answer was on its way already
            else if (answer)
                take(std::move(*answer));
            else
                Q_EMIT failed(answer.error());
        },
        [this](const ipc::Progress &news) { Q_EMIT progressed(news.done, news.total); });
}

void GraphExplorer::take(const QString &text, Result<GraphState> next)
{
    if (!next)
        Q_EMIT failed(next.error());
    else if (m_model.state().size() == 0)
        m_model.amend(std::move(*next)); // there is nothing to go back to
    else
        m_model.apply(text, std::move(*next));
}

void GraphExplorer::showOverview(std::uint32_t nodesMax)
{
    ipc::GraphOverviewRequest request;
    request.scope = scope();
    request.nodesMax = nodesMax;
    search<ipc::GraphOverviewRequest>(std::move(request), [this](const auto &answer) {
        m_total = answer.reply.nodesTotal;
        m_folded.clear();
        take(m_texts.overview, joined(GraphState(), answer.reply, answer.columns, {}));
        if (answer.reply.nodes.size() < answer.reply.nodesTotal)
            Q_EMIT truncated(answer.reply.nodes.size(), answer.reply.nodesTotal);
        followFocus();
    });
}

void GraphExplorer::showSelection()
{
    ipc::GraphOverviewRequest request;
    request.scope = scope();
    for (const qint64 event : m_session.focus().selection())
        if (request.events.size() < ipc::GraphOverviewRequest::kEventsMax)
            request.events.push_back({event});
    if (request.events.empty())
        return;
    std::ranges::sort(request.events);
    search<ipc::GraphOverviewRequest>(std::move(request), [this](const auto &answer) {
        m_total = answer.reply.nodesTotal;
        m_folded.clear();
        take(m_texts.selection, joined(GraphState(), answer.reply, answer.columns, {}));
        if (answer.reply.nodes.size() < answer.reply.nodesTotal)
            Q_EMIT truncated(answer.reply.nodes.size(), answer.reply.nodesTotal);
        followFocus();
    });
}

void GraphExplorer::expand(NodeIndex node, std::vector<ipc::GraphEdgeType> types,
                           std::uint32_t nodesMax, std::uint32_t hops)
{
    ipc::GraphNeighboursRequest request;
    request.seeds = {keyOf(m_model.state(), node)};
    request.known = keysOf(m_model.state());
    request.scope = scope(std::move(types));
    request.nodesMax = nodesMax;
    request.hops = hops;
    search<ipc::GraphNeighboursRequest>(request, [this, known = request.known](const auto &answer) {
        take(m_texts.expand, joined(m_model.state(), answer.reply, answer.columns, known));
        if (answer.reply.nodes.size() < answer.reply.nodesTotal)
            Q_EMIT truncated(answer.reply.nodes.size(), answer.reply.nodesTotal);
        QList<quint32> hubs;
        for (const std::uint32_t row : answer.reply.hubs)
            if (row < answer.reply.nodes.size())
                if (const auto found = findNode(m_model.state(), answer.reply.nodes[row].key))
                    hubs += *found;
        if (!hubs.isEmpty())
            Q_EMIT heldBack(hubs);
    });
}

void GraphExplorer::add(ipc::GraphNodeKey key)
{
    if (const auto node = findNode(m_model.state(), key))
        return select({*node}, *node);
    ipc::GraphNeighboursRequest request;
    request.seeds = {key};
    request.known = keysOf(m_model.state());
    request.scope = scope();
    request.hops = 0;
    ask<ipc::GraphNeighboursRequest>(
        request, [this, key, known = request.known](const auto &answer) {
            take(m_texts.expand, joined(m_model.state(), answer.reply, answer.columns, known));
            if (const auto node = findNode(m_model.state(), key))
                select({*node}, *node);
        });
}

Status GraphExplorer::open(const GraphFile &file)
{
    if (file.nodes.size() > ipc::GraphNeighboursRequest::kSeedsMax)
        return fail(ErrorCode::InvalidInput,
                    "the file holds " + std::to_string(file.nodes.size()) + " nodes",
                    "at most " + std::to_string(ipc::GraphNeighboursRequest::kSeedsMax) +
                        " can be opened at once");
    ipc::GraphNeighboursRequest request;
    request.seeds = file.nodes;
    request.scope = scope();
    request.hops = 0;
    request.nodesMax = ipc::GraphNeighboursRequest::kNodesMax;
    ask<ipc::GraphNeighboursRequest>(std::move(request), [this, file](const auto &answer) {
        auto next = joined(GraphState(), answer.reply, answer.columns, {});
        if (next && !file.places.empty()) {
            graph::Positions positions = *next->positions;
            for (NodeIndex node = 0; node < next->size(); ++node)
                if (const auto place = file.places.find(keyOf(*next, node));
                    place != file.places.end())
                    positions[node] = place->second;
            next = placed(*next, positions);
        }
        const std::size_t found = next ? next->size() : 0;
        m_folded.clear();
        take(m_texts.file, std::move(next));
        Q_EMIT opened(found, file.nodes.size() - std::min(found, file.nodes.size()));
        followFocus();
    });
    return {};
}

void GraphExplorer::askCounts(NodeIndex node)
{
    const ipc::GraphNodeKey key = keyOf(m_model.state(), node);
    ask<ipc::GraphCountsRequest>({key, scope()}, [this, key](const auto &counts) {
        if (const auto found = findNode(m_model.state(), key))
            Q_EMIT countsArrived(*found, counts);
    });
}

void GraphExplorer::findPaths(NodeIndex from, NodeIndex to, std::uint32_t hops)
{
    ipc::GraphPathsRequest request;
    request.from = keyOf(m_model.state(), from);
    request.to = keyOf(m_model.state(), to);
    request.known = keysOf(m_model.state());
    request.scope = scope();
    request.hops = hops;
    search<ipc::GraphPathsRequest>(request, [this, known = request.known](const auto &answer) {
        take(m_texts.paths, joined(m_model.state(), answer.reply, answer.columns, known));
        QList<QList<quint32>> paths;
        for (const ipc::GraphPath &path : answer.reply.paths) {
            QList<quint32> nodes;
            for (const std::uint32_t row : path.nodes)
                if (row < answer.reply.nodes.size())
                    if (const auto node = findNode(m_model.state(), answer.reply.nodes[row].key))
                        nodes += *node;
            paths += nodes;
        }
        Q_EMIT pathsFound(paths, answer.reply.isComplete);
    });
}

void GraphExplorer::cancel()
{
    if (m_searches == 0)
        return;
    ++m_searchRound;
    m_search.cancel();
}

void GraphExplorer::select(QSet<NodeIndex> nodes, std::optional<NodeIndex> current)
{
    m_model.select(std::move(nodes), current);
    sendSelection();
}

void GraphExplorer::sendSelection()
{
    const quint64 ticket = ++m_selectionTicket;
    ipc::GraphEventsRequest request;
    for (const NodeIndex head : m_model.selected())
        for (const NodeIndex node : membersOf(m_model.state(), head))
            if (request.nodes.size() < ipc::GraphEventsRequest::kNodesMax)
                request.nodes.push_back(keyOf(m_model.state(), node));
    if (request.nodes.empty()) {
        takeEvents({}, ticket);
        return;
    }
    request.scope = scope();
    request.limit = kSelectionEventsMax;
    ask<ipc::GraphEventsRequest>(std::move(request),
                                 [this, ticket](const auto &reply) { takeEvents(reply, ticket); });
}

void GraphExplorer::takeEvents(const ipc::GraphEventsReply &reply, quint64 ticket)
{
    if (ticket != m_selectionTicket)
        return;
    QSet<qint64> events;
    for (const schema::EventId id : reply.events)
        events.insert(id.value);
    m_isSending = true;
    m_session.focus().select(events, reply.events.empty() ? 0 : reply.events.front().value);
    m_isSending = false;
}

void GraphExplorer::selectEvidence(NodeIndex one, NodeIndex other)
{
    m_model.select({one, other}, std::nullopt);
    const quint64 ticket = ++m_selectionTicket;
    ipc::GraphEventsRequest request;
    request.nodes = {keyOf(m_model.state(), one), keyOf(m_model.state(), other)};
    request.match = ipc::GraphMatch::All;
    request.scope = scope();
    request.limit = kSelectionEventsMax;
    ask<ipc::GraphEventsRequest>(std::move(request),
                                 [this, ticket](const auto &reply) { takeEvents(reply, ticket); });
}

void GraphExplorer::followFocus()
{
    if (m_isSending)
        return;
    const QSet<qint64> &events = m_session.focus().selection();
    const quint64 ticket = ++m_selectionTicket;
    if (events.isEmpty() || m_model.state().size() == 0)
        return m_model.select({}, std::nullopt);
    ipc::GraphTouchedRequest request;
    for (const qint64 event : events)
        if (request.events.size() < ipc::GraphTouchedRequest::kEventsMax)
            request.events.push_back({event});
    ask<ipc::GraphTouchedRequest>(std::move(request), [this, ticket](const auto &reply) {
        if (ticket != m_selectionTicket)
            return;
        QSet<NodeIndex> nodes;
        const auto add = [&](ipc::GraphNodeKey key) {
            if (const auto node = findNode(m_model.state(), key))
                nodes.insert((*m_model.state().owner)[*node]);
        };
        for (const ipc::GraphNodeKey &key : reply.nodes)
            if (key.kind == ipc::GraphNodeKind::Entity)
                add(key);
        for (const qint64 event : m_session.focus().selection())
            add({ipc::GraphNodeKind::Event, event});
        m_model.select(nodes, std::nullopt);
    });
}

void GraphExplorer::followScope()
{
    ++m_scopeTicket;
    if (m_model.state().size() > 0)
        m_rescopeDue.start();
}

void GraphExplorer::rescope()
{
    const std::size_t size = m_model.state().size();
    if (size == 0 || size > kRescopedNodesMax)
        return Q_EMIT busyChanged(); // nothing is due any more
    ipc::GraphNeighboursRequest request;
    request.seeds = keysOf(m_model.state());
    request.scope = scope();
    request.hops = 0;
    ask<ipc::GraphNeighboursRequest>(
        std::move(request), [this, ticket = m_scopeTicket](const auto &answer) {
            if (ticket != m_scopeTicket)
                return;
            // Looking through another window is a step of Focus, not one of the graph.
            if (auto next = rescoped(m_model.state(), answer.reply, answer.columns))
                m_model.amend(std::move(*next));
        });
}

void GraphExplorer::followMerges(const ipc::EntitiesChanged &news)
{
    ipc::GraphNeighboursRequest request;
    for (const schema::EntityId entity : news.entities) {
        const ipc::GraphNodeKey key{ipc::GraphNodeKind::Entity, entity.value};
        if ((m_folded.contains(entity.value) || findNode(m_model.state(), key)) &&
            request.seeds.size() < ipc::GraphNeighboursRequest::kSeedsMax)
            request.seeds.push_back(key);
    }
    if (request.seeds.empty() || m_model.state().size() == 0)
        return;
    request.known = keysOf(m_model.state());
    request.scope = scope();
    request.hops = 0;
    ask<ipc::GraphNeighboursRequest>(request, [this, asked = request.seeds](const auto &answer) {
        regroup(answer.reply, answer.columns, asked);
    });
}

void GraphExplorer::regroup(const ipc::GraphReply &reply, const ipc::GraphEdgeColumns &edges,
                            std::span<const ipc::GraphNodeKey> asked)
{
    const GraphState &state = m_model.state();
    auto next = regrouped(state, reply, edges, asked, m_folded);
    if (!next)
        return Q_EMIT failed(next.error());
    for (const ipc::GraphNodeKey key : asked) {
        if (findNode(*next, key))
            m_folded.erase(key.id);
        else if (const auto node = findNode(state, key))
            m_folded[key.id] = (*state.positions)[*node];
    }
    // The step is the merge, which has its own undo: it brings the nodes back.
    m_model.amend(std::move(*next));
}

} // namespace chrona::workspace
