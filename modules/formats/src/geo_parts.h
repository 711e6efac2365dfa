// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/geo_feature.h"
#include "chrona/formats/json.h"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// What GeoJSON and TopoJSON have in common.
namespace chrona::formats {

/// A value, or what is wrong and where, the path being relative to what was read.
template <class T = void> using Located = std::expected<T, schema::Fault>;

[[nodiscard]] std::unexpected<schema::Fault> fault(std::string path, std::string reason);
/// Puts the way to a part before a fault that was found in it.
[[nodiscard]] std::unexpected<schema::Fault> within(std::string_view path, schema::Fault inner);

/// Refuses what is not finite or not on the globe; what rounding has put a hair outside is put
/// back.
[[nodiscard]] Located<schema::GeoPoint> checkedPoint(double longitude, double latitude);

/// The two numbers that a position begins with; a height and what else follows are left out.
struct NumberPair {
    double x, y;
};
[[nodiscard]] Located<NumberPair> readPair(JsonValue position);

/// "id" of a feature as text.
[[nodiscard]] std::string readFeatureId(JsonValue id);
[[nodiscard]] schema::Attributes readProperties(JsonValue properties);

/// Gathers the parts of one geometry; those of a collection are put together.
class GeometryParts {
public:
    explicit GeometryParts(std::size_t pointsMax) : m_pointsMax(pointsMax) {}

    /// False: more points than the document may have.
    [[nodiscard]] bool addPoint(schema::GeoPoint point);
    [[nodiscard]] bool addLine(std::vector<schema::GeoPoint> line);
    [[nodiscard]] bool addArea(schema::Polygon area);

    /// The areas, else the lines, else the points. Leaves nothing behind but the count of points.
    [[nodiscard]] schema::Geometry take();
    void clear();
    [[nodiscard]] bool isOverfull() const { return m_pointCount > m_pointsMax; }

private:
    [[nodiscard]] bool count(std::size_t points);

    schema::Geometry m_geometry;
    std::size_t m_pointCount = 0;
    std::size_t m_pointsMax;
};

inline constexpr std::string_view kOverfull = "goes beyond the points that a document may have";

/// What fails a document rather than a feature.
[[nodiscard]] std::unexpected<Error> tooManyPoints(const GeoLimits &limits);
[[nodiscard]] std::unexpected<Error> tooManyFeatures(const GeoLimits &limits);
void addFault(GeoDocument &document, schema::Fault fault, const GeoLimits &limits);

[[nodiscard]] Result<GeoDocument> readGeoJson(JsonValue root, const GeoLimits &limits);
[[nodiscard]] Result<GeoDocument> readTopoJson(JsonValue root, const GeoLimits &limits);

} // namespace chrona::formats
