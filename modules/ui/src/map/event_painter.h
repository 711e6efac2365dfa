// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/ui/map/map_camera.h"
#include "event_points.h"
#include "glow_field.h"
#include "light_look.h"
#include "light_rows.h"

#include <QImage>

#include <array>
#include <cstdint>
#include <vector>

namespace chrona::ui {

/// Paints events as light: each adds its colour where it lies, and the sum becomes brightness by a
/// logarithm. Few events are crisp dots, thousands on one spot become a hot core, and nothing is
/// lost beneath something else. The executor's threads share the picture by bands; how many they
/// are shows in no pixel.
class EventPainter {
public:
    /// The executor must outlive it.
    explicit EventPainter(Executor &executor) : m_executor(executor) {}

    /// On an RGB32 image that holds the base map. dimmed: something is selected, the rest steps
    /// back.
    void paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
               const EventPoints &events, bool dimmed, const ThemeOpacities &opacities = kOpaque);
    /// Events that the last picture holds, by theme.
    using Counts = std::array<std::size_t, workspace::kMapThemeCount>;
    [[nodiscard]] const Counts &paintedCounts() const { return m_painted; }

private:
    struct View; // where the picture lies in the world
    /// Some rows of the picture: whole rows of the glow's cells.
    struct Band {
        int begin = 0, end = 0;
        LightRows rows;
        Counts painted{};
    };
    /// What a weight makes of a pixel: its opacity, and how hot it is.
    using Shine = float __attribute__((vector_size(8)));
    struct Lights; // of pixels beside each other

    void makeKernels(const LightLook &look);
    void makeCurve(const LightLook &look);
    void divide(const View &view, const ChosenDots &dots);
    void paintBand(Band &band, QImage &image, const View &view, const ChosenDots &dots,
                   const LightLook &look);
    void add(Band &band, const View &view, const ChosenDots &dots, int cellRow) const;
    void developRow(QRgb *pixels, const Four *sums, int width, int y, const LightLook &look);
    Four developCell(QRgb *pixels, const Four *sums, const LightLook &look) const;
    void developFour(QRgb *pixels, const Four *sums, const LightLook &look, Lights &shining) const;

    Executor &m_executor;
    Counts m_painted{};
    std::array<std::array<LightKernel, kDotSizes>, workspace::kMapThemeCount> m_kernels;
    int m_reach = 1; ///< of the largest
    std::vector<Band> m_bands;
    std::vector<Shine> m_curve;       ///< by weight / 16
    std::array<float, 3> m_curveOf{}; ///< what it was made of
    GlowField m_glow;
};

} // namespace chrona::ui
