// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "map_style.h"
#include "chrona/ui/map/region_values.h"

#include <memory>
#include <optional>
#include <string_view>

namespace chrona::ui {

/// Region values with their classes worked out: what the drawing thread and the legend share.
struct RegionLayer {
    RegionValues values;
    geo::ValueClasses classes;

    /// nullptr where no value is finite: there is nothing to show.
    [[nodiscard]] static std::shared_ptr<const RegionLayer> from(const RegionValues &values);
    /// nullopt: no data.
    [[nodiscard]] std::optional<std::size_t> classOf(std::string_view code) const;
    [[nodiscard]] QColor colorOf(std::size_t classNumber, const MapStyle &style) const;
};

} // namespace chrona::ui
