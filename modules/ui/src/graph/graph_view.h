// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph/graph_frames.h"

#include "chrona/workspace/graph_model.h"

#include <QRubberBand>
#include <QWidget>

#include <chrono>

namespace chrona::ui {

class Theme;

/// The graph as a picture that can be walked on. Paints on the CPU, and only when something
/// changed. Knows the model and nothing of the service: wishes go out as signals. UI thread only.
///
/// Pointer: drag moves the view or the nodes under it, wheel zooms, click selects (with Ctrl adds),
/// Shift-drag selects a box, double click asks to expand, right click for what else. Keys: arrows
/// go to the neighbour in that direction, with Ctrl they move the view, with Shift what was
/// selected stays so; Space holds a node: it stays selected wherever the arrows go; + and −, Home
/// the whole, Enter expands, Delete hides, Escape clears.
class GraphView final : public QWidget {
    Q_OBJECT
public:
    GraphView(workspace::GraphModel &model, const Theme &theme, QWidget *parent);

    void setColouring(GraphColouring colouring);
    void setSizing(GraphSizing sizing);
    [[nodiscard]] GraphColouring colouring() const { return m_colouring; }
    [[nodiscard]] GraphSizing sizing() const { return m_sizing; }
    void setMeasures(std::shared_ptr<const workspace::GraphMeasures> measures);
    void setWindow(std::optional<workspace::TimeWindow> window);
    /// Places of a layout on its way; null: those of the model.
    void setPreview(std::shared_ptr<const graph::Positions> positions);
    /// A chain of nodes that is drawn as the focus; empty: none.
    void setPath(QList<quint32> nodes);

    [[nodiscard]] const GraphCamera &camera() const { return m_camera; }
    void setCamera(const GraphCamera &camera);
    /// All drawn nodes, with room around.
    void fit();
    /// From now on the whole is kept in sight until somebody moves the view.
    void keepFitting() { m_isFitting = true; }
    void zoomBy(double factor, QPointF around);

    [[nodiscard]] std::optional<graph::NodeIndex> nodeAt(QPointF at) const;
    /// Ends of the line under a point.
    [[nodiscard]] std::optional<std::pair<graph::NodeIndex, graph::NodeIndex>>
    lineAt(QPointF at) const;
    /// Where a node of the state is drawn.
    [[nodiscard]] QPointF placeOf(graph::NodeIndex node) const;
    /// The picture of now at any size, lines and texts sharp: for files.
    void paintOn(QPainter &painter, QSize size) const;
    [[nodiscard]] QImage picture(QSize size, double scale) const;

    [[nodiscard]] bool isSettled() const { return m_frames->isIdle(); }
    [[nodiscard]] int framesPainted() const { return m_framesPainted; }
    [[nodiscard]] std::chrono::microseconds lastFrameTime() const { return m_frame.took; }
    /// What a screen reader says of a node, with its strongest ties.
    [[nodiscard]] QString spoken(graph::NodeIndex node) const;

Q_SIGNALS:
    void selectionWanted(const QSet<quint32> &nodes, std::optional<quint32> current);
    void evidenceWanted(quint32 one, quint32 other);
    void expandWanted(quint32 node);
    void hideWanted();
    void moveWanted(const std::vector<chrona::graph::NodeIndex> &nodes, chrona::graph::Point by);
    void menuWanted(const QPoint &globalPosition);
    void pictureChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;

private:
    enum class Drag : std::uint8_t { None, Press, View, Nodes, Box };
    void applyTheme();
    void takeState();
    void requestFrame();
    void takeFrame(const GraphFrame &frame);
    [[nodiscard]] GraphFrameRequest request() const;
    void describe();
    void hover(QPointF at);
    void finishBox(Qt::KeyboardModifiers modifiers);
    void click(QPointF at, Qt::KeyboardModifiers modifiers);
    void dragNodes(QPointF to);
    bool walk(int key, bool isAdding);
    void walkTo(graph::NodeIndex node, bool isAdding);
    void toggleHeld();
    bool moveView(QKeyEvent *event);
    void paintLegend(QPainter &painter) const;
    [[nodiscard]] QRectF legendArea() const;

    workspace::GraphModel &m_model;
    const Theme &m_theme;
    GraphFrames *m_frames;
    std::shared_ptr<const GraphStyle> m_style;
    std::shared_ptr<const workspace::GraphMeasures> m_measures;
    std::optional<workspace::TimeWindow> m_window;
    std::shared_ptr<const graph::Positions> m_preview;
    GraphColouring m_colouring = GraphColouring::Kind;
    GraphSizing m_sizing = GraphSizing::Evidence;
    GraphCamera m_camera;
    bool m_isFitting = true;
    GraphFrame m_frame;
    std::optional<graph::NodeIndex> m_hovered;
    QList<quint32> m_path;
    QSet<quint32> m_held; ///< stay selected while one walks on
    Drag m_drag = Drag::None;
    QPointF m_pressed, m_last;
    std::optional<graph::NodeIndex> m_grabbed;
    std::vector<graph::NodeIndex> m_moving;
    QRubberBand m_box;
    int m_framesPainted = 0;
};

} // namespace chrona::ui
