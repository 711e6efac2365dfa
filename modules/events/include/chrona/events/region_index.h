// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/events/entity_mapping.h"
#include "chrona/geo/area_index.h"
#include "chrona/geo/country_codes.h"

#include <optional>
#include <string>

namespace chrona::events {

/// Which country, and in the largest ones which state, a point lies in. Immutable; any thread.
class RegionIndex {
public:
    struct Place {
        std::string region;  ///< "US-TX", "FR"
        std::string country; ///< its name
        bool isInside = true; ///< false: near it, as a quake off a coast
    };

    [[nodiscard]] static Result<RegionIndex> shipped();
    /// nullopt: on the high seas.
    [[nodiscard]] std::optional<Place> at(schema::GeoPoint point) const;

private:
    RegionIndex() = default;

    geo::CountryCodes m_codes;
    geo::AreaIndex m_countries, m_states;
};

/// An event whose source gave a point and no region gets the region, and links to it, from where it
/// is: that is surer than what its text may name.
void linkByPoint(const RegionIndex &regions, const schema::Event &event, EntityMapping &mapping);

} // namespace chrona::events
