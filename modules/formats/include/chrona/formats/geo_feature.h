// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/attributes.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

struct GeoLimits {
    std::size_t bytesMax = 256 << 20;
    std::size_t featuresMax = 2'000'000;
    std::size_t pointsMax = 10'000'000; ///< in the whole document; TopoJSON can name an arc often
    std::size_t faultsMax = 100;        ///< kept; all are counted
};

struct GeoFeature {
    std::string id;    ///< numbers as text; empty: none
    std::string layer; ///< TopoJSON: name of the object; GeoJSON: empty
    /// Ordered by key, keys as the file has them; nested values as JSON text, null left out.
    schema::Attributes properties;
    /// Of one kind: of a collection of several kinds the areas stay, else the lines, else the
    /// points.
    schema::Geometry geometry;
};

struct GeoDocument {
    std::vector<GeoFeature> features;
    /// Features that were left out: the path to what is wrong
    /// ("features[3].geometry.coordinates[0]") and why.
    schema::Faults faults;
    std::uint64_t faultCount = 0;       ///< also those beyond faultsMax
    std::vector<std::uint64_t> numbers; ///< of each feature in the file, from 1
};

/// GeoJSON (RFC 7946): a FeatureCollection, a Feature or a bare geometry, in WGS 84. Fails when the
/// document as a whole is none; a feature with a fault is left out and the others stay.
[[nodiscard]] Result<GeoDocument> readGeoJson(std::string_view text, const GeoLimits &limits = {});

/// TopoJSON, quantised or not: every geometry of every object.
[[nodiscard]] Result<GeoDocument> readTopoJson(std::string_view text, const GeoLimits &limits = {});

/// One or the other, by the document's "type".
[[nodiscard]] Result<GeoDocument> readGeoDocument(std::string_view text,
                                                  const GeoLimits &limits = {});

} // namespace chrona::formats
