// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::schema {

enum class PlaceKind : std::uint8_t { City, Capital, Port, Airport, Facility };
[[nodiscard]] std::string_view toString(PlaceKind kind);
[[nodiscard]] std::optional<PlaceKind> placeKindFrom(std::string_view text);

struct Place {
    PlaceId id;
    PlaceKind kind = PlaceKind::City;
    std::string name;
    std::string region; ///< ISO 3166
    GeoPoint location;
    std::int64_t population = 0;
    std::uint8_t scaleRank = 10; ///< 0: shown first
    friend bool operator==(const Place &, const Place &) = default;
};

/// An area of a named set ("us-counties-2023") with the code that data is joined by.
struct Boundary {
    BoundaryId id;
    std::string set;
    std::string code; ///< ISO 3166-1 alpha-2, ISO 3166-2, FIPS: within its set unique
    std::string name;
    MultiPolygon areas;
    GeoPoint labelAt;
    friend bool operator==(const Boundary &, const Boundary &) = default;
};

/// The id that follows from the set and the code, the same on every machine.
[[nodiscard]] BoundaryId boundaryIdFor(std::string_view set, std::string_view code);
/// key: what names a place for good, e.g. "geonames:5128581".
[[nodiscard]] PlaceId placeIdFor(std::string_view key);
[[nodiscard]] Faults validate(const Place &place);
[[nodiscard]] Faults validate(const Boundary &boundary);

} // namespace chrona::schema
