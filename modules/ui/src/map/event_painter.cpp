// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_painter.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace chrona::ui {

namespace {

constexpr int kReachMost = 12;   ///< pixels from the middle of a dot
constexpr float kCurveStep = 16; ///< of weight
constexpr int kCurveSteps = 4096;
constexpr int kCellRows = geo::SpatialGrid::kSide;
constexpr std::size_t kBandsEach = 2; ///< for each thread, so that none waits long for another

} // namespace

struct EventPainter::View {
    double world; ///< pixels
    int width, height;
    double left, top; ///< of the world

    /// Where a row of the grid's cells begins in the picture.
    [[nodiscard]] double beginOf(int cellRow) const
    {
        return (double(cellRow) / kCellRows - top) * world;
    }
    [[nodiscard]] int cellRowAt(int y) const
    {
        return std::clamp(int((top + y / world) * kCellRows), 0, kCellRows - 1);
    }
};

/// Of four pixels.
struct EventPainter::Lights {
    Four blue{}, green{}, red{};
};

void EventPainter::makeKernels(const LightLook &look)
{
    m_reach = 1;
    for (std::size_t theme = 0; theme < m_kernels.size(); ++theme)
        for (std::size_t size = 0; size < kDotSizes; ++size) {
            LightKernel &kernel = m_kernels[theme][size];
            const double radius = look.radii[size];
            const QColor &color = look.themes[theme];
            const auto cellAt = [&](int x, int y) {
                const double cover = std::clamp(radius + 0.5 - std::hypot(x, y), 0.0, 1.0) *
                                     std::min(1.0, radius) * double(look.opacities[theme]);
                const auto lane = [cover](int value) { return float(std::lround(cover * value)); };
                return Four{lane(color.blue()), lane(color.green()), lane(color.red()), lane(255)};
            };
            kernel.reach = std::clamp(int(std::ceil(radius - 0.5)), 1, kReachMost);
            kernel.isCross = kernel.reach == 1 && std::numbers::sqrt2 >= radius + 0.5;
            kernel.middle = cellAt(0, 0);
            kernel.side = cellAt(1, 0);
            kernel.corner = cellAt(1, 1);
            kernel.cells.clear();
            for (int y = -kernel.reach; y <= kernel.reach; ++y)
                for (int x = -kernel.reach; x <= kernel.reach; ++x)
                    kernel.cells.push_back(cellAt(x, y));
            m_reach = std::max(m_reach, kernel.reach);
        }
}

void EventPainter::makeCurve(const LightLook &look)
{
    const std::array made{look.single, look.strength, look.hotShare};
    if (m_curveOf == made)
        return;
    m_curveOf = made;
    m_curve.resize(kCurveSteps);
    const double most = std::log(LightLook::kFullEvents);
    for (int i = 0; i < kCurveSteps; ++i) {
        const double events = i * double(kCurveStep) / 255;
        const double heat = events > 1 ? std::log(events) / most : 0;
        const double single = look.single;
        const double opacity =
            events < 1 ? single * events : single + (LightLook::kHottest - single) * heat;
        m_curve[i] =
            Shine{float(opacity) * look.strength,
                  float(std::clamp((heat - 0.45) / 0.55, 0.0, 1.0) * 0.55) * look.hotShare};
    }
}

/// Into bands of about as much work: dots to add, and pixels to make light of.
void EventPainter::divide(const View &view, const ChosenDots &dots)
{
    constexpr int kCell = GlowField::kCell;
    const int cells = (view.height + kCell - 1) / kCell;
    const auto workAbove = [&](int cell) {
        const std::size_t pixels = std::size_t(cell) * kCell * view.width;
        return dots.above[std::size_t(view.cellRowAt(cell * kCell))] + pixels / 4;
    };
    const std::size_t least = workAbove(0), whole = workAbove(cells) - least;
    m_bands.resize(kBandsEach * m_executor.threadCount());
    int cell = 0;
    for (std::size_t at = 0; at < m_bands.size(); ++at) {
        m_bands[at].begin = std::min(view.height, cell * kCell);
        while (cell < cells && (workAbove(cell) - least) * m_bands.size() < whole * (at + 1))
            ++cell;
        m_bands[at].end = std::min(view.height, cell * kCell);
    }
    m_bands.back().end = view.height;
}

/// Dots come in the order of the map, so that what is added to lies in the processor's cache.
void EventPainter::add(Band &band, const View &view, const ChosenDots &dots, int cellRow) const
{
    const double left = view.left - std::floor(view.left);
    const double least = std::max(0, band.begin - m_reach);
    const double end = std::min(view.height, band.end + m_reach);
    const auto height = static_cast<unsigned>(band.end - band.begin);
    dots.visit(cellRow, cellRow + 1, [&](const EventDot &dot) {
        const double y = (double(dot.y) - view.top) * view.world;
        double x = (double(dot.x) - left) * view.world;
        x += x < 0 ? view.world : 0; // in the first copy of the world that begins in the picture
        if (!(y >= least && y < end && x < view.width))
            return;
        const int row = int(y);
        const LightKernel &kernel = m_kernels[dot.theme][dot.size];
        do {
            // What lies beside the band and reaches into it is the next band's.
            band.painted[dot.theme] += static_cast<unsigned>(row - band.begin) < height ? 1 : 0;
            band.rows.add(int(x), row, kernel);
            x += view.world;
        } while (x < view.width);
    });
}

/// A row is finished as soon as no dot can reach it any more.
void EventPainter::paintBand(Band &band, QImage &image, const View &view, const ChosenDots &dots,
                             const LightLook &look)
{
    const int first = band.begin - 2 * m_reach, end = band.end + 2 * m_reach;
    const double alive = std::ceil(view.world / kCellRows) + 2 * m_reach + 4;
    band.rows.reset(view.width, m_reach, first, end, int(std::min<double>(alive, end - first)));
    band.painted = {};
    int next = first;
    const auto finish = [&](double until) {
        for (; next < until && next < end; ++next) {
            if (next >= band.begin && next < band.end)
                developRow(reinterpret_cast<QRgb *>(image.scanLine(next)), band.rows.at(next),
                           view.width, next, look);
            band.rows.clear(next);
        }
    };
    const int last = view.cellRowAt(band.end + m_reach);
    for (int row = view.cellRowAt(band.begin - m_reach); row <= last; ++row) {
        add(band, view, dots, row);
        finish(std::floor(view.beginOf(row + 1)) - m_reach - 1);
    }
    finish(end);
}

void EventPainter::developRow(QRgb *pixels, const Four *sums, int width, int y,
                              const LightLook &look)
{
    constexpr int kCell = GlowField::kCell;
    for (int x = 0; x < width; x += kCell) {
        const int count = std::min(kCell, width - x);
        Four shining{};
        if (count == kCell) {
            shining = developCell(pixels + x, sums + x, look);
        } else {
            std::array<Four, kCell> some{};
            std::array<QRgb, kCell> under{};
            std::copy_n(sums + x, count, some.begin());
            std::copy_n(pixels + x, count, under.begin());
            shining = developCell(under.data(), some.data(), look);
            std::copy_n(under.begin(), count, pixels + x);
        }
        m_glow.add(x / kCell, y / kCell, shining * look.glowStrength);
    }
}

/// Pixels of one cell of the glow; what they shine with.
Four EventPainter::developCell(QRgb *pixels, const Four *sums, const LightLook &look) const
{
    Lights shining;
    for (int at = 0; at < GlowField::kCell; at += 4) {
        const auto bits = [&](int i) { return reinterpret_cast<const FourInts &>(sums[at + i]); };
        if (const FourInts any = bits(0) | bits(1) | bits(2) | bits(3); any[3] != 0)
            developFour(pixels + at, sums + at, look, shining);
    }
    const Four two = __builtin_shufflevector(shining.blue, shining.green, 0, 1, 4, 5) +
                     __builtin_shufflevector(shining.blue, shining.green, 2, 3, 6, 7);
    const Four third = shining.red + __builtin_shufflevector(shining.red, Four{}, 2, 3, 4, 5);
    const Four red = __builtin_shufflevector(third, Four{}, 0, 1, 4, 5);
    return __builtin_shufflevector(two, red, 0, 2, 4, 6) +
           __builtin_shufflevector(two, red, 1, 3, 5, 7);
}

/// Four pixels beside each other, channel by channel.
void EventPainter::developFour(QRgb *pixels, const Four *sums, const LightLook &look,
                               Lights &shining) const
{
    const Four bg = __builtin_shufflevector(sums[0], sums[1], 0, 4, 1, 5);
    const Four rw = __builtin_shufflevector(sums[0], sums[1], 2, 6, 3, 7);
    const Four nextBg = __builtin_shufflevector(sums[2], sums[3], 0, 4, 1, 5);
    const Four nextRw = __builtin_shufflevector(sums[2], sums[3], 2, 6, 3, 7);
    const Four blue = __builtin_shufflevector(bg, nextBg, 0, 1, 4, 5);
    const Four green = __builtin_shufflevector(bg, nextBg, 2, 3, 6, 7);
    const Four red = __builtin_shufflevector(rw, nextRw, 0, 1, 4, 5);
    const Four weight = __builtin_shufflevector(rw, nextRw, 2, 3, 6, 7);
    const Four none = fourOf(0), most = fourOf(255), hot = fourOf(look.hot * 255);
    const Four full = fourOf(LightLook::kFullEvents * 255);
    const FourInts step =
        __builtin_convertvector((weight < full ? weight : full) / kCurveStep, FourInts);
    const Four one = __builtin_shufflevector(m_curve[step[0]], m_curve[step[1]], 0, 1, 2, 3);
    const Four other = __builtin_shufflevector(m_curve[step[2]], m_curve[step[3]], 0, 1, 2, 3);
    const Four opacity = __builtin_shufflevector(one, other, 0, 2, 4, 6);
    const Four heat = __builtin_shufflevector(one, other, 1, 3, 5, 7);
    // Mixing takes colour out; giving some back keeps it plain which category leads.
    const Four share = most / (weight > 1 ? weight : fourOf(1));
    const Four vivid = share * LightLook::kVividness;
    const Four grey = (blue + green + red) * share * ((1 - LightLook::kVividness) / 3);
    FourWords now{};
    std::memcpy(&now, pixels, sizeof now);
    const auto lit = [&](Four summed, int shift, Four &shines) {
        const Four pure = clamped(summed * vivid + grey, none, most);
        const Four color = pure + (hot - pure) * heat;
        const Four under =
            __builtin_convertvector(reinterpret_cast<const FourInts &>(now) >> shift & 0xFF, Four);
        shines += pure * opacity;
        const auto mixed =
            __builtin_convertvector(under + (color - under) * opacity + 0.5F, FourInts);
        return reinterpret_cast<const FourWords &>(mixed) << shift;
    };
    now = 0xFF000000U | lit(red, 16, shining.red) | lit(green, 8, shining.green) |
          lit(blue, 0, shining.blue);
    std::memcpy(pixels, &now, sizeof now);
}

void EventPainter::paint(QImage &image, const MapCamera &camera, double scale,
                         const MapStyle &style, const EventPoints &events, bool dimmed,
                         const ThemeOpacities &opacities)
{
    const double crowd = crowdIn(camera, image.width() / scale, image.height() / scale, events);
    const auto look = LightLook::of(style, scale, camera.zoom, crowd, dimmed, opacities);
    makeKernels(look);
    makeCurve(look);
    View view{camera.worldPixels() * scale, image.width(), image.height(), 0, 0};
    view.left = camera.centre.x - view.width / 2.0 / view.world;
    view.top = camera.centre.y - view.height / 2.0 / view.world;
    divide(view, events.dots);
    m_glow.reset(image.width(), image.height());
    image.detach(); // here, and not in the threads
    m_executor.forEach(m_bands.size(), [&](std::size_t at) {
        paintBand(m_bands[at], image, view, events.dots, look);
    });
    m_painted = {};
    for (const Band &band : m_bands)
        for (std::size_t theme = 0; theme < m_painted.size(); ++theme)
            m_painted[theme] += band.painted[theme];
    if (look.glowStrength == 0 || m_painted == Counts{})
        return;
    m_glow.compress(GlowField::kCell * GlowField::kCell, LightLook::kGlowMost);
    m_glow.blur(std::max(1, int(std::lround(scale))), 2);
    m_executor.forEach(m_bands.size(), [&](std::size_t at) {
        m_glow.paintOn(image, m_bands[at].begin, m_bands[at].end);
    });
}

} // namespace chrona::ui
