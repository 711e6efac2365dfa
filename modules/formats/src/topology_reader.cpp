// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topology_reader.h"

#include <format>

namespace chrona::formats {
namespace {

using schema::GeoPoint;

Located<> located(std::string_view path, Located<> done)
{
    return done ? done : within(path, done.error());
}

template <class Reader> Located<> forEach(std::string_view path, JsonValue parts, Reader reader)
{
    if (parts.kind() != JsonValue::Kind::Array)
        return fault(std::string(path), "are missing");
    std::size_t index = 0;
    for (const JsonValue part : parts.items()) {
        if (auto done = reader(part); !done)
            return within(std::format("{}[{}]", path, index), done.error());
        ++index;
    }
    return {};
}

bool append(std::vector<GeoPoint> &path, const std::vector<GeoPoint> &arc, bool reversed)
{
    const GeoPoint first = reversed ? arc.back() : arc.front();
    if (!path.empty() && path.back() != first)
        return false;
    const std::ptrdiff_t shared = path.empty() ? 0 : 1;
    if (reversed)
        path.insert(path.end(), arc.rbegin() + shared, arc.rend());
    else
        path.insert(path.end(), arc.begin() + shared, arc.end());
    return true;
}

} // namespace

Located<GeoPoint> TopologyTransform::apply(NumberPair pair) const
{
    return checkedPoint(pair.x * scale.x + translate.x, pair.y * scale.y + translate.y);
}

Status checkTopology(JsonValue root)
{
    if (root["type"].asString() != "Topology")
        return fail(ErrorCode::InvalidInput,
                    "the document is no TopoJSON: its type is not Topology");
    if (root["objects"].kind() != JsonValue::Kind::Object)
        return fail(ErrorCode::InvalidInput, "the topology has no \"objects\"");
    if (root["arcs"].kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the topology has no \"arcs\"");
    return {};
}

Result<TopologyTransform> readTransform(JsonValue value)
{
    TopologyTransform transform;
    if (value.isNothing())
        return transform;
    const auto scale = readPair(value["scale"]);
    const auto translate = readPair(value["translate"]);
    if (!scale || !translate)
        return fail(ErrorCode::InvalidInput,
                    "the topology's \"transform\" has no scale or translate");
    return TopologyTransform{true, *scale, *translate};
}

TopologyArc placeArc(const std::vector<NumberPair> &positions, const TopologyTransform &transform)
{
    std::vector<GeoPoint> arc;
    arc.reserve(positions.size());
    NumberPair sum{0, 0};
    for (const NumberPair &pair : positions) {
        sum = transform.isQuantised ? NumberPair{sum.x + pair.x, sum.y + pair.y} : pair;
        const auto point = transform.apply(sum);
        if (!point)
            return within(std::format("[{}]", arc.size()), point.error());
        arc.push_back(*point);
    }
    if (arc.size() < 2)
        return fault("", "has fewer than two positions");
    return arc;
}

TopologyReader::TopologyReader(ArcSource &arcs, const TopologyTransform &transform,
                               const GeoLimits &limits)
    : m_arcs(arcs), m_transform(transform), m_limits(limits), m_parts(limits.pointsMax)
{
}

Status TopologyReader::readObject(std::string_view name, JsonValue object)
{
    const std::string path = std::format("objects.{}", name);
    if (object["type"].asString() != "GeometryCollection")
        return readFeature(name, path, object);
    std::size_t index = 0;
    for (const JsonValue geometry : object["geometries"].items())
        if (auto status =
                readFeature(name, std::format("{}.geometries[{}]", path, index++), geometry);
            !status)
            return status;
    return {};
}

Status TopologyReader::readFeature(std::string_view layer, std::string_view path,
                                   JsonValue geometry)
{
    const auto done = readGeometry(geometry);
    if (m_parts.isOverfull())
        return tooManyPoints(m_limits);
    if (++m_number > m_limits.featuresMax)
        return tooManyFeatures(m_limits);
    if (!done) {
        m_parts.clear();
        addFault(m_document, within(path, done.error()).error(), m_limits);
        return {};
    }
    m_document.features.push_back({readFeatureId(geometry["id"]), std::string(layer),
                                   readProperties(geometry["properties"]), m_parts.take()});
    m_document.numbers.push_back(m_number);
    return {};
}

Located<> TopologyReader::readGeometry(JsonValue geometry)
{
    if (geometry["type"].kind() == JsonValue::Kind::Null)
        return {};
    const auto type = geometry["type"].asString();
    if (!type)
        return fault("type", "is missing");
    if (*type == "GeometryCollection")
        return forEach("geometries", geometry["geometries"],
                       [this](JsonValue part) { return readGeometry(part); });
    if (*type == "Point")
        return located("coordinates", readPoint(geometry["coordinates"]));
    if (*type == "MultiPoint")
        return forEach("coordinates", geometry["coordinates"],
                       [this](JsonValue part) { return readPoint(part); });
    const JsonValue arcs = geometry["arcs"];
    if (*type == "LineString")
        return located("arcs", readLine(arcs));
    if (*type == "MultiLineString")
        return forEach("arcs", arcs, [this](JsonValue part) { return readLine(part); });
    if (*type == "Polygon")
        return located("arcs", readArea(arcs));
    if (*type == "MultiPolygon")
        return forEach("arcs", arcs, [this](JsonValue part) { return readArea(part); });
    return fault("type", std::format("is '{}', which is no type of geometry", type->substr(0, 40)));
}

Located<> TopologyReader::readPoint(JsonValue position)
{
    const auto pair = readPair(position);
    if (!pair)
        return std::unexpected(pair.error());
    const auto point = m_transform.apply(*pair);
    if (!point)
        return std::unexpected(point.error());
    return m_parts.addPoint(*point) ? Located<>() : fault("", std::string(kOverfull));
}

Located<> TopologyReader::readLine(JsonValue indices)
{
    auto line = stitch(indices);
    if (!line)
        return std::unexpected(line.error());
    return m_parts.addLine(std::move(*line)) ? Located<>() : fault("", std::string(kOverfull));
}

Located<> TopologyReader::readArea(JsonValue rings)
{
    schema::Polygon area;
    for (const JsonValue indices : rings.items()) {
        const std::string path = std::format("[{}]", area.size());
        auto ring = stitch(indices);
        if (!ring)
            return within(path, ring.error());
        if (ring->front() != ring->back())
            return fault(path, "is not closed");
        // Simplification can leave a ring of two points; the format's own client fills it up
        // so.
        while (ring->size() < 4)
            ring->push_back(ring->front());
        area.push_back(std::move(*ring));
    }
    if (area.empty())
        return fault("", "has no ring");
    return m_parts.addArea(std::move(area)) ? Located<>() : fault("", std::string(kOverfull));
}

/// Arcs end to end; a negative index means the arc of its complement, reversed.
Located<std::vector<GeoPoint>> TopologyReader::stitch(JsonValue indices) const
{
    std::vector<GeoPoint> path;
    std::size_t position = 0;
    for (const JsonValue item : indices.items()) {
        const std::string here = std::format("[{}]", position++);
        const auto index = item.asInteger();
        if (!index)
            return fault(here, "is not the number of an arc");
        const auto number = static_cast<std::uint64_t>(*index < 0 ? ~*index : *index);
        if (number >= m_arcs.count())
            return fault(here, std::format("is {}, there are {} arcs", *index, m_arcs.count()));
        if (const TopologyArc &arc = m_arcs.at(number); !arc)
            return fault(here, std::format("uses arcs[{}]{}, which {}", number, arc.error().field,
                                           arc.error().reason));
        else if (!append(path, *arc, *index < 0))
            return fault(here, "does not begin where the arc before it ends");
        if (path.size() > m_limits.pointsMax)
            return fault(here, std::string(kOverfull));
    }
    if (path.size() < 2)
        return fault("", "has no arc");
    return path;
}

} // namespace chrona::formats
