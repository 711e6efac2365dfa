// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace chrona::ui {

namespace {

constexpr int kBorder = 12; ///< no kernel reaches further, so stamping needs no clipping
constexpr std::uint64_t kWeightFull = 0xF000; ///< a lane holds no more; 235 events on one pixel
constexpr std::size_t kManyEvents = 50'000;   ///< from here on a second thread is worth it
constexpr int kCurveSteps = 4096;

} // namespace

void EventPainter::makeKernels(const LightLook &look)
{
    for (std::size_t theme = 0; theme < m_kernels.size(); ++theme)
        for (std::size_t size = 0; size < kDotSizes; ++size) {
            Kernel &kernel = m_kernels[theme][size];
            const double radius = look.radii[size];
            kernel.reach = std::clamp(int(std::ceil(radius - 0.5)), 1, kBorder);
            const int side = 2 * kernel.reach + 1;
            kernel.cells.assign(std::size_t(side) * side, 0);
            kernel.isCross = kernel.reach == 1 && std::numbers::sqrt2 >= radius + 0.5;
            const QColor &color = look.themes[theme];
            for (int y = -kernel.reach; y <= kernel.reach; ++y)
                for (int x = -kernel.reach; x <= kernel.reach; ++x) {
                    const double cover = std::clamp(radius + 0.5 - std::hypot(x, y), 0.0, 1.0) *
                                         std::min(1.0, radius) * double(look.opacities[theme]);
                    const auto lane = [cover](int value) {
                        return static_cast<std::uint64_t>(std::lround(cover * value));
                    };
                    kernel.cells[std::size_t(y + kernel.reach) * side + (x + kernel.reach)] =
                        lane(255) << 48 | lane(color.red()) << 32 | lane(color.green()) << 16 |
                        lane(color.blue());
                }
        }
}

/// Adds all four lanes at once. No lane can overflow into the next: colours are never more than the
/// weight, and a full weight takes no more.
template <int kReach>
void EventPainter::stampSquare(std::uint64_t *middle, const Kernel &kernel) const
{
    const int reach = kReach > 0 ? kReach : kernel.reach;
    const std::uint64_t *cell = kernel.cells.data();
    std::uint64_t *row = middle - std::ptrdiff_t(reach) * m_width - reach;
    for (int y = -reach; y <= reach; ++y, row += m_width)
        for (int x = 0; x <= 2 * reach; ++x, ++cell)
            row[x] += (row[x] >> 48) < kWeightFull ? *cell : 0;
}

/// A dot of five pixels, as most are where there are many.
void EventPainter::stampCross(std::uint64_t *middle, const Kernel &kernel) const
{
    const auto add = [](std::uint64_t &sum, std::uint64_t cell) {
        sum += (sum >> 48) < kWeightFull ? cell : 0;
    };
    const std::uint64_t side = kernel.cells[1];
    add(middle[-m_width], side);
    add(middle[-1], side);
    add(middle[0], kernel.cells[4]);
    add(middle[1], side);
    add(middle[m_width], side);
}

void EventPainter::stamp(std::uint64_t *middle, const Kernel &kernel) const
{
    if (kernel.isCross)
        stampCross(middle, kernel);
    else if (kernel.reach == 1)
        stampSquare<1>(middle, kernel);
    else if (kernel.reach == 2)
        stampSquare<2>(middle, kernel);
    else
        stampSquare<0>(middle, kernel);
}

struct EventPainter::View {
    double world; ///< pixels
    int width, height;
    double left, top; ///< of the world
};

/// Dots come in the order of the map, so that what is added to lies in the processor's cache.
void EventPainter::accumulate(const View &view, std::span<const EventDot> dots, Counts &painted)
{
    const double left = view.left - std::floor(view.left);
    for (const EventDot &dot : dots) {
        const double y = (double(dot.y) - view.top) * view.world;
        double x = (double(dot.x) - left) * view.world;
        x += x < 0 ? view.world : 0; // in the first copy of the world that begins in the picture
        if (!(y >= 0 && y < view.height && x < view.width))
            continue;
        const Kernel &kernel = m_kernels[dot.theme][dot.size];
        std::uint64_t *row = m_sums.data() + std::size_t(int(y) + kBorder) * m_width + kBorder;
        do {
            ++painted[dot.theme];
            stamp(row + int(x), kernel);
            x += view.world;
        } while (x < view.width);
    }
}

/// Each thread has a band of the picture. What lies so near to where two bands meet that its dot
/// reaches into both is drawn afterwards.
void EventPainter::accumulate(const MapCamera &camera, double scale, const DotList &list)
{
    constexpr int kCells = geo::SpatialGrid::kSide;
    View view{};
    view.world = camera.worldPixels() * scale;
    view.width = m_width - 2 * kBorder;
    view.height = m_height - 2 * kBorder;
    view.left = camera.centre.x - view.width / 2.0 / view.world;
    view.top = camera.centre.y - view.height / 2.0 / view.world;
    const auto cellRow = [](double y) { return std::clamp(int(y * kCells), 0, kCells - 1); };
    const int first = cellRow(view.top), end = cellRow(view.top + view.height / view.world) + 1;
    const auto between = [&list](int from, int to) {
        return std::span(list.dots).subspan(list.starts[from], list.starts[to] - list.starts[from]);
    };
    const std::size_t count = between(first, end).size();
    const std::size_t bands = count < kManyEvents ? 1 : m_executor.threadCount();
    const int near = int(std::ceil((kBorder + 1) * kCells / view.world));
    std::vector<int> begins{first}, ends; // of bands, in rows of cells
    for (std::size_t band = 1; band < bands; ++band) {
        const auto share = std::uint32_t(list.starts[first] + count * band / bands);
        const auto at = std::ranges::lower_bound(list.starts, share) - list.starts.begin();
        ends.push_back(std::clamp(int(at) - near, begins.back(), end));
        begins.push_back(std::clamp(int(at) + near, ends.back(), end));
    }
    ends.push_back(end);
    std::vector<Counts> painted(bands + 1);
    m_executor.forEach(bands, [&](std::size_t band) {
        accumulate(view, between(begins[band], ends[band]), painted[band]);
    });
    for (std::size_t band = 1; band < bands; ++band)
        accumulate(view, between(ends[band - 1], begins[band]), painted.back());
    m_painted = {};
    for (const Counts &counts : painted)
        for (std::size_t theme = 0; theme < counts.size(); ++theme)
            m_painted[theme] += counts[theme];
}

void EventPainter::makeCurve(const LightLook &look)
{
    const std::array made{look.single, look.strength, look.hotShare};
    if (m_curveOf == made)
        return;
    m_curveOf = made;
    m_opacity.resize(kCurveSteps);
    m_heat.resize(kCurveSteps);
    const double most = std::log(LightLook::kFullEvents);
    for (int i = 0; i < kCurveSteps; ++i) {
        const double events = i * 16.0 / 255;
        const double heat = events > 1 ? std::log(events) / most : 0;
        const double single = look.single;
        const double opacity =
            events < 1 ? single * events : single + (LightLook::kHottest - single) * heat;
        m_opacity[i] = float(opacity) * look.strength;
        m_heat[i] = float(std::clamp((heat - 0.45) / 0.55, 0.0, 1.0) * 0.55) * look.hotShare;
    }
}

void EventPainter::develop(QImage &image, double scale, const LightLook &look)
{
    m_glow.reset(image.width(), image.height());
    image.detach(); // here, and not in the threads
    // Whole rows of the glow's cells each, so that no two threads write to one.
    const std::size_t threads = m_executor.threadCount();
    const int cells = (image.height() + GlowField::kCell - 1) / GlowField::kCell;
    const auto rowOf = [&](std::size_t at) {
        const int cell = int(std::size_t(cells) * at / threads);
        return std::min(image.height(), cell * GlowField::kCell);
    };
    m_executor.forEach(threads, [&](std::size_t piece) {
        developRows(image, {rowOf(piece), rowOf(piece + 1)}, look);
    });
    clearBorder();
    if (look.glowStrength > 0) {
        m_glow.compress(GlowField::kCell * GlowField::kCell, LightLook::kGlowMost);
        m_glow.blur(std::max(1, int(std::lround(scale))), 2);
        m_executor.forEach(threads, [&](std::size_t piece) {
            m_glow.paintOn(image, rowOf(piece), rowOf(piece + 1));
        });
    }
}

void EventPainter::developRows(QImage &image, Rows rows, const LightLook &look)
{
    constexpr int kCell = GlowField::kCell;
    for (int y = rows.begin; y < rows.end; ++y) {
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        std::uint64_t *sums = m_sums.data() + std::size_t(y + kBorder) * m_width + kBorder;
        for (int x = 0; x < image.width(); x += kCell) {
            const int end = std::min(kCell, image.width() - x);
            const Four glow = developSome(pixels + x, sums + x, end, look);
            if (look.glowStrength > 0 && glow[3] > 0)
                m_glow.add(x / kCell, y / kCell, glow * look.glowStrength);
        }
    }
}

/// Pixels beside each other: what they shine with, the last lane above 0 where any does.
Four EventPainter::developSome(QRgb *pixels, std::uint64_t *sums, int count,
                               const LightLook &look) const
{
    const Four none = fourOf(0), most = fourOf(255), hot = fourOf(look.hot * 255);
    Four glow{};
    for (int at = 0; at < count; ++at) {
        const std::uint64_t sum = std::exchange(sums[at], 0);
        if (sum == 0)
            continue;
        const std::size_t step = sum >> 52;
        const FourInts lanes{std::int32_t(sum & 0xFFFF), std::int32_t((sum >> 16) & 0xFFFF),
                             std::int32_t((sum >> 32) & 0xFFFF), std::int32_t(sum >> 48)};
        const Four summed = __builtin_convertvector(lanes, Four);
        const Four light = summed * (summed[3] > 0 ? 255.0f / summed[3] : 0);
        // Mixing takes colour out; giving some back keeps it plain which category leads.
        const Four grey = fourOf((light[0] + light[1] + light[2]) / 3);
        const Four pure = clamped(grey + (light - grey) * LightLook::kVividness, none, most);
        const Four color = pure + (hot - pure) * m_heat[step];
        const QRgb pixel = pixels[at];
        const Four under = __builtin_convertvector(
            (FourInts{std::int32_t(pixel & 0xFF), std::int32_t((pixel >> 8) & 0xFF),
                      std::int32_t((pixel >> 16) & 0xFF), 0}),
            Four);
        const auto mixed =
            __builtin_convertvector(under + (color - under) * m_opacity[step] + 0.5f, FourInts);
        pixels[at] = 0xFF000000u | QRgb(mixed[2]) << 16 | QRgb(mixed[1]) << 8 | QRgb(mixed[0]);
        glow += pure * m_opacity[step];
    }
    return glow;
}

/// What stamps left beyond the picture; the rest was cleared as it was read.
void EventPainter::clearBorder()
{
    const std::size_t band = std::size_t(kBorder) * m_width;
    std::fill_n(m_sums.begin(), band, 0);
    std::fill_n(m_sums.end() - std::ptrdiff_t(band), band, 0);
    for (int y = kBorder; y < m_height - kBorder; ++y) {
        const auto row = m_sums.begin() + std::ptrdiff_t(y) * m_width;
        std::fill_n(row, kBorder, 0);
        std::fill_n(row + m_width - kBorder, kBorder, 0);
    }
}

void EventPainter::paint(QImage &image, const MapCamera &camera, double scale,
                         const MapStyle &style, const EventPoints &events, bool dimmed,
                         const ThemeOpacities &opacities)
{
    if (m_width != image.width() + 2 * kBorder || m_height != image.height() + 2 * kBorder) {
        m_width = image.width() + 2 * kBorder;
        m_height = image.height() + 2 * kBorder;
        m_sums.assign(std::size_t(m_width) * m_height, 0);
    } // otherwise the picture before has left them at zero
    const double crowd = crowdIn(camera, image.width() / scale, image.height() / scale, events);
    const auto look = LightLook::of(style, scale, camera.zoom, crowd, dimmed, opacities);
    makeKernels(look);
    accumulate(camera, scale, events.dots);
    if (m_painted == Counts{})
        return;
    makeCurve(look);
    develop(image, scale, look);
}

} // namespace chrona::ui
