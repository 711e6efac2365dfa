// SPDX-License-Identifier: AGPL-3.0-or-later
// The pointer over the pages: sentences that are pointed at, figures that are brushed and pressed.
#include "briefing/pages_view.h"
#include "chrona/ui/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

using report::PlacedPlot;

void PagesView::setFigureMarks(std::vector<FigureMarks> marks)
{
    if (marks == m_figureMarks)
        return;
    m_figureMarks = std::move(marks);
    viewport()->update();
}

QRectF PagesView::rectOf(const PlacedPlot &plot) const
{
    return m_plan ? onScreen(plot.page, plot.box) : QRectF();
}

QRectF PagesView::boxOf(const PlacedPlot &plot, std::size_t box) const
{
    return m_plan && box < plot.boxes.size() ? onScreen(plot.page, plot.boxes[box]) : QRectF();
}

std::size_t PagesView::plotAt(const QPointF &at) const
{
    if (!m_plan)
        return kNone;
    const auto found = std::ranges::find_if(m_plan->plots, [&](const PlacedPlot &plot) {
        return onScreen(plot.page, plot.box).contains(at);
    });
    return found == m_plan->plots.end() ? kNone
                                        : static_cast<std::size_t>(found - m_plan->plots.begin());
}

double PagesView::microsAt(const PlacedPlot &plot, double x) const
{
    const QRectF box = rectOf(plot);
    const double share = std::clamp((x - box.left()) / std::max(box.width(), 1.0), 0.0, 1.0);
    return plot.low + share * (plot.high - plot.low);
}

void PagesView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_brush.plot != kNone) {
        m_brush.to = event->position().x();
        viewport()->update();
        return;
    }
    const std::size_t place = placeAt(event->position());
    const std::size_t plot = plotAt(event->position());
    const bool isTime = plot != kNone && m_plan->plots[plot].kind == PlacedPlot::Kind::Time;
    viewport()->setCursor(isTime           ? Qt::IBeamCursor
                          : place == kNone ? Qt::ArrowCursor
                                           : Qt::PointingHandCursor);
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->update();
    if (m_chosen == kNone)
        Q_EMIT currentChanged();
}

void PagesView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    choose(placeAt(event->position()));
    const std::size_t plot = plotAt(event->position());
    if (plot == kNone)
        return;
    const PlacedPlot &pressed = m_plan->plots[plot];
    if (pressed.kind == PlacedPlot::Kind::Time) {
        m_brush = {plot, event->position().x(), event->position().x()};
        return;
    }
    for (std::size_t box = 0; box < pressed.boxes.size(); ++box)
        // Marks are small: two pixels beside one are still it.
        if (!pressed.boxes[box].isNull() && onScreen(pressed.page, pressed.boxes[box])
                                                .adjusted(-2, -2, 2, 2)
                                                .contains(event->position()))
            return Q_EMIT figurePressed(plot, box);
}

void PagesView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_brush.plot != kNone)
        finishBrush(event->position());
}

void PagesView::finishBrush(const QPointF &at)
{
    constexpr double kDay = 86'400e6;
    const PlacedPlot &plot = m_plan->plots[m_brush.plot];
    const auto [left, right] = std::minmax({m_brush.from, at.x()});
    double from = microsAt(plot, left), to = microsAt(plot, right);
    // A click is the day under it, and never less than a day is brushed.
    const bool isClick = right - left < QApplication::startDragDistance();
    from = std::floor(from / kDay) * kDay;
    to = isClick ? from + kDay : std::max(std::ceil(to / kDay) * kDay, from + kDay);
    m_brush = {};
    viewport()->update();
    Q_EMIT brushed(from, to);
}

void PagesView::paintFigureMarks(QPainter &painter, std::size_t page) const
{
    const QColor focus = m_theme.color(Role::Focus);
    const auto paintStretch = [&](const QRectF &box, double left, double right) {
        const QRectF stretch(left, box.top(), std::max(right - left, 2.0), box.height());
        painter.fillRect(stretch, m_theme.color(Role::Focus, 0.18));
        painter.setPen(QPen(focus, 1));
        painter.drawLine(stretch.topLeft(), stretch.bottomLeft());
        painter.drawLine(stretch.topRight(), stretch.bottomRight());
    };
    for (std::size_t i = 0; i < m_plan->plots.size(); ++i) {
        const PlacedPlot &plot = m_plan->plots[i];
        if (plot.page != page)
            continue;
        const QRectF box = rectOf(plot);
        if (m_brush.plot == i) {
            const auto [left, right] =
                std::minmax({std::clamp(m_brush.from, box.left(), box.right()),
                             std::clamp(m_brush.to, box.left(), box.right())});
            paintStretch(box, left, right);
        } else if (i < m_figureMarks.size() && m_figureMarks[i].stretch) {
            const auto [from, to] = *m_figureMarks[i].stretch;
            paintStretch(box, box.left() + from * box.width(), box.left() + to * box.width());
        }
        if (i >= m_figureMarks.size())
            continue;
        painter.setPen(QPen(focus, 2));
        painter.setBrush(Qt::NoBrush);
        for (const std::size_t marked : m_figureMarks[i].boxes)
            if (const QRectF one = boxOf(plot, marked); !one.isNull())
                plot.kind == PlacedPlot::Kind::Marks
                    ? painter.drawEllipse(one.adjusted(-3, -3, 3, 3))
                    : painter.drawRect(one.adjusted(2, 0, -2, 0));
    }
}

} // namespace chrona::ui
