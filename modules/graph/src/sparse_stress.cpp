// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sparse_stress.h"

#include "random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chrona::graph {
namespace {

constexpr std::size_t kLanes = 8;
constexpr std::size_t kPivotsMax = 200;
constexpr std::size_t kPivotsMin = 16;
/// Terms of all nodes to all pivots: memory (8 bytes each) and time of a round stay bounded.
constexpr std::size_t kTermsMax = 6'400'000;
/// Pivots taken one after another, each as far as can be from those before; the rest is by chance,
/// which serves dense parts and can be measured at the same time.
constexpr std::size_t kSpreadPivots = 16;
constexpr std::size_t kNodesAtOnce = 512; ///< one task of the executor
constexpr float kTiny = 1e-6F;
constexpr int kPivotRounds = 60;
/// Of local rounds, found on planted graphs of several kinds beside what sfdp makes of them.
constexpr float kPivotShare = 0.1F;
constexpr float kPush = 0.05F;
constexpr float kShortest = 0.1F; ///< edges pull no harder below it
constexpr float kNearStep = 0.9F; ///< neighbours move at the same time

std::size_t pivotCount(std::size_t nodes)
{
    return std::min(nodes, std::clamp(kTermsMax / nodes, kPivotsMin, kPivotsMax));
}

template <class Work>
void forNodes(std::size_t count, Executor &executor, std::stop_token stop, const Work &work)
{
    executor.forEach((count + kNodesAtOnce - 1) / kNodesAtOnce,
                     [&](std::size_t task) {
                         const std::size_t end = std::min(count, (task + 1) * kNodesAtOnce);
                         for (std::size_t node = task * kNodesAtOnce; node < end; ++node)
                             work(NodeIndex(node));
                     },
                     stop);
}

/// Not std::hypot, whose care about overflow costs more than all the rest.
float distance(Point a, Point b)
{
    return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

/// Where something would be, drawn to several places: the weighted mean of their wishes.
struct Wish {
    float x = 0, y = 0, weight = 0;

    void add(Point from, Point to, float length, float strength)
    {
        const float dx = from.x - to.x;
        const float dy = from.y - to.y;
        const float stretch = length / std::sqrt(dx * dx + dy * dy + kTiny);
        x += strength * (to.x + dx * stretch);
        y += strength * (to.y + dy * stretch);
        weight += strength;
    }
};

/// The same for all pivots of a node, in lanes that compilers make vectors of.
Wish pivotWish(Point from, std::span<const float> pivotX, std::span<const float> pivotY,
               const float *lengths, const float *weights)
{
    std::array<float, kLanes> x{}, y{}, sum{};
    for (std::size_t p = 0; p < pivotX.size(); p += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const float toX = pivotX[p + lane];
            const float toY = pivotY[p + lane];
            const float dx = from.x - toX;
            const float dy = from.y - toY;
            const float stretch = lengths[p + lane] / std::sqrt(dx * dx + dy * dy + kTiny);
            const float strength = weights[p + lane];
            x[lane] += strength * (toX + dx * stretch);
            y[lane] += strength * (toY + dy * stretch);
            sum[lane] += strength;
        }
    Wish wish;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        wish.x += x[lane];
        wish.y += y[lane];
        wish.weight += sum[lane];
    }
    return wish;
}

} // namespace

SparseStress::SparseStress(SimpleLinks links, std::uint64_t seed, Executor &executor,
                           std::stop_token stop)
    : m_links(std::move(links))
{
    m_positions.resize(m_links.nodeCount());
    m_next.resize(m_links.nodeCount());
    m_push.resize(m_links.nodeCount());
    choosePivots(seed, executor, stop);
    if (stop.stop_requested())
        return;
    placePivots(seed);
    placeNodes(seed, executor, stop);
}

void SparseStress::choosePivots(std::uint64_t seed, Executor &executor, std::stop_token stop)
{
    const std::size_t count = m_links.nodeCount();
    const std::size_t pivots = pivotCount(count);
    std::vector<std::uint16_t> hops(pivots * count);
    const auto row = [&](std::size_t p) { return std::span(hops).subspan(p * count, count); };
    Random random(seed);
    std::vector<bool> taken(count, false);
    std::vector<std::uint16_t> nearest(count, kUnreached);
    std::vector<NodeIndex> queue;
    auto next = NodeIndex(random.below(count));
    for (std::size_t p = 0; p < std::min(pivots, kSpreadPivots); ++p) {
        taken[next] = true;
        m_pivots.push_back(next);
        hopsFrom(m_links, next, row(p), queue);
        for (std::size_t node = 0; node < count; ++node)
            nearest[node] = std::min(nearest[node], row(p)[node]);
        next = NodeIndex(std::ranges::max_element(nearest) - nearest.begin());
        if (stop.stop_requested())
            return;
    }
    while (m_pivots.size() < pivots) {
        // From a chance node on, the next free one: ends also where few are free.
        auto node = NodeIndex(random.below(count));
        while (taken[node])
            node = NodeIndex((node + 1) % count);
        taken[node] = true;
        m_pivots.push_back(node);
    }
    const std::size_t spread = std::min(pivots, kSpreadPivots);
    executor.forEach(
        pivots - spread,
        [&](std::size_t p) {
            std::vector<NodeIndex> own;
            hopsFrom(m_links, m_pivots[spread + p], row(spread + p), own);
        },
        stop);
    if (!stop.stop_requested())
        weighPivots(hops, executor, stop);
}

/// A pivot stands for the nodes around it: towards a node at distance d it weighs as many of its
/// own nodes as lie within d / 2 of it, each with 1 / d².
void SparseStress::weighPivots(std::span<const std::uint16_t> hops, Executor &executor,
                               std::stop_token stop)
{
    const std::size_t count = m_links.nodeCount();
    std::vector<std::vector<float>> within(m_pivots.size()); ///< own nodes by distance
    for (NodeIndex node = 0; node < count; ++node) {
        std::size_t owner = 0;
        for (std::size_t p = 1; p < m_pivots.size(); ++p)
            if (hops[p * count + node] < hops[owner * count + node])
                owner = p;
        const std::size_t distance = hops[owner * count + node];
        if (within[owner].size() <= distance)
            within[owner].resize(distance + 1);
        ++within[owner][distance];
    }
    for (std::vector<float> &own : within)
        for (std::size_t d = 1; d < own.size(); ++d)
            own[d] += own[d - 1];
    m_stride = (m_pivots.size() + kLanes - 1) / kLanes * kLanes;
    m_lengths.assign(m_stride * count, 0);
    m_weights.assign(m_stride * count, 0);
    forNodes(count, executor, stop, [&](NodeIndex node) {
        for (std::size_t p = 0; p < m_pivots.size(); ++p) {
            const std::size_t d = hops[p * count + node];
            m_lengths[node * m_stride + p] = float(d);
            // Itself, and what its edges say already.
            if (d < 2 || within[p].empty())
                continue;
            const float own = within[p][std::min(d / 2, within[p].size() - 1)];
            m_weights[node * m_stride + p] = own / float(d * d);
        }
    });
}

/// The pivots among themselves, each moving at once: few enough to come right from chance.
void SparseStress::placePivots(std::uint64_t seed)
{
    const std::size_t count = m_pivots.size();
    Random random(seed);
    std::vector<Point> places(count);
    float longest = 1;
    for (std::size_t p = 0; p < count; ++p)
        for (std::size_t q = 0; q < count; ++q)
            longest = std::max(longest, m_lengths[m_pivots[q] * m_stride + p]);
    for (Point &place : places)
        place = {(random.unit() - 0.5F) * longest, (random.unit() - 0.5F) * longest};
    // Stochastic gradient descent with steps that shrink: finds its way out of foldings.
    for (int pass = 0; pass < kPivotRounds; ++pass) {
        const float rate = longest * longest *
                           std::pow(0.1F / (longest * longest), float(pass) / (kPivotRounds - 1));
        for (std::size_t step = 0; step < count * (count - 1) / 2; ++step) {
            const auto p = std::size_t(random.below(count));
            const auto q = std::size_t(random.below(count));
            if (p == q)
                continue;
            const float length = m_lengths[m_pivots[q] * m_stride + p];
            const float dx = places[p].x - places[q].x;
            const float dy = places[p].y - places[q].y;
            const float drawn = std::sqrt(dx * dx + dy * dy + kTiny);
            const float share = std::min(1.0F, rate / (length * length)) * 0.5F;
            const float move = share * (length - drawn) / drawn;
            places[p] = {places[p].x + dx * move, places[p].y + dy * move};
            places[q] = {places[q].x - dx * move, places[q].y - dy * move};
        }
    }
    for (std::size_t p = 0; p < count; ++p)
        m_positions[m_pivots[p]] = places[p];
}

/// Beside the nearest pivot, a little off so that nothing coincides; then where all pivots want it.
void SparseStress::placeNodes(std::uint64_t seed, Executor &executor, std::stop_token stop)
{
    std::vector<bool> isPivot(m_links.nodeCount(), false);
    m_pivotX.assign(m_stride, 0);
    m_pivotY.assign(m_stride, 0);
    for (std::size_t p = 0; p < m_pivots.size(); ++p) {
        isPivot[m_pivots[p]] = true;
        m_pivotX[p] = m_positions[m_pivots[p]].x;
        m_pivotY[p] = m_positions[m_pivots[p]].y;
    }
    forNodes(m_links.nodeCount(), executor, stop, [&](NodeIndex node) {
        if (isPivot[node])
            return;
        const float *lengths = m_lengths.data() + node * m_stride;
        const auto nearest =
            std::size_t(std::min_element(lengths, lengths + m_pivots.size()) - lengths);
        Random random(seed ^ (node * 0x9E3779B97F4A7C15U));
        const float reach = std::max(1.0F, lengths[nearest]);
        Point at{m_pivotX[nearest] + (random.unit() - 0.5F) * reach,
                 m_pivotY[nearest] + (random.unit() - 0.5F) * reach};
        for (int pass = 0; pass < 4; ++pass) {
            const Wish wish =
                pivotWish(at, m_pivotX, m_pivotY, lengths, m_weights.data() + node * m_stride);
            if (wish.weight > 0)
                at = {wish.x / wish.weight, wish.y / wish.weight};
        }
        m_positions[node] = at;
    });
}

Point SparseStress::drawnWhole(NodeIndex node) const
{
    const Point at = m_positions[node];
    Wish wish = pivotWish(at, m_pivotX, m_pivotY, m_lengths.data() + node * m_stride,
                          m_weights.data() + node * m_stride);
    for (const NodeIndex neighbour : m_links.of(node))
        wish.add(at, m_positions[neighbour], 1, 1);
    return {wish.x / wish.weight, wish.y / wish.weight};
}

/// A long edge pulls no more than a short one (its strength is 1 / length, as in Noack's LinLog):
/// the few that lead far away must not tear a group apart.
Point SparseStress::drawnNear(NodeIndex node) const
{
    const Point at = m_positions[node];
    Wish wish = pivotWish(at, m_pivotX, m_pivotY, m_lengths.data() + node * m_stride,
                          m_weights.data() + node * m_stride);
    wish = {wish.x * kPivotShare, wish.y * kPivotShare, wish.weight * kPivotShare};
    for (const NodeIndex neighbour : m_links.of(node)) {
        const Point to = m_positions[neighbour];
        const float strength = 1 / (distance(at, to) + kShortest);
        wish.x += strength * to.x;
        wish.y += strength * to.y;
        wish.weight += strength;
    }
    const Point goal{(wish.x + kPush * m_push[node].x) / wish.weight,
                     (wish.y + kPush * m_push[node].y) / wish.weight};
    return {at.x + kNearStep * (goal.x - at.x), at.y + kNearStep * (goal.y - at.y)};
}

float SparseStress::edgeLength() const
{
    double sum = 0;
    for (NodeIndex node = 0; node < m_positions.size(); ++node)
        for (const NodeIndex neighbour : m_links.of(node))
            sum += distance(m_positions[node], m_positions[neighbour]);
    return std::max(kTiny, float(sum / double(m_links.neighbours.size())));
}

void SparseStress::round(Phase phase, Executor &executor, std::stop_token stop)
{
    for (std::size_t p = 0; p < m_pivots.size(); ++p) {
        m_pivotX[p] = m_positions[m_pivots[p]].x;
        m_pivotY[p] = m_positions[m_pivots[p]].y;
    }
    if (phase == Phase::Local)
        m_tree.repel(m_positions, m_push, executor, stop);
    if (stop.stop_requested())
        return;
    forNodes(m_links.nodeCount(), executor, stop, [&](NodeIndex node) {
        m_next[node] = phase == Phase::Global ? drawnWhole(node) : drawnNear(node);
    });
    if (!stop.stop_requested())
        m_positions.swap(m_next);
}

} // namespace chrona::graph
