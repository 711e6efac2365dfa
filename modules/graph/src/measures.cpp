// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/measures.h"

#include "numbering.h"
#include "random.h"
#include "simple_links.h"
#include "stopped.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chrona::graph {
namespace {

/// Sums are taken in as many parts, whatever the number of threads: floating point is not
/// associative.
constexpr std::size_t kParts = 16;

bool lends(const Edge &edge, NodeIndex lender, Direction direction)
{
    return direction == Direction::Both ||
           (direction == Direction::Forward ? edge.from : edge.to) == lender;
}

/// Brandes' accumulation from one source: how much of the ways out of it leads through each node.
class WaysFrom {
public:
    explicit WaysFrom(const SimpleLinks &links)
        : m_links(links), m_hops(links.nodeCount()), m_ways(links.nodeCount()),
          m_share(links.nodeCount())
    {
    }

    void add(NodeIndex source, std::span<double> through)
    {
        hopsFrom(m_links, source, m_hops, m_queue);
        for (const NodeIndex node : m_queue)
            m_ways[node] = m_share[node] = 0;
        m_ways[source] = 1;
        for (const NodeIndex node : m_queue)
            for (const NodeIndex next : m_links.of(node))
                if (m_hops[next] == m_hops[node] + 1)
                    m_ways[next] += m_ways[node];
        for (std::size_t i = m_queue.size(); i-- > 1;) {
            const NodeIndex node = m_queue[i];
            for (const NodeIndex before : m_links.of(node))
                if (m_hops[before] + 1 == m_hops[node])
                    m_share[before] += m_ways[before] / m_ways[node] * (1 + m_share[node]);
            through[node] += m_share[node];
        }
    }

private:
    const SimpleLinks &m_links;
    std::vector<std::uint16_t> m_hops;
    std::vector<NodeIndex> m_queue;
    std::vector<double> m_ways, m_share;
};

/// All nodes where there are no more than asked for, else as many different ones by chance.
std::vector<NodeIndex> sampleNodes(std::size_t count, BetweennessOptions options)
{
    std::vector<NodeIndex> nodes(count);
    std::iota(nodes.begin(), nodes.end(), NodeIndex(0));
    if (options.sources >= count)
        return nodes;
    Random random(options.seed);
    for (std::size_t i = 0; i < options.sources; ++i)
        std::swap(nodes[i], nodes[i + random.below(count - i)]);
    nodes.resize(options.sources);
    return nodes;
}

} // namespace

std::vector<Degree> degrees(const Graph &graph)
{
    std::vector<Degree> all(graph.nodeCount());
    for (const Edge &edge : graph.parts().edges) {
        ++all[edge.from].out;
        ++all[edge.to].in;
        all[edge.from].weightOut += edge.weight;
        all[edge.to].weightIn += edge.weight;
    }
    return all;
}

Result<std::vector<double>> pageRank(const Graph &graph, PageRankOptions options,
                                     Executor &executor, std::stop_token stop)
{
    if (!(options.damping >= 0 && options.damping < 1))
        return fail(ErrorCode::InvalidInput, "the damping of a rank is from 0 to below 1");
    const std::size_t count = graph.nodeCount();
    std::vector<double> lent(count, 0); ///< weight that a node spreads its rank over
    for (NodeIndex node = 0; node < count; ++node)
        for (const Link &link : graph.links(node))
            if (lends(graph.edge(link.edge), node, options.direction))
                lent[node] += graph.edge(link.edge).weight;
    std::vector<double> rank(count, count > 0 ? 1 / double(count) : 0);
    std::vector<double> next(count);
    for (unsigned round = 0; round < options.roundsMax && count > 0; ++round) {
        double idle = 0;
        for (std::size_t node = 0; node < count; ++node)
            idle += lent[node] > 0 ? 0 : rank[node];
        const double base = (1 - options.damping + options.damping * idle) / double(count);
        executor.forEach(
            kParts,
            [&](std::size_t part) {
                for (std::size_t i = count * part / kParts; i < count * (part + 1) / kParts; ++i) {
                    double sum = 0;
                    for (const Link &link : graph.links(NodeIndex(i)))
                        if (const Edge &edge = graph.edge(link.edge);
                            lends(edge, link.neighbour, options.direction))
                            sum += rank[link.neighbour] * edge.weight / lent[link.neighbour];
                    next[i] = base + options.damping * sum;
                }
            },
            stop);
        if (stop.stop_requested())
            return stopped("measure");
        double change = 0;
        for (std::size_t node = 0; node < count; ++node)
            change += std::abs(next[node] - rank[node]);
        rank.swap(next);
        if (change < options.tolerance)
            break;
    }
    return rank;
}

Result<std::vector<double>> betweenness(const Graph &graph, BetweennessOptions options,
                                        Executor &executor, std::stop_token stop)
{
    const SimpleLinks links = simpleLinks(graph);
    const std::size_t count = links.nodeCount();
    const std::vector<NodeIndex> sources = sampleNodes(count, options);
    std::vector<std::vector<double>> parts(kParts);
    executor.forEach(
        kParts,
        [&](std::size_t part) {
            parts[part].assign(count, 0);
            WaysFrom ways(links);
            const std::size_t end = sources.size() * (part + 1) / kParts;
            for (std::size_t i = sources.size() * part / kParts; i < end; ++i) {
                if (stop.stop_requested())
                    return;
                ways.add(sources[i], parts[part]);
            }
        },
        stop);
    if (stop.stop_requested())
        return stopped("measure");
    std::vector<double> through(count, 0);
    if (count < 3 || sources.empty())
        return through;
    // Each source sees count − 1 others; a node lies between it and count − 2 of them at most.
    const double scale =
        double(count) / (double(sources.size()) * double(count - 1) * double(count - 2));
    for (const std::vector<double> &part : parts)
        for (std::size_t node = 0; node < count; ++node)
            through[node] += part[node] * scale;
    return through;
}

Components components(const Graph &graph)
{
    std::vector<std::uint32_t> of(graph.nodeCount(), kUnnumbered);
    std::vector<NodeIndex> queue;
    for (NodeIndex first = 0; first < graph.nodeCount(); ++first) {
        if (of[first] != kUnnumbered)
            continue;
        of[first] = first;
        queue.assign(1, first);
        for (std::size_t at = 0; at < queue.size(); ++at)
            for (const Link &link : graph.links(queue[at]))
                if (of[link.neighbour] == kUnnumbered) {
                    of[link.neighbour] = first;
                    queue.push_back(link.neighbour);
                }
    }
    std::vector<std::uint32_t> sizes = numberBySize(of);
    return {std::move(of), std::move(sizes)};
}

} // namespace chrona::graph
