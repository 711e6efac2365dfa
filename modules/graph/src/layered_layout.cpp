// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/arrangements.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <numeric>

namespace chrona::graph {
namespace {

constexpr float kLayerGap = 2;
constexpr int kSweeps = 12;

/// Layers of a graph whose circles are cut where a depth-first walk closes them.
class Layers {
public:
    explicit Layers(const Graph &graph)
        : m_graph(graph), m_below(graph.nodeCount()), m_layer(graph.nodeCount(), 0)
    {
        cutCircles();
        // The walk ends with what nothing follows: backwards, everything comes after what is above.
        for (std::size_t i = m_ended.size(); i-- > 0;)
            for (const NodeIndex next : m_below[m_ended[i]])
                m_layer[next] = std::max(m_layer[next], m_layer[m_ended[i]] + 1);
        m_rows.resize(m_layer.empty() ? 0 : std::ranges::max(m_layer) + 1);
        for (std::size_t i = m_ended.size(); i-- > 0;)
            m_rows[m_layer[m_ended[i]]].push_back(m_ended[i]);
    }

    Positions arrange(std::stop_token stop)
    {
        Positions positions(m_graph.nodeCount());
        for (std::size_t row = 0; row < m_rows.size(); ++row)
            for (std::size_t i = 0; i < m_rows[row].size(); ++i)
                positions[m_rows[row][i]] = {float(i) - float(m_rows[row].size() - 1) / 2,
                                             kLayerGap * float(row)};
        for (int sweep = 0; sweep < kSweeps && !stop.stop_requested(); ++sweep)
            for (std::size_t i = 0; i < m_rows.size(); ++i)
                follow(m_rows[sweep % 2 == 0 ? i : m_rows.size() - 1 - i], positions);
        return positions;
    }

private:
    /// Without recursion: a chain may be as long as the graph. An edge to a node that the walk is
    /// still within would close a circle and points upwards.
    void cutCircles()
    {
        enum class Mark : std::uint8_t { New, Within, Ended };
        struct Visit {
            NodeIndex node;
            std::size_t next;
        };
        std::vector<Mark> marks(m_graph.nodeCount(), Mark::New);
        std::vector<Visit> trail;
        const auto enter = [&](NodeIndex node) {
            marks[node] = Mark::Within;
            trail.push_back({node, 0});
        };
        for (const NodeIndex start : startingOrder()) {
            if (marks[start] == Mark::New)
                enter(start);
            while (!trail.empty()) {
                const NodeIndex node = trail.back().node;
                const auto links = m_graph.links(node);
                if (trail.back().next == links.size()) {
                    marks[node] = Mark::Ended;
                    m_ended.push_back(node);
                    trail.pop_back();
                    continue;
                }
                const Link &link = links[trail.back().next++];
                if (m_graph.edge(link.edge).from != node || marks[link.neighbour] == Mark::Within)
                    continue;
                m_below[node].push_back(link.neighbour);
                if (marks[link.neighbour] == Mark::New)
                    enter(link.neighbour);
            }
        }
    }

    /// What nothing points at first, so that beginnings are on top.
    [[nodiscard]] std::vector<NodeIndex> startingOrder() const
    {
        std::vector<bool> isPointedAt(m_graph.nodeCount(), false);
        for (const Edge &edge : m_graph.parts().edges)
            if (edge.from != edge.to)
                isPointedAt[edge.to] = true;
        std::vector<NodeIndex> order(m_graph.nodeCount());
        std::iota(order.begin(), order.end(), NodeIndex(0));
        std::ranges::stable_partition(order, [&](NodeIndex node) { return !isPointedAt[node]; });
        return order;
    }

    /// Orders a row by where its nodes' neighbours are, and sets each as near to there as its
    /// neighbours in the row allow.
    void follow(std::vector<NodeIndex> &row, Positions &positions) const
    {
        const auto wishOf = [&](NodeIndex node) {
            float sum = 0, count = 0;
            for (const Link &link : m_graph.links(node))
                if (m_layer[link.neighbour] != m_layer[node]) {
                    sum += positions[link.neighbour].x;
                    ++count;
                }
            return count > 0 ? sum / count : positions[node].x;
        };
        std::vector<std::pair<float, NodeIndex>> wishes;
        for (const NodeIndex node : row)
            wishes.emplace_back(wishOf(node), node);
        std::ranges::stable_sort(wishes, {}, &std::pair<float, NodeIndex>::first);
        // Runs of nodes that touch share the mean of their wishes (isotonic regression).
        struct Run {
            double sum; ///< of wishes, each less its place in the row
            std::size_t count;
        };
        std::vector<Run> runs;
        for (std::size_t i = 0; i < wishes.size(); ++i) {
            runs.push_back({double(wishes[i].first) - double(i), 1});
            while (runs.size() > 1) {
                const Run last = runs.back();
                Run &before = runs[runs.size() - 2];
                if (before.sum / double(before.count) <= last.sum / double(last.count))
                    break;
                before = {before.sum + last.sum, before.count + last.count};
                runs.pop_back();
            }
        }
        std::size_t i = 0;
        for (const Run &run : runs)
            for (std::size_t end = i + run.count; i < end; ++i) {
                row[i] = wishes[i].second;
                positions[row[i]].x = float(run.sum / double(run.count) + double(i));
            }
    }

    const Graph &m_graph;
    std::vector<std::vector<NodeIndex>> m_below;
    std::vector<std::size_t> m_layer;
    std::vector<NodeIndex> m_ended;
    std::vector<std::vector<NodeIndex>> m_rows;
};

} // namespace

Result<Positions> layeredLayout(const Graph &graph, std::stop_token stop)
{
    if (graph.nodeCount() > kLayeredNodesMax)
        return fail(ErrorCode::Exhausted,
                    std::format("{} nodes are too many for layers", graph.nodeCount()),
                    "choose the layout by distances, or narrow what is shown");
    Positions positions = Layers(graph).arrange(stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "the layout was stopped");
    return positions;
}

} // namespace chrona::graph
