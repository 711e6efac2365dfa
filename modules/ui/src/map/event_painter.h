// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/ui/map/map_camera.h"
#include "event_points.h"
#include "glow_field.h"
#include "light_look.h"

#include <QImage>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace chrona::ui {

/// Paints events as light: each adds its colour where it lies, and the sum becomes brightness by a
/// logarithm. Few events are crisp dots, thousands on one spot become a hot core, and nothing is
/// lost beneath something else. Many are shared between the executor's threads, each a band of the
/// picture.
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
    struct Kernel {
        int reach = 0;                    ///< pixels from the middle to the last one
        bool isCross = false;             ///< reach 1, nothing in the corners
        std::vector<std::uint64_t> cells; ///< square of 2 × reach + 1
    };
    struct View; // where the picture lies in the world

    void makeKernels(const LightLook &look);
    void stamp(std::uint64_t *middle, const Kernel &kernel) const;
    template <int kReach> void stampSquare(std::uint64_t *middle, const Kernel &kernel) const;
    void stampCross(std::uint64_t *middle, const Kernel &kernel) const;
    void accumulate(const MapCamera &camera, double scale, const DotList &dots);
    void accumulate(const View &view, std::span<const EventDot> dots, Counts &painted);
    struct Rows {
        int begin, end;
    };
    void developRows(QImage &image, Rows rows, const LightLook &look);
    Four developSome(QRgb *pixels, std::uint64_t *sums, int count, const LightLook &look) const;
    void develop(QImage &image, double scale, const LightLook &look);
    void clearBorder();
    void makeCurve(const LightLook &look);

    Executor &m_executor;
    int m_width = 0, m_height = 0; ///< of the sums, with a border of kBorder on every side
    Counts m_painted{};
    /// Per pixel four lanes of 16 bits: blue, green, red, weight. All zero between pictures.
    std::vector<std::uint64_t> m_sums;
    std::array<std::array<Kernel, kDotSizes>, workspace::kMapThemeCount> m_kernels;
    std::vector<float> m_opacity, m_heat; ///< by weight / 16
    std::array<float, 3> m_curveOf{};     ///< what they were made of
    GlowField m_glow;
};

} // namespace chrona::ui
