// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/arrangements.h"

#include "outward.h"
#include "simple_links.h"
#include "stopped.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chrona::graph {
namespace {

constexpr float kTurn = 2 * std::numbers::pi_v<float>;

/// A tree of shortest ways out of a node.
struct WaysTree {
    std::vector<NodeIndex> order; ///< nearest first; what is not reached is not in it
    std::vector<NodeIndex> parent;
    std::vector<std::uint16_t> hops;
    std::vector<float> ends; ///< leaves of each node's branch

    WaysTree(const SimpleLinks &links, NodeIndex root)
        : parent(links.nodeCount(), root), hops(links.nodeCount()), ends(links.nodeCount(), 0)
    {
        hopsFrom(links, root, hops, order);
        std::vector<bool> hasParent(links.nodeCount(), false);
        hasParent[root] = true;
        for (const NodeIndex node : order)
            for (const NodeIndex next : links.of(node))
                if (!hasParent[next] && hops[next] == hops[node] + 1) {
                    hasParent[next] = true;
                    parent[next] = node;
                }
        for (std::size_t i = order.size(); i-- > 1;) {
            const NodeIndex node = order[i];
            ends[node] = std::max(ends[node], 1.0F);
            ends[parent[node]] += ends[node];
        }
    }
};

/// The distance between rings at which no ring is more crowded than an edge's length a node.
float ringGap(std::span<const std::size_t> nodesOnRing)
{
    float gap = 1;
    for (std::size_t ring = 1; ring < nodesOnRing.size(); ++ring)
        gap = std::max(gap, float(nodesOnRing[ring]) / (kTurn * float(ring)));
    return gap;
}

/// y of Mercator's projection in the unit of longitude, cut off where the map is square.
float mercatorY(double latitude)
{
    constexpr double kLatitudeMax = 85.05112878;
    const double radians =
        std::clamp(latitude, -kLatitudeMax, kLatitudeMax) * std::numbers::pi / 180;
    return float(-std::log(std::tan(std::numbers::pi / 4 + radians / 2)) * 180 / std::numbers::pi);
}

/// Nodes of one place in a spiral in which all have as much room (sunflower seeds).
void spreadCoinciding(Positions &positions, std::span<const NodeIndex> placed)
{
    constexpr float kGoldenAngle = 2.39996323F;
    constexpr float kSpacing = 0.05F; // some 5 km: beside the map it is still the same place
    std::vector<NodeIndex> order(placed.begin(), placed.end());
    const auto byPlace = [&](NodeIndex node) {
        return std::pair(positions[node].x, positions[node].y);
    };
    std::ranges::stable_sort(order, {}, byPlace);
    for (std::size_t first = 0; first < order.size();) {
        const Point place = positions[order[first]];
        std::size_t end = first;
        for (; end < order.size() && positions[order[end]] == place; ++end) {
            const auto i = float(end - first);
            positions[order[end]] = {place.x + kSpacing * std::sqrt(i) * std::cos(i * kGoldenAngle),
                                     place.y +
                                         kSpacing * std::sqrt(i) * std::sin(i * kGoldenAngle)};
        }
        first = end;
    }
}

} // namespace

Result<Positions> radialLayout(const Graph &graph, NodeIndex middle, std::stop_token stop)
{
    if (middle >= graph.nodeCount())
        return fail(ErrorCode::InvalidInput, "the node in the middle is not in the graph");
    const WaysTree tree(simpleLinks(graph), middle);
    if (stop.stop_requested())
        return stopped("layout");
    std::vector<std::size_t> onRing;
    for (const NodeIndex node : tree.order) {
        onRing.resize(std::max<std::size_t>(onRing.size(), tree.hops[node] + 1U), 0);
        ++onRing[tree.hops[node]];
    }
    const std::size_t apart = graph.nodeCount() - tree.order.size();
    if (apart > 0)
        onRing.push_back(apart);
    const float gap = ringGap(onRing);
    Positions positions(graph.nodeCount());
    std::vector<float> from(graph.nodeCount(), 0); // of what is left of each node's angle
    std::vector<float> width(graph.nodeCount(), 0);
    width[middle] = kTurn;
    for (const NodeIndex node : std::span(tree.order).subspan(1)) {
        const NodeIndex parent = tree.parent[node];
        width[node] = width[parent] * tree.ends[node] / tree.ends[parent];
        from[node] = from[parent];
        from[parent] += width[node];
        const float angle = from[node] + width[node] / 2;
        const float radius = gap * float(tree.hops[node]);
        positions[node] = {radius * std::cos(angle), radius * std::sin(angle)};
    }
    std::size_t index = 0;
    for (NodeIndex node = 0; node < graph.nodeCount(); ++node) {
        if (tree.hops[node] != kUnreached)
            continue;
        const float angle = kTurn * float(index++) / float(apart);
        const float radius = gap * float(onRing.size() - 1);
        positions[node] = {radius * std::cos(angle), radius * std::sin(angle)};
    }
    return positions;
}

Result<Positions> geoLayout(const Graph &graph, std::stop_token stop)
{
    PlacedNodes nodes(graph.nodeCount());
    for (NodeIndex node = 0; node < graph.nodeCount(); ++node)
        if (const auto &place = graph.node(node).place)
            nodes.place(node, {float(place->longitude * kGeoWidth / 360),
                               mercatorY(place->latitude) * kGeoWidth / 360});
    nodes.placeOutward(simpleLinks(graph));
    if (stop.stop_requested())
        return stopped("layout");
    spreadCoinciding(nodes.positions, nodes.order);
    constexpr std::size_t kInRow = std::size_t(kGeoWidth);
    std::size_t index = 0;
    for (NodeIndex node = 0; node < graph.nodeCount(); ++node)
        if (!nodes.isPlaced[node]) {
            nodes.positions[node] = {float(index % kInRow) - kGeoWidth / 2,
                                     kGeoWidth / 2 + 1 + float(index / kInRow)};
            ++index;
        }
    return std::move(nodes.positions);
}

} // namespace chrona::graph
