// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "arc_scanner.h"
#include "byte_records.h"
#include "json_bytes.h"
#include "topology_reader.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// A TopoJSON that comes in pieces and is larger than is read as a whole. A geometry names its arcs
/// by number, and they may stand behind it, as may the grid that they lie on: so arcs are kept
/// packed (packed_arc.h) and geometries as the text that they are, and features come when the end
/// is known. What is held never goes beyond the bound; a file that needs more is refused, whatever
/// it says of itself. One thread at a time.
class TopologyStream {
public:
    static constexpr std::size_t kAroundBytesMax = 1U << 20;    ///< of all that is neither
    static constexpr std::size_t kGeometryBytesMax = 64U << 20; ///< of the text of one
    static constexpr std::size_t kPointsMax = 4'000'000;        ///< of one feature
    static constexpr std::size_t kAllPointsMax = 400'000'000;   ///< arcs can be named often

    explicit TopologyStream(std::size_t bytesMax);

    /// Whether a document whose head this is says that it is a topology.
    [[nodiscard]] static bool isBegunBy(std::string_view head);

    [[nodiscard]] Status push(std::string_view bytes);
    /// Fails where the document is not whole or is no topology.
    [[nodiscard]] Status finish();
    /// Some of the features, after finish(); an empty document where there are no more.
    [[nodiscard]] Result<GeoDocument> next();
    /// Geometries that next() has not looked at.
    [[nodiscard]] std::size_t left() const { return m_geometries.count() - m_taken; }
    [[nodiscard]] bool hasSeveralLayers() const { return m_layers > 1; }
    [[nodiscard]] MemoryBound &bound() { return m_bound; }

private:
    enum class Place : std::uint8_t { Around, Geometries, Geometry, Arcs };

    [[nodiscard]] Status pushAround(char byte);
    [[nodiscard]] Status keep(std::string &text, char byte, std::size_t bytesMax);
    [[nodiscard]] Status beginValue(char byte);
    [[nodiscard]] Status endObject();
    [[nodiscard]] Status pushGeometries(char byte);
    [[nodiscard]] Status pushGeometry(char byte);
    [[nodiscard]] Status hold(std::string_view text, std::uint32_t index);
    [[nodiscard]] std::size_t aroundMax() const;
    [[nodiscard]] Result<GeoDocument> readHeld(std::string_view record, ArcSource &arcs);

    MemoryBound m_bound;
    ByteRecords m_arcs, m_geometries;
    ArcScanner m_scanner;
    Place m_place = Place::Around;
    std::string m_around;    ///< the document without its geometries and arcs
    std::string m_geometry;  ///< the one that is being read
    std::size_t m_depth = 0; ///< of braces and brackets, around or in the geometry
    JsonStringFollower m_string; ///< the latest, which may be a member's name
    bool m_isAfterColon = false, m_isAfterComma = false;
    bool m_hasObjects = false, m_isInObjects = false, m_hasArcs = false;
    bool m_isInObject = false, m_hasGeometries = false;
    std::size_t m_objectAt = 0; ///< where the object begins in what is around
    std::uint32_t m_objects = 0, m_index = 0;
    std::size_t m_layers = 0;

    std::vector<std::string> m_names; ///< of the objects
    TopologyTransform m_transform;
    std::size_t m_taken = 0, m_points = 0;
};

} // namespace chrona::formats
