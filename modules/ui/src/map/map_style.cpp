// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_style.h"

#include <cmath>

namespace chrona::ui {

QColor mixed(const QColor &first, const QColor &second, double between)
{
    const auto channel = [between](int a, int b) {
        return int(std::lround(a + (b - a) * between));
    };
    return {channel(first.red(), second.red()), channel(first.green(), second.green()),
            channel(first.blue(), second.blue()), channel(first.alpha(), second.alpha())};
}

QColor themeColor(const Theme &theme, workspace::MapTheme mapTheme)
{
    switch (mapTheme) {
    case workspace::MapTheme::Sanctions:
        return mixed(theme.category(schema::EventCategory::Policy), theme.color(Role::Critical),
                     0.55);
    case workspace::MapTheme::Ports:
        return mixed(theme.category(schema::EventCategory::Weather),
                     theme.category(schema::EventCategory::Macro), 0.5);
    case workspace::MapTheme::Imports: return theme.color(Role::Text2);
    default: return theme.category(static_cast<schema::EventCategory>(mapTheme));
    }
}

MapStyle MapStyle::from(const Theme &theme)
{
    MapStyle style;
    const QColor black(Qt::black);
    const QColor window = theme.color(Role::Surface0), dock = theme.color(Role::Surface1);
    const QColor raised = theme.color(Role::Surface2), hover = theme.color(Role::Surface3);
    const QColor line = theme.color(Role::Line), hint = theme.color(Role::Text3);
    const QColor accent = theme.color(Role::Accent);
    style.isDark = theme.isDark();
    // Ocean below the window's own surface, land above it: depth without a shadow.
    if (style.isDark) {
        style.ocean = mixed(window, black, 0.36);
        style.shelf = mixed(style.ocean, accent, 0.085);
        style.land = mixed(dock, raised, 0.75);
        style.coast = mixed(line, hint, 0.30);
        style.border = mixed(line, raised, 0.05);
        style.stateBorder = mixed(line, raised, 0.52);
        style.graticule = mixed(style.ocean, line, 0.40);
        style.river = mixed(style.land, accent, 0.13);
    } else {
        style.ocean = mixed(hover, line, 0.55);
        style.shelf = mixed(style.ocean, dock, 0.55);
        style.land = mixed(window, dock, 0.5);
        style.coast = mixed(line, hint, 0.55);
        style.border = mixed(line, hint, 0.18);
        style.stateBorder = mixed(line, dock, 0.15);
        style.graticule = mixed(style.ocean, dock, 0.30);
        style.river = mixed(style.land, accent, 0.22);
    }
    style.lake = style.isDark ? mixed(style.ocean, style.shelf, 0.5) : style.ocean;
    style.labelText = hint;
    style.placeText = theme.color(Role::Text2);
    style.labelHalo = style.isDark ? mixed(style.ocean, style.land, 0.3) : dock;
    style.hatch = mixed(style.land, hint, 0.35);
    style.focus = theme.color(Role::Focus);
    style.park = mixed(style.land, theme.color(Role::Ok), style.isDark ? 0.07 : 0.12);
    style.road = mixed(style.land, hint, style.isDark ? 0.30 : 0.35);
    style.building = mixed(style.land, hint, 0.14);
    for (std::size_t i = 0; i < style.themes.size(); ++i)
        style.themes[i] = themeColor(theme, static_cast<workspace::MapTheme>(i));
    style.sequential.assign(theme.sequential().begin(), theme.sequential().end());
    style.diverging.assign(theme.diverging().begin(), theme.diverging().end());
    style.labelFont = theme.font(TextSize::Tiny, TextWeight::Strong);
    style.labelFont.setLetterSpacing(QFont::AbsoluteSpacing, 1.2);
    style.placeFont = theme.font(TextSize::Tiny);
    return style;
}

} // namespace chrona::ui
