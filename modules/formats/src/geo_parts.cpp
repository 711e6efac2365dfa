// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo_parts.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::formats {
namespace {

/// In degrees: a tenth of a metre.
constexpr double kRoundingSlack = 1e-6;

std::string joined(std::string_view outer, std::string_view inner)
{
    if (outer.empty() || inner.empty() || inner.front() == '[')
        return std::format("{}{}", outer, inner);
    return std::format("{}.{}", outer, inner);
}

} // namespace

std::unexpected<schema::Fault> fault(std::string path, std::string reason)
{
    return std::unexpected(schema::Fault{std::move(path), std::move(reason)});
}

std::unexpected<schema::Fault> within(std::string_view path, schema::Fault inner)
{
    inner.field = joined(path, inner.field);
    return std::unexpected(std::move(inner));
}

Located<schema::GeoPoint> checkedPoint(double longitude, double latitude)
{
    if (!std::isfinite(longitude) || !std::isfinite(latitude))
        return fault("", "is not a finite number");
    if (std::abs(longitude) > 180 + kRoundingSlack)
        return fault("[0]",
                     std::format("is {}, a longitude must be between -180 and 180", longitude));
    if (std::abs(latitude) > 90 + kRoundingSlack)
        return fault("[1]", std::format("is {}, a latitude must be between -90 and 90", latitude));
    return schema::GeoPoint{std::clamp(longitude, -180.0, 180.0),
                            std::clamp(latitude, -90.0, 90.0)};
}

Located<NumberPair> readPair(JsonValue position)
{
    NumberPair pair{};
    std::size_t count = 0;
    for (const JsonValue item : position.items()) {
        const auto number = item.asDouble();
        if (!number)
            return fault(std::format("[{}]", count), "is not a number");
        (count == 0 ? pair.x : pair.y) = *number;
        if (++count == 2)
            return pair;
    }
    return fault("", "is not a position of two numbers");
}

std::string readFeatureId(JsonValue id)
{
    if (const auto text = id.asString())
        return std::string(*text);
    return id.asDouble() ? id.toJson() : std::string();
}

schema::Attributes readProperties(JsonValue properties)
{
    schema::Attributes attributes;
    for (const auto [name, value] : properties.members()) {
        using Kind = JsonValue::Kind;
        switch (value.kind()) {
        case Kind::Missing:
        case Kind::Null: break;
        case Kind::Bool: attributes.push_back({std::string(name), *value.asBool()}); break;
        case Kind::Integer: attributes.push_back({std::string(name), *value.asInteger()}); break;
        case Kind::Double: attributes.push_back({std::string(name), *value.asDouble()}); break;
        case Kind::String:
            attributes.push_back({std::string(name), std::string(*value.asString())});
            break;
        case Kind::Array:
        case Kind::Object: attributes.push_back({std::string(name), value.toJson()}); break;
        }
    }
    std::ranges::stable_sort(attributes, {}, &schema::Attribute::key);
    // The first of a name that appears twice, as JsonValue has it too.
    const auto repeated = std::ranges::unique(attributes, {}, &schema::Attribute::key);
    attributes.erase(repeated.begin(), repeated.end());
    return attributes;
}

bool GeometryParts::count(std::size_t points)
{
    m_pointCount += points;
    return !isOverfull();
}

bool GeometryParts::addPoint(schema::GeoPoint point)
{
    m_geometry.points.push_back(point);
    return count(1);
}

bool GeometryParts::addLine(std::vector<schema::GeoPoint> line)
{
    const std::size_t points = line.size();
    m_geometry.lines.push_back(std::move(line));
    return count(points);
}

bool GeometryParts::addArea(schema::Polygon area)
{
    std::size_t points = 0;
    for (const schema::Ring &ring : area)
        points += ring.size();
    m_geometry.areas.push_back(std::move(area));
    return count(points);
}

schema::Geometry GeometryParts::take()
{
    using Kind = schema::Geometry::Kind;
    schema::Geometry geometry;
    if (!m_geometry.areas.empty()) {
        geometry.kind = Kind::Areas;
        geometry.areas = std::move(m_geometry.areas);
    } else if (!m_geometry.lines.empty()) {
        geometry.kind = Kind::Lines;
        geometry.lines = std::move(m_geometry.lines);
    } else if (!m_geometry.points.empty()) {
        geometry.kind = Kind::Point;
        geometry.points = std::move(m_geometry.points);
    }
    clear();
    return geometry;
}

void GeometryParts::clear()
{
    m_geometry = {};
}

std::unexpected<Error> tooManyPoints(const GeoLimits &limits)
{
    return fail(ErrorCode::InvalidInput,
                std::format("the document has more than {} points", limits.pointsMax),
                "simplify it, or split it into several files");
}

std::unexpected<Error> tooManyFeatures(const GeoLimits &limits)
{
    return fail(ErrorCode::InvalidInput,
                std::format("the document has more than {} features", limits.featuresMax),
                "split it into several files");
}

void addFault(GeoDocument &document, schema::Fault fault, const GeoLimits &limits)
{
    ++document.faultCount;
    if (document.faults.size() < limits.faultsMax)
        document.faults.push_back(std::move(fault));
}

Result<GeoDocument> readGeoDocument(std::string_view text, const GeoLimits &limits)
{
    const auto document = JsonDocument::parse(text, {.bytesMax = limits.bytesMax});
    if (!document)
        return std::unexpected(document.error());
    const bool isTopology = document->root()["type"].asString() == "Topology";
    return isTopology ? readTopoJson(document->root(), limits)
                      : readGeoJson(document->root(), limits);
}

Result<GeoDocument> readGeoJson(std::string_view text, const GeoLimits &limits)
{
    const auto document = JsonDocument::parse(text, {.bytesMax = limits.bytesMax});
    if (!document)
        return std::unexpected(document.error());
    return readGeoJson(document->root(), limits);
}

Result<GeoDocument> readTopoJson(std::string_view text, const GeoLimits &limits)
{
    const auto document = JsonDocument::parse(text, {.bytesMax = limits.bytesMax});
    if (!document)
        return std::unexpected(document.error());
    return readTopoJson(document->root(), limits);
}

} // namespace chrona::formats
