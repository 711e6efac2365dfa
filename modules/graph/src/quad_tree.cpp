// SPDX-License-Identifier: AGPL-3.0-or-later
#include "quad_tree.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chrona::graph {
namespace {

constexpr unsigned kLevels = 15; ///< halvings of the square that holds all points
constexpr std::uint32_t kLeafPoints = 24;
constexpr std::size_t kLeavesAtOnce = 16; ///< one task of the executor
constexpr std::size_t kLanes = 8;
/// A cell is one body where its side is less than this share of the distance. Coarse: the picture
/// is made by many rounds, each with other cells.
constexpr float kOpening = 1.0F;
/// Points on one spot do not push each other to infinity.
constexpr float kSoftening = 1e-4F;

/// abc → a0b0c0
std::uint32_t spread(std::uint32_t bits)
{
    bits = (bits | (bits << 8)) & 0x00FF00FFU;
    bits = (bits | (bits << 4)) & 0x0F0F0F0FU;
    bits = (bits | (bits << 2)) & 0x33333333U;
    return (bits | (bits << 1)) & 0x55555555U;
}

} // namespace

/// Padded to whole lanes by bodies without mass.
struct QuadTree::Sources {
    std::vector<float> x, y, mass;

    void clear()
    {
        x.clear();
        y.clear();
        mass.clear();
    }
    void add(float atX, float atY, float weight)
    {
        x.push_back(atX);
        y.push_back(atY);
        mass.push_back(weight);
    }
    void pad()
    {
        while (x.size() % kLanes != 0)
            add(0, 0, 0);
    }
};

void QuadTree::sort(std::span<const Point> positions)
{
    Point low = positions.front();
    Point high = low;
    for (const Point &point : positions) {
        low = {std::min(low.x, point.x), std::min(low.y, point.y)};
        high = {std::max(high.x, point.x), std::max(high.y, point.y)};
    }
    m_side = std::max({high.x - low.x, high.y - low.y, 1e-6F});
    const float scale = float((1U << kLevels) - 1) / m_side;
    m_order.resize(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i) {
        const auto column = std::uint32_t((positions[i].x - low.x) * scale);
        const auto row = std::uint32_t((positions[i].y - low.y) * scale);
        m_order[i] = {spread(column) | (spread(row) << 1), NodeIndex(i)};
    }
    std::ranges::sort(m_order);
    m_x.resize(positions.size());
    m_y.resize(positions.size());
    for (std::size_t i = 0; i < positions.size(); ++i) {
        m_x[i] = positions[m_order[i].second].x;
        m_y[i] = positions[m_order[i].second].y;
    }
}

/// Depth first, so that a cell's parts follow it and `next` skips them.
void QuadTree::build(std::uint32_t begin, std::uint32_t end, unsigned level)
{
    const std::size_t index = m_cells.size();
    double x = 0, y = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
        x += m_x[i];
        y += m_y[i];
    }
    const double mass = end - begin;
    m_cells.push_back({.x = float(x / mass),
                       .y = float(y / mass),
                       .mass = float(mass),
                       .size = std::ldexp(m_side, -int(level)),
                       .begin = begin,
                       .end = end,
                       .isLeaf = end - begin <= kLeafPoints || level == kLevels});
    if (m_cells[index].isLeaf) {
        m_leaves.push_back(std::uint32_t(index));
    } else {
        const unsigned shift = 2 * (kLevels - level - 1);
        for (std::uint32_t from = begin; from < end;) {
            const std::uint32_t quarter = m_order[from].first >> shift;
            const auto to = std::partition_point(
                m_order.begin() + from, m_order.begin() + end,
                [&](const auto &point) { return point.first >> shift == quarter; });
            const auto until = std::uint32_t(to - m_order.begin());
            build(from, until, level + 1);
            from = until;
        }
    }
    m_cells[index].next = std::uint32_t(m_cells.size());
}

void QuadTree::gather(const Cell &leaf, Sources &sources) const
{
    const auto [left, right] =
        std::minmax_element(m_x.begin() + leaf.begin, m_x.begin() + leaf.end);
    const auto [top, bottom] =
        std::minmax_element(m_y.begin() + leaf.begin, m_y.begin() + leaf.end);
    sources.clear();
    for (std::size_t i = 0; i < m_cells.size();) {
        const Cell &cell = m_cells[i];
        const float dx = std::max({*left - cell.x, cell.x - *right, 0.0F});
        const float dy = std::max({*top - cell.y, cell.y - *bottom, 0.0F});
        const float reach = kOpening * kOpening * (dx * dx + dy * dy);
        if (cell.size * cell.size < reach) {
            sources.add(cell.x, cell.y, cell.mass);
            i = cell.next;
        } else if (cell.isLeaf) {
            for (std::uint32_t point = cell.begin; point < cell.end; ++point)
                sources.add(m_x[point], m_y[point], 1);
            i = cell.next;
        } else {
            ++i;
        }
    }
    sources.pad();
}

void QuadTree::pushLeaf(const Cell &leaf, const Sources &sources, std::span<Point> push) const
{
    const float *x = sources.x.data();
    const float *y = sources.y.data();
    const float *mass = sources.mass.data();
    for (std::uint32_t i = leaf.begin; i < leaf.end; ++i) {
        std::array<float, kLanes> sumX{}, sumY{};
        const float atX = m_x[i];
        const float atY = m_y[i];
        for (std::size_t j = 0; j < sources.x.size(); j += kLanes)
            for (std::size_t lane = 0; lane < kLanes; ++lane) {
                const float dx = atX - x[j + lane];
                const float dy = atY - y[j + lane];
                const float force = mass[j + lane] / (dx * dx + dy * dy + kSoftening);
                sumX[lane] += dx * force;
                sumY[lane] += dy * force;
            }
        Point sum;
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            sum.x += sumX[lane];
            sum.y += sumY[lane];
        }
        push[m_order[i].second] = sum;
    }
}

void QuadTree::repel(std::span<const Point> positions, std::span<Point> push, Executor &executor,
                     std::stop_token stop)
{
    if (positions.empty())
        return;
    sort(positions);
    m_cells.clear();
    m_leaves.clear();
    build(0, std::uint32_t(positions.size()), 0);
    const std::size_t tasks = (m_leaves.size() + kLeavesAtOnce - 1) / kLeavesAtOnce;
    executor.forEach(
        tasks,
        [&](std::size_t task) {
            Sources sources;
            const std::size_t end = std::min(m_leaves.size(), (task + 1) * kLeavesAtOnce);
            for (std::size_t i = task * kLeavesAtOnce; i < end; ++i) {
                const Cell &leaf = m_cells[m_leaves[i]];
                gather(leaf, sources);
                pushLeaf(leaf, sources, push);
            }
        },
        stop);
}

} // namespace chrona::graph
