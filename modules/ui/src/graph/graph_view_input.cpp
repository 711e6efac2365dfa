// SPDX-License-Identifier: AGPL-3.0-or-later
// What pointer and keys do to the graph.
#include "graph/graph_view.h"

#include "text/names.h"
#include "text/plain_words.h"
#include "text/time_text.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kWheelGrowth = 1.25; ///< a notch
constexpr double kKeyPan = 80;        ///< pixels

} // namespace

void GraphView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_pressed = m_last = event->position();
    m_grabbed = nodeAt(m_pressed);
    m_drag = event->modifiers() & Qt::ShiftModifier ? Drag::Box : Drag::Press;
    if (m_drag == Drag::Box) {
        m_box.setGeometry(QRect(m_pressed.toPoint(), QSize()));
        m_box.show();
    }
}

void GraphView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position();
    if (m_drag == Drag::None)
        return hover(at);
    if (m_drag == Drag::Press &&
        (at - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_drag = m_grabbed ? Drag::Nodes : Drag::View;
        m_moving = m_grabbed && m_model.selection().contains(*m_grabbed) ? m_model.selected()
                   : m_grabbed                                           ? std::vector{*m_grabbed}
                               : std::vector<graph::NodeIndex>();
    }
    if (m_drag == Drag::Box) {
        m_box.setGeometry(QRect(m_pressed.toPoint(), at.toPoint()).normalized());
    } else if (m_drag == Drag::View) {
        GraphCamera camera = m_camera;
        camera.centre -= (at - m_last) / camera.zoom;
        m_isFitting = false;
        setCamera(camera);
    } else if (m_drag == Drag::Nodes) {
        dragNodes(at);
    }
    m_last = at;
}

void GraphView::dragNodes(QPointF to)
{
    auto positions = std::make_shared<graph::Positions>(*m_model.state().positions);
    const QPointF by = (to - m_pressed) / m_camera.zoom;
    for (const graph::NodeIndex node : m_moving) {
        (*positions)[node].x += float(by.x());
        (*positions)[node].y += float(by.y());
    }
    m_isFitting = false; // the ground must not move under the hand
    setPreview(positions);
}

void GraphView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mouseReleaseEvent(event);
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Press) {
        click(event->position(), event->modifiers());
    } else if (drag == Drag::Box) {
        m_box.hide();
        finishBox(event->modifiers());
    } else if (drag == Drag::Nodes) {
        const QPointF by = (event->position() - m_pressed) / m_camera.zoom;
        m_preview = nullptr;
        Q_EMIT moveWanted(m_moving, {float(by.x()), float(by.y())});
    }
}

void GraphView::click(QPointF at, Qt::KeyboardModifiers modifiers)
{
    QSet<quint32> nodes;
    if (modifiers & Qt::ControlModifier)
        nodes = m_model.selection();
    const auto node = nodeAt(at);
    if (!node) {
        if (const auto line = lineAt(at); line && !(modifiers & Qt::ControlModifier))
            Q_EMIT evidenceWanted(line->first, line->second);
        else if (!(modifiers & Qt::ControlModifier))
            Q_EMIT selectionWanted({}, std::nullopt);
        return;
    }
    if (nodes.contains(*node)) {
        nodes.remove(*node);
        Q_EMIT selectionWanted(nodes, std::nullopt);
    } else {
        nodes.insert(*node);
        Q_EMIT selectionWanted(nodes, *node);
    }
}

void GraphView::finishBox(Qt::KeyboardModifiers modifiers)
{
    const QRectF box = QRectF(m_pressed, m_last).normalized();
    QSet<quint32> nodes;
    if (modifiers & Qt::ControlModifier)
        nodes = m_model.selection();
    if (m_frame.drawing)
        for (const graph::NodeIndex node : m_frame.drawing->node)
            if (node < m_model.state().size() && box.contains(placeOf(node)))
                nodes.insert(node);
    Q_EMIT selectionWanted(nodes, std::nullopt);
}

void GraphView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto node = nodeAt(event->position()))
        Q_EMIT expandWanted(*node);
    else
        zoomBy(kWheelGrowth * kWheelGrowth, event->position());
}

void GraphView::wheelEvent(QWheelEvent *event)
{
    const double notches = event->angleDelta().y() / 120.0;
    if (notches != 0)
        zoomBy(std::pow(kWheelGrowth, notches), event->position());
    event->accept();
}

void GraphView::hover(QPointF at)
{
    const auto node = nodeAt(at);
    if (node == m_hovered)
        return;
    m_hovered = node;
    setCursor(node ? Qt::PointingHandCursor : Qt::ArrowCursor);
    requestFrame();
}

bool GraphView::event(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hover({-1000, -1000});
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto node = nodeAt(help->pos());
    const workspace::GraphState &state = m_model.state();
    if (node && *node < state.size()) {
        QToolTip::showText(help->globalPos(), tipText(spoken(*node)), this);
    } else if (const auto line = lineAt(help->pos())) {
        for (const workspace::DrawnEdge &edge : workspace::drawnEdges(state)) {
            const bool isIt =
                std::minmax(edge.from, edge.to) == std::minmax(line->first, line->second);
            if (!isIt)
                continue;
            const QString text = tr("%1 — %2: %3; %n event(s)", nullptr, int(edge.evidence))
                                     .arg(nodeName(state, edge.from),
                                          nodeName(state, edge.to),
                                          edgeTypeName(ipc::GraphEdgeType(edge.type)));
            QToolTip::showText(help->globalPos(), tipText(text), this);
            break;
        }
    } else {
        QToolTip::hideText();
    }
    return true;
}

void GraphView::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        const auto node = nodeAt(event->pos());
        if (node && !m_model.selection().contains(*node))
            Q_EMIT selectionWanted({*node}, *node);
        Q_EMIT menuWanted(event->globalPos());
        return;
    }
    const auto current = m_model.current();
    Q_EMIT menuWanted(mapToGlobal(current ? placeOf(*current).toPoint() : rect().center()));
}

/// To the neighbour that lies most in the direction of the key; false: there is none.
/// Together with what is held, so that two that are far apart can be joined.
void GraphView::walkTo(graph::NodeIndex node, bool isAdding)
{
    QSet<quint32> nodes = isAdding ? m_model.selection() : QSet<quint32>();
    for (const quint32 held : std::as_const(m_held))
        if (m_model.selection().contains(held))
            nodes.insert(held);
    m_held.intersect(nodes);
    nodes.insert(node);
    Q_EMIT selectionWanted(nodes, node);
}

void GraphView::toggleHeld()
{
    const auto current = m_model.current();
    if (!current)
        return;
    if (!m_held.remove(*current))
        m_held.insert(*current);
}

bool GraphView::walk(int key, bool isAdding)
{
    const workspace::GraphState &state = m_model.state();
    const auto current = m_model.current();
    if (!current) {
        // The most important one: it is painted last.
        if (!m_frame.drawing || m_frame.drawing->size() == 0)
            return false;
        const graph::NodeIndex first = m_frame.drawing->node.back();
        walkTo(first, isAdding);
        return true;
    }
    const QPointF direction = key == Qt::Key_Left    ? QPointF(-1, 0)
                              : key == Qt::Key_Right ? QPointF(1, 0)
                              : key == Qt::Key_Up    ? QPointF(0, -1)
                                                     : QPointF(0, 1);
    const QPointF from = placeOf(*current);
    std::optional<graph::NodeIndex> best;
    double bestScore = 0;
    for (const workspace::DrawnEdge &edge : workspace::drawnEdges(state)) {
        if (edge.from != *current && edge.to != *current)
            continue;
        const graph::NodeIndex other = edge.from == *current ? edge.to : edge.from;
        const QPointF away = placeOf(other) - from;
        const double length = std::hypot(away.x(), away.y());
        const double along = QPointF::dotProduct(away, direction);
        if (length <= 0 || along / length < 0.5)
            continue; // more than 60 degrees off
        const double score = along / length / (1 + length / 400);
        if (score > bestScore) {
            bestScore = score;
            best = other;
        }
    }
    if (best)
        walkTo(*best, isAdding);
    return best.has_value();
}

bool GraphView::moveView(QKeyEvent *event)
{
    GraphCamera camera = m_camera;
    switch (event->key()) {
    case Qt::Key_Left: camera.centre.rx() -= kKeyPan / camera.zoom; break;
    case Qt::Key_Right: camera.centre.rx() += kKeyPan / camera.zoom; break;
    case Qt::Key_Up: camera.centre.ry() -= kKeyPan / camera.zoom; break;
    case Qt::Key_Down: camera.centre.ry() += kKeyPan / camera.zoom; break;
    default: return false;
    }
    m_isFitting = false;
    setCamera(camera);
    return true;
}

void GraphView::keyPressEvent(QKeyEvent *event)
{
    const auto current = m_model.current();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (event->modifiers() & Qt::ControlModifier)
            moveView(event);
        else
            walk(event->key(), event->modifiers() & Qt::ShiftModifier);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomBy(kWheelGrowth, QRectF(rect()).center());
    case Qt::Key_Minus: return zoomBy(1 / kWheelGrowth, QRectF(rect()).center());
    case Qt::Key_Home: m_isFitting = true; return fit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current)
            Q_EMIT expandWanted(*current);
        return;
    case Qt::Key_Space: return toggleHeld();
    case Qt::Key_Delete:
    case Qt::Key_Backspace: Q_EMIT hideWanted(); return;
    case Qt::Key_Escape:
        m_held.clear();
        Q_EMIT selectionWanted({}, std::nullopt);
        return;
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace chrona::ui
