// SPDX-License-Identifier: AGPL-3.0-or-later
// What the timeline and the graph take, before any window shows it.
#include "benchmarks.h"
#include "graph/graph_painter.h"
#include "planted_graphs.h"
#include "plausible_events.h"
#include "timeline/cumulative_counts.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/event_filter.h"

#include <format>
#include <functional>
#include <numeric>

namespace chrona::bench {
namespace {

using namespace ui;

constexpr int kViewRounds = 20;

Rounds viewRounds(const std::function<void(int)> &run)
{
    return inRounds(kViewRounds, run);
}

/// Ten million events: another zoom, another choice of types, another filter.
void addTimeline(Report &report)
{
    constexpr std::size_t kCount = 10'000'000;
    constexpr std::size_t kBins = 360; // of 4 pixels on 1440
    const auto columns = plausibleEvents(kCount);
    std::vector<std::uint32_t> rows(kCount);
    std::iota(rows.begin(), rows.end(), 0U);
    const CumulativeCounts counts(columns, *columns, rows);
    const std::int64_t begin = columns->observedAt.front();
    const std::int64_t span = columns->observedAt.back() - begin;
    const std::string work = std::format("{} events into {} bins, one thread", kCount, kBins);
    const auto add = [&](const char *name, const Rounds &ms) {
        report.push_back({std::format("timeline.{}_10m", name), ms.median, "ms",
                          std::format("{}; {}", work, ms.said())});
    };
    std::uint64_t seen = 0;
    const auto rebin = [&](const CumulativeCounts &of, int zoom, std::uint32_t types) {
        const std::int64_t width = std::max<std::int64_t>(1, (span >> zoom) / std::int64_t(kBins));
        for (const CategoryCounts &bin : of.bins(begin, width, kBins, types))
            seen += bin[0];
    };
    add("zoom", viewRounds([&](int round) { rebin(counts, round % 12, kAllTypes); }));
    add("types",
        viewRounds([&](int round) { rebin(counts, 0, kAllTypes ^ (1U << unsigned(round % 24))); }));
    workspace::EventCriteria criteria;
    add("filter", viewRounds([&](int round) {
            criteria.filter.severityMin = float(round % 10) / 10;
            const auto chosen = selectRows(*columns, criteria);
            rebin(CumulativeCounts(columns, *columns, chosen.anyTime), 0, kAllTypes);
        }));
    if (seen == 0)
        std::abort();
}

workspace::GraphState stateOf(graph::Graph graph, graph::Positions positions)
{
    workspace::GraphState state;
    auto facts = std::make_shared<workspace::GraphFacts>();
    const std::size_t count = graph.nodeCount();
    facts->edgeEvidence.assign(graph.edgeCount(), 1);
    facts->nodes.resize(count);
    for (std::size_t node = 0; node < count; ++node)
        facts->nodes[node].evidence = graph.links(static_cast<graph::NodeIndex>(node)).size();
    facts->graph = std::move(graph);
    state.facts = std::move(facts);
    state.positions = std::make_shared<const graph::Positions>(std::move(positions));
    state.flags =
        std::make_shared<const std::vector<std::uint8_t>>(count, workspace::GraphState::kPlaced);
    std::vector<graph::NodeIndex> owner(count);
    std::iota(owner.begin(), owner.end(), 0U);
    state.owner = std::make_shared<const std::vector<graph::NodeIndex>>(std::move(owner));
    return state;
}

/// All of it in view, and moved by some pixels each time.
Status addGraphFrames(Report &report, const Theme &theme, std::size_t nodes)
{
    ThreadPool executor;
    graph::Graph graph = graph::tests::eventGraph({.nodes = nodes, .edges = 2 * nodes});
    const std::size_t edges = graph.edgeCount();
    auto positions = graph::forceLayout(graph, {}, executor);
    if (!positions)
        return std::unexpected(positions.error());
    const auto [left, right] = std::ranges::minmax(*positions, {}, &graph::Point::x);
    const auto [top, bottom] = std::ranges::minmax(*positions, {}, &graph::Point::y);
    GraphScene scene;
    scene.camera.size = {1440, 900};
    scene.camera.centre = {(double(left.x) + right.x) / 2, (double(top.y) + bottom.y) / 2};
    scene.camera.zoom = std::min(1400 / std::max(1.0, double(right.x) - left.x),
                                 860 / std::max(1.0, double(bottom.y) - top.y));
    scene.style = std::make_shared<const GraphStyle>(GraphStyle::from(theme));
    GraphInputs inputs;
    inputs.state = stateOf(std::move(graph), std::move(*positions));
    inputs.measures = std::make_shared<const workspace::GraphMeasures>();
    const std::string work = std::format("{} nodes, {} edges, 1440 × 900", nodes, edges);
    const auto add = [&](const char *name, const Rounds &ms) {
        report.push_back({std::format("graph.{}_{}k", name, nodes / 1'000), ms.median, "ms",
                          std::format("{}; {}", work, ms.said())});
    };
    add("prepare", viewRounds([&](int) { scene.drawing = GraphDrawing::made(inputs); }));
    GraphPainter painter;
    // As a brush does it: in each window other ties fade.
    add("brush", viewRounds([&](int round) {
            GraphScene next = scene;
            next.drawing = scene.drawing->within(
                workspace::TimeWindow{Instant(), Instant() + std::chrono::hours(round)});
            (void)painter.picture(next);
        }));
    add("zoom", viewRounds([&](int round) {
            GraphScene next = scene;
            next.camera.zoom *= 1 + round * 0.01;
            (void)painter.picture(next);
        }));
    add("frame", viewRounds([&](int round) {
            GraphScene next = scene;
            next.camera.centre.rx() += round * 7 / next.camera.zoom;
            (void)painter.picture(next);
        }));
    return {};
}

} // namespace

Status addViews(Report &report)
{
    Theme theme;
    theme.setAppearance(Appearance::Dark);
    addTimeline(report);
    for (const std::size_t nodes : {1'000UZ, 10'000UZ, 100'000UZ})
        if (auto done = addGraphFrames(report, theme, nodes); !done)
            return done;
    return {};
}

} // namespace chrona::bench
