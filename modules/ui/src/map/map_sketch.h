// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/map/map_camera.h"

#include <QWidget>

#include <vector>

class QKeyEvent;

namespace chrona::ui {

class MapView;
class Theme;

enum class MapTool : std::uint8_t { None, Lasso, Measure };

/// Where lines are drawn over the map with pointer or keyboard: a click sets a corner, dragging
/// draws freely, a double-click or Return ends, Backspace takes the last corner back. Without a
/// pointer, the cross in the middle of the view is what sets corners, and the map moves below it.
/// UI thread only.
class MapSketch : public QWidget {
    Q_OBJECT
public:
    MapSketch(MapView &view, const Theme &theme);

    [[nodiscard]] MapTool tool() const { return m_tool; }
    /// None: nothing is drawn any more, and the map has the pointer again.
    void setTool(MapTool tool);
    void setCamera(const MapCamera &camera);
    /// True where the key meant the drawing.
    bool takeKey(const QKeyEvent &event);
    [[nodiscard]] const std::vector<geo::MercatorPoint> &corners() const { return m_corners; }
    /// What is measured so far, in words; empty with fewer than two corners.
    [[nodiscard]] QString measured() const;

Q_SIGNALS:
    void changed();
    void lassoClosed(const std::vector<chrona::geo::MercatorPoint> &ring);
    void toolChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void addCorner(QPointF at);
    void finish();
    [[nodiscard]] QPointF onScreen(geo::MercatorPoint corner) const;

    MapView &m_view;
    const Theme &m_theme;
    MapTool m_tool = MapTool::None;
    MapCamera m_camera;
    std::vector<geo::MercatorPoint> m_corners; ///< x unwrapped
    std::optional<QPointF> m_pointer;
    QPointF m_pressedAt;
    bool m_isPressed = false, m_isDrawn = false; ///< freely, since the button went down
    bool m_isDone = false;
};

/// A length or an area with its unit, as precise as it makes sense.
[[nodiscard]] QString lengthText(double km);
[[nodiscard]] QString areaText(double km2);

} // namespace chrona::ui
