// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "light_look.h"

#include <QQuickRhiItem>

#include <memory>

namespace chrona::ui {

/// What the item shows, as its renderer takes it over.
struct LightScene {
    std::shared_ptr<const EventPoints> events;
    MapCamera camera;
    LightLook look;
};

/// Events as light, drawn by the graphics processor: every event is added to the sums of its pixels
/// wherever the camera is, so moving the map costs no upload. The same arithmetic as EventPainter,
/// which draws where there is no graphics processor. UI thread, but for its renderer.
class LightItem : public QQuickRhiItem {
    Q_OBJECT
public:
    explicit LightItem(QQuickItem *parent = nullptr);

    void setEvents(std::shared_ptr<const EventPoints> events);
    void setCamera(const MapCamera &camera);
    void setLook(const LightLook &look);
    [[nodiscard]] const LightScene &scene() const { return m_scene; }

Q_SIGNALS:
    /// This graphics processor cannot add up light; the processor must draw.
    void failed();

protected:
    QQuickRhiItemRenderer *createRenderer() override;

private:
    LightScene m_scene;
};

} // namespace chrona::ui
