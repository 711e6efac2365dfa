// SPDX-License-Identifier: AGPL-3.0-or-later
#include "light_look.h"

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

/// Radius of a dot in pixels: larger on closer looks and where few are in view.
double dotRadius(double zoom, double crowd, std::size_t size)
{
    constexpr std::array<double, kDotSizes> kBySeverity{0.82, 1.0, 1.35, 1.9};
    const double base = std::clamp(1.05 + (zoom - 2.2) * 0.36, 1.05, 3.6);
    const double room = std::clamp(std::pow(4'000 / std::max(1.0, crowd), 0.28), 0.5, 1.0);
    return std::max(0.75, base * room) * kBySeverity[size];
}

} // namespace

LightLook LightLook::of(const MapStyle &style, double scale, double zoom, double crowd, bool dimmed,
                        const ThemeOpacities &opacities)
{
    LightLook look;
    for (std::size_t size = 0; size < kDotSizes; ++size)
        look.radii[size] = dotRadius(zoom, crowd, size) * scale;
    const double magnitude = std::log10(std::max(1.0, crowd / 1'500));
    look.single = float(std::clamp(0.92 - 0.2 * magnitude, 0.4, 0.92));
    look.strength = dimmed ? (style.isDark ? 0.55F : 0.7F) : 1.0F;
    look.glowStrength = style.isDark ? (dimmed ? 0.5F : 1.0F) : 0.0F;
    // On a dark ground crowds glow white, on a light one they deepen.
    look.hot = style.isDark ? 1.0F : 20.0F / 255;
    look.hotShare = style.isDark ? 1.0F : 0.3F;
    look.themes = style.themes;
    look.opacities = opacities;
    return look;
}

double crowdIn(const MapCamera &camera, double width, double height, const EventPoints &events)
{
    constexpr std::size_t kAsked = 65'536; // more would not make it clearer
    if (events.dots.size() == 0)
        return 0;
    const std::vector<EventDot> &dots = events.dots.field->dots;
    const std::vector<std::uint64_t> &bits = *events.dots.bits;
    const std::size_t stride = std::max(std::size_t{16}, dots.size() / kAsked);
    const double world = camera.worldPixels();
    const double halfWidth = width / 2 / world, halfHeight = height / 2 / world;
    const double centre = camera.centre.x - std::floor(camera.centre.x);
    std::size_t seen = 0;
    for (std::size_t i = 0; i < dots.size(); i += stride) {
        if ((bits[i / 64] >> (i % 64) & 1) == 0)
            continue;
        const double dx = std::abs(double(dots[i].x) - centre);
        const double dy = std::abs(double(dots[i].y) - camera.centre.y);
        // The shorter way around the world.
        seen += std::min(dx, 1 - dx) < halfWidth && dy < halfHeight ? 1 : 0;
    }
    return double(seen * stride);
}

} // namespace chrona::ui
