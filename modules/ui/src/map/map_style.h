// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/ui/theme.h"

#include <QColor>
#include <QFont>

#include <array>
#include <vector>

namespace chrona::ui {

/// The map's colours, every one made from tokens of the theme. A value, so that the drawing thread
/// needs no theme.
struct MapStyle {
    bool isDark = true;
    QColor ocean, shelf, land, lake, coast, border, stateBorder, river, graticule;
    QColor labelText, labelHalo, placeText, hatch, focus;
    std::array<QColor, schema::kEventCategoryCount> categories;
    std::vector<QColor> sequential, diverging;
    QFont labelFont, placeFont;

    [[nodiscard]] static MapStyle from(const Theme &theme);
};

/// between 0: first, 1: second.
[[nodiscard]] QColor mixed(const QColor &first, const QColor &second, double between);

} // namespace chrona::ui
