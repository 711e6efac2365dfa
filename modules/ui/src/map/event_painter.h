// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "event_points.h"
#include "glow_field.h"
#include "map_style.h"
#include "chrona/base/executor.h"
#include "chrona/ui/map/map_camera.h"

#include <QImage>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace chrona::ui {

/// How strong the events of each theme are, 0 to 1.
using ThemeOpacities = std::array<float, workspace::kMapThemeCount>;
inline constexpr ThemeOpacities kOpaque{1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/// Paints events as light: each adds its colour where it lies, and the sum becomes brightness by a
/// logarithm. Few events are crisp dots, thousands on one spot become a hot core, and nothing is
/// lost beneath something else. Many are shared between the executor's threads.
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
    static constexpr std::size_t kSizes = 4;
    /// Per pixel four lanes of 16 bits: blue, green, red, weight.
    using Sums = std::vector<std::uint64_t>;
    struct Spot {
        std::uint64_t *middle;
        const Kernel *kernel;
    };
    struct View; // where the picture lies in the world

    [[nodiscard]] static double visibleShare(const MapCamera &camera, double width, double height,
                                             const EventPoints &events);
    void makeKernels(const MapStyle &style, double scale, double zoom, double crowd,
                     const ThemeOpacities &opacities);
    template <int kReach> void stamp(std::uint64_t *middle, const Kernel &kernel) const;
    void stampCross(std::uint64_t *middle, const Kernel &kernel) const;
    void stamp(std::span<const Spot> spots) const;
    void accumulate(const MapCamera &camera, double scale, const EventPoints &events);
    void accumulate(const View &view, const EventPoints &events,
                    std::span<const std::uint32_t> rows, Sums &sums, Counts &painted) const;
    void gather();
    struct Rows {
        int begin, end;
    };
    void developRows(QImage &image, Rows rows, const MapStyle &style, float glowStrength);
    void develop(QImage &image, double scale, const MapStyle &style, bool dimmed);
    void clearBorder();
    void makeCurve(double crowd, double strength);

    Executor &m_executor;
    int m_width = 0, m_height = 0; ///< of the sums, with a border of kBorder on every side
    Counts m_painted{};
    Sums m_sums;               ///< what is developed
    std::vector<Sums> m_parts; ///< of the other threads, all zero between pictures
    std::array<std::array<Kernel, kSizes>, workspace::kMapThemeCount> m_kernels;
    std::vector<float> m_opacity, m_heat; ///< by weight / 16
    GlowField m_glow;
};

} // namespace chrona::ui
