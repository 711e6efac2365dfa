// SPDX-License-Identifier: AGPL-3.0-or-later
#include "settling.h"

#include "random.h"

#include <algorithm>
#include <cmath>

namespace chrona::graph {
namespace {

constexpr float kReach = 2; ///< edge lengths within which nodes push each other
constexpr float kStrength = 0.5F;
constexpr float kTiny = 1e-6F;

std::int64_t cellNumber(float coordinate)
{
    return std::int64_t(std::floor(coordinate / kReach));
}

} // namespace

Settling::Settling(const SimpleLinks &links, std::span<const std::optional<Point>> known,
                   std::uint64_t seed)
    : m_links(links), m_nodes(links.nodeCount())
{
    for (NodeIndex node = 0; node < known.size(); ++node)
        if (known[node])
            m_nodes.place(node, *known[node]);
    m_knownCount = m_nodes.order.size();
    m_nodes.placeOutward(links);
    // So that none lies on another or exactly between two.
    Random random(seed);
    for (const NodeIndex node : moving()) {
        Point &at = m_nodes.positions[node];
        at = {at.x + random.unit() - 0.5F, at.y + random.unit() - 0.5F};
    }
}

std::span<const NodeIndex> Settling::moving() const
{
    return std::span(m_nodes.order).subspan(m_knownCount);
}

std::uint64_t Settling::cellOf(std::int64_t column, std::int64_t row)
{
    return (std::uint64_t(column) << 32) ^ (std::uint64_t(row) & 0xFFFFFFFFU);
}

Point Settling::pushAt(NodeIndex node, const Grid &grid) const
{
    const Point at = m_nodes.positions[node];
    Point push;
    const std::int64_t column = cellNumber(at.x);
    const std::int64_t row = cellNumber(at.y);
    for (std::int64_t i = column - 1; i <= column + 1; ++i)
        for (std::int64_t j = row - 1; j <= row + 1; ++j) {
            const auto cell = grid.find(cellOf(i, j));
            if (cell == grid.end())
                continue;
            for (const NodeIndex other : cell->second) {
                const float dx = at.x - m_nodes.positions[other].x;
                const float dy = at.y - m_nodes.positions[other].y;
                const float squared = dx * dx + dy * dy;
                if (other == node || squared > kReach * kReach)
                    continue;
                push.x += dx / (squared + kTiny);
                push.y += dy / (squared + kTiny);
            }
        }
    return push;
}

Point Settling::moved(NodeIndex node, const Grid &grid) const
{
    const Point at = m_nodes.positions[node];
    Point wish;
    for (const NodeIndex neighbour : m_links.of(node)) {
        const Point to = m_nodes.positions[neighbour];
        const float dx = at.x - to.x;
        const float dy = at.y - to.y;
        const float stretch = 1 / std::sqrt(dx * dx + dy * dy + kTiny);
        wish.x += to.x + dx * stretch - at.x;
        wish.y += to.y + dy * stretch - at.y;
    }
    const Point push = pushAt(node, grid);
    const auto degree = float(m_links.of(node).size());
    Point step{(wish.x + kStrength * push.x) / degree, (wish.y + kStrength * push.y) / degree};
    // Two that nearly coincide push each other beyond all measure.
    const float length = std::hypot(step.x, step.y);
    const float share = length > 1 ? 1 / length : 1;
    // Half of it: neighbours move at the same time.
    return {at.x + step.x * share / 2, at.y + step.y * share / 2};
}

void Settling::round(Executor &executor, std::stop_token stop)
{
    Grid grid;
    for (const NodeIndex node : m_nodes.order)
        grid[cellOf(cellNumber(m_nodes.positions[node].x), cellNumber(m_nodes.positions[node].y))]
            .push_back(node);
    const auto nodes = moving();
    constexpr std::size_t kAtOnce = 128;
    std::vector<Point> next(nodes.size());
    executor.forEach((nodes.size() + kAtOnce - 1) / kAtOnce,
                     [&](std::size_t task) {
                         const std::size_t end = std::min(nodes.size(), (task + 1) * kAtOnce);
                         for (std::size_t i = task * kAtOnce; i < end; ++i)
                             next[i] = moved(nodes[i], grid);
                     },
                     stop);
    if (stop.stop_requested())
        return;
    for (std::size_t i = 0; i < nodes.size(); ++i)
        m_nodes.positions[nodes[i]] = next[i];
}

} // namespace chrona::graph
