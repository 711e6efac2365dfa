// SPDX-License-Identifier: AGPL-3.0-or-later
// Pointer and keys on the canvas.
#include "case/board_canvas.h"

#include "chrona/workspace/investigations.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>

namespace chrona::ui {

using schema::CaseItemId;

namespace {

constexpr double kCanvasCardStep = 20; ///< pixels on the board
constexpr double kCanvasZoomStep = 1.25;

} // namespace

void BoardCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    m_pressed = event->position();
    m_cornerPressed = m_corner;
    m_shift = {};
    const CanvasCard *card = event->button() == Qt::LeftButton ? cardAt(m_pressed) : nullptr;
    m_drag = card ? Drag::Cards : Drag::Surface;
    const bool isAdding = event->modifiers().testFlag(Qt::ControlModifier);
    if (!card) {
        if (!isAdding && event->button() == Qt::LeftButton)
            select({}, std::nullopt);
        return;
    }
    std::set<CaseItemId> items = m_selected;
    if (isAdding && items.contains(card->id)) {
        items.erase(card->id);
        return select(std::move(items), std::nullopt);
    }
    if (!isAdding && !items.contains(card->id))
        items.clear();
    items.insert(card->id);
    select(std::move(items), card->id);
}

void BoardCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF way = event->position() - m_pressed;
    if (m_drag == Drag::None ||
        (m_shift.isNull() && way.manhattanLength() < QApplication::startDragDistance()))
        return;
    m_shift = way / m_zoom;
    if (m_drag == Drag::Surface) {
        m_keepsFitting = false;
        m_corner = m_cornerPressed - m_shift;
    }
    update();
}

void BoardCanvas::mouseReleaseEvent(QMouseEvent *)
{
    const bool wasCards = m_drag == Drag::Cards;
    m_drag = Drag::None;
    if (wasCards)
        moveSelected(m_shift);
    m_shift = {};
    update();
}

void BoardCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const CanvasCard *card = cardAt(event->position()))
        Q_EMIT openWanted(card->id);
}

void BoardCanvas::wheelEvent(QWheelEvent *event)
{
    const double steps = event->angleDelta().y() / 120.0;
    if (steps != 0)
        zoomBy(std::pow(kCanvasZoomStep, steps), event->position());
    event->accept();
}

void BoardCanvas::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_keepsFitting)
        fit();
}

/// To the nearest card in that direction; sideways counts twice.
void BoardCanvas::goTowards(QPointF direction)
{
    if (m_cards.empty())
        return;
    const CanvasCard *from = m_current ? find(*m_current) : nullptr;
    const CanvasCard *best = from ? nullptr : &m_cards.front();
    double least = 1e300;
    for (const CanvasCard &card : m_cards) {
        if (!from || &card == from)
            continue;
        const QPointF way = card.box.center() - from->box.center();
        const double ahead = QPointF::dotProduct(way, direction);
        const double aside = std::abs(way.x() * direction.y() - way.y() * direction.x());
        if (ahead > 1 && ahead + 2 * aside < least) {
            least = ahead + 2 * aside;
            best = &card;
        }
    }
    if (!best)
        return;
    select({best->id}, best->id);
    const QRectF box = boxOnScreen(best->id);
    if (!QRectF(rect()).contains(box)) {
        m_keepsFitting = false;
        m_corner += (box.center() - QRectF(rect()).center()) / m_zoom;
        update();
    }
}

void BoardCanvas::keyPressEvent(QKeyEvent *event)
{
    const auto arrow = [event]() -> std::optional<QPointF> {
        switch (event->key()) {
        case Qt::Key_Left: return QPointF(-1, 0);
        case Qt::Key_Right: return QPointF(1, 0);
        case Qt::Key_Up: return QPointF(0, -1);
        case Qt::Key_Down: return QPointF(0, 1);
        default: return std::nullopt;
        }
    }();
    if (arrow)
        return event->modifiers().testFlag(Qt::ControlModifier)
                   ? moveSelected(*arrow * kCanvasCardStep)
                   : goTowards(*arrow);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomBy(kCanvasZoomStep, QRectF(rect()).center());
    case Qt::Key_Minus: return zoomBy(1 / kCanvasZoomStep, QRectF(rect()).center());
    case Qt::Key_Home: m_keepsFitting = true; return fit();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current)
            Q_EMIT openWanted(*m_current);
        return;
    case Qt::Key_Delete:
        if (m_book.current() && !m_selected.empty())
            m_book.current()->remove(tr("Remove"), {m_selected.begin(), m_selected.end()});
        return;
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace chrona::ui
