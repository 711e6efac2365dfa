// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "planted_graphs.h"

#include "chrona/graph/quality.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <format>

namespace chrona::bench {
namespace {

using namespace graph;

constexpr int kSfdpMinutesMax = 10;
constexpr graph::tests::PlantedSize kTenThousand{.nodes = 10'000, .edges = 20'000};
constexpr graph::tests::PlantedSize kHundredThousand{.nodes = 100'000, .edges = 200'000};

struct Shape {
    std::string_view name;
    Graph graph;
};

struct Kind {
    std::string_view name;
    Graph (*make)();
};
constexpr Kind kSmall[] = {
    {"mesh_10k", [] { return graph::tests::meshGraph(100, 100); }},
    {"hubs_10k", [] { return graph::tests::scaleFreeGraph(kTenThousand); }},
    {"groups_10k", [] { return graph::tests::groupedGraph(kTenThousand, 200); }},
    {"events_10k", [] { return graph::tests::eventGraph(kTenThousand); }},
};
constexpr Kind kLarge[] = {
    {"mesh_100k", [] { return graph::tests::meshGraph(400, 250); }},
    {"hubs_100k", [] { return graph::tests::scaleFreeGraph(kHundredThousand); }},
};

/// Sfdp takes minutes over a large one.
enum class Beside : std::uint8_t { Nothing, Sfdp };

struct Drawn {
    double seconds = 0;
    double slowestRound = 0;
    double medianRound = 0;
    LayoutQuality quality;
};

std::string workOf(const Shape &shape)
{
    return std::format("{} nodes, {} edges", shape.graph.nodeCount(), shape.graph.edgeCount());
}

Result<Drawn> drawOurs(const Shape &shape)
{
    ThreadPool executor;
    Drawn drawn;
    std::vector<double> rounds;
    const Stopwatch whole;
    auto layout = ForceLayout::create(shape.graph, {}, executor);
    if (!layout)
        return std::unexpected(layout.error());
    while (!layout->isFinished()) {
        const Stopwatch round;
        if (const auto done = layout->step(executor); !done)
            return std::unexpected(done.error());
        rounds.push_back(round.seconds());
    }
    drawn.seconds = whole.seconds();
    drawn.medianRound = percentile(rounds, 0.5);
    drawn.slowestRound = rounds.back(); // sorted by now
    const auto quality = layoutQuality(shape.graph, layout->positions());
    if (!quality)
        return std::unexpected(quality.error());
    drawn.quality = *quality;
    return drawn;
}

QByteArray dotOf(const Graph &graph)
{
    QByteArray dot = "graph g { node [shape=point width=0.01 label=\"\"];\n";
    for (NodeIndex node = 0; node < graph.nodeCount(); ++node)
        dot += QByteArray::number(node) + ";\n";
    for (const Edge &edge : graph.parts().edges)
        dot += QByteArray::number(edge.from) + "--" + QByteArray::number(edge.to) + ";\n";
    return dot + "}\n";
}

/// "node NAME X Y …", one a line, among lines about edges.
Positions readPlain(const QByteArray &plain, std::size_t nodes)
{
    Positions positions(nodes);
    for (const QByteArray &line : plain.split('\n')) {
        const auto words = line.split(' ');
        if (words.size() < 4 || words[0] != "node")
            continue;
        if (const std::size_t node = words[1].toULongLong(); node < nodes)
            positions[node] = {words[2].toFloat(), words[3].toFloat()};
    }
    return positions;
}

/// Its time counts reading and writing, as ours has none; both are little beside the layout. Nodes
/// may overlap and edges are not routed, as neither is done by ours. nullopt: there is no sfdp.
Result<std::optional<Drawn>> drawBySfdp(const Shape &shape)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("sfdp"));
    if (program.isEmpty())
        return std::nullopt;
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("graph.dot")));
    if (!file.open(QIODevice::WriteOnly) || file.write(dotOf(shape.graph)) < 0)
        return fail(ErrorCode::Unavailable, "a graph could not be written for sfdp");
    file.close();
    Drawn drawn;
    const Stopwatch whole;
    QProcess sfdp;
    sfdp.start(program, {QStringLiteral("-Goverlap=true"), QStringLiteral("-Gsplines=false"),
                         QStringLiteral("-Tplain"), file.fileName()});
    if (!sfdp.waitForFinished(kSfdpMinutesMax * 60'000) || sfdp.exitCode() != 0)
        return fail(ErrorCode::Unavailable, "sfdp did not finish");
    drawn.seconds = whole.seconds();
    const auto quality = layoutQuality(
        shape.graph, readPlain(sfdp.readAllStandardOutput(), shape.graph.nodeCount()));
    if (!quality)
        return std::unexpected(quality.error());
    drawn.quality = *quality;
    return drawn;
}

Status measure(const Shape &shape, Beside beside, Report &report)
{
    const auto ours = drawOurs(shape);
    if (!ours)
        return std::unexpected(ours.error());
    Result<std::optional<Drawn>> sfdp = std::nullopt;
    if (beside == Beside::Sfdp)
        sfdp = drawBySfdp(shape);
    if (!sfdp)
        return std::unexpected(sfdp.error());
    const auto add = [&](std::string_view what, double value, std::string_view unit, auto ofSfdp) {
        Figure figure{std::format("layout.{}.{}", shape.name, what), value, std::string(unit),
                      workOf(shape)};
        if (*sfdp) {
            figure.limitName = "graphviz sfdp on the same graph";
            figure.limit = ofSfdp(**sfdp);
        }
        report.push_back(std::move(figure));
    };
    add("time", ours->seconds, "s", [](const Drawn &other) { return other.seconds; });
    add("stress", ours->quality.stress, "",
        [](const Drawn &other) { return other.quality.stress; });
    add("neighbours", ours->quality.neighbours, "",
        [](const Drawn &other) { return other.quality.neighbours; });
    add("neighbours_2_hops", ours->quality.secondNeighbours, "",
        [](const Drawn &other) { return other.quality.secondNeighbours; });
    report.push_back({std::format("layout.{}.round_median", shape.name), ours->medianRound * 1e3,
                      "ms", workOf(shape)});
    report.push_back({std::format("layout.{}.round_slowest", shape.name), ours->slowestRound * 1e3,
                      "ms", workOf(shape)});
    return {};
}

Status measureKinds(std::span<const Kind> kinds, Beside beside, Report &report)
{
    for (const Kind &kind : kinds)
        if (const auto done = measure({kind.name, kind.make()}, beside, report); !done)
            return std::unexpected(done.error());
    return {};
}

} // namespace

Result<Report> benchLayout()
{
    Report report;
    if (const auto done = measureKinds(kSmall, Beside::Sfdp, report); !done)
        return std::unexpected(done.error());
    if (const auto done = measureKinds(kLarge, Beside::Nothing, report); !done)
        return std::unexpected(done.error());
    return report;
}

Result<Report> benchLargeLayout()
{
    Report report;
    if (const auto done = measureKinds(kLarge, Beside::Sfdp, report); !done)
        return std::unexpected(done.error());
    return report;
}

} // namespace chrona::bench
