// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_groups.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace chrona::events {
namespace {

constexpr int kSweepsMax = 12;
constexpr int kLevelsMax = 12;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Neighbours of each node side by side; an edge within a node counts in its degree only.
struct Adjacency {
    struct Tie {
        std::uint32_t to;
        float weight;
    };
    std::vector<std::uint32_t> begin; ///< of each node's ties, and one more
    std::vector<Tie> ties;
    std::vector<double> degree;

    Adjacency(std::size_t nodes, std::span<const GraphEdge> edges) : begin(nodes + 1), degree(nodes)
    {
        for (const GraphEdge &edge : edges) {
            degree[edge.a] += double(edge.weight);
            degree[edge.b] += double(edge.weight);
            if (edge.a == edge.b)
                continue;
            ++begin[edge.a + 1];
            ++begin[edge.b + 1];
        }
        std::partial_sum(begin.begin(), begin.end(), begin.begin());
        ties.resize(begin.back());
        std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
        for (const GraphEdge &edge : edges) {
            if (edge.a == edge.b)
                continue;
            ties[next[edge.a]++] = {edge.b, edge.weight};
            ties[next[edge.b]++] = {edge.a, edge.weight};
        }
    }

    [[nodiscard]] std::span<const Tie> tiesOf(std::size_t node) const
    {
        return std::span(ties).subspan(begin[node], begin[node + 1] - begin[node]);
    }
};

class LocalMoves {
public:
    LocalMoves(const Adjacency &graph, double expected)
        : m_graph(graph), m_expected(expected), m_group(graph.degree.size()), m_total(graph.degree),
          m_tie(graph.degree.size()), m_isDue(graph.degree.size(), 1)
    {
        std::iota(m_group.begin(), m_group.end(), 0U);
    }

    /// True when any node changed its group.
    bool run()
    {
        bool any = false;
        for (int sweep = 0; sweep < kSweepsMax; ++sweep) {
            bool moved = false;
            for (std::uint32_t node = 0; node < m_group.size(); ++node)
                moved = move(node) || moved;
            if (!moved)
                break;
            any = true;
        }
        return any;
    }

    [[nodiscard]] const std::vector<std::uint32_t> &groups() const { return m_group; }

private:
    /// A node is looked at again when one that it is tied to has gone elsewhere.
    bool move(std::uint32_t node)
    {
        const auto ties = m_graph.tiesOf(node);
        if (m_isDue[node] == 0 || ties.empty())
            return false;
        m_isDue[node] = 0;
        m_near.clear();
        for (const auto &tie : ties) {
            const std::uint32_t group = m_group[tie.to];
            if (m_tie[group] == 0)
                m_near.push_back(group);
            m_tie[group] += double(tie.weight);
        }
        const std::uint32_t own = m_group[node];
        const double degree = m_graph.degree[node];
        m_total[own] -= degree;
        std::uint32_t best = own;
        double bestGain = m_tie[own] - m_expected * degree * m_total[own];
        for (const std::uint32_t group : m_near) {
            const double gain = m_tie[group] - m_expected * degree * m_total[group];
            if (gain > bestGain + 1e-9) {
                best = group;
                bestGain = gain;
            }
            m_tie[group] = 0;
        }
        m_tie[own] = 0;
        m_group[node] = best;
        m_total[best] += degree;
        if (best == own)
            return false;
        for (const auto &tie : ties)
            if (m_group[tie.to] != best)
                m_isDue[tie.to] = 1;
        return true;
    }

    const Adjacency &m_graph;
    double m_expected;
    std::vector<std::uint32_t> m_group;
    std::vector<double> m_total; ///< of the degrees of each group
    std::vector<double> m_tie;   ///< scratch: of the node to each group, zero between moves
    std::vector<std::uint32_t> m_near;
    std::vector<char> m_isDue;
};

/// Edges between the same two groups become one, so that a round over groups costs what there are
/// groups and not what there were headlines. Keeps edges within a group: they count in its degree.
std::vector<GraphEdge> merged(std::size_t groups, std::span<const GraphEdge> edges,
                              std::span<const std::uint32_t> groupOf)
{
    const auto between = [groupOf](const GraphEdge &edge) {
        const auto [low, high] = std::minmax(groupOf[edge.a], groupOf[edge.b]);
        return GraphEdge{low, high, edge.weight};
    };
    std::vector<std::uint32_t> begin(groups + 1);
    for (const GraphEdge &edge : edges)
        ++begin[between(edge).a + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    struct Far {
        std::uint32_t group;
        float weight;
    };
    std::vector<Far> sorted(edges.size());
    std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
    for (const GraphEdge &edge : edges) {
        const GraphEdge tie = between(edge);
        sorted[next[tie.a]++] = {tie.b, tie.weight};
    }
    std::vector<std::uint32_t> placeOf(groups, kNone); // of the edge to each group, in the result
    std::vector<GraphEdge> result;
    for (std::uint32_t group = 0; group < groups; ++group) {
        const std::size_t first = result.size();
        for (std::size_t i = begin[group]; i < begin[group + 1]; ++i) {
            std::uint32_t &place = placeOf[sorted[i].group];
            if (place == kNone || place < first) {
                place = static_cast<std::uint32_t>(result.size());
                result.push_back({group, sorted[i].group, sorted[i].weight});
            } else {
                result[place].weight += sorted[i].weight;
            }
        }
    }
    return result;
}

/// Names groups 0, 1, … in the order of their first nodes; returns how many there are.
std::uint32_t renumber(std::vector<std::uint32_t> &groups)
{
    std::vector<std::uint32_t> names(groups.size(), kNone);
    std::uint32_t count = 0;
    for (std::uint32_t &group : groups) {
        if (names[group] == kNone)
            names[group] = count++;
        group = names[group];
    }
    return count;
}

} // namespace

std::vector<std::uint32_t> groupsOf(std::size_t nodes, std::span<const GraphEdge> edges,
                                    double expected)
{
    std::vector<std::uint32_t> result(nodes);
    std::iota(result.begin(), result.end(), 0U);
    std::vector<GraphEdge> level; // behind the first: a node is a group of the one before
    std::span<const GraphEdge> ties = edges;
    std::size_t size = nodes;
    for (int round = 0; round < kLevelsMax; ++round) {
        const Adjacency graph(size, ties);
        LocalMoves moves(graph, expected);
        if (!moves.run())
            break;
        std::vector<std::uint32_t> groups = moves.groups();
        size = renumber(groups);
        for (std::uint32_t &group : result)
            group = groups[group];
        level = merged(size, ties, groups);
        ties = level;
    }
    renumber(result);
    return result;
}

} // namespace chrona::events
