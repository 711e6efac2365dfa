// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/graph_file.h"

#include "chrona/formats/xml.h"
#include "chrona/schema/evidence.h"

#include <charconv>
#include <cmath>
#include <format>
#include <optional>
#include <set>

namespace chrona::workspace {
namespace {

constexpr float kFarthest = 1e9F; ///< as far as layouts go

/// "entity:123", as the graph's files have it.
std::optional<ipc::GraphNodeKey> nodeKeyFrom(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto kind = schema::evidenceKindFrom(text.substr(0, colon));
    std::int64_t id = 0;
    const char *begin = text.data() + colon + 1, *end = text.data() + text.size();
    const auto [behind, error] = std::from_chars(begin, end, id);
    if (!kind || error != std::errc{} || behind != end || id == 0)
        return std::nullopt;
    switch (*kind) {
    case schema::EvidenceKind::Entity: return ipc::GraphNodeKey{ipc::GraphNodeKind::Entity, id};
    case schema::EvidenceKind::Event: return ipc::GraphNodeKey{ipc::GraphNodeKind::Event, id};
    case schema::EvidenceKind::Source: return ipc::GraphNodeKey{ipc::GraphNodeKind::Source, id};
    case schema::EvidenceKind::Cluster: return ipc::GraphNodeKey{ipc::GraphNodeKind::Story, id};
    default: return std::nullopt;
    }
}

std::optional<float> coordinateFrom(std::string_view text)
{
    float value = 0;
    const auto [behind, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = error == std::errc{} && behind == text.data() + text.size() &&
                          std::abs(value) <= kFarthest; // false for what is no number
    return isNumber ? std::optional(value) : std::nullopt;
}

/// GraphML has a place as <data key="x">, GEXF as attributes of <viz:position>.
std::optional<float> coordinateOf(const formats::XmlElement &node, std::string_view name)
{
    for (const formats::XmlElement &child : node.children) {
        std::optional<float> value;
        if (child.local == "data" && child.attribute("key") == name)
            value = coordinateFrom(child.trimmedText());
        else if (child.local == "position")
            value = coordinateFrom(child.attribute(name));
        if (value)
            return value;
    }
    return std::nullopt;
}

/// The name of the outermost element tells the two forms apart; it stands near the beginning.
bool isGexf(std::string_view bytes)
{
    constexpr std::size_t kHead = 4'096;
    const std::string_view head = bytes.substr(0, kHead);
    return head.contains("<gexf") && !head.contains("<graphml");
}

} // namespace

Result<GraphFile> GraphFile::read(std::string_view bytes)
{
    if (bytes.size() > kBytesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("a graph's file of {} MiB is too large", bytes.size() >> 20),
                    std::format("{} MiB are the most", kBytesMax >> 20));
    GraphFile file;
    std::set<ipc::GraphNodeKey> known;
    formats::XmlRecords records;
    records.root = isGexf(bytes) ? "gexf" : "graphml";
    records.isRecord = [](formats::XmlName name, std::size_t) { return name.local == "node"; };
    records.record = [&](const formats::XmlElement &node) {
        const auto key = nodeKeyFrom(node.attribute("id"));
        if (!key) {
            ++file.strangers;
            return;
        }
        if (!known.insert(*key).second)
            return;
        file.nodes.push_back(*key);
        const auto x = coordinateOf(node, "x"), y = coordinateOf(node, "y");
        if (x && y)
            file.places[*key] = {*x, *y};
    };
    if (auto read = formats::readXmlRecords(bytes, records); !read)
        return std::unexpected(read.error());
    if (file.nodes.empty())
        return fail(ErrorCode::InvalidInput,
                    file.strangers == 0
                        ? std::string("the file holds no nodes")
                        : std::format("none of its {} nodes can be looked up here",
                                      file.strangers),
                    "a graph that was exported from here as GraphML or GEXF can be opened again");
    return file;
}

} // namespace chrona::workspace
