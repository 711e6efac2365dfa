// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/map/map_camera.h"
#include "event_points.h"
#include "map_style.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace chrona::ui {

/// How strong the events of each theme are, 0 to 1.
using ThemeOpacities = std::array<float, workspace::kMapThemeCount>;
inline constexpr ThemeOpacities kOpaque{1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

inline constexpr std::size_t kDotSizes = 4; ///< EventDot::size

/// How events shine: the same numbers for the processor's painter and the graphics processor's.
struct LightLook {
    /// Events on one pixel from which on more of them change nothing.
    static constexpr double kFullEvents = 0xF000 / 255.0;
    static constexpr float kVividness = 1.45F;
    static constexpr float kHottest = 0.98F; ///< opacity of a full pixel
    static constexpr float kGlowMost = 0.30F;

    std::array<double, kDotSizes> radii{}; ///< device pixels
    float single = 0;                      ///< opacity of one event
    float strength = 1;     ///< of all: below 1 where something is selected and the rest steps back
    float glowStrength = 0; ///< 0: none, on a light ground
    float hot = 1;          ///< what crowds turn to: white, or nearly black on a light ground
    float hotShare = 1;
    std::array<QColor, workspace::kMapThemeCount> themes;
    ThemeOpacities opacities = kOpaque;

    /// `crowd`: how many events are in view, roughly. dimmed: something is selected.
    [[nodiscard]] static LightLook of(const MapStyle &style, double scale, double zoom,
                                      double crowd, bool dimmed, const ThemeOpacities &opacities);
    friend bool operator==(const LightLook &, const LightLook &) = default;
};

/// How many events are in view, estimated from some of them: how large and how clear a dot may
/// be.
[[nodiscard]] double crowdIn(const MapCamera &camera, double width, double height,
                             const EventPoints &events);

} // namespace chrona::ui
