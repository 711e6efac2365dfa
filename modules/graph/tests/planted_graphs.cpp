// SPDX-License-Identifier: AGPL-3.0-or-later
#include "planted_graphs.h"

#include "random.h"

#include <cstdlib>
#include <set>

namespace chrona::graph::tests {

Graph graphOf(std::size_t nodes, const Pairs &pairs)
{
    Parts parts;
    parts.types = {"tie"};
    for (std::size_t i = 0; i < nodes; ++i)
        parts.nodes.push_back(
            {.key = {schema::EvidenceKind::Entity, std::int64_t(i + 1)}, .label = {}});
    for (const auto &[from, to] : pairs)
        parts.edges.push_back({.from = from, .to = to});
    auto graph = Graph::create(std::move(parts));
    if (!graph)
        std::abort(); // the shapes below are sound
    return std::move(*graph);
}

Graph meshGraph(std::size_t columns, std::size_t rows)
{
    Pairs pairs;
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t column = 0; column < columns; ++column) {
            const auto node = NodeIndex(row * columns + column);
            if (column + 1 < columns)
                pairs.emplace_back(node, node + 1);
            if (row + 1 < rows)
                pairs.emplace_back(node, NodeIndex(node + columns));
        }
    return graphOf(columns * rows, pairs);
}

Graph scaleFreeGraph(PlantedSize size)
{
    Random random(size.seed);
    const std::size_t ties = size.edges / size.nodes;
    Pairs pairs;
    std::vector<NodeIndex> ends;
    for (NodeIndex node = 0; node < ties; ++node)
        ends.push_back(node);
    for (auto node = NodeIndex(ties); node < size.nodes; ++node) {
        std::set<NodeIndex> chosen;
        while (chosen.size() < ties)
            chosen.insert(ends[random.below(ends.size())]);
        for (const NodeIndex other : chosen) {
            pairs.emplace_back(other, node);
            ends.insert(ends.end(), {other, node});
        }
    }
    return graphOf(size.nodes, pairs);
}

Graph groupedGraph(PlantedSize size, std::size_t groupSize)
{
    Random random(size.seed);
    std::set<std::pair<NodeIndex, NodeIndex>> pairs;
    // A chance tree first, within groups but for their first nodes, so that all are joined.
    for (std::size_t node = 1; node < size.nodes; ++node) {
        const std::size_t start = node % groupSize == 0 ? 0 : node / groupSize * groupSize;
        pairs.emplace(NodeIndex(start + random.below(node - start)), NodeIndex(node));
    }
    while (pairs.size() < size.edges) {
        const std::size_t from = random.below(size.nodes);
        const std::size_t start = from / groupSize * groupSize;
        const std::size_t room = std::min(groupSize, size.nodes - start);
        const std::size_t to =
            random.below(10) == 0 ? random.below(size.nodes) : start + random.below(room);
        if (from != to)
            pairs.emplace(NodeIndex(std::min(from, to)), NodeIndex(std::max(from, to)));
    }
    return graphOf(size.nodes, {pairs.begin(), pairs.end()});
}

Graph eventGraph(PlantedSize size)
{
    constexpr std::size_t kOfSubject = 40; ///< entities
    Random random(size.seed);
    const std::size_t entities = size.nodes / 4;
    std::set<std::pair<NodeIndex, NodeIndex>> pairs;
    // Squares of chance: what is early is named more often.
    const auto early = [&](std::size_t bound) {
        const double chance = double(random.unit());
        return std::min(bound - 1, std::size_t(double(bound) * chance * chance));
    };
    for (std::size_t event = entities; event < size.nodes; ++event) {
        const std::size_t subject = random.below(entities / kOfSubject + 1) * kOfSubject;
        const std::size_t room = std::min(kOfSubject, entities - std::min(subject, entities - 1));
        const std::size_t count = 1 + random.below(4);
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t entity = random.below(10) < 3
                                           ? early(early(entities) + 1)
                                           : std::min(subject, entities - 1) + early(room);
            pairs.emplace(NodeIndex(std::min(entity, entities - 1)), NodeIndex(event));
        }
    }
    return graphOf(size.nodes, {pairs.begin(), pairs.end()});
}

std::stop_token stoppedToken()
{
    std::stop_source source;
    source.request_stop();
    return source.get_token();
}

} // namespace chrona::graph::tests
