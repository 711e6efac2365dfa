// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/explore.h"

#include "stopped.h"

#include <algorithm>
#include <unordered_set>

namespace chrona::graph {
namespace {

/// Neighbours that may be walked to, each once with its strongest edge, the strongest first.
struct Step {
    NodeIndex node = 0;
    EdgeIndex edge = 0;
    float weight = 0;
};

std::vector<Step> stepsFrom(const Graph &graph, NodeIndex node, const EdgeFilter &filter)
{
    std::vector<Step> steps;
    for (const Link &link : graph.links(node)) {
        const Edge &edge = graph.edge(link.edge);
        if (link.neighbour != node && passes(filter, edge, node))
            steps.push_back({link.neighbour, link.edge, edge.weight});
    }
    std::ranges::stable_sort(steps, [](const Step &a, const Step &b) {
        return a.node != b.node ? a.node < b.node : a.weight > b.weight;
    });
    const auto rest = std::ranges::unique(steps, {}, &Step::node);
    steps.erase(rest.begin(), rest.end());
    std::ranges::stable_sort(steps, std::greater{}, &Step::weight);
    return steps;
}

/// Walks outward and keeps what has room.
class Expansion {
public:
    Expansion(const Graph &graph, const NeighbourhoodLimits &limits, const EdgeFilter &filter)
        : m_graph(graph), m_limits(limits), m_filter(filter)
    {
    }

    void add(NodeIndex node, unsigned hops)
    {
        if (m_known.insert(node).second)
            m_result.members.push_back({node, hops});
    }

    void expand(Neighbourhood::Member member)
    {
        if (member.hops > 0 && m_graph.links(member.node).size() > m_limits.degreeMax) {
            m_result.hubs.push_back(member.node);
            return;
        }
        for (const Step &step : stepsFrom(m_graph, member.node, m_filter)) {
            if (m_known.contains(step.node))
                continue;
            if (m_result.members.size() < m_limits.nodesMax)
                add(step.node, member.hops + 1);
            else
                m_leftOut.insert(step.node);
        }
    }

    [[nodiscard]] const std::vector<Neighbourhood::Member> &members() const
    {
        return m_result.members;
    }

    Neighbourhood take()
    {
        for (const auto &member : m_result.members)
            for (const Link &link : m_graph.links(member.node)) {
                const Edge &edge = m_graph.edge(link.edge);
                // From its own beginning, so that each edge comes once.
                if (edge.from != member.node || !m_known.contains(link.neighbour))
                    continue;
                EdgeFilter eitherWay = m_filter;
                eitherWay.direction = Direction::Both;
                if (passes(eitherWay, edge, member.node))
                    m_result.edges.push_back(link.edge);
            }
        std::ranges::sort(m_result.edges);
        m_result.leftOut = m_leftOut.size();
        return std::move(m_result);
    }

private:
    const Graph &m_graph;
    const NeighbourhoodLimits &m_limits;
    const EdgeFilter &m_filter;
    Neighbourhood m_result;
    std::unordered_set<NodeIndex> m_known;
    std::unordered_set<NodeIndex> m_leftOut;
};

/// Hops from every node near the far end to it, so that no step is taken that cannot arrive.
class PathSearch {
public:
    PathSearch(const Graph &graph, PathEnds ends, const PathLimits &limits,
               const EdgeFilter &filter, std::stop_token stop)
        : m_graph(graph), m_ends(ends), m_limits(limits), m_filter(filter), m_stop(std::move(stop))
    {
    }

    Result<Paths> run()
    {
        measureFromEnd();
        for (unsigned hops = 1; hops <= m_limits.hops && !isOver(); ++hops) {
            const std::size_t first = m_paths.found.size();
            m_trail = {.nodes = {m_ends.from}, .edges = {}};
            walk(hops);
            std::stable_sort(m_paths.found.begin() + std::ptrdiff_t(first), m_paths.found.end(),
                             [](const Path &a, const Path &b) { return a.strength > b.strength; });
        }
        if (m_stop.stop_requested())
            return stopped("search");
        m_paths.hubsAvoided = m_hubs.size();
        return std::move(m_paths);
    }

private:
    [[nodiscard]] bool isOver() const { return !m_paths.isComplete || m_stop.stop_requested(); }

    bool isHub(NodeIndex node)
    {
        if (node == m_ends.from || node == m_ends.to ||
            m_graph.links(node).size() <= m_limits.degreeMax)
            return false;
        m_hubs.insert(node);
        return true;
    }

    void measureFromEnd()
    {
        EdgeFilter backward = m_filter;
        if (m_filter.direction != Direction::Both)
            backward.direction =
                m_filter.direction == Direction::Forward ? Direction::Backward : Direction::Forward;
        std::vector<NodeIndex> queue{m_ends.to};
        m_hopsLeft[m_ends.to] = 0;
        for (std::size_t at = 0; at < queue.size() && !isOver(); ++at) {
            const unsigned hops = m_hopsLeft[queue[at]] + 1;
            // The first step of all is taken from the other end.
            if (hops >= m_limits.hops || isHub(queue[at]))
                continue;
            for (const Link &link : m_graph.links(queue[at]))
                if (spend() && passes(backward, m_graph.edge(link.edge), queue[at]) &&
                    m_hopsLeft.try_emplace(link.neighbour, hops).second)
                    queue.push_back(link.neighbour);
        }
    }

    /// All ways of exactly so many more hops from the end of the trail.
    void walk(unsigned hops)
    {
        const NodeIndex at = m_trail.nodes.back();
        for (const Step &step : stepsFrom(m_graph, at, m_filter)) {
            if (!spend())
                return;
            const auto left = m_hopsLeft.find(step.node);
            if (left == m_hopsLeft.end() || left->second > hops - 1 ||
                std::ranges::contains(m_trail.nodes, step.node))
                continue;
            if ((step.node == m_ends.to) != (hops == 1) || isHub(step.node))
                continue;
            m_trail.nodes.push_back(step.node);
            m_trail.edges.push_back(step.edge);
            if (hops == 1)
                keep();
            else
                walk(hops - 1);
            m_trail.nodes.pop_back();
            m_trail.edges.pop_back();
            if (isOver())
                return;
        }
    }

    void keep()
    {
        if (m_paths.found.size() == m_limits.pathsMax) {
            m_paths.isComplete = false;
            return;
        }
        m_trail.strength = m_graph.edge(m_trail.edges.front()).weight;
        for (const EdgeIndex edge : m_trail.edges)
            m_trail.strength = std::min(m_trail.strength, m_graph.edge(edge).weight);
        m_paths.found.push_back(m_trail);
    }

    bool spend()
    {
        if (m_steps++ == m_limits.stepsMax)
            m_paths.isComplete = false;
        return !isOver();
    }

    const Graph &m_graph;
    const PathEnds m_ends;
    const PathLimits &m_limits;
    const EdgeFilter &m_filter;
    const std::stop_token m_stop;
    std::unordered_map<NodeIndex, unsigned> m_hopsLeft;
    std::unordered_set<NodeIndex> m_hubs;
    std::size_t m_steps = 0;
    Path m_trail;
    Paths m_paths;
};

} // namespace

ExpandCounts countsAround(const Graph &graph, NodeIndex node, const EdgeFilter &filter)
{
    ExpandCounts counts;
    std::unordered_set<NodeIndex> known;
    for (const Link &link : graph.links(node)) {
        const Edge &edge = graph.edge(link.edge);
        if (!passes(filter, edge, node))
            continue;
        ++counts.byType[edge.type];
        if (link.neighbour != node && known.insert(link.neighbour).second)
            ++counts.byKind[graph.node(link.neighbour).key.kind];
    }
    counts.neighbours = known.size();
    return counts;
}

Result<Neighbourhood> neighbourhood(const Graph &graph, std::span<const NodeIndex> seeds,
                                    NeighbourhoodLimits limits, const EdgeFilter &filter,
                                    std::stop_token stop)
{
    Expansion expansion(graph, limits, filter);
    for (const NodeIndex seed : seeds) {
        if (seed >= graph.nodeCount())
            return fail(ErrorCode::InvalidInput, "a node to expand is not in the graph");
        expansion.add(seed, 0);
    }
    for (std::size_t at = 0; at < expansion.members().size(); ++at) {
        if (stop.stop_requested())
            return stopped("search");
        const Neighbourhood::Member member = expansion.members()[at];
        if (member.hops < limits.hops)
            expansion.expand(member);
    }
    return expansion.take();
}

Result<Paths> findPaths(const Graph &graph, PathEnds ends, PathLimits limits,
                        const EdgeFilter &filter, std::stop_token stop)
{
    if (ends.from >= graph.nodeCount() || ends.to >= graph.nodeCount())
        return fail(ErrorCode::InvalidInput, "an end of the path is not in the graph");
    if (ends.from == ends.to)
        return fail(ErrorCode::InvalidInput, "a path needs two different ends");
    if (limits.hops == 0 || limits.hops > PathLimits::kHopsMax)
        return fail(ErrorCode::InvalidInput, "a path has one to four hops");
    return PathSearch(graph, ends, limits, filter, std::move(stop)).run();
}

} // namespace chrona::graph
