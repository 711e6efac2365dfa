// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/base_map.h"
#include "chrona/geo/places.h"
#include "chrona/geo/shipped.h"
#include "chrona/ui/map/region_values.h"

#include <array>
#include <memory>
#include <optional>

namespace chrona::ui {

/// The shipped boundaries, places and ports, each read when it is first needed. One thread.
class MapData {
public:
    /// The level of detail for a zoom.
    [[nodiscard]] const geo::BaseMap &base(double zoom);
    /// Where the areas of a set are, and which of its layers they are.
    [[nodiscard]] const geo::BaseMap &regions(RegionSet set, double zoom);
    [[nodiscard]] static geo::AreaLayer layerOf(RegionSet set);
    /// What RegionSet::Own means; nullptr: nothing.
    void useOwn(std::shared_ptr<const geo::BaseMap> map) { m_own = std::move(map); }
    [[nodiscard]] const geo::BaseMap *own() const { return m_own.get(); }
    [[nodiscard]] const geo::Places &places();
    [[nodiscard]] const geo::Places &ports();

private:
    const geo::BaseMap &map(geo::ShippedData which);
    static const geo::Places &read(std::optional<geo::Places> &slot, geo::ShippedData which);
    std::array<std::optional<geo::BaseMap>, 4> m_maps;
    std::shared_ptr<const geo::BaseMap> m_own;
    std::optional<geo::Places> m_places, m_ports;
};

} // namespace chrona::ui
