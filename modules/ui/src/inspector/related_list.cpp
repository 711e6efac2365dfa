// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/related_list.h"

#include "chrona/ui/theme.h"
#include "text/names.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace chrona::ui {

std::optional<std::uint32_t> rowOf(const workspace::EventSnapshot &snapshot,
                                   const schema::Event &event)
{
    const auto &times = snapshot.columns.observedAt;
    const auto [begin, end] =
        std::ranges::equal_range(times, event.times.observedAt.time_since_epoch().count());
    for (auto at = begin; at != end; ++at) {
        const auto row = static_cast<std::size_t>(at - times.begin());
        if (snapshot.columns.id[row] == event.id.value)
            return static_cast<std::uint32_t>(row);
    }
    return std::nullopt;
}

RelatedList::RelatedList(workspace::Session &session, const Theme &theme, const TimeText &times,
                         std::shared_ptr<const workspace::EventSnapshot> snapshot,
                         std::vector<std::uint32_t> rows, QWidget *parent) :
    QWidget(parent), m_session(session), m_theme(theme), m_times(times),
    m_snapshot(std::move(snapshot)), m_rows(std::move(rows))
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("%n related event(s)", nullptr, static_cast<int>(m_rows.size())));
    connect(&session.texts(), &workspace::EventTexts::textsArrived, this,
            qOverload<>(&QWidget::update));
}

QSize RelatedList::sizeHint() const
{
    return {200, static_cast<int>(m_rows.size()) * m_theme.scaled(metric::kRowCompact)};
}

QSize RelatedList::minimumSizeHint() const
{
    return {100, sizeHint().height()};
}

int RelatedList::lineAt(double y) const
{
    const int line = static_cast<int>(y) / m_theme.scaled(metric::kRowCompact);
    return line >= 0 && line < static_cast<int>(m_rows.size()) ? line : -1;
}

void RelatedList::choose(int line)
{
    if (line < 0)
        return;
    const qint64 id = m_snapshot->columns.id[m_rows[static_cast<std::size_t>(line)]];
    m_session.focus().select({id}, id);
}

void RelatedList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const schema::EventColumns &columns = m_snapshot->columns;
    for (std::size_t line = 0; line < m_rows.size(); ++line) {
        const std::uint32_t row = m_rows[line];
        const QRect box(0, static_cast<int>(line) * m_theme.scaled(metric::kRowCompact), width(),
                        m_theme.scaled(metric::kRowCompact));
        const bool isCurrent = hasFocus() && static_cast<int>(line) == m_current;
        if (static_cast<int>(line) == m_hovered || isCurrent)
            painter.fillRect(box, m_theme.color(Role::Surface3));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.category(categoryOfNumber(columns.type[row])));
        painter.drawEllipse(QPointF(7, box.center().y() + 0.5), 3.5, 3.5);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setFont(m_theme.mono(TextSize::Tiny));
        painter.setPen(m_theme.color(Role::Text3));
        const QString date = m_times.date(instantFromMicros(columns.observedAt[row]));
        const int dateWidth = painter.fontMetrics().horizontalAdvance(date);
        painter.drawText(QRect(18, box.top(), dateWidth, box.height()), Qt::AlignVCenter, date);
        const auto title = m_session.texts().title(columns.id[row]);
        painter.setFont(m_theme.font(TextSize::Small));
        painter.setPen(m_theme.color(title ? Role::Text1 : Role::Text3));
        const QRect room(18 + dateWidth + 8, box.top(), width() - 30 - dateWidth, box.height());
        painter.drawText(room, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(
                             title.value_or(typeName(columns.type[row])), Qt::ElideRight,
                             room.width()));
    }
}

void RelatedList::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = lineAt(event->position().y());
    update();
}

void RelatedList::mousePressEvent(QMouseEvent *event)
{
    choose(lineAt(event->position().y()));
}

void RelatedList::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void RelatedList::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_rows.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down: m_current = std::min(m_current + 1, last); break;
    case Qt::Key_Up: m_current = std::max(m_current - 1, 0); break;
    case Qt::Key_Return: choose(m_current); break;
    default: QWidget::keyPressEvent(event); return;
    }
    update();
}

bool RelatedList::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int line = lineAt(help->pos().y());
    if (line >= 0) {
        const std::uint32_t row = m_rows[static_cast<std::size_t>(line)];
        const auto title = m_session.texts().title(m_snapshot->columns.id[row]);
        QToolTip::showText(help->globalPos(), title.value_or(QString()), this);
    }
    return true;
}

} // namespace chrona::ui
