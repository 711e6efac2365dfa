// SPDX-License-Identifier: AGPL-3.0-or-later
// What pointer and keys do to the timeline.
#include "timeline/timeline_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_pressX = event->position().x();
    m_pressBrush = m_brush;
    m_pressRange = m_range;
    if (event->button() == Qt::MiddleButton)
        m_grip = Grip::Pan;
    else if (event->button() == Qt::LeftButton)
        m_grip = gripAt(m_pressX);
    if (event->button() != Qt::LeftButton || !markLane().contains(event->position()))
        return;
    if (const auto mark = markAt(m_overlay, scale(), m_pressX)) {
        m_grip = Grip::Mark;
        const TimelineMark activated = m_overlay[*mark]; // whoever hears of it may replace them
        Q_EMIT markActivated(activated);
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    const double x = event->position().x();
    const double edge = std::clamp(x, 0.0, static_cast<double>(width()));
    std::int64_t at = scale().microsAt(edge);
    auto shift = static_cast<std::int64_t>((x - m_pressX) * scale().microsPerPixel());
    if (event->modifiers().testFlag(Qt::AltModifier) != m_isSnapping) {
        at = nearestSessionEdge(at);
        if (m_grip == Grip::Inside) // as it slides, its beginning is what meets a session
            shift = nearestSessionEdge(m_pressBrush.begin + shift) - m_pressBrush.begin;
    }
    m_hoverX = x;
    moveGrip(x, at, shift);
    update();
}

void TimelineView::moveGrip(double x, std::int64_t at, std::int64_t shift)
{
    switch (m_grip) {
    case Grip::None: {
        const Grip over = gripAt(x);
        const bool onEdge = over == Grip::Begin || over == Grip::End;
        setCursor(onEdge                 ? Qt::SizeHorCursor
                  : over == Grip::Inside ? Qt::OpenHandCursor
                                         : Qt::CrossCursor);
        break;
    }
    case Grip::Begin: moveBrush({std::min(at, m_brush.end - 1), m_brush.end}); break;
    case Grip::End: moveBrush({m_brush.begin, std::max(at, m_brush.begin + 1)}); break;
    case Grip::Inside:
        moveBrush(movedInto({m_pressBrush.begin + shift, m_pressBrush.end + shift}, m_extent));
        break;
    case Grip::New:
        // A click that trembles is not a brush.
        if (std::abs(x - m_pressX) >= 3) {
            const std::int64_t from = scale().microsAt(m_pressX);
            moveBrush({std::min(from, at), std::max(from, at)});
        }
        break;
    case Grip::Pan: setVisibleRange({m_pressRange.begin - shift, m_pressRange.end - shift}); break;
    case Grip::Mark: break;
    }
}

void TimelineView::mouseReleaseEvent(QMouseEvent *)
{
    m_grip = Grip::None;
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *)
{
    moveBrush(m_extent);
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint turn = event->angleDelta();
    const bool sideways = std::abs(turn.x()) > std::abs(turn.y());
    if (sideways || event->modifiers().testFlag(Qt::ShiftModifier))
        pan(-(sideways ? turn.x() : turn.y()) * 0.5);
    else
        zoom(std::exp2(-turn.y() / 240.0), event->position().x());
    event->accept();
}

void TimelineView::arrow(int step, Qt::KeyboardModifiers modifiers)
{
    const std::int64_t tenth = std::max<std::int64_t>(1, (m_brush.end - m_brush.begin) / 10);
    const auto moved = [this, step, tenth](std::int64_t edge) {
        return m_isSnapping ? sessionEdgeBeside(edge, step) : edge + step * tenth;
    };
    MicrosRange brush = m_brush;
    if (modifiers.testFlag(Qt::ShiftModifier))
        brush.end = std::max(moved(brush.end), brush.begin + 1);
    else if (modifiers.testFlag(Qt::ControlModifier))
        brush.begin = std::min(moved(brush.begin), brush.end - 1);
    else if (m_isSnapping)
        brush =
            movedInto({moved(brush.begin), moved(brush.begin) + brush.end - brush.begin}, m_extent);
    else
        return slide(0.1 * step);
    moveBrush(brush);
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left: arrow(-1, event->modifiers()); break;
    case Qt::Key_Right: arrow(1, event->modifiers()); break;
    case Qt::Key_PageUp: slide(-1); break;
    case Qt::Key_PageDown: slide(1); break;
    case Qt::Key_Home: slide(-1e6); break;
    case Qt::Key_End: slide(1e6); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoom(0.5, width() / 2.0); break;
    case Qt::Key_Minus: zoom(2, width() / 2.0); break;
    case Qt::Key_N: goToMark(1); break;
    case Qt::Key_P: goToMark(-1); break;
    case Qt::Key_0: setVisibleRange(m_extent); break;
    case Qt::Key_Escape: moveBrush(m_extent); break;
    case Qt::Key_Space: Q_EMIT playToggled(); break;
    default: QWidget::keyPressEvent(event); return;
    }
    event->accept();
}

} // namespace chrona::ui
