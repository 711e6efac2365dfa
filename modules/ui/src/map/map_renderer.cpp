// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_renderer.h"

#include <QPainter>

#include <cmath>
#include <cstring>

namespace chrona::ui {

namespace {

bool samePlace(const MapScene &a, const MapScene &b)
{
    return a.camera == b.camera && a.margin == b.margin && a.scale == b.scale && a.style == b.style;
}

} // namespace

void MapRenderer::updateBase(const MapScene &scene, QSize size)
{
    if (m_basePicture.size() == size && samePlace(scene, m_baseOf) &&
        scene.regions == m_baseOf.regions)
        return;
    if (m_basePicture.size() != size)
        m_basePicture = QImage(size, QImage::Format_RGB32);
    m_base.paint(m_basePicture, scene.camera, scene.scale, *scene.style, scene.regions.get());
    m_baseOf = scene;
    m_baseOf.events.reset(); // the kept picture must not keep events alive
    m_baseOf.selection.reset();
}

void MapRenderer::updateLabels(const MapScene &scene, QSize size)
{
    if (m_labelPicture.size() == size && samePlace(scene, m_labelsOf) &&
        scene.keepClear == m_labelsOf.keepClear)
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
    m_labels.paint(m_labelPicture, scene.camera, scene.scale, *scene.style, keepClear);
    m_labelsOf = scene;
    m_labelsOf.events.reset();
    m_labelsOf.selection.reset();
}

QImage MapRenderer::render(const MapScene &scene)
{
    const QSize size(int(std::ceil((scene.camera.size.width() + 2 * scene.margin) * scene.scale)),
                     int(std::ceil((scene.camera.size.height() + 2 * scene.margin) * scene.scale)));
    updateBase(scene, size);
    QImage picture = m_basePicture.copy();
    const bool isSelected = scene.selection && !scene.selection->isEmpty();
    if (scene.showEvents && scene.events)
        m_events.paint(picture, scene.camera, scene.scale, *scene.style, *scene.events, isSelected);
    if (scene.showLabels) {
        updateLabels(scene, size);
        QPainter painter(&picture);
        painter.drawImage(0, 0, m_labelPicture);
    }
    if (scene.showEvents && scene.events && isSelected)
        paintSelection(picture, scene.camera, scene.scale, *scene.style, *scene.events,
                       *scene.selection);
    return picture;
}

} // namespace chrona::ui
