// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/map_layers.h"

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
    QColor labelText, labelHalo, placeText, hatch, focus, park, road, building;
    std::array<QColor, workspace::kMapThemeCount> themes;
    std::vector<QColor> sequential, diverging;
    QFont labelFont, placeFont;

    [[nodiscard]] static MapStyle from(const Theme &theme);
};

[[nodiscard]] QColor themeColor(const Theme &theme, workspace::MapTheme mapTheme);

/// between 0: first, 1: second.
[[nodiscard]] QColor mixed(const QColor &first, const QColor &second, double between);

} // namespace chrona::ui
