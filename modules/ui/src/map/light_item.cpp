// SPDX-License-Identifier: AGPL-3.0-or-later
#include "light_item.h"

#include "light_renderer.h"

namespace chrona::ui {

LightItem::LightItem(QQuickItem *parent) : QQuickRhiItem(parent)
{
    setAlphaBlending(true);
}

void LightItem::setEvents(std::shared_ptr<const EventPoints> events)
{
    if (events == m_scene.events)
        return;
    m_scene.events = std::move(events);
    update();
}

void LightItem::setCamera(const MapCamera &camera)
{
    if (camera == m_scene.camera)
        return;
    m_scene.camera = camera;
    update();
}

void LightItem::setLook(const LightLook &look)
{
    if (look == m_scene.look)
        return;
    m_scene.look = look;
    update();
}

QQuickRhiItemRenderer *LightItem::createRenderer()
{
    return new LightRenderer;
}

} // namespace chrona::ui
