// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topology_stream.h"

#include "packed_arc.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <format>
#include <limits>

namespace chrona::formats {
namespace {

constexpr std::uint32_t kObjectItself = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kFeaturesAtOnce = 1'000, kPointsAtOnce = 500'000;

bool isStructural(char byte)
{
    return byte == '{' || byte == '}' || byte == '[' || byte == ']' || byte == ',' || byte == ':';
}

/// Of which object a geometry is, and the how-manieth in it.
struct HeldHead {
    std::uint32_t object = 0, index = 0;
};

/// Unpacks an arc when it is asked for.
class HeldArcs final : public ArcSource {
public:
    HeldArcs(const ByteRecords &arcs, const TopologyTransform &transform)
        : m_arcs(arcs), m_transform(transform)
    {
    }
    [[nodiscard]] std::size_t count() const override { return m_arcs.count(); }
    [[nodiscard]] const TopologyArc &at(std::size_t number) override
    {
        if (number == m_number)
            return m_arc;
        const auto positions = unpackArc(m_arcs.at(number));
        m_arc = positions ? placeArc(*positions, m_transform)
                          : TopologyArc(std::unexpected(positions.error()));
        m_number = number;
        return m_arc;
    }

private:
    const ByteRecords &m_arcs;
    const TopologyTransform &m_transform;
    TopologyArc m_arc;
    std::size_t m_number = std::numeric_limits<std::size_t>::max();
};

} // namespace

TopologyStream::TopologyStream(std::size_t bytesMax)
    : m_bound(bytesMax), m_arcs(m_bound), m_geometries(m_bound), m_scanner(m_bound, m_arcs)
{
}

bool TopologyStream::isBegunBy(std::string_view head)
{
    std::size_t depth = 0;
    std::string_view name;
    for (std::size_t at = 0; at < head.size(); ++at) {
        const char byte = head[at];
        if (byte == '"') {
            const std::size_t begin = at + 1;
            for (++at; at < head.size() && head[at] != '"'; ++at)
                at += head[at] == '\\' ? 1 : 0;
            name = head.substr(begin, std::min(at, head.size()) - begin);
        } else if (byte == '{' || byte == '[') {
            ++depth;
        } else if (byte == '}' || byte == ']') {
            depth -= depth > 0 ? 1 : 0;
        } else if (byte == ':' && depth == 1) {
            if (name == "objects" || name == "arcs" || name == "transform")
                return true;
            if (name == "features" || name == "geometry" || name == "coordinates")
                return false;
        }
    }
    return false;
}

/// Capacity is counted, and so is the old text while the new one is made.
Status TopologyStream::keep(std::string &text, char byte, std::size_t bytesMax)
{
    if (text.size() >= bytesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("what belongs to no geometry and no arc of the topology, or to one "
                                "geometry, is larger than {} MiB",
                                bytesMax >> 20));
    if (text.size() == text.capacity()) {
        const std::size_t before = text.capacity();
        const std::size_t after = std::max<std::size_t>(2 * before, 256);
        if (!m_bound.take(after))
            return beyondMemory(m_bound);
        text.reserve(after);
        m_bound.give(before >= 256 ? before : 0);
    }
    text += byte;
    return {};
}

std::size_t TopologyStream::aroundMax() const
{
    return m_isInObject ? m_objectAt + kGeometryBytesMax : kAroundBytesMax;
}

Status TopologyStream::beginValue(char byte)
{
    m_isAfterColon = false;
    if (m_depth == 1 && byte == '{' && m_string.head() == "objects" && !m_hasObjects) {
        m_hasObjects = m_isInObjects = true;
    } else if (m_depth == 1 && byte == '[' && m_string.head() == "arcs" && !m_hasArcs) {
        m_hasArcs = true;
        m_place = Place::Arcs;
    } else if (m_isInObjects && m_depth == 2) {
        m_isInObject = true;
        m_hasGeometries = false;
        m_objectAt = m_around.size();
    } else if (m_isInObject && m_depth == 3 && byte == '[' && m_string.head() == "geometries" &&
               !m_hasGeometries) {
        m_hasGeometries = true;
        m_place = Place::Geometries;
        m_isAfterComma = true; // nothing came yet that a comma could part
        m_index = 0;
        ++m_layers;
    }
    return {};
}

/// One that is no list of geometries is one geometry itself.
Status TopologyStream::endObject()
{
    m_isInObject = false;
    if (!m_hasGeometries) {
        ++m_layers;
        if (auto held = hold(std::string_view(m_around).substr(m_objectAt), kObjectItself); !held)
            return held;
        m_around.resize(m_objectAt);
        m_around += '0';
    }
    ++m_objects;
    return {};
}

Status TopologyStream::pushAround(char byte)
{
    if (m_string.isInside()) {
        m_string.push(byte);
        return keep(m_around, byte, aroundMax());
    }
    if (isJsonBlank(byte) &&
        (m_around.empty() || isStructural(m_around.back()) || m_around.back() == ' '))
        return {};
    if (m_isAfterColon && !isJsonBlank(byte))
        if (auto begun = beginValue(byte); !begun)
            return begun;
    switch (byte) {
    case '"': m_string.begin(); break;
    case ':': m_isAfterColon = true; break;
    case '{':
    case '[':
        // The list's own end comes from where it is read.
        m_depth += m_place == Place::Around ? 1 : 0;
        break;
    case ',':
    case '}':
    case ']':
        if (m_isInObject && m_depth == 2)
            if (auto ended = endObject(); !ended)
                return ended;
        if (byte == ',')
            break;
        m_isInObjects = m_isInObjects && m_depth != 2;
        m_depth -= m_depth > 0 ? 1 : 0;
        break;
    default: break;
    }
    return keep(m_around, isJsonBlank(byte) ? ' ' : byte, aroundMax());
}

Status TopologyStream::hold(std::string_view text, std::uint32_t index)
{
    const GeoLimits limits;
    if (m_geometries.count() >= limits.featuresMax)
        return tooManyFeatures(limits);
    const HeldHead head{m_objects, index};
    std::array<char, sizeof head> bytes{};
    std::memcpy(bytes.data(), &head, sizeof head);
    return m_geometries.add({bytes.data(), bytes.size()}, text) ? Status() : beyondMemory(m_bound);
}

Status TopologyStream::pushGeometries(char byte)
{
    if (isJsonBlank(byte))
        return {};
    if (byte == ']' && (!m_isAfterComma || m_index == 0)) {
        m_place = Place::Around;
        return keep(m_around, byte, aroundMax());
    }
    if (byte == ',' && !m_isAfterComma) {
        m_isAfterComma = true;
        return {};
    }
    if (byte != '{' || !m_isAfterComma)
        return fail(ErrorCode::InvalidInput,
                    std::format("geometry {} of the topology's object {} is no object", m_index,
                                m_objects + 1));
    m_isAfterComma = false;
    m_place = Place::Geometry;
    m_geometry.clear();
    m_depth = 1;
    return keep(m_geometry, byte, kGeometryBytesMax);
}

Status TopologyStream::pushGeometry(char byte)
{
    if (m_string.isInside())
        m_string.push(byte);
    else if (isJsonBlank(byte) && (isStructural(m_geometry.back()) || m_geometry.back() == ' '))
        return {};
    else if (byte == '"')
        m_string.begin();
    else if (byte == '{' || byte == '[')
        ++m_depth;
    else if (byte == '}' || byte == ']')
        --m_depth;
    if (auto kept = keep(m_geometry, byte, kGeometryBytesMax); !kept)
        return kept;
    if (m_depth > 0)
        return {};
    m_place = Place::Geometries;
    m_depth = 3; // in the object again
    return hold(m_geometry, m_index++);
}

Status TopologyStream::push(std::string_view bytes)
{
    while (!bytes.empty()) {
        if (m_place == Place::Arcs) {
            const auto taken = m_scanner.push(bytes);
            if (!taken)
                return std::unexpected(taken.error());
            bytes.remove_prefix(*taken);
            if (!m_scanner.isDone())
                break;
            m_place = Place::Around;
            if (auto kept = keep(m_around, ']', aroundMax()); !kept)
                return kept;
            continue;
        }
        const char byte = bytes.front();
        bytes.remove_prefix(1);
        const Status done = m_place == Place::Around       ? pushAround(byte)
                            : m_place == Place::Geometries ? pushGeometries(byte)
                                                           : pushGeometry(byte);
        if (!done)
            return done;
    }
    return {};
}

Status TopologyStream::finish()
{
    if (m_place != Place::Around || m_string.isInside() || m_depth != 0)
        return fail(ErrorCode::InvalidInput,
                    std::format("the topology is cut off, after {} geometries and {} arcs",
                                m_geometries.count(), m_arcs.count()),
                    "bring the whole file: its geometries need all arcs");
    const auto document = JsonDocument::parse(m_around);
    if (!document)
        return std::unexpected(document.error());
    const JsonValue root = document->root();
    if (auto checked = checkTopology(root); !checked)
        return checked;
    const auto transform = readTransform(root["transform"]);
    if (!transform)
        return std::unexpected(transform.error());
    m_transform = *transform;
    for (const auto [name, object] : root["objects"].members()) {
        if (object.kind() == JsonValue::Kind::Object &&
            object["type"].asString() != "GeometryCollection")
            return fail(
                ErrorCode::InvalidInput,
                std::format("objects.{} has geometries but is no GeometryCollection", name));
        m_names.emplace_back(name);
    }
    if (m_names.size() != m_objects)
        return fail(ErrorCode::InvalidInput, "the topology's objects cannot be told apart");
    return {};
}

Result<GeoDocument> TopologyStream::readHeld(std::string_view record, ArcSource &arcs)
{
    HeldHead head;
    std::memcpy(&head, record.data(), sizeof head);
    record.remove_prefix(sizeof head);
    const std::string &name = m_names[head.object];
    const bool isItself = head.index == kObjectItself;
    const std::string path = isItself ? std::format("objects.{}", name)
                                      : std::format("objects.{}.geometries[{}]", name, head.index);
    GeoLimits limits;
    limits.pointsMax = std::min(kPointsMax, kAllPointsMax - m_points);
    TopologyReader reader(arcs, m_transform, limits);
    const auto document = JsonDocument::parse(record);
    if (!document)
        return fail(document.error().code, std::format("{}: {}", path, document.error().what),
                    document.error().remedy);
    const Status done = isItself ? reader.readObject(name, document->root())
                                 : reader.readFeature(name, path, document->root());
    if (!done)
        return fail(done.error().code, std::format("at {}: {}", path, done.error().what),
                    done.error().remedy);
    return reader.takeDocument();
}

Result<GeoDocument> TopologyStream::next()
{
    GeoDocument all;
    HeldArcs arcs(m_arcs, m_transform);
    std::size_t points = 0;
    while (left() > 0 && all.features.size() + all.faultCount < kFeaturesAtOnce &&
           points < kPointsAtOnce) {
        auto one = readHeld(m_geometries.at(m_taken), arcs);
        if (!one)
            return one;
        ++m_taken;
        for (GeoFeature &feature : one->features) {
            points += schema::pointCount(feature.geometry);
            all.features.push_back(std::move(feature));
            all.numbers.push_back(m_taken);
        }
        all.faultCount += one->faultCount;
        std::ranges::move(one->faults, std::back_inserter(all.faults));
    }
    m_points += points;
    return all;
}

} // namespace chrona::formats
