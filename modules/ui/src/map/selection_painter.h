// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "event_points.h"
#include "map_style.h"
#include "chrona/ui/map/map_camera.h"

#include <QImage>

#include <cstdint>
#include <optional>
#include <vector>

namespace chrona::ui {

/// Rows that are selected, as positions in the columns of the events being shown.
struct MapSelection {
    std::vector<std::uint32_t> rows;
    std::optional<std::uint32_t> current;
    [[nodiscard]] bool isEmpty() const { return rows.empty() && !current; }
};

/// Marks the selection in the one colour that means "this is what you look at".
void paintSelection(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                    const EventPoints &events, const MapSelection &selection);

} // namespace chrona::ui
