// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/communities.h"

#include "numbering.h"
#include "simple_links.h"

#include <algorithm>
#include <deque>
#include <numeric>

namespace chrona::graph {
namespace {

using Group = std::uint32_t;
constexpr double kLeastGain = 1e-9; ///< of weight: rounding must not move nodes to and fro

/// A graph whose nodes may stand for many; ties within a node live on only in its mass.
struct Level {
    std::vector<std::uint32_t> offsets{0};
    std::vector<NodeIndex> to;
    std::vector<double> weight; ///< beside `to`
    std::vector<double> mass;   ///< of each node: the weight of all ends of ties at it
    double total = 0;           ///< of all masses

    [[nodiscard]] std::size_t count() const { return mass.size(); }
};

Level levelOf(const SimpleLinks &links)
{
    Level level;
    level.offsets = links.offsets;
    level.to = links.neighbours;
    level.weight.assign(links.weights.begin(), links.weights.end());
    for (NodeIndex node = 0; node < links.nodeCount(); ++node) {
        double sum = 0;
        for (const float weight : links.weightsOf(node))
            sum += weight;
        level.mass.push_back(sum);
        level.total += sum;
    }
    return level;
}

/// Weight from one node to each group that it touches.
class Touched {
public:
    explicit Touched(std::size_t groups) : m_weight(groups, 0) {}

    void collect(const Level &level, NodeIndex node, std::span<const Group> groups)
    {
        for (const Group group : m_groups)
            m_weight[group] = 0;
        m_groups.clear();
        for (std::uint32_t i = level.offsets[node]; i < level.offsets[node + 1]; ++i) {
            const Group group = groups[level.to[i]];
            if (m_weight[group] == 0)
                m_groups.push_back(group);
            m_weight[group] += level.weight[i];
        }
    }
    [[nodiscard]] const std::vector<Group> &groups() const { return m_groups; }
    [[nodiscard]] double weightTo(Group group) const { return m_weight[group]; }

private:
    std::vector<double> m_weight;
    std::vector<Group> m_groups;
};

class Leiden {
public:
    Leiden(Level level, double resolution) : m_level(std::move(level)), m_resolution(resolution)
    {
        m_group.resize(m_level.count());
        std::iota(m_group.begin(), m_group.end(), Group(0));
        m_node.assign(m_group.begin(), m_group.end());
    }

    /// False where nothing more can be gained.
    bool improve(std::stop_token stop)
    {
        if (m_level.total <= 0)
            return false;
        moveNodes(stop);
        return aggregate(refine());
    }

    /// For each original node.
    [[nodiscard]] std::vector<Group> groups() const
    {
        std::vector<Group> all(m_node.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = m_group[m_node[i]];
        return all;
    }

private:
    /// What being in a group of that mass is worth to a node that touches it with that weight.
    [[nodiscard]] double worth(double weight, double mass, double groupMass) const
    {
        return weight - m_resolution * mass * groupMass / m_level.total;
    }

    /// Each node into the group that is worth most to it, and its neighbours are asked again.
    void moveNodes(std::stop_token stop)
    {
        std::vector<double> mass(m_level.count(), 0);
        for (std::size_t node = 0; node < m_level.count(); ++node)
            mass[m_group[node]] += m_level.mass[node];
        std::deque<NodeIndex> queue;
        for (NodeIndex node = 0; node < m_level.count(); ++node)
            queue.push_back(node);
        std::vector<bool> isQueued(m_level.count(), true);
        Touched touched(m_level.count());
        while (!queue.empty() && !stop.stop_requested()) {
            const NodeIndex node = queue.front();
            queue.pop_front();
            isQueued[node] = false;
            const Group old = m_group[node];
            const double own = m_level.mass[node];
            mass[old] -= own;
            touched.collect(m_level, node, m_group);
            Group best = old;
            double most = worth(touched.weightTo(old), own, mass[old]) + kLeastGain;
            for (const Group group : touched.groups())
                if (const double gain = worth(touched.weightTo(group), own, mass[group]);
                    gain > most) {
                    most = gain;
                    best = group;
                }
            mass[best] += own;
            m_group[node] = best;
            if (best == old)
                continue;
            for (std::uint32_t i = m_level.offsets[node]; i < m_level.offsets[node + 1]; ++i) {
                const NodeIndex next = m_level.to[i];
                if (m_group[next] != best && !isQueued[next]) {
                    isQueued[next] = true;
                    queue.push_back(next);
                }
            }
        }
    }

    /// Parts of groups, grown node by node along ties, so that each is connected.
    [[nodiscard]] std::vector<Group> refine() const
    {
        std::vector<Group> parts(m_level.count());
        std::iota(parts.begin(), parts.end(), Group(0));
        std::vector<double> mass = m_level.mass;
        std::vector<std::uint32_t> members(m_level.count(), 1);
        Touched touched(m_level.count());
        for (NodeIndex node = 0; node < m_level.count(); ++node) {
            // Only what is still alone moves: taking a node out could tear a part.
            if (members[node] != 1 || parts[node] != node)
                continue;
            touched.collect(m_level, node, parts);
            Group best = node;
            double most = kLeastGain;
            for (const Group part : touched.groups())
                if (const double gain =
                        worth(touched.weightTo(part), m_level.mass[node], mass[part]);
                    m_group[part] == m_group[node] && gain > most) {
                    most = gain;
                    best = part;
                }
            if (best == node)
                continue;
            parts[node] = best;
            mass[best] += m_level.mass[node];
            ++members[best];
            members[node] = 0;
        }
        return parts;
    }

    /// Every part becomes a node. False where each node already was a part of its own.
    bool aggregate(std::vector<Group> parts)
    {
        const std::vector<std::uint32_t> sizes = numberBySize(parts);
        if (sizes.size() == m_level.count())
            return false;
        struct Tie {
            NodeIndex from, to;
            double weight;
        };
        std::vector<Tie> ties;
        for (NodeIndex node = 0; node < m_level.count(); ++node)
            for (std::uint32_t i = m_level.offsets[node]; i < m_level.offsets[node + 1]; ++i)
                if (parts[node] != parts[m_level.to[i]])
                    ties.push_back({parts[node], parts[m_level.to[i]], m_level.weight[i]});
        std::ranges::stable_sort(ties, {},
                                 [](const Tie &tie) { return std::pair(tie.from, tie.to); });
        Level next;
        next.total = m_level.total;
        next.mass.assign(sizes.size(), 0);
        next.offsets.assign(sizes.size() + 1, 0);
        std::vector<Group> first(sizes.size(), kUnnumbered); ///< of the groups, by their first part
        std::vector<Group> named(m_level.count(), kUnnumbered);
        for (NodeIndex node = 0; node < m_level.count(); ++node) {
            next.mass[parts[node]] += m_level.mass[node];
            Group &name = named[m_group[node]];
            name = name == kUnnumbered ? parts[node] : name;
            first[parts[node]] = name;
        }
        for (std::size_t i = 0; i < ties.size(); ++i) {
            if (i > 0 && ties[i].from == ties[i - 1].from && ties[i].to == ties[i - 1].to) {
                next.weight.back() += ties[i].weight;
                continue;
            }
            next.to.push_back(ties[i].to);
            next.weight.push_back(ties[i].weight);
            ++next.offsets[ties[i].from + 1];
        }
        std::partial_sum(next.offsets.begin(), next.offsets.end(), next.offsets.begin());
        for (NodeIndex &node : m_node)
            node = parts[node];
        m_level = std::move(next);
        m_group = std::move(first);
        return true;
    }

    Level m_level;
    double m_resolution;
    std::vector<Group> m_group;    ///< of each node of the level
    std::vector<NodeIndex> m_node; ///< of the level, for each original node
};

/// Moves may leave a group in two pieces that only a node which then left held together.
void splitUnconnected(const SimpleLinks &links, std::vector<Group> &groups)
{
    std::vector<Group> pieces(groups.size(), kUnnumbered);
    std::vector<NodeIndex> queue;
    for (NodeIndex first = 0; first < groups.size(); ++first) {
        if (pieces[first] != kUnnumbered)
            continue;
        pieces[first] = first;
        queue.assign(1, first);
        for (std::size_t at = 0; at < queue.size(); ++at)
            for (const NodeIndex next : links.of(queue[at]))
                if (groups[next] == groups[first] && pieces[next] == kUnnumbered) {
                    pieces[next] = first;
                    queue.push_back(next);
                }
    }
    groups = std::move(pieces);
}

double modularityOf(const Level &level, std::span<const Group> groups, std::size_t count)
{
    std::vector<double> mass(count, 0);
    double within = 0;
    for (NodeIndex node = 0; node < level.count(); ++node) {
        mass[groups[node]] += level.mass[node];
        for (std::uint32_t i = level.offsets[node]; i < level.offsets[node + 1]; ++i)
            within += groups[level.to[i]] == groups[node] ? level.weight[i] : 0;
    }
    if (level.total <= 0)
        return 0;
    double expected = 0;
    for (const double sum : mass)
        expected += sum * sum / level.total;
    return (within - expected) / level.total;
}

} // namespace

Result<Communities> findCommunities(const Graph &graph, CommunityOptions options,
                                    std::stop_token stop)
{
    if (!(options.resolution > 0) || options.resolution > 1e9)
        return fail(ErrorCode::InvalidInput, "the resolution of communities is above 0");
    const SimpleLinks links = simpleLinks(graph);
    const Level level = levelOf(links);
    Leiden leiden(level, options.resolution);
    for (unsigned round = 0; round < options.levelsMax && leiden.improve(stop); ++round)
        if (stop.stop_requested())
            break;
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "the search for communities was stopped");
    Communities result{.of = leiden.groups(), .sizes = {}};
    splitUnconnected(links, result.of);
    result.sizes = numberBySize(result.of);
    result.modularity = modularityOf(level, result.of, result.sizes.size());
    return result;
}

} // namespace chrona::graph
