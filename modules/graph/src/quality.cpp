// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/quality.h"

#include "random.h"
#include "simple_links.h"

#include <algorithm>
#include <cmath>

namespace chrona::graph {
namespace {

double squaredDistance(Point a, Point b)
{
    const double dx = double(a.x) - b.x;
    const double dy = double(a.y) - b.y;
    return dx * dx + dy * dy;
}

/// Sums from which the best scale and the stress at it follow: with u = drawn / hops it is the mean
/// of (scale·u − 1)².
struct StressSums {
    double u = 0;
    double uu = 0;
    double pairs = 0;

    [[nodiscard]] double stress() const
    {
        return pairs > 0 && uu > 0 ? 1 - u * u / (uu * pairs) : pairs > 0 ? 1 : 0;
    }
};

/// The nodes that lie nearest to a place, as many as asked for, without `self`.
class Nearest {
public:
    explicit Nearest(std::span<const Point> positions) : m_positions(positions) {}

    std::span<const std::pair<double, NodeIndex>> around(NodeIndex self, std::size_t count)
    {
        m_near.clear();
        for (NodeIndex other = 0; other < m_positions.size(); ++other)
            if (other != self)
                m_near.emplace_back(squaredDistance(m_positions[self], m_positions[other]), other);
        std::ranges::nth_element(m_near, m_near.begin() + std::ptrdiff_t(count));
        return std::span(m_near).first(count);
    }

private:
    std::span<const Point> m_positions;
    std::vector<std::pair<double, NodeIndex>> m_near;
};

/// Jaccard of the nodes within `within` hops and as many nearest ones; nullopt where nothing or
/// everything is within.
std::optional<double> sharedShare(NodeIndex self, std::span<const std::uint16_t> hops, int within,
                                  Nearest &nearest)
{
    const auto isNear = [&](NodeIndex node) { return hops[node] <= within; };
    std::size_t count = 0;
    for (NodeIndex node = 0; node < hops.size(); ++node)
        count += node != self && isNear(node);
    if (count == 0 || count + 1 >= hops.size())
        return std::nullopt;
    std::size_t both = 0;
    for (const auto &[distance, node] : nearest.around(self, count))
        both += isNear(node);
    return double(both) / double(2 * count - both);
}

struct Mean {
    double sum = 0;
    double count = 0;
    void add(std::optional<double> value)
    {
        sum += value.value_or(0);
        count += value.has_value();
    }
    [[nodiscard]] double value() const { return count > 0 ? sum / count : 1; }
};

} // namespace

Result<LayoutQuality> layoutQuality(const Graph &graph, std::span<const Point> positions,
                                    QualitySample sample)
{
    if (positions.size() != graph.nodeCount())
        return fail(ErrorCode::InvalidInput, "positions are not one for each node");
    if (!std::ranges::all_of(positions,
                             [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }))
        return fail(ErrorCode::InvalidInput, "a position is not a number");
    const std::size_t count = graph.nodeCount();
    const SimpleLinks links = simpleLinks(graph);
    std::vector<std::uint16_t> hops(count);
    std::vector<NodeIndex> queue;
    Nearest nearest(positions);
    StressSums sums;
    Mean first, second;
    Random random(sample.seed);
    for (std::size_t i = 0; i < std::min(sample.nodes, count); ++i) {
        const auto self = NodeIndex(count <= sample.nodes ? i : random.below(count));
        hopsFrom(links, self, hops, queue);
        for (const NodeIndex other : std::span(queue).subspan(1)) {
            const double u =
                std::sqrt(squaredDistance(positions[self], positions[other])) / hops[other];
            sums.u += u;
            sums.uu += u * u;
            ++sums.pairs;
        }
        first.add(sharedShare(self, hops, 1, nearest));
        second.add(sharedShare(self, hops, 2, nearest));
    }
    return LayoutQuality{sums.stress(), first.value(), second.value()};
}

} // namespace chrona::graph
