// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_surface.h"

#include <QQuickWindow>
#include <QSGImageNode>
#include <QSGRectangleNode>

#include <cmath>
#include <memory>

namespace chrona::ui {

bool isStillAhead(const MapCamera &was, const MapCamera &now, int margin)
{
    const double world = now.worldPixels();
    const double dx = was.centre.x - now.centre.x, dy = was.centre.y - now.centre.y;
    const double most = margin / 2.0 / world;
    return was.zoom == now.zoom && was.size == now.size && std::abs(dx - std::round(dx)) <= most &&
           std::abs(dy) <= most;
}

MapSurface::MapSurface(QQuickItem *parent) : QQuickItem(parent)
{
    setFlag(ItemHasContents);
}

void MapSurface::setFrame(MapFrame frame)
{
    m_frame = std::move(frame);
    if (m_isAbove)
        m_frame.picture = m_frame.above;
    m_frame.above = {};
    m_isNew = true;
    update();
}

void MapSurface::setCamera(const MapCamera &camera)
{
    if (camera == m_camera)
        return;
    m_camera = camera;
    update();
}

void MapSurface::setBackground(const QColor &color)
{
    m_background = color;
    update();
}

QSGNode *MapSurface::updatePaintNode(QSGNode *old, UpdatePaintNodeData *)
{
    auto *root = old;
    if (!root) {
        root = new QSGNode;
        if (!m_isAbove)
            root->appendChildNode(window()->createRectangleNode());
    }
    const int grounds = m_isAbove ? 0 : 1;
    if (!m_isAbove) {
        auto *ground = static_cast<QSGRectangleNode *>(root->firstChild());
        ground->setRect(boundingRect());
        ground->setColor(m_background);
    }
    if (m_frame.picture.isNull())
        return root;
    auto *image =
        root->childCount() > grounds ? static_cast<QSGImageNode *>(root->lastChild()) : nullptr;
    const bool isMade = image == nullptr;
    if (isMade) {
        image = window()->createImageNode();
        image->setOwnsTexture(true);
    }
    if (m_isNew || isMade) {
        const auto kind = m_isAbove ? QQuickWindow::TextureHasAlphaChannel
                                    : QQuickWindow::TextureIsOpaque;
        image->setTexture(window()->createTextureFromImage(m_frame.picture, kind));
        image->setFiltering(QSGTexture::Linear);
        m_isNew = false;
    }
    if (isMade) // with its texture: Qt's software renderer reads it at once
        root->appendChildNode(image);
    // The picture's own rectangle, moved and scaled from its camera to the one of now.
    const MapCamera &was = m_frame.camera;
    const double growth = m_camera.worldPixels() / was.worldPixels();
    double dx = was.centre.x - m_camera.centre.x;
    dx -= std::round(dx); // the shorter way around the world
    const double dy = was.centre.y - m_camera.centre.y;
    const QSizeF size((was.size.width() + 2 * m_frame.margin) * growth,
                      (was.size.height() + 2 * m_frame.margin) * growth);
    const QPointF centre(width() / 2 + dx * m_camera.worldPixels(),
                         height() / 2 + dy * m_camera.worldPixels());
    image->setRect(QRectF(centre - QPointF(size.width(), size.height()) / 2, size));
    return root;
}

} // namespace chrona::ui
