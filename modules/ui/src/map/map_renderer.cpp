// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_renderer.h"

#include <QPainter>

#include <cmath>
#include <cstring>

namespace chrona::ui {

namespace {

/// As far as the glow along the coasts reaches.
constexpr int kGlowReach = 64;

bool samePlace(const MapScene &a, const MapScene &b)
{
    return a.camera == b.camera && a.margin == b.margin && a.scale == b.scale && a.style == b.style;
}

bool sameTiles(const MapScene &a, const MapScene &b)
{
    return a.tilesFile == b.tilesFile && a.tilesServed == b.tilesServed &&
           a.boundaries == b.boundaries;
}

/// The last multiple of a cell, counted from `begin`, at or before x.
int cellBefore(int x, int begin)
{
    constexpr int kCell = GlowField::kCell;
    return x - ((x - begin) % kCell + kCell) % kCell;
}

} // namespace

PortMarks portMarksOf(const MapScene &scene)
{
    const bool areShown = !scene.layers || scene.layers->layer(workspace::MapTheme::Ports).isShown;
    return areShown ? PortMarks::Shown : PortMarks::Hidden;
}

void MapRenderer::updateBase(const MapScene &scene, QSize size)
{
    if (const auto shift = shiftTo(scene, size)) {
        if (!shift->isNull())
            shiftBase(*shift);
        return;
    }
    const bool isSameBelow = m_basePicture.size() == size && samePlace(scene, m_baseOf) &&
                             sameTiles(scene, m_baseOf);
    if (isSameBelow && scene.regions &&
        m_base.recolour(m_basePicture, *scene.regions, *scene.style)) {
        m_baseOf.regions = scene.regions;
        return;
    }
    if (m_basePicture.size() != size)
        m_basePicture = QImage(size, QImage::Format_RGB32);
    m_base.useTiles(scene.tilesFile, scene.tilesServed);
    m_base.useOwn(scene.boundaries ? std::shared_ptr<const geo::BaseMap>(scene.boundaries,
                                                                         &scene.boundaries->map)
                                   : nullptr);
    m_base.paint(m_basePicture, scene.camera, scene.scale, *scene.style, scene.regions.get());
    m_basePixelsDrawn += qint64(size.width()) * size.height();
    m_baseCell = {};
    m_baseOf = scene;
    m_baseOf.events.reset(); // the kept picture must not keep events alive
    m_baseOf.selection.reset();
    m_baseOf.shapes.reset();
}

std::optional<QPoint> MapRenderer::shiftTo(const MapScene &scene, QSize size) const
{
    MapScene there = scene;
    there.camera.centre = m_baseOf.camera.centre;
    if (m_basePicture.size() != size || !samePlace(there, m_baseOf) ||
        scene.regions != m_baseOf.regions || !sameTiles(scene, m_baseOf))
        return std::nullopt;
    const double world = scene.camera.worldPixels() * scene.scale;
    const double dx = scene.camera.centre.x - m_baseOf.camera.centre.x;
    const double dy = scene.camera.centre.y - m_baseOf.camera.centre.y;
    const double x = (dx - std::round(dx)) * world, y = dy * world;
    // Hatched regions are drawn from the picture's corner; and after a long way little is left.
    const bool isNear = std::abs(x) + kGlowReach < size.width() / 2 &&
                        std::abs(y) + kGlowReach < size.height() / 2;
    const QPoint shift(isNear ? int(std::lround(x)) : 0, isNear ? int(std::lround(y)) : 0);
    if (!isNear || (scene.regions && !shift.isNull()))
        return std::nullopt;
    return shift;
}

void MapRenderer::shiftBase(QPoint shift)
{
    const QRect all = m_basePicture.rect();
    // What lay at the edge had no light from beyond it, so it is drawn anew as well.
    const QRect kept = all.intersected(all.translated(-shift))
                           .adjusted(shift.x() < 0 ? kGlowReach : 0, shift.y() < 0 ? kGlowReach : 0,
                                     shift.x() > 0 ? -kGlowReach : 0,
                                     shift.y() > 0 ? -kGlowReach : 0);
    QImage moved(all.size(), QImage::Format_RGB32);
    for (int y = kept.top(); y <= kept.bottom(); ++y)
        std::memcpy(moved.scanLine(y) + kept.left() * sizeof(QRgb),
                    m_basePicture.constScanLine(y + shift.y()) +
                        (kept.left() + shift.x()) * sizeof(QRgb),
                    std::size_t(kept.width()) * sizeof(QRgb));
    m_basePicture = std::move(moved);
    m_baseCell -= shift;
    const double world = m_baseOf.camera.worldPixels() * m_baseOf.scale;
    geo::MercatorPoint &centre = m_baseOf.camera.centre;
    centre = {centre.x + shift.x() / world, centre.y + shift.y() / world};
    centre.x -= std::floor(centre.x);
    if (kept.left() > 0)
        paintBaseIn({0, 0, kept.left(), all.height()});
    if (kept.right() < all.right())
        paintBaseIn({kept.right() + 1, 0, all.right() - kept.right(), all.height()});
    if (kept.top() > 0)
        paintBaseIn({kept.left(), 0, kept.width(), kept.top()});
    if (kept.bottom() < all.bottom())
        paintBaseIn({kept.left(), kept.bottom() + 1, kept.width(), all.bottom() - kept.bottom()});
}

/// With as much around it as shines into it, in the cells of the picture's glow.
void MapRenderer::paintBaseIn(const QRect &area)
{
    const int left = cellBefore(area.left() - kGlowReach, m_baseCell.x());
    const int top = cellBefore(area.top() - kGlowReach, m_baseCell.y());
    QImage part(area.right() + kGlowReach - left + 1, area.bottom() + kGlowReach - top + 1,
                QImage::Format_RGB32);
    const double world = m_baseOf.camera.worldPixels() * m_baseOf.scale;
    MapCamera camera = m_baseOf.camera;
    camera.centre.x += (left + (part.width() - m_basePicture.width()) / 2.0) / world;
    camera.centre.y += (top + (part.height() - m_basePicture.height()) / 2.0) / world;
    m_base.paint(part, camera, m_baseOf.scale, *m_baseOf.style, nullptr);
    m_basePixelsDrawn += qint64(part.width()) * part.height();
    for (int y = area.top(); y <= area.bottom(); ++y)
        std::memcpy(m_basePicture.scanLine(y) + area.left() * sizeof(QRgb),
                    part.constScanLine(y - top) + (area.left() - left) * sizeof(QRgb),
                    std::size_t(area.width()) * sizeof(QRgb));
}

void MapRenderer::updateLabels(const MapScene &scene, QSize size)
{
    if (m_labelPicture.size() == size && samePlace(scene, m_labelsOf) &&
        scene.keepClear == m_labelsOf.keepClear && portMarksOf(scene) == portMarksOf(m_labelsOf))
        return;
    if (m_wordStyle != scene.style || m_labelsOf.scale != scene.scale)
        m_labels.forget();
    m_wordStyle = scene.style;
    if (m_labelPicture.size() != size)
        m_labelPicture = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_labelPicture.fill(Qt::transparent);
    std::vector<QRectF> keepClear;
    for (const QRectF &area : scene.keepClear) {
        const QRectF moved = area.translated(scene.margin, scene.margin);
        keepClear.emplace_back(moved.topLeft() * scene.scale, moved.size() * scene.scale);
    }
    m_labels.paint(m_labelPicture, scene.camera, scene.scale, *scene.style, keepClear,
                   portMarksOf(scene));
    m_labelsOf = scene;
    m_labelsOf.events.reset();
    m_labelsOf.selection.reset();
    m_labelsOf.shapes.reset();
}

/// From the lowest layer to the topmost: surfaces and outlines, then all points as one light.
void MapRenderer::paintLayers(const MapScene &scene, QImage &picture)
{
    static const workspace::MapLayers kInitial = workspace::MapLayers::initial();
    const workspace::MapLayers &layers = scene.layers ? *scene.layers : kInitial;
    ThemeOpacities opacities = kOpaque;
    for (auto layer = layers.order.rbegin(); layer != layers.order.rend(); ++layer) {
        opacities[static_cast<std::size_t>(layer->theme)] = layer->opacity;
        if (!layer->isShown)
            continue;
        if (scene.events && layer->drawing != workspace::MapDrawing::Points) {
            auto drawn = m_surfaces.paint(picture, scene.camera, scene.scale, *scene.style,
                                          *scene.events, *layer);
            if (!drawn.bounds.empty())
                m_scales.insert(m_scales.begin(), std::move(drawn));
        }
        if (scene.shapes)
            m_shapes.paint(picture, scene.camera, scene.scale, *scene.style, *scene.shapes,
                           *layer);
    }
    if (scene.events && !scene.pointsElsewhere)
        m_events.paint(picture, scene.camera, scene.scale, *scene.style, *scene.events,
                       scene.selection && !scene.selection->isEmpty(), opacities);
}

QImage MapRenderer::render(const MapScene &scene)
{
    const QSize size(int(std::ceil((scene.camera.size.width() + 2 * scene.margin) * scene.scale)),
                     int(std::ceil((scene.camera.size.height() + 2 * scene.margin) * scene.scale)));
    updateBase(scene, size);
    QImage picture = m_basePicture.copy();
    m_scales.clear();
    if (scene.showEvents)
        paintLayers(scene, picture);
    if (scene.showEvents && scene.shapes)
        m_shapes.paintSelected(picture, scene.camera, scene.scale, *scene.style, *scene.shapes);
    if (!scene.pointsElsewhere) {
        m_above = {};
        paintOver(scene, picture, size);
        return picture;
    }
    m_above = QImage(size, QImage::Format_ARGB32_Premultiplied);
    m_above.fill(Qt::transparent);
    paintOver(scene, m_above, size);
    return picture;
}

/// What lies over the events: areas, names, stories, the selection.
void MapRenderer::paintOver(const MapScene &scene, QImage &picture, QSize size)
{
    if (scene.areas)
        paintAreas(picture, scene.camera, scene.scale, *scene.style, *scene.areas);
    if (scene.showLabels) {
        updateLabels(scene, size);
        QPainter painter(&picture);
        painter.drawImage(0, 0, m_labelPicture);
    }
    if (!scene.showEvents)
        return;
    if (scene.stories)
        paintStories(picture, scene.camera, scene.scale, *scene.style, *scene.stories);
    if (scene.events && scene.selection && !scene.selection->isEmpty()) {
        if (scene.layers && scene.layers->showTrack)
            paintTrack(picture, scene.camera, scene.scale, *scene.style, *scene.events,
                       *scene.selection);
        paintSelection(picture, scene.camera, scene.scale, *scene.style, *scene.events,
                       *scene.selection);
    }
}

} // namespace chrona::ui
