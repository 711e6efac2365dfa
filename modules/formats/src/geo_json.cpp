// SPDX-License-Identifier: AGPL-3.0-or-later
#include "geo_parts.h"

#include <format>

namespace chrona::formats {
namespace {

using schema::GeoPoint;

Located<GeoPoint> readPosition(JsonValue position)
{
    const auto pair = readPair(position);
    return pair ? checkedPoint(pair->x, pair->y) : std::unexpected(pair.error());
}

Located<std::vector<GeoPoint>> readPath(JsonValue positions)
{
    if (positions.kind() != JsonValue::Kind::Array)
        return fault("", "is not an array of positions");
    std::vector<GeoPoint> path;
    for (const JsonValue position : positions.items()) {
        const auto point = readPosition(position);
        if (!point)
            return within(std::format("[{}]", path.size()), point.error());
        path.push_back(*point);
    }
    return path;
}

Located<std::vector<GeoPoint>> readLine(JsonValue positions)
{
    auto line = readPath(positions);
    if (line && line->size() < 2)
        return fault("", "has fewer than two positions");
    return line;
}

Located<schema::Polygon> readArea(JsonValue rings)
{
    schema::Polygon area;
    for (const JsonValue positions : rings.items()) {
        const std::string path = std::format("[{}]", area.size());
        auto ring = readPath(positions);
        if (!ring)
            return within(path, ring.error());
        if (ring->size() < 4)
            return fault(path, "has fewer than four positions");
        if (ring->front() != ring->back())
            return fault(path, "is not closed: its last position is not its first");
        area.push_back(std::move(*ring));
    }
    if (area.empty())
        return fault("", "has no ring");
    return area;
}


class GeometryReader {
public:
    explicit GeometryReader(GeometryParts &parts) : m_parts(parts) {}

    Located<> read(JsonValue geometry)
    {
        if (geometry.isNothing())
            return {};
        const auto type = geometry["type"].asString();
        const JsonValue coordinates = geometry["coordinates"];
        if (!type)
            return fault("type", "is missing");
        if (*type == "GeometryCollection")
            return readCollection(geometry["geometries"]);
        if (coordinates.kind() != JsonValue::Kind::Array)
            return fault("coordinates", "are missing");
        auto done = readCoordinates(*type, coordinates);
        if (!done)
            return within("coordinates", done.error());
        return done;
    }

private:
    Located<> readCoordinates(std::string_view type, JsonValue coordinates)
    {
        if (type == "Point")
            return readPoint(coordinates);
        if (type == "LineString")
            return add(readLine(coordinates));
        if (type == "Polygon")
            return add(readArea(coordinates));
        if (type == "MultiPoint")
            return forEach(coordinates, [this](JsonValue part) { return readPoint(part); });
        if (type == "MultiLineString")
            return forEach(coordinates, [this](JsonValue part) { return add(readLine(part)); });
        if (type == "MultiPolygon")
            return forEach(coordinates, [this](JsonValue part) { return add(readArea(part)); });
        return fault(
            "", std::format("belong to '{}', which is no type of geometry", type.substr(0, 40)));
    }

    Located<> readCollection(JsonValue geometries)
    {
        if (geometries.kind() != JsonValue::Kind::Array)
            return fault("geometries", "are missing");
        auto done = forEach(geometries, [this](JsonValue part) { return read(part); });
        if (!done)
            return within("geometries", done.error());
        return done;
    }

    template <class Reader> static Located<> forEach(JsonValue parts, Reader reader)
    {
        std::size_t index = 0;
        for (const JsonValue part : parts.items()) {
            if (auto done = reader(part); !done)
                return within(std::format("[{}]", index), done.error());
            ++index;
        }
        return {};
    }

    Located<> readPoint(JsonValue position)
    {
        const auto point = readPosition(position);
        if (!point)
            return std::unexpected(point.error());
        return m_parts.addPoint(*point) ? Located<>() : fault("", std::string(kOverfull));
    }
    Located<> add(Located<std::vector<GeoPoint>> line)
    {
        if (!line)
            return std::unexpected(line.error());
        return m_parts.addLine(std::move(*line)) ? Located<>() : fault("", std::string(kOverfull));
    }
    Located<> add(Located<schema::Polygon> area)
    {
        if (!area)
            return std::unexpected(area.error());
        return m_parts.addArea(std::move(*area)) ? Located<>() : fault("", std::string(kOverfull));
    }

    GeometryParts &m_parts;
};

Located<GeoFeature> readFeature(JsonValue feature, GeometryParts &parts)
{
    if (feature["type"].asString() != "Feature")
        return fault("type", "is not \"Feature\"");
    if (auto done = GeometryReader(parts).read(feature["geometry"]); !done) {
        parts.clear();
        return within("geometry", done.error());
    }
    return GeoFeature{
        readFeatureId(feature["id"]), {}, readProperties(feature["properties"]), parts.take()};
}

/// GeoJSON of before 2016 may name another coordinate system; then its numbers are not degrees.
Status checkCoordinateSystem(JsonValue root)
{
    const auto name = root["crs"]["properties"]["name"].asString();
    if (!name || name->ends_with("CRS84") || name->ends_with(":4326"))
        return {};
    return fail(ErrorCode::InvalidInput,
                std::format("the coordinates are in {}, not in WGS 84", name->substr(0, 60)),
                "convert the file to longitude and latitude (EPSG:4326)");
}

Result<GeoDocument> readSingle(JsonValue root, std::string_view type, const GeoLimits &limits)
{
    GeoDocument document;
    GeometryParts parts(limits.pointsMax);
    GeoFeature bare;
    if (type != "Feature") {
        const auto done = GeometryReader(parts).read(root);
        if (done)
            bare.geometry = parts.take();
        else
            addFault(document, done.error(), limits);
    } else if (auto feature = readFeature(root, parts)) {
        bare = std::move(*feature);
    } else {
        addFault(document, feature.error(), limits);
    }
    if (parts.isOverfull())
        return tooManyPoints(limits);
    if (document.faultCount == 0) {
        document.features.push_back(std::move(bare));
        document.numbers.push_back(1);
    }
    return document;
}

Result<GeoDocument> readCollection(JsonValue features, const GeoLimits &limits)
{
    GeoDocument document;
    GeometryParts parts(limits.pointsMax);
    std::uint64_t number = 0;
    for (const JsonValue item : features.items()) {
        auto feature = readFeature(item, parts);
        if (parts.isOverfull())
            return tooManyPoints(limits);
        if (++number > limits.featuresMax)
            return tooManyFeatures(limits);
        if (feature) {
            document.features.push_back(std::move(*feature));
            document.numbers.push_back(number);
        } else {
            const auto located = within(std::format("features[{}]", number - 1), feature.error());
            addFault(document, located.error(), limits);
        }
    }
    return document;
}

} // namespace

Result<GeoDocument> readGeoJson(JsonValue root, const GeoLimits &limits)
{
    const auto type = root["type"].asString();
    if (!type)
        return fail(ErrorCode::InvalidInput, "the document has no \"type\", so it is no GeoJSON");
    if (auto status = checkCoordinateSystem(root); !status)
        return std::unexpected(status.error());
    if (*type != "FeatureCollection")
        return readSingle(root, *type, limits);
    if (root["features"].kind() != JsonValue::Kind::Array)
        return fail(ErrorCode::InvalidInput, "the FeatureCollection has no \"features\"");
    return readCollection(root["features"], limits);
}

} // namespace chrona::formats
