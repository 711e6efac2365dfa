// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/graph/graph_files.h"

#include "chrona/schema/text.h"

#include <format>
#include <iterator>

namespace chrona::graph {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Broken bytes replaced one by one.
std::string soundUtf8(std::string_view text)
{
    std::string sound;
    while (const auto bad = schema::firstInvalidUtf8(text)) {
        sound += text.substr(0, *bad);
        sound += kReplacement;
        text.remove_prefix(*bad + 1);
    }
    return sound.append(text);
}

/// Good between tags and in attributes: line ends and tabs as numbers, or a reader would fold them.
std::string xmlText(std::string_view foreign)
{
    std::string escaped;
    const std::string text = soundUtf8(foreign);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
        case '&': escaped += "&amp;"; break;
        case '<': escaped += "&lt;"; break;
        case '>': escaped += "&gt;"; break;
        case '"': escaped += "&quot;"; break;
        case '\t': escaped += "&#9;"; break;
        case '\n': escaped += "&#10;"; break;
        case '\r': escaped += "&#13;"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
                escaped += kReplacement;
            } else if (const auto wide = std::string_view(text).substr(i, 3);
                       wide == "\xEF\xBF\xBE" || wide == "\xEF\xBF\xBF") {
                // U+FFFE and U+FFFF are no characters of XML.
                escaped += kReplacement;
                i += 2;
            } else {
                escaped += c;
            }
        }
    }
    return escaped;
}

std::string csvText(std::string_view foreign)
{
    std::string text = soundUtf8(foreign);
    if (!text.empty() && std::string_view("=+-@\t\r").contains(text.front()))
        text.insert(0, 1, '\'');
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        if (c == '\0')
            quoted += kReplacement;
        else
            quoted += c;
    }
    return quoted + '"';
}

std::string instantText(const std::optional<Instant> &instant)
{
    return instant ? formatInstant(*instant) : std::string();
}

std::string evidenceText(const Graph &graph, const Edge &edge)
{
    std::string text;
    for (const NodeKey &key : graph.evidence(edge)) {
        if (!text.empty())
            text += ' ';
        text += keyText(key);
    }
    return text;
}

template <class... Args>
void append(std::string &text, std::format_string<Args...> format, Args &&...args)
{
    std::format_to(std::back_inserter(text), format, std::forward<Args>(args)...);
}

Status checkPositions(const Graph &graph, std::span<const Point> positions)
{
    if (!positions.empty() && positions.size() != graph.nodeCount())
        return fail(ErrorCode::InvalidInput, "positions are not one for each node");
    return {};
}

constexpr std::string_view kGraphMlHead = R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="kind" for="node" attr.name="kind" attr.type="string"/>
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="longitude" for="node" attr.name="longitude" attr.type="double"/>
<key id="latitude" for="node" attr.name="latitude" attr.type="double"/>
<key id="x" for="node" attr.name="x" attr.type="float"/>
<key id="y" for="node" attr.name="y" attr.type="float"/>
<key id="type" for="edge" attr.name="type" attr.type="string"/>
<key id="weight" for="edge" attr.name="weight" attr.type="float"/>
<key id="begin" for="edge" attr.name="begin" attr.type="string"/>
<key id="end" for="edge" attr.name="end" attr.type="string"/>
<key id="evidence" for="edge" attr.name="evidence" attr.type="string"/>
<key id="evidence_count" for="edge" attr.name="evidence_count" attr.type="long"/>
<graph edgedefault="directed">
)";

constexpr std::string_view kGexfHead = R"(<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="directed" mode="dynamic" timeformat="datetime">
<attributes class="node">
<attribute id="kind" title="kind" type="string"/>
<attribute id="longitude" title="longitude" type="double"/>
<attribute id="latitude" title="latitude" type="double"/>
</attributes>
<attributes class="edge">
<attribute id="evidence" title="evidence" type="string"/>
<attribute id="evidence_count" title="evidence_count" type="long"/>
</attributes>
)";

} // namespace

std::string keyText(NodeKey key)
{
    return std::format("{}:{}", schema::toString(key.kind), key.id);
}

Result<std::string> toGraphMl(const Graph &graph, std::span<const Point> positions)
{
    if (const auto checked = checkPositions(graph, positions); !checked)
        return std::unexpected(checked.error());
    std::string text(kGraphMlHead);
    for (NodeIndex i = 0; i < graph.nodeCount(); ++i) {
        const Node &node = graph.node(i);
        append(text, R"(<node id="{}"><data key="kind">{}</data><data key="label">{}</data>)",
               keyText(node.key), schema::toString(node.key.kind), xmlText(node.label));
        if (node.place)
            append(text, R"(<data key="longitude">{}</data><data key="latitude">{}</data>)",
                   node.place->longitude, node.place->latitude);
        if (!positions.empty())
            append(text, R"(<data key="x">{}</data><data key="y">{}</data>)", positions[i].x,
                   positions[i].y);
        text += "</node>\n";
    }
    for (EdgeIndex i = 0; i < graph.edgeCount(); ++i) {
        const Edge &edge = graph.edge(i);
        append(text,
               R"(<edge id="e{}" source="{}" target="{}"><data key="type">{}</data>)"
               R"(<data key="weight">{}</data>)",
               i, keyText(graph.node(edge.from).key), keyText(graph.node(edge.to).key),
               xmlText(graph.typeName(edge)), edge.weight);
        if (edge.begin)
            append(text, R"(<data key="begin">{}</data>)", instantText(edge.begin));
        if (edge.end)
            append(text, R"(<data key="end">{}</data>)", instantText(edge.end));
        if (edge.evidenceCount > 0)
            append(text, R"(<data key="evidence">{}</data>)", evidenceText(graph, edge));
        if (const std::uint32_t total = Graph::evidenceOf(edge); total > 0)
            append(text, R"(<data key="evidence_count">{}</data>)", total);
        text += "</edge>\n";
    }
    return text + "</graph>\n</graphml>\n";
}

Result<std::string> toGexf(const Graph &graph, std::span<const Point> positions)
{
    if (const auto checked = checkPositions(graph, positions); !checked)
        return std::unexpected(checked.error());
    std::string text(kGexfHead);
    text += "<nodes>\n";
    for (NodeIndex i = 0; i < graph.nodeCount(); ++i) {
        const Node &node = graph.node(i);
        append(text, R"(<node id="{}" label="{}"><attvalues><attvalue for="kind" value="{}"/>)",
               keyText(node.key), xmlText(node.label), schema::toString(node.key.kind));
        if (node.place)
            append(text,
                   R"(<attvalue for="longitude" value="{}"/><attvalue for="latitude" value="{}"/>)",
                   node.place->longitude, node.place->latitude);
        text += "</attvalues>";
        if (!positions.empty())
            append(text, R"(<viz:position x="{}" y="{}" z="0"/>)", positions[i].x, positions[i].y);
        text += "</node>\n";
    }
    text += "</nodes>\n<edges>\n";
    for (EdgeIndex i = 0; i < graph.edgeCount(); ++i) {
        const Edge &edge = graph.edge(i);
        append(text, R"(<edge id="{}" source="{}" target="{}" kind="{}" weight="{}")", i,
               keyText(graph.node(edge.from).key), keyText(graph.node(edge.to).key),
               xmlText(graph.typeName(edge)), edge.weight);
        if (edge.begin)
            append(text, R"( start="{}")", instantText(edge.begin));
        if (edge.end)
            append(text, R"( endopen="{}")", instantText(edge.end));
        append(text,
               R"(><attvalues><attvalue for="evidence" value="{}"/>)"
               R"(<attvalue for="evidence_count" value="{}"/></attvalues></edge>)",
               evidenceText(graph, edge), Graph::evidenceOf(edge));
        text += '\n';
    }
    return text + "</edges>\n</graph>\n</gexf>\n";
}

Result<std::string> toNodeCsv(const Graph &graph, std::span<const Point> positions)
{
    if (const auto checked = checkPositions(graph, positions); !checked)
        return std::unexpected(checked.error());
    std::string text = "id,kind,label,longitude,latitude,x,y\r\n";
    for (NodeIndex i = 0; i < graph.nodeCount(); ++i) {
        const Node &node = graph.node(i);
        append(text, "{},{},{},", keyText(node.key), schema::toString(node.key.kind),
               csvText(node.label));
        if (node.place)
            append(text, "{},{},", node.place->longitude, node.place->latitude);
        else
            text += ",,";
        if (positions.empty())
            text += ",\r\n";
        else
            append(text, "{},{}\r\n", positions[i].x, positions[i].y);
    }
    return text;
}

std::string toEdgeCsv(const Graph &graph)
{
    std::string text = "source,target,type,weight,begin,end,evidence,evidence_count\r\n";
    for (const Edge &edge : graph.parts().edges)
        append(text, "{},{},{},{},{},{},{},{}\r\n", keyText(graph.node(edge.from).key),
               keyText(graph.node(edge.to).key), csvText(graph.typeName(edge)), edge.weight,
               instantText(edge.begin), instantText(edge.end), evidenceText(graph, edge),
               Graph::evidenceOf(edge));
    return text;
}

} // namespace chrona::graph
