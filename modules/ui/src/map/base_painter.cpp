// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base_painter.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>
#include <vector>

namespace chrona::ui {

namespace {
/// From here on the shipped coasts and borders would lie beside those of tiles.
constexpr double kOwnLinesZoom = 6;
} // namespace

struct BasePainter::Job {
    QImage &image;
    const MapCamera &camera;
    double scale;
    const MapStyle &style;
    const RegionLayer *regions;
    const geo::BaseMap &map;
    ShapeTracer &tracer;
};

void BasePainter::paint(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                        const RegionLayer *regions)
{
    ShapeTracer tracer(camera, scale, image.width(), image.height());
    const Job job{image, camera, scale, style, regions, m_data.base(camera.zoom), tracer};
    m_lines.reset(image.width(), image.height());
    image.fill(style.ocean);
    paintGraticule(job);
    paintAreas(job, geo::AreaLayer::Land, style.land);
    paintShelf(job);
    const bool hasTiles = m_tiles.paint(image, camera, scale, style);
    if (!regions) {
        m_regions.forget();
        if (!hasTiles)
            paintLines(job, job.map, geo::LineClass::River, style.river, 0.9);
        return paintAbove(job, hasTiles);
    }
    m_regions.begin(image, regions->values.set, camera.zoom, tracer);
    // On both grounds, so that what it covers can be told; then any colours can go below it.
    QImage onBlack(image.size(), QImage::Format_RGB32), onWhite(onBlack);
    onBlack.fill(Qt::black);
    onWhite.fill(Qt::white);
    for (QImage *ground : {&onBlack, &onWhite}) {
        const Job above{*ground, camera, scale, style, regions, job.map, tracer};
        paintRegionLines(above);
        paintAbove(above, hasTiles);
    }
    m_regions.cover(onBlack, onWhite);
    m_regions.paint(image, *regions, style);
}

bool BasePainter::recolour(QImage &image, const RegionLayer &regions, const MapStyle &style)
{
    if (!m_regions.isKept(regions.values.set, image.size()))
        return false;
    m_regions.paint(image, regions, style);
    return true;
}

/// What lies over the colours of regions, and over land without them.
void BasePainter::paintAbove(const Job &job, bool hasTiles)
{
    if (!hasTiles)
        paintAreas(job, geo::AreaLayer::Lakes, job.style.lake);
    if (!hasTiles || job.camera.zoom < kOwnLinesZoom) {
        paintLines(job, job.map, geo::LineClass::StateBorder,
                   job.camera.zoom < 6 ? job.style.stateBorder : job.style.border, 0.9);
        paintLines(job, job.map, geo::LineClass::Coast, job.style.coast, 0.9);
        paintLines(job, job.map, geo::LineClass::CountryBorder, job.style.border, 1.0);
    }
    if (m_data.own())
        paintLines(job, *m_data.own(), geo::LineClass::CountryBorder, job.style.labelText, 0.9);
}

void BasePainter::paintAreas(const Job &job, geo::AreaLayer layer, const QColor &color)
{
    QPainterPath path;
    for (const geo::Area &area : job.map.areas(layer))
        job.tracer.addArea(job.map, area, path);
    QPainter painter(&job.image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(path, color);
}

/// Meridians and parallels, which land then covers: they give open water a scale.
void BasePainter::paintGraticule(const Job &job)
{
    const double zoom = job.camera.zoom;
    const double step = zoom < 3.5  ? 30
                        : zoom < 5  ? 10
                        : zoom < 7  ? 5
                        : zoom < 9  ? 1
                        : zoom < 12 ? 0.25
                        : zoom < 15 ? 0.05
                                    : 0.01;
    const double world = job.tracer.worldPixels(), width = job.image.width(),
                 height = job.image.height();
    const double left = job.camera.centre.x - width / 2 / world,
                 top = job.camera.centre.y - height / 2 / world;
    const double first = std::floor(left * 360 / step) * step;
    for (double degrees = first; degrees <= (left + width / world) * 360; degrees += step) {
        const double x = (degrees / 360 - left) * world;
        m_lines.addSegment({x, 0}, {x, height}, 0.8 * job.scale);
    }
    const double south = geo::unproject({0, std::min(1.0, top + height / world)}).latitude;
    const double north = geo::unproject({0, std::max(0.0, top)}).latitude;
    for (double degrees = std::ceil(south / step) * step; degrees <= north; degrees += step) {
        const double y = (geo::project({0, degrees}).y - top) * world;
        m_lines.addSegment({0, y}, {width, y}, 0.8 * job.scale);
    }
    m_lines.paintOn(job.image, job.style.graticule);
}

/// A faint light on the water along the coasts.
void BasePainter::paintShelf(const Job &job)
{
    const QRgb ocean = job.style.ocean.rgb(), land = job.style.land.rgb();
    m_shelf.reset(job.image.width(), job.image.height());
    const std::array<float, 3> light{float(job.style.shelf.red() - job.style.ocean.red()) * 2,
                                     float(job.style.shelf.green() - job.style.ocean.green()) * 2,
                                     float(job.style.shelf.blue() - job.style.ocean.blue()) * 2};
    constexpr int kMiddle = GlowField::kCell / 2;
    for (int y = 0; y < job.image.height() / GlowField::kCell; ++y) {
        const auto *pixels =
            reinterpret_cast<const QRgb *>(job.image.constScanLine(y * GlowField::kCell + kMiddle));
        for (int x = 0; x < job.image.width() / GlowField::kCell; ++x)
            if (pixels[x * GlowField::kCell + kMiddle] == land)
                m_shelf.add(x, y, light);
    }
    m_shelf.blur(int(std::lround(2 * job.scale)), 3);
    m_shelf.paintOn(job.image, ocean);
}

void BasePainter::paintLines(const Job &job, const geo::BaseMap &map, geo::LineClass lineClass,
                             const QColor &color, double width)
{
    // Short stretches of rivers and state borders say nothing from far away.
    const bool isMinor = lineClass == geo::LineClass::River ||
                         lineClass == geo::LineClass::StateBorder ||
                         lineClass == geo::LineClass::CountyBorder;
    const double rankMax = isMinor ? job.camera.zoom - 1.2 : 99;
    if (lineClass == geo::LineClass::StateBorder && job.camera.zoom < 2.8)
        return;
    for (const geo::MapLine &line : map.linesOf(lineClass))
        if (line.rank <= rankMax || !isMinor)
            job.tracer.addLine(map, line, width * job.scale, m_lines);
    m_lines.paintOn(job.image, color);
}

void BasePainter::paintRegionLines(const Job &job)
{
    const RegionSet set = job.regions->values.set;
    if (set != RegionSet::UsCounties2017 && set != RegionSet::UsCounties2023)
        return;
    const geo::BaseMap &map = m_data.regions(set, job.camera.zoom);
    if (job.camera.zoom > 4.5)
        paintLines(job, map, geo::LineClass::CountyBorder,
                   mixed(job.style.stateBorder, job.style.land, 0.3), 0.7);
    paintLines(job, map, geo::LineClass::StateBorder, job.style.coast, 0.9);
}

} // namespace chrona::ui
