// SPDX-License-Identifier: AGPL-3.0-or-later
#include "surface_painter.h"

#include "shape_tracer.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

namespace chrona::ui {

using workspace::MapDrawing;

namespace {

constexpr double kHeatCell = 4;   ///< pixels
constexpr int kHeatReach = 4;     ///< cells, of each of three blurs
constexpr double kHexRadius = 13; ///< pixels at a whole zoom
constexpr std::size_t kClasses = 5;

/// Classes that grow by a factor, for counts that do: 1, 2–5, 6–20 … up to the most.
std::vector<double> countBounds(double most)
{
    std::vector<double> bounds{1};
    for (std::size_t i = 1; i <= kClasses; ++i) {
        const double bound = std::round(std::pow(most + 1, double(i) / kClasses));
        if (bound > bounds.back())
            bounds.push_back(bound);
    }
    if (bounds.size() < 2)
        bounds.push_back(2);
    return bounds;
}

std::size_t countClass(const std::vector<double> &bounds, double count)
{
    const auto above = std::ranges::upper_bound(bounds, count);
    const auto number = above == bounds.begin() ? 0 : above - bounds.begin() - 1;
    return std::min(static_cast<std::size_t>(number), bounds.size() - 2);
}

/// The largest whole number that is no larger; of rows and columns, of which there are not so many.
int wholeBelow(double value)
{
    constexpr int kBeyond = 1 << 24;
    return int(value + kBeyond) - kBeyond;
}

/// From nearly the land to the layer's own colour.
std::vector<QColor> tints(const MapStyle &style, workspace::MapTheme theme, std::size_t count)
{
    std::vector<QColor> colors;
    for (std::size_t i = 0; i < count; ++i)
        colors.push_back(mixed(style.land, style.themes[static_cast<std::size_t>(theme)],
                               count < 2 ? 0.7 : 0.28 + 0.72 * double(i) / double(count - 1)));
    return colors;
}

/// Each cell becomes the mean of those within reach, beyond the ends being none.
void blurLine(float *cells, int count, int stride, std::vector<float> &line)
{
    float sum = 0;
    for (int i = 0; i < count + kHeatReach; ++i) {
        if (i < count)
            sum += cells[std::ptrdiff_t(i) * stride];
        if (i >= 2 * kHeatReach + 1)
            sum -= cells[std::ptrdiff_t(i - 2 * kHeatReach - 1) * stride];
        if (i >= kHeatReach)
            line[std::size_t(i - kHeatReach)] = sum / (2 * kHeatReach + 1);
    }
    for (int i = 0; i < count; ++i)
        cells[std::ptrdiff_t(i) * stride] = line[std::size_t(i)];
}

void fillClasses(QImage &image, const std::vector<QPainterPath> &paths, const SurfaceScale &legend,
                 double opacity)
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(opacity);
    for (std::size_t i = 0; i < paths.size(); ++i)
        painter.fillPath(paths[i], legend.colors[i]);
}

/// Hexagons of one size, painted once for each colour and quarter of a pixel: one path of thousands
/// is slow to fill.
class HexagonStamps {
public:
    HexagonStamps(double radius, const std::vector<QColor> &colors, double opacity)
        : m_radius(radius), m_reach(int(std::ceil(radius)) + 1), m_colors(colors),
          m_stamps(colors.size() * kSteps * kSteps)
    {
        for (QColor &color : m_colors)
            color.setAlphaF(float(opacity));
    }

    void put(QPainter &painter, QPointF middle, std::size_t number)
    {
        const double left = std::floor(middle.x()), top = std::floor(middle.y());
        const int stepX = int((middle.x() - left) * kSteps);
        const int stepY = int((middle.y() - top) * kSteps);
        QImage &stamp = m_stamps[(number * kSteps + std::size_t(stepX)) * kSteps +
                                 std::size_t(stepY)];
        if (stamp.isNull())
            stamp = made(m_colors[number], {(stepX + 0.5) / kSteps, (stepY + 0.5) / kSteps});
        painter.drawImage(QPointF(left - m_reach, top - m_reach), stamp);
    }

private:
    static constexpr int kSteps = 4;

    [[nodiscard]] QImage made(const QColor &color, QPointF shift) const
    {
        QImage image(2 * m_reach + 2, 2 * m_reach + 2, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPolygonF hexagon;
        for (int corners = 0; corners < 6; ++corners) {
            const double angle = (corners + 0.5) * std::numbers::pi / 3;
            hexagon << QPointF(m_reach, m_reach) + shift +
                           QPointF(std::cos(angle), std::sin(angle)) * m_radius;
        }
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(hexagon);
        return image;
    }

    double m_radius;
    int m_reach;
    std::vector<QColor> m_colors;
    std::vector<QImage> m_stamps;
};

} // namespace

struct SurfacePainter::Job {
    QImage &image;
    double scale;
    const MapStyle &style;
    const EventPoints &events;
    const std::vector<std::uint32_t> &rows;
    const workspace::MapLayer &layer;
    const MapCamera &camera;
    ShapeTracer tracer;

    /// Every copy of every event in view, in pixels, with so much around the picture.
    template <class Visit> void forEachPlace(double around, Visit visit) const
    {
        const float *xs = events.places->x.data(), *ys = events.places->y.data();
        const QPointF corner = tracer.place({0, 0}, 0);
        const double world = tracer.worldPixels(), left = corner.x(), top = corner.y();
        const double bottom = image.height() + around, right = image.width() + around;
        for (const std::uint32_t row : rows) {
            const double y = double(ys[row]) * world + top;
            if (!(y >= -around && y < bottom))
                continue;
            for (int copy = tracer.firstCopy(); copy <= tracer.lastCopy(); ++copy) {
                const double x = (double(xs[row]) + copy) * world + left;
                if (x >= -around && x < right)
                    visit(x, y);
            }
        }
    }
};

SurfaceScale SurfacePainter::paint(QImage &image, const MapCamera &camera, double scale,
                                   const MapStyle &style, const EventPoints &events,
                                   const workspace::MapLayer &layer)
{
    const Job job{image,
                  scale,
                  style,
                  events,
                  events.surfaceRows[static_cast<std::size_t>(layer.theme)],
                  layer,
                  camera,
                  ShapeTracer(camera, scale, image.width(), image.height())};
    SurfaceScale legend{layer.theme, layer.drawing, {}, {}};
    if (job.rows.empty())
        return legend;
    switch (layer.drawing) {
    case MapDrawing::Heat: paintHeat(job, legend); break;
    case MapDrawing::Hexagons: paintHexagons(job, legend); break;
    case MapDrawing::Countries: paintCountries(job, legend); break;
    case MapDrawing::Points: break;
    }
    return legend;
}

void SurfacePainter::paintHeat(const Job &job, SurfaceScale &legend)
{
    const double cell = kHeatCell * job.scale;
    const int around = 3 * kHeatReach + 1; // cells: nobody sees the field's edge
    // Cells are counted from the world's corner, so that they move with the map.
    const QPointF corner = job.tracer.place({0, 0}, 0);
    const double shiftX = std::remainder(corner.x(), cell);
    const double shiftY = std::remainder(corner.y(), cell);
    const int columns = int(job.image.width() / cell) + 2 * around + 2;
    const int rows = int(job.image.height() / cell) + 2 * around + 2;
    m_cells.assign(std::size_t(columns) * rows, 0);
    job.forEachPlace(around * cell, [&](double x, double y) {
        const int column = int(std::floor((x - shiftX) / cell)) + around;
        const int row = int(std::floor((y - shiftY) / cell)) + around;
        if (column >= 0 && column < columns && row >= 0 && row < rows)
            m_cells[std::size_t(row) * columns + column] += 1;
    });
    const auto blur = [this](int count, int stride, std::size_t first) {
        m_line.resize(std::size_t(count));
        for (int pass = 0; pass < 3; ++pass)
            blurLine(m_cells.data() + first, count, stride, m_line);
    };
    for (int row = 0; row < rows; ++row)
        blur(columns, 1, std::size_t(row) * columns);
    for (int column = 0; column < columns; ++column)
        blur(rows, columns, std::size_t(column));
    const float most = std::ranges::max(m_cells);
    if (!(most > 0))
        return;
    const auto &ramp = job.style.sequential;
    QImage field(columns, rows, QImage::Format_ARGB32_Premultiplied);
    for (int row = 0; row < rows; ++row) {
        auto *pixels = reinterpret_cast<QRgb *>(field.scanLine(row));
        for (int column = 0; column < columns; ++column) {
            // The root brings out what is thin beside what is dense.
            const double share =
                std::sqrt(std::max(0.F, m_cells[std::size_t(row) * columns + column]) / most);
            const double at = share * double(ramp.size() - 1);
            const auto low = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
            QColor color = mixed(ramp[low], ramp[low + 1], at - double(low));
            // The blur's last steps, which are nearly square, stay unseen.
            const double opacity = std::clamp((share - 0.1) * 2.4, 0.0, 1.0);
            color.setAlphaF(float(opacity * 0.82 * job.layer.opacity));
            pixels[column] = qPremultiply(color.rgba());
        }
    }
    QPainter painter(&job.image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(shiftX - around * cell, shiftY - around * cell, columns * cell,
                             rows * cell),
                      field);
    const double side = kHeatCell * geo::metresPerPixel(geo::unproject(job.camera.centre).latitude,
                                                        job.camera.zoom) / 1000; // km
    for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0})
        legend.bounds.push_back(share * share * double(most) / (side * side) * 1e6);
    for (const double share : {0.125, 0.375, 0.625, 0.875}) {
        const double at = share * double(ramp.size() - 1);
        const auto low = static_cast<std::size_t>(at);
        legend.colors.push_back(mixed(ramp[low], ramp[low + 1], at - double(low)));
    }
}

void SurfacePainter::paintHexagons(const Job &job, SurfaceScale &legend)
{
    // As large as a whole zoom makes them, so that zooming keeps them until the next one.
    const double radius = kHexRadius * job.scale *
                          std::exp2(job.camera.zoom - std::floor(job.camera.zoom + 0.5));
    const double wide = std::numbers::sqrt3 * radius, high = 1.5 * radius;
    const QPointF corner = job.tracer.place({0, 0}, 0);
    const int firstRow = int(std::floor(-corner.y() / high)) - 2;
    const int firstColumn = int(std::floor(-corner.x() / wide)) - 2;
    const int rows = int(job.image.height() / high) + 6;
    const int columns = int(job.image.width() / wide) + 6;
    const auto middleOf = [&](int column, int row) {
        return QPointF((column + ((row & 1) != 0 ? 0.5 : 0.0)) * wide + corner.x(),
                       row * high + corner.y());
    };
    m_counts.assign(std::size_t(columns) * rows, 0);
    const double perWide = 1 / wide, perHigh = 1 / high, left = corner.x(), top = corner.y();
    job.forEachPlace(wide, [&](double x, double y) {
        // In rows and columns of middles; of the row above and the one below, the nearer middle.
        const double down = (y - top) * perHigh, across = (x - left) * perWide;
        const int above = wholeBelow(down);
        const auto inRow = [&](int row) {
            const double shifted = across - ((row & 1) != 0 ? 0.5 : 0.0);
            const int column = wholeBelow(shifted + 0.5);
            const double dx = (shifted - column) * wide, dy = (down - row) * high;
            return std::pair(column, dx * dx + dy * dy);
        };
        const auto [upper, toUpper] = inRow(above);
        const auto [lower, toLower] = inRow(above + 1);
        const int c = (toUpper <= toLower ? upper : lower) - firstColumn;
        const int r = (toUpper <= toLower ? above : above + 1) - firstRow;
        if (c >= 0 && c < columns && r >= 0 && r < rows)
            ++m_counts[std::size_t(r) * columns + c];
    });
    const std::uint32_t most = std::ranges::max(m_counts);
    if (most == 0)
        return;
    legend.bounds = countBounds(most);
    legend.colors = tints(job.style, job.layer.theme, legend.bounds.size() - 1);
    // A hairline stays between them.
    HexagonStamps stamps(radius - 0.6 * job.scale, legend.colors, 0.85 * job.layer.opacity);
    QPainter painter(&job.image);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            if (const auto count = m_counts[std::size_t(row) * columns + column]; count > 0)
                stamps.put(painter, middleOf(column + firstColumn, row + firstRow),
                           countClass(legend.bounds, count));
}

void SurfacePainter::paintCountries(const Job &job, SurfaceScale &legend)
{
    if (!job.events.countries)
        return;
    std::unordered_map<std::string_view, std::uint32_t> counts;
    m_counts.assign(job.events.countries->size(), 0);
    for (const std::uint32_t row : job.rows)
        if (const std::size_t region = job.events.columns->region[row]; region < m_counts.size())
            ++m_counts[region];
    std::uint32_t most = 0;
    for (std::size_t region = 0; region < m_counts.size(); ++region)
        if (m_counts[region] > 0 && !(*job.events.countries)[region].empty())
            most = std::max(most, counts[(*job.events.countries)[region]] += m_counts[region]);
    if (most == 0)
        return;
    legend.bounds = countBounds(most);
    legend.colors = tints(job.style, job.layer.theme, legend.bounds.size() - 1);
    std::vector<QPainterPath> paths(legend.colors.size());
    const geo::BaseMap &map = m_data.base(job.camera.zoom);
    ShapeTracer tracer = job.tracer;
    for (const geo::Area &area : map.areas(geo::AreaLayer::Countries)) {
        const auto found = counts.find(area.code);
        if (found != counts.end() && tracer.isVisible(area.box))
            tracer.addArea(map, area, paths[countClass(legend.bounds, found->second)]);
    }
    fillClasses(job.image, paths, legend, 0.6 * job.layer.opacity);
}

} // namespace chrona::ui
