// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/event_delegate.h"

#include "chrona/workspace/event_table_model.h"
#include "events/severity_bar.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace chrona::ui {

Cell EventDelegate::cell(const QModelIndex &index) const
{
    const QVariant value = index.data();
    const QFont body = m_theme.font(TextSize::Small);
    const QColor second = m_theme.color(Role::Text2);
    switch (index.column()) {
    case workspace::EventTableModel::Time:
        return {m_times.minute(instantOf(value)), m_theme.mono(TextSize::Tiny), second};
    case workspace::EventTableModel::Type:
        return {typeName(static_cast<std::uint8_t>(value.toInt())), body, second, Qt::AlignLeft,
                14};
    case workspace::EventTableModel::Title:
        // Not here yet: a bar in its place, drawn by paintMore.
        return {value.toString(), body, m_theme.color(Role::Text1)};
    case workspace::EventTableModel::Severity:
    case workspace::EventTableModel::Confidence:
        return {QLocale().toString(value.toDouble() * 100, 'f', 0), m_theme.font(TextSize::Tiny),
                second, Qt::AlignRight};
    default: return {value.toString(), body, second};
    }
}

void EventDelegate::paintMore(QPainter &painter, const QRect &box, const QModelIndex &index) const
{
    if (index.column() == workspace::EventTableModel::Type) {
        const auto type = static_cast<std::uint8_t>(index.data().toInt());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.category(categoryOfNumber(type)));
        painter.drawEllipse(QPointF(box.left() + 4, box.center().y() + 0.5), 3.5, 3.5);
        painter.setRenderHint(QPainter::Antialiasing, false);
    } else if (index.column() == workspace::EventTableModel::Title && index.data().isNull()) {
        const int width = box.width() * (40 + index.row() * 7 % 35) / 100;
        painter.fillRect(QRect(box.left(), box.center().y() - 3, width, 7),
                         m_theme.color(Role::Surface3));
    } else if (index.column() == workspace::EventTableModel::Severity) {
        paintSeverityBar(painter, box, index.data().toDouble(), m_theme);
    }
}

QString EventDelegate::hint(const QModelIndex &index) const
{
    if (index.column() == workspace::EventTableModel::Time) {
        const Instant at = instantOf(index.data());
        return tr("%1 %2, %3")
            .arg(m_times.second(at), m_times.zoneName(), agoText(nowInstant() - at));
    }
    return index.data(workspace::EventTableModel::SyntheticRole).toBool()
               ? tr("Synthetic: made up for the sample world")
               : QString();
}

} // namespace chrona::ui
