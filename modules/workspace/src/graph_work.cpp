// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/graph_work.h"

#include "chrona/graph/arrangements.h"
#include "chrona/graph/communities.h"
#include "chrona/graph/measures.h"

#include <algorithm>
#include <chrono>
#include <set>

namespace chrona::workspace {
namespace {

using graph::NodeIndex;
using graph::Positions;

constexpr std::chrono::milliseconds kStepPause{33};
constexpr std::size_t kTiesDense = 4; ///< ties a node, from which on only the main ones place it
constexpr std::size_t kTiesEach = 3;

/// The drawn nodes as a graph of their own: what a layout is about.
struct Drawn {
    std::vector<NodeIndex> nodes; ///< of the state
    graph::Graph graph;
};

Result<Drawn> drawnOf(const GraphState &state)
{
    Drawn drawn;
    std::vector<NodeIndex> places(state.size(), 0);
    graph::Parts parts;
    parts.types = {"any"};
    for (NodeIndex node = 0; node < state.size(); ++node) {
        if (!state.isDrawn(node))
            continue;
        places[node] = static_cast<NodeIndex>(drawn.nodes.size());
        drawn.nodes.push_back(node);
        const graph::Node &all = state.facts->graph.node(node);
        parts.nodes.push_back({all.key, {}, all.place});
    }
    // Where everything is tied to everything, all ties together say nothing: the main ones place.
    const auto edges = drawnEdges(state);
    const bool isDense = edges.size() > kTiesDense * drawn.nodes.size();
    const auto isMain = mainEdges(edges, isDense ? kTiesEach : edges.size());
    for (std::size_t at = 0; at < edges.size(); ++at) {
        const DrawnEdge &edge = edges[at];
        if (!isMain[at])
            continue;
        const bool isTurned = edge.isBackward && !edge.isForward;
        parts.edges.push_back({.from = places[isTurned ? edge.to : edge.from],
                               .to = places[isTurned ? edge.from : edge.to],
                               .weight = edge.weight});
    }
    auto graph = graph::Graph::create(std::move(parts));
    if (!graph)
        return std::unexpected(graph.error());
    drawn.graph = std::move(*graph);
    return drawn;
}

} // namespace

struct GraphLayouter::Job {
    GraphState state;
    GraphArrangement arrangement;
    Keep keep;
    NodeIndex middle;
    std::stop_token stop;
    std::function<void(Positions, double)> step;

    [[nodiscard]] Result<Positions> work() const;
    [[nodiscard]] Result<Positions> force(const Drawn &drawn) const;
    [[nodiscard]] Positions spread(const Drawn &drawn, const Positions &positions) const;
};

/// Positions of the drawn nodes, put where the state has them.
Positions GraphLayouter::Job::spread(const Drawn &drawn, const Positions &positions) const
{
    Positions all = *state.positions;
    for (std::size_t at = 0; at < drawn.nodes.size(); ++at)
        all[drawn.nodes[at]] = positions[at];
    return all;
}

Result<Positions> GraphLayouter::Job::force(const Drawn &drawn) const
{
    graph::ForceOptions options;
    options.known.resize(drawn.nodes.size());
    const std::uint8_t kept =
        keep == Keep::Placed ? GraphState::kPlaced | GraphState::kPinned : GraphState::kPinned;
    for (std::size_t at = 0; at < drawn.nodes.size(); ++at)
        if ((*state.flags)[drawn.nodes[at]] & kept)
            options.known[at] = (*state.positions)[drawn.nodes[at]];
    if (std::ranges::none_of(options.known, [](const auto &one) { return one.has_value(); }))
        options.known.clear();
    ThreadPool threads;
    auto layout = graph::ForceLayout::create(drawn.graph, std::move(options), threads, stop);
    if (!layout)
        return std::unexpected(layout.error());
    auto shown = std::chrono::steady_clock::now();
    while (!layout->isFinished()) {
        if (const Status stepped = layout->step(threads, stop); !stepped)
            return std::unexpected(stepped.error());
        if (const auto now = std::chrono::steady_clock::now(); now - shown >= kStepPause) {
            step(spread(drawn, layout->positions()), layout->progress());
            shown = now;
        }
    }
    return layout->positions();
}

Result<Positions> GraphLayouter::Job::work() const
{
    const auto drawn = drawnOf(state);
    if (!drawn)
        return std::unexpected(drawn.error());
    if (drawn->nodes.empty())
        return *state.positions;
    Result<Positions> positions;
    switch (arrangement) {
    case GraphArrangement::Force: positions = force(*drawn); break;
    case GraphArrangement::Layered: positions = graph::layeredLayout(drawn->graph, stop); break;
    case GraphArrangement::Radial: {
        const auto found = std::ranges::find(drawn->nodes, middle);
        const auto centre = found == drawn->nodes.end() ? 0 : found - drawn->nodes.begin();
        positions = graph::radialLayout(drawn->graph, static_cast<NodeIndex>(centre), stop);
        break;
    }
    case GraphArrangement::Geo: positions = graph::geoLayout(drawn->graph, stop); break;
    }
    if (!positions)
        return positions;
    return spread(*drawn, *positions);
}

GraphLayouter::GraphLayouter(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

GraphLayouter::~GraphLayouter()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void GraphLayouter::cancel()
{
    m_stop.request_stop();
}

void GraphLayouter::arrange(const GraphState &state, GraphArrangement arrangement, Keep keep,
                            NodeIndex middle)
{
    m_stop.request_stop();
    m_stop = {};
    const quint64 ticket = ++m_ticket;
    const Job job{state,
                  arrangement,
                  keep,
                  middle,
                  m_stop.get_token(),
                  [this, state, ticket](Positions positions, double progress) {
                      auto shared = std::make_shared<const Positions>(std::move(positions));
                      QMetaObject::invokeMethod(this, [this, state, ticket, shared, progress] {
                          if (ticket == m_ticket)
                              Q_EMIT stepped(state, shared, progress);
                      });
                  }};
    if (!std::exchange(m_isRunning, true))
        Q_EMIT runningChanged();
    m_pool.start([this, job, ticket] {
        auto result = std::make_shared<Result<Positions>>(job.work());
        QMetaObject::invokeMethod(this, [this, state = job.state, result, ticket] {
            if (ticket != m_ticket)
                return; // a newer one runs
            m_isRunning = false;
            if (*result)
                Q_EMIT finished(state, std::make_shared<const Positions>(std::move(**result)));
            else if (result->error().code != ErrorCode::Cancelled)
                Q_EMIT failed(result->error());
            Q_EMIT runningChanged();
        });
    });
}

Result<GraphMeasures> measured(std::shared_ptr<const GraphFacts> facts, std::stop_token stop)
{
    GraphMeasures measures;
    auto communities = graph::findCommunities(facts->graph, {}, stop);
    if (!communities)
        return std::unexpected(communities.error());
    measures.community = std::move(communities->of);
    InlineExecutor executor;
    const auto scaled = [](std::vector<double> figures) {
        const double most = figures.empty() ? 0 : std::ranges::max(figures);
        for (double &figure : figures)
            figure = most > 0 ? figure / most : 0;
        return figures;
    };
    auto rank =
        graph::pageRank(facts->graph, {.direction = graph::Direction::Both}, executor, stop);
    if (!rank)
        return std::unexpected(rank.error());
    measures.rank = scaled(std::move(*rank));
    auto between = graph::betweenness(facts->graph, {}, executor, stop);
    if (!between)
        return std::unexpected(between.error());
    measures.between = scaled(std::move(*between));
    measures.of = std::move(facts);
    return measures;
}

GraphAnalyst::GraphAnalyst(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

GraphAnalyst::~GraphAnalyst()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void GraphAnalyst::measure(std::shared_ptr<const GraphFacts> facts)
{
    if (facts == m_wanted)
        return;
    m_wanted = facts;
    m_stop.request_stop();
    m_stop = {};
    m_pool.start([this, facts = std::move(facts), stop = m_stop.get_token()] {
        auto found = workspace::measured(facts, stop);
        if (!found)
            return; // only a newer graph stops it
        auto shared = std::make_shared<const GraphMeasures>(std::move(*found));
        QMetaObject::invokeMethod(this, [this, shared] {
            if (shared->of != m_wanted)
                return;
            m_measures = shared;
            Q_EMIT measured();
        });
    });
}

} // namespace chrona::workspace
