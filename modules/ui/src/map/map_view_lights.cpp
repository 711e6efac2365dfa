// SPDX-License-Identifier: AGPL-3.0-or-later
// Where the graphics processor draws the events: between what lies below and above them.
#include "chrona/ui/map/map_view.h"

#include "frame_maker.h"
#include "light_item.h"
#include "map_surface.h"

namespace chrona::ui {

void MapView::addLights()
{
    m_lights = new LightItem(m_surface->parentItem());
    m_overLights = new MapSurface(m_surface->parentItem());
    m_overLights->setAbove();
    m_lights->stackAfter(m_surface);
    m_overLights->stackAfter(m_lights);
    const auto fit = [this] {
        for (QQuickItem *item : {static_cast<QQuickItem *>(m_lights.data()),
                                 static_cast<QQuickItem *>(m_overLights.data())})
            if (item)
                item->setSize(m_surface->size());
    };
    connect(m_surface, &QQuickItem::widthChanged, this, fit);
    connect(m_surface, &QQuickItem::heightChanged, this, fit);
    fit();
    connect(m_lights, &LightItem::failed, this, [this] {
        removeLights();
        requestFrame();
    });
}

void MapView::removeLights()
{
    for (QQuickItem *item : {static_cast<QQuickItem *>(m_lights.data()),
                             static_cast<QQuickItem *>(m_overLights.data())})
        if (item)
            item->deleteLater();
    m_lights.clear();
    m_overLights.clear();
}

void MapView::moveLights(const MapCamera &camera)
{
    if (!m_lights)
        return;
    m_lights->setCamera(camera);
    m_overLights->setCamera(camera);
}

void MapView::showLights(const FrameResult &result)
{
    if (!m_lights)
        return;
    moveLights(camera());
    // A picture that was asked for before has the events in it.
    m_lights->setEvents(result.look ? result.events : nullptr);
    if (result.look)
        m_lights->setLook(*result.look);
    m_overLights->setFrame(result.frame);
}

} // namespace chrona::ui
