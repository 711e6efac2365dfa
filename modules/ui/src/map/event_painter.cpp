// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_painter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace chrona::ui {

namespace {

constexpr int kBorder = 12; ///< no kernel reaches further, so stamping needs no clipping
constexpr std::uint64_t kWeightFull = 0xF000; ///< a lane holds no more; 235 events on one pixel
constexpr std::size_t kManyEvents = 100'000; ///< from here on threads are worth their sums
constexpr std::size_t kSpotsAhead = 64;      ///< found before the first of them is stamped
constexpr int kCurveSteps = 4096;
constexpr float kVividness = 1.45f;

/// Radius of a dot in pixels: larger on closer looks and where few are in view.
double radiusFor(double zoom, double crowd, std::size_t size)
{
    constexpr std::array<double, 4> kBySeverity{0.82, 1.0, 1.35, 1.9};
    const double base = std::clamp(1.05 + (zoom - 2.2) * 0.36, 1.05, 3.6);
    const double room = std::clamp(std::pow(4'000 / std::max(1.0, crowd), 0.28), 0.5, 1.0);
    return std::max(0.75, base * room) * kBySeverity[size];
}

std::size_t sizeClassOf(std::uint8_t severity)
{
    return severity < 96 ? 0 : severity < 160 ? 1 : severity < 216 ? 2 : 3;
}

} // namespace

/// How many events are in view, estimated from every sixteenth: how large and how clear a dot may
/// be.
double EventPainter::visibleShare(const MapCamera &camera, double width, double height,
                                  const EventPoints &events)
{
    constexpr std::size_t kStride = 16;
    const double world = camera.worldPixels();
    const double halfWidth = width / 2 / world, halfHeight = height / 2 / world;
    std::size_t seen = 0;
    const std::span<const std::uint32_t> rows = events.points();
    for (std::size_t i = 0; i < rows.size(); i += kStride) {
        const double dx = events.places->x[rows[i]] - camera.centre.x;
        const double dy = events.places->y[rows[i]] - camera.centre.y;
        seen += std::abs(dx - std::round(dx)) < halfWidth && std::abs(dy) < halfHeight ? 1 : 0;
    }
    return double(seen * kStride);
}

void EventPainter::makeKernels(const MapStyle &style, double scale, double zoom, double crowd,
                               const ThemeOpacities &opacities)
{
    for (std::size_t theme = 0; theme < m_kernels.size(); ++theme)
        for (std::size_t size = 0; size < kSizes; ++size) {
            Kernel &kernel = m_kernels[theme][size];
            const double radius = radiusFor(zoom, crowd, size) * scale;
            kernel.reach = std::clamp(int(std::ceil(radius - 0.5)), 1, kBorder);
            const int side = 2 * kernel.reach + 1;
            kernel.cells.assign(std::size_t(side) * side, 0);
            kernel.isCross = kernel.reach == 1 && std::numbers::sqrt2 >= radius + 0.5;
            const QColor &color = style.themes[theme];
            for (int y = -kernel.reach; y <= kernel.reach; ++y)
                for (int x = -kernel.reach; x <= kernel.reach; ++x) {
                    const double cover = std::clamp(radius + 0.5 - std::hypot(x, y), 0.0, 1.0) *
                                         std::min(1.0, radius) * double(opacities[theme]);
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
template <int kReach> void EventPainter::stamp(std::uint64_t *middle, const Kernel &kernel) const
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

void EventPainter::stamp(std::span<const Spot> spots) const
{
    for (const auto [middle, kernel] : spots)
        if (kernel->isCross)
            stampCross(middle, *kernel);
        else if (kernel->reach == 1)
            stamp<1>(middle, *kernel);
        else if (kernel->reach == 2)
            stamp<2>(middle, *kernel);
        else
            stamp<0>(middle, *kernel);
}

struct EventPainter::View {
    double world;     ///< pixels
    int width, height;
    double left, top; ///< of the world
    int firstCopy, lastCopy;
};

void EventPainter::accumulate(const View &view, const EventPoints &events,
                              std::span<const std::uint32_t> rows, Sums &sums,
                              Counts &painted) const
{
    const std::uint8_t *themes = events.themes->data();
    const std::uint8_t *severities = events.columns->severity.data();
    const float *xs = events.places->x.data(), *ys = events.places->y.data();
    std::array<Spot, kSpotsAhead> spots;
    std::size_t count = 0;
    for (const std::uint32_t row : rows) {
        const double y = (double(ys[row]) - view.top) * view.world;
        if (!(y >= 0 && y < view.height)) // also without a place: NaN
            continue;
        const std::size_t theme = themes[row];
        const Kernel &kernel = m_kernels[theme][sizeClassOf(severities[row])];
        for (int copy = view.firstCopy; copy <= view.lastCopy; ++copy) {
            const double x = (double(xs[row]) + copy - view.left) * view.world;
            if (!(x >= 0 && x < view.width))
                continue;
            std::uint64_t *middle =
                sums.data() + std::size_t(int(y) + kBorder) * m_width + (int(x) + kBorder);
            // Events in the order of time lie all over the picture: without this, each of them
            // waits for memory.
            __builtin_prefetch(middle - m_width, 1);
            __builtin_prefetch(middle, 1);
            __builtin_prefetch(middle + m_width, 1);
            ++painted[theme];
            spots[count++] = {middle, &kernel};
            if (count == spots.size())
                stamp(std::span(spots.data(), std::exchange(count, 0)));
        }
    }
    stamp(std::span(spots.data(), count));
}

void EventPainter::accumulate(const MapCamera &camera, double scale, const EventPoints &events)
{
    View view{};
    view.world = camera.worldPixels() * scale;
    view.width = m_width - 2 * kBorder;
    view.height = m_height - 2 * kBorder;
    view.left = camera.centre.x - view.width / 2.0 / view.world;
    view.top = camera.centre.y - view.height / 2.0 / view.world;
    view.firstCopy = int(std::floor(view.left));
    view.lastCopy = int(std::floor(view.left + view.width / view.world));
    const std::span<const std::uint32_t> rows = events.points();
    const std::size_t threads = rows.size() < kManyEvents ? 1 : m_executor.threadCount();
    m_parts.resize(threads - 1);
    std::vector<Counts> painted(threads);
    m_executor.forEach(threads, [&](std::size_t part) {
        const std::size_t begin = rows.size() * part / threads;
        const std::size_t end = rows.size() * (part + 1) / threads;
        Sums &sums = part == 0 ? m_sums : m_parts[part - 1];
        sums.resize(m_sums.size());
        accumulate(view, events, rows.subspan(begin, end - begin), sums, painted[part]);
    });
    gather();
    m_painted = {};
    for (const Counts &counts : painted)
        for (std::size_t theme = 0; theme < counts.size(); ++theme)
            m_painted[theme] += counts[theme];
}

/// The parts go into the sums, and are zero again. A full pixel takes no more, as in a stamp.
void EventPainter::gather()
{
    if (m_parts.empty())
        return;
    const std::size_t threads = m_executor.threadCount(), size = m_sums.size();
    m_executor.forEach(threads, [&](std::size_t piece) {
        for (Sums &part : m_parts)
            for (std::size_t i = size * piece / threads; i < size * (piece + 1) / threads; ++i) {
                const std::uint64_t more = std::exchange(part[i], 0), sum = m_sums[i];
                if (more == 0)
                    continue;
                const bool isFull = (sum >> 48) + (more >> 48) > kWeightFull;
                m_sums[i] = isFull ? std::max(sum, more) : sum + more;
            }
    });
}

/// Weight → opacity and heat. One lone event is as opaque as the number in the picture allows.
void EventPainter::makeCurve(double crowd, double strength)
{
    m_opacity.resize(kCurveSteps);
    m_heat.resize(kCurveSteps);
    const double magnitude = std::log10(std::max(1.0, crowd / 1'500));
    const double single = std::clamp(0.92 - 0.2 * magnitude, 0.4, 0.92);
    const double most = std::log(double(kWeightFull) / 255);
    for (int i = 0; i < kCurveSteps; ++i) {
        const double events = i * 16.0 / 255;
        const double heat = events > 1 ? std::log(events) / most : 0;
        const double opacity = events < 1 ? single * events : single + (0.98 - single) * heat;
        m_opacity[i] = float(opacity * strength);
        m_heat[i] = float(std::clamp((heat - 0.45) / 0.55, 0.0, 1.0) * 0.55);
    }
}

void EventPainter::develop(QImage &image, double scale, const MapStyle &style, bool dimmed)
{
    const float glowStrength = style.isDark ? (dimmed ? 0.5f : 1.0f) : 0.0f;
    m_glow.reset(image.width(), image.height());
    image.detach(); // here, and not in the threads
    // Whole rows of the glow's cells each, so that no two threads write to one.
    const std::size_t threads = m_executor.threadCount();
    const int cells = (image.height() + GlowField::kCell - 1) / GlowField::kCell;
    m_executor.forEach(threads, [&](std::size_t piece) {
        const auto rowOf = [&](std::size_t at) {
            const int cell = int(std::size_t(cells) * at / threads);
            return std::min(image.height(), cell * GlowField::kCell);
        };
        developRows(image, {rowOf(piece), rowOf(piece + 1)}, style, glowStrength);
    });
    clearBorder();
    if (glowStrength > 0) {
        m_glow.compress(GlowField::kCell * GlowField::kCell, 0.30f);
        m_glow.blur(std::max(1, int(std::lround(scale))), 2);
        m_glow.paintOn(image);
    }
}

void EventPainter::developRows(QImage &image, Rows rows, const MapStyle &style, float glowStrength)
{
    const int width = image.width();
    // On a dark ground crowds glow white, on a light one they deepen.
    const float hot = style.isDark ? 255.0f : 20.0f;
    for (int y = rows.begin; y < rows.end; ++y) {
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        std::uint64_t *sums = m_sums.data() + std::size_t(y + kBorder) * m_width + kBorder;
        for (int x = 0; x < width; ++x) {
            const std::uint64_t sum = sums[x];
            if (sum == 0)
                continue;
            sums[x] = 0;
            const float weight = float(sum >> 48);
            const std::size_t step = std::min<std::size_t>(sum >> 52, kCurveSteps - 1);
            const float opacity = m_opacity[step],
                        heat = m_heat[step] * (style.isDark ? 1.0f : 0.3f);
            const float share = weight > 0 ? 255.0f / weight : 0;
            std::array<float, 3> light{float((sum >> 32) & 0xFFFF) * share,
                                       float((sum >> 16) & 0xFFFF) * share,
                                       float(sum & 0xFFFF) * share};
            // Mixing takes colour out; giving some back keeps it plain which category leads.
            const float grey = (light[0] + light[1] + light[2]) / 3;
            QRgb result = 0xFF000000u;
            for (std::size_t c = 0; c < 3; ++c) {
                const int shift = 16 - int(c) * 8;
                const float pure = std::clamp(grey + (light[c] - grey) * kVividness, 0.0f, 255.0f);
                const float color = pure + (hot - pure) * heat;
                const float under = float((pixels[x] >> shift) & 0xFF);
                result |= QRgb(under + (color - under) * opacity + 0.5f) << shift;
                light[c] = pure * opacity * glowStrength;
            }
            pixels[x] = result;
            if (glowStrength > 0)
                m_glow.add(x / GlowField::kCell, y / GlowField::kCell, light);
        }
    }
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
        m_parts.clear();
    } // otherwise the picture before has left them at zero
    const double crowd =
        visibleShare(camera, image.width() / scale, image.height() / scale, events);
    makeKernels(style, scale, camera.zoom, crowd, opacities);
    accumulate(camera, scale, events);
    if (m_painted == Counts{})
        return;
    makeCurve(crowd, dimmed ? (style.isDark ? 0.55 : 0.7) : 1.0);
    develop(image, scale, style, dimmed);
}

} // namespace chrona::ui
