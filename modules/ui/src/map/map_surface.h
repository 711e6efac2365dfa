// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/map/map_camera.h"

#include <QColor>
#include <QImage>
#include <QQuickItem>

namespace chrona::ui {

/// A finished picture of the map and where it was taken from.
struct MapFrame {
    QImage picture;
    QImage above; ///< what lies over the events where the graphics processor draws them; else null
    MapCamera camera;
    int margin = 0;
};

/// A picture taken from `was`, with a margin around it, fills the view from `now` as well and has
/// half of its margin to spare: no other is needed yet.
[[nodiscard]] bool isStillAhead(const MapCamera &was, const MapCamera &now, int margin);

/// Shows the newest picture where the camera is now: while a new one is on its way, the old one
/// moves and grows with the map. One texture, so it works on every back end of Qt Quick. Two of
/// them, one over the other, hold what lies below and above a LightItem. UI thread.
class MapSurface : public QQuickItem {
    Q_OBJECT
public:
    explicit MapSurface(QQuickItem *parent = nullptr);

    void setFrame(MapFrame frame);
    void setCamera(const MapCamera &camera);
    /// What lies beyond the picture until the next one comes.
    void setBackground(const QColor &color);
    /// It shows what lies above, and nothing where there is nothing.
    void setAbove() { m_isAbove = true; }

protected:
    QSGNode *updatePaintNode(QSGNode *old, UpdatePaintNodeData *) override;

private:
    MapFrame m_frame;
    MapCamera m_camera;
    QColor m_background;
    bool m_isAbove = false;
    bool m_isNew = false; ///< the picture is not yet a texture
};

} // namespace chrona::ui
