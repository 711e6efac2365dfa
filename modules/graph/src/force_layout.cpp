// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/layout.h"

#include "packing.h"
#include "settling.h"
#include "sparse_stress.h"
#include "stopped.h"

#include "chrona/graph/measures.h"

#include <algorithm>
#include <cmath>

namespace chrona::graph {
namespace {

constexpr float kFurthest = 1e9F; ///< known positions beyond it are refused
constexpr unsigned kGlobalRounds = 20;
constexpr unsigned kLocalRounds = 80;
/// Smaller components are laid out beside each other, one thread each.
constexpr std::size_t kSharedNodes = 2'000;

/// A component that nobody has seen yet, laid out on its own.
struct Block {
    std::vector<NodeIndex> members;
    std::unique_ptr<SparseStress> stress; ///< none for one or two nodes
};

SimpleLinks linksAmong(const SimpleLinks &links, std::span<const NodeIndex> members,
                       std::vector<NodeIndex> &numberOf)
{
    SimpleLinks own;
    for (std::size_t i = 0; i < members.size(); ++i)
        numberOf[members[i]] = NodeIndex(i);
    for (const NodeIndex node : members) {
        for (const NodeIndex neighbour : links.of(node))
            own.neighbours.push_back(numberOf[neighbour]);
        const auto weights = links.weightsOf(node);
        own.weights.insert(own.weights.end(), weights.begin(), weights.end());
        own.offsets.push_back(std::uint32_t(own.neighbours.size()));
    }
    return own;
}

Status checkKnown(const Graph &graph, const ForceOptions &options)
{
    if (!options.known.empty() && options.known.size() != graph.nodeCount())
        return fail(ErrorCode::InvalidInput, "known positions are not one for each node");
    for (const auto &point : options.known)
        // Not finite is not below either.
        if (point && !(std::abs(point->x) < kFurthest && std::abs(point->y) < kFurthest))
            return fail(ErrorCode::InvalidInput, "a known position is out of reach");
    return {};
}

} // namespace

struct ForceLayout::State {
    State(const Graph &graph, ForceOptions given, Executor &executor, std::stop_token stop)
        : options(std::move(given)), links(simpleLinks(graph)),
          settling(links, options.known, options.seed), positions(graph.nodeCount())
    {
        if (options.globalRounds == 0)
            options.globalRounds = kGlobalRounds;
        if (options.localRounds == 0)
            options.localRounds = kLocalRounds;
        makeBlocks(components(graph), executor, stop);
        publish();
    }

    void makeBlocks(const Components &parts, Executor &executor, std::stop_token stop)
    {
        std::vector<std::vector<NodeIndex>> members(parts.sizes.size());
        for (NodeIndex node = 0; node < parts.of.size(); ++node)
            members[parts.of[node]].push_back(node);
        for (std::vector<NodeIndex> &nodes : members)
            if (!settling.isPlaced(nodes.front()))
                blocks.push_back({std::move(nodes), nullptr});
        std::vector<NodeIndex> numberOf(parts.of.size());
        std::vector<SimpleLinks> own(blocks.size());
        for (std::size_t i = 0; i < blocks.size(); ++i)
            if (blocks[i].members.size() > 2)
                own[i] = linksAmong(links, blocks[i].members, numberOf);
        forBlocks(executor, stop, [&](std::size_t i, Executor &forBlock) {
            blocks[i].stress =
                std::make_unique<SparseStress>(std::move(own[i]), options.seed, forBlock, stop);
        });
    }

    /// Large ones one after the other with all threads, then small ones side by side. Blocks are
    /// ordered by size.
    template <class Work> void forBlocks(Executor &executor, std::stop_token stop, const Work &work)
    {
        const auto hasFewer = [&](std::size_t nodes) {
            return std::size_t(
                std::ranges::partition_point(
                    blocks, [&](const Block &block) { return block.members.size() >= nodes; }) -
                blocks.begin());
        };
        const std::size_t small = hasFewer(kSharedNodes);
        const std::size_t trivial = hasFewer(3);
        for (std::size_t i = 0; i < small && !stop.stop_requested(); ++i)
            work(i, executor);
        executor.forEach(
            trivial - small,
            [&](std::size_t i) {
                InlineExecutor alone;
                work(small + i, alone);
            },
            stop);
    }

    /// In edge lengths. A pair is one apart.
    [[nodiscard]] static Positions drawnBlock(const Block &block)
    {
        if (!block.stress) {
            Positions points{{0, 0}, {1, 0}};
            points.resize(block.members.size());
            return points;
        }
        Positions points = block.stress->positions();
        const float unit = 1 / block.stress->edgeLength();
        for (Point &point : points)
            point = {point.x * unit, point.y * unit};
        return points;
    }

    /// Old picture where it is, new components in rows below it.
    void publish()
    {
        Positions old;
        for (NodeIndex node = 0; node < positions.size(); ++node)
            if (settling.isPlaced(node)) {
                positions[node] = settling.positions()[node];
                old.push_back(positions[node]);
            }
        std::vector<Positions> drawn;
        std::vector<Box> boxes;
        for (const Block &block : blocks) {
            drawn.push_back(drawnBlock(block));
            boxes.push_back(boxAround(drawn.back()));
        }
        const std::vector<Point> offsets = packBoxes(boxes);
        const Box kept = boxAround(old);
        const Point below = old.empty() ? Point{} : Point{kept.left, kept.bottom + 1};
        for (std::size_t b = 0; b < blocks.size(); ++b)
            for (std::size_t i = 0; i < drawn[b].size(); ++i)
                positions[blocks[b].members[i]] = {drawn[b][i].x + offsets[b].x + below.x,
                                                   drawn[b][i].y + offsets[b].y + below.y};
    }

    [[nodiscard]] unsigned rounds() const { return options.globalRounds + options.localRounds; }

    ForceOptions options;
    SimpleLinks links;
    Settling settling;
    std::vector<Block> blocks;
    Positions positions;
    unsigned done = 0;
};

ForceLayout::ForceLayout(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ForceLayout::~ForceLayout() = default;
ForceLayout::ForceLayout(ForceLayout &&) noexcept = default;
ForceLayout &ForceLayout::operator=(ForceLayout &&) noexcept = default;

Result<ForceLayout> ForceLayout::create(const Graph &graph, ForceOptions options,
                                        Executor &executor, std::stop_token stop)
{
    if (const auto checked = checkKnown(graph, options); !checked)
        return std::unexpected(checked.error());
    if (stop.stop_requested())
        return stopped("layout");
    auto state = std::make_unique<State>(graph, std::move(options), executor, stop);
    if (stop.stop_requested())
        return stopped("layout");
    return ForceLayout(std::move(state));
}

Status ForceLayout::step(Executor &executor, std::stop_token stop)
{
    if (isFinished())
        return {};
    State &state = *m_state;
    const Phase phase = state.done < state.options.globalRounds ? Phase::Global : Phase::Local;
    state.forBlocks(executor, stop, [&](std::size_t i, Executor &forBlock) {
        state.blocks[i].stress->round(phase, forBlock, stop);
    });
    state.settling.round(executor, stop);
    if (stop.stop_requested())
        return stopped("layout");
    ++state.done;
    state.publish();
    return {};
}

bool ForceLayout::isFinished() const
{
    return m_state->done >= m_state->rounds();
}

double ForceLayout::progress() const
{
    return double(m_state->done) / m_state->rounds();
}

const Positions &ForceLayout::positions() const
{
    return m_state->positions;
}

Result<Positions> forceLayout(const Graph &graph, ForceOptions options, Executor &executor,
                              std::stop_token stop)
{
    auto layout = ForceLayout::create(graph, std::move(options), executor, stop);
    if (!layout)
        return std::unexpected(layout.error());
    while (!layout->isFinished())
        if (const auto done = layout->step(executor, stop); !done)
            return std::unexpected(done.error());
    return layout->positions();
}

} // namespace chrona::graph
