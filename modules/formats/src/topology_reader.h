// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "geo_parts.h"

#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// From whole steps of a grid to degrees.
struct TopologyTransform {
    bool isQuantised = false;
    NumberPair scale{1, 1};
    NumberPair translate{0, 0};

    [[nodiscard]] Located<schema::GeoPoint> apply(NumberPair pair) const;
};

/// Whether a document says that it is a topology, with objects and arcs.
[[nodiscard]] Status checkTopology(JsonValue root);

/// Fails where the document has one that is none.
[[nodiscard]] Result<TopologyTransform> readTransform(JsonValue value);

/// One arc, or what is wrong with it: only the features that use it are lost.
using TopologyArc = Located<std::vector<schema::GeoPoint>>;

/// Of the numbers that the file has for it.
[[nodiscard]] TopologyArc placeArc(const std::vector<NumberPair> &positions,
                                   const TopologyTransform &transform);

class ArcSource {
public:
    virtual ~ArcSource() = default;
    [[nodiscard]] virtual std::size_t count() const = 0;
    /// Of a number below count(). Valid until the next call.
    [[nodiscard]] virtual const TopologyArc &at(std::size_t number) = 0;
};

/// Geometries of a topology to features. What it is given must outlive it.
class TopologyReader {
public:
    TopologyReader(ArcSource &arcs, const TopologyTransform &transform, const GeoLimits &limits);

    /// A member of "objects": one feature, or each of a collection. Fails where the document goes
    /// beyond its limits.
    [[nodiscard]] Status readObject(std::string_view name, JsonValue object);
    [[nodiscard]] Status readFeature(std::string_view layer, std::string_view path,
                                     JsonValue geometry);
    [[nodiscard]] GeoDocument takeDocument() { return std::move(m_document); }

private:
    Located<> readGeometry(JsonValue geometry);
    Located<> readPoint(JsonValue position);
    Located<> readLine(JsonValue indices);
    Located<> readArea(JsonValue rings);
    Located<std::vector<schema::GeoPoint>> stitch(JsonValue indices) const;

    ArcSource &m_arcs;
    const TopologyTransform &m_transform;
    const GeoLimits &m_limits;
    GeometryParts m_parts;
    GeoDocument m_document;
    std::uint64_t m_number = 0;
};

} // namespace chrona::formats
