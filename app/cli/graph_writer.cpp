// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph_writer.h"

#include "output.h"

#include "chrona/formats/json_writer.h"
#include "chrona/graph/graph_files.h"
#include "chrona/workspace/graph_state.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::cli {
namespace {

using formats::JsonWriter;

constexpr std::array<std::string_view, ipc::kGraphEdgeTypeCount> kTypeNames{
    "subject",   "actor",    "target",  "location", "topic",      "instrument",
    "publisher", "together", "reports", "part_of",  "exposed_to", "tells"};

std::string idOf(ipc::GraphNodeKey key)
{
    return graph::keyText(workspace::toGraphKey(key));
}

std::string kindOf(const ipc::GraphNode &node)
{
    switch (node.key.kind) {
    case ipc::GraphNodeKind::Entity:
        return std::string(toString(static_cast<schema::EntityKind>(node.detail)));
    case ipc::GraphNodeKind::Event:
        return std::string(toString(static_cast<schema::EventType>(node.detail)));
    case ipc::GraphNodeKind::Story: return "story";
    case ipc::GraphNodeKind::Source: break;
    }
    return "source";
}

void writeNode(JsonWriter &json, const ipc::GraphNode &node)
{
    json.beginObject().member("id", idOf(node.key)).member("kind", kindOf(node));
    json.member("key", node.name).member("label", node.label);
    if (node.place)
        json.member("lat", node.place->latitude).member("lon", node.place->longitude);
    if (node.at)
        json.member("observed_at", formatInstant(*node.at));
    json.member("evidence", node.evidence).member("neighbours", node.neighbours);
    json.member("hops", node.hops).endObject();
}

void writeEdge(JsonWriter &json, const ipc::GraphReply &reply, const ipc::GraphEdgeColumns &edges,
               std::size_t at)
{
    const auto from = static_cast<std::size_t>(edges.from[at]);
    const auto to = static_cast<std::size_t>(edges.to[at]);
    if (from >= reply.nodes.size() || to >= reply.nodes.size() ||
        edges.type[at] >= kTypeNames.size())
        return;
    json.beginObject()
        .member("from", idOf(reply.nodes[from].key))
        .member("to", idOf(reply.nodes[to].key))
        .member("type", kTypeNames[edges.type[at]])
        .member("weight", static_cast<double>(edges.weight[at]))
        .member("evidence", edges.evidence[at]);
    if (edges.begin[at] != 0)
        json.member("begin", formatInstant(Instant(Duration(edges.begin[at]))))
            .member("end", formatInstant(Instant(Duration(edges.end[at]))));
    json.endObject();
}

void printJson(std::ostream &out, const ipc::GraphReply &reply, const ipc::GraphEdgeColumns &edges)
{
    std::string document;
    JsonWriter json(document);
    json.beginObject().member("nodes_total", reply.nodesTotal);
    json.member("complete", reply.isComplete && reply.nodes.size() == reply.nodesTotal);
    json.key("nodes").beginArray();
    for (const ipc::GraphNode &node : reply.nodes)
        writeNode(json, node);
    json.endArray().key("edges").beginArray();
    for (std::size_t at = 0; at < edges.from.size(); ++at)
        writeEdge(json, reply, edges, at);
    json.endArray().key("paths").beginArray();
    for (const ipc::GraphPath &path : reply.paths) {
        json.beginObject().member("strength", path.strength).key("nodes").beginArray();
        for (const std::uint32_t row : path.nodes)
            if (row < reply.nodes.size())
                json.value(idOf(reply.nodes[row].key));
        json.endArray().endObject();
    }
    json.endArray().key("hubs").beginArray();
    for (const std::uint32_t row : reply.hubs)
        if (row < reply.nodes.size())
            json.value(idOf(reply.nodes[row].key));
    json.endArray().endObject();
    out << document << "\n";
}

void printTable(std::ostream &out, const ipc::GraphReply &reply)
{
    if (!reply.paths.empty()) {
        Table table({{"HOPS", Table::Align::Right}, {"STRENGTH", Table::Align::Right}, {"PATH"}});
        for (const ipc::GraphPath &path : reply.paths) {
            std::string words;
            for (const std::uint32_t row : path.nodes)
                if (row < reply.nodes.size())
                    words += (words.empty() ? "" : " – ") + reply.nodes[row].label;
            table.add({std::to_string(path.nodes.empty() ? 0 : path.nodes.size() - 1),
                       std::format("{:.2f}", path.strength), words});
        }
        return table.print(out);
    }
    Table table({{"HOPS", Table::Align::Right},
                 {"EVENTS", Table::Align::Right},
                 {"NEIGHBOURS", Table::Align::Right},
                 {"KIND"},
                 {"KEY"},
                 {"NAME"}});
    for (const ipc::GraphNode &node : reply.nodes)
        table.add({std::to_string(node.hops), std::to_string(node.evidence),
                   std::to_string(node.neighbours), kindOf(node),
                   node.name.empty() ? idOf(node.key) : node.name, node.label});
    table.print(out);
}

} // namespace

Result<GraphFormat> graphFormatFrom(std::string_view word)
{
    constexpr std::array<std::string_view, 6> kWords{"table", "json", "graphml",
                                                     "gexf",  "csv",  "csv-nodes"};
    const auto found = std::ranges::find(kWords, word);
    if (found == kWords.end())
        return fail(ErrorCode::InvalidInput,
                    std::format("--format is \"{}\", must be table, json, graphml, gexf, csv or "
                                "csv-nodes",
                                word));
    return static_cast<GraphFormat>(found - kWords.begin());
}

std::string_view graphEdgeTypeName(ipc::GraphEdgeType type)
{
    return kTypeNames[static_cast<std::size_t>(type)];
}

std::optional<ipc::GraphEdgeType> graphEdgeTypeFrom(std::string_view word)
{
    const auto found = std::ranges::find(kTypeNames, word);
    if (found == kTypeNames.end())
        return std::nullopt;
    return static_cast<ipc::GraphEdgeType>(found - kTypeNames.begin());
}

Status printGraph(std::ostream &out, const ipc::GraphReply &reply,
                  const ipc::GraphEdgeColumns &edges, GraphFormat format)
{
    if (!ipc::sameLength(edges))
        return fail(ErrorCode::Corrupt, "the service sent edges of different lengths");
    if (format == GraphFormat::Table)
        return printTable(out, reply), Status();
    if (format == GraphFormat::Json)
        return printJson(out, reply, edges), Status();
    const auto state = workspace::joined({}, reply, edges, {});
    if (!state)
        return std::unexpected(state.error());
    const graph::Graph &graph = state->facts->graph;
    Result<std::string> text;
    switch (format) {
    case GraphFormat::GraphMl: text = graph::toGraphMl(graph); break;
    case GraphFormat::Gexf: text = graph::toGexf(graph); break;
    case GraphFormat::CsvNodes: text = graph::toNodeCsv(graph); break;
    default: text = graph::toEdgeCsv(graph); break;
    }
    if (!text)
        return std::unexpected(text.error());
    out << *text;
    return {};
}

void printGraphCounts(std::ostream &out, const ipc::GraphCountsReply &counts, GraphFormat format)
{
    if (format == GraphFormat::Json) {
        std::string document;
        JsonWriter json(document);
        json.beginObject().member("neighbours", counts.neighbours).key("types").beginArray();
        for (const ipc::GraphTypeCount &one : counts.types)
            json.beginObject()
                .member("type", graphEdgeTypeName(one.type))
                .member("neighbours", one.neighbours)
                .member("evidence", one.evidence)
                .endObject();
        json.endArray().endObject();
        out << document << "\n";
        return;
    }
    Table table(
        {{"TYPE"}, {"NEIGHBOURS", Table::Align::Right}, {"STATEMENTS", Table::Align::Right}});
    for (const ipc::GraphTypeCount &one : counts.types)
        table.add({std::string(graphEdgeTypeName(one.type)), std::to_string(one.neighbours),
                   std::to_string(one.evidence)});
    table.print(out);
}

void printGraphEvents(std::ostream &out, const ipc::GraphEventsReply &events, GraphFormat format)
{
    if (format == GraphFormat::Json) {
        std::string document;
        JsonWriter json(document);
        json.beginObject().member("total", events.total).key("events").beginArray();
        for (const schema::EventId id : events.events)
            json.value(std::format("event:{}", id.value));
        json.endArray().endObject();
        out << document << "\n";
        return;
    }
    for (const schema::EventId id : events.events)
        out << std::format("event:{}\n", id.value);
}

} // namespace chrona::cli
