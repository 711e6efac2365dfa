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
    if (value.isNull()) // not here yet
        return {};
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
    const bool isHere = !index.data().isNull();
    if (index.column() == workspace::EventTableModel::Type && isHere) {
        const auto type = static_cast<std::uint8_t>(index.data().toInt());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.category(categoryOfNumber(type)));
        painter.drawEllipse(QPointF(box.left() + 4, box.center().y() + 0.5), 3.5, 3.5);
        painter.setRenderHint(QPainter::Antialiasing, false);
    } else if (index.column() == workspace::EventTableModel::Title && !isHere) {
        const int width = box.width() * (40 + index.row() * 7 % 35) / 100;
        painter.fillRect(QRect(box.left(), box.center().y() - 3, width, 7),
                         m_theme.color(Role::Surface3));
    } else if (index.column() == workspace::EventTableModel::Severity && isHere) {
        paintSeverityBar(painter, box, index.data().toDouble(), m_theme);
    }
}

/// Severe rows in the colours of their bars, doubtful ones, or all by category: faint, so that text
/// stays easy to read.
QColor EventDelegate::wash(const QModelIndex &index) const
{
    constexpr double kWash = 0.12, kDoubtful = 0.5;
    using workspace::EventTableModel;
    const auto valueIn = [&index](int column) { return index.siblingAtColumn(column).data(); };
    if (m_colourBy == ColourBy::Nothing || valueIn(EventTableModel::Type).isNull())
        return {};
    switch (m_colourBy) {
    case ColourBy::Severity: {
        const Role role = severityRole(valueIn(EventTableModel::Severity).toDouble());
        return role == Role::Text3 ? QColor() : m_theme.color(role, kWash);
    }
    case ColourBy::Confidence:
        return valueIn(EventTableModel::Confidence).toDouble() < kDoubtful
                   ? m_theme.color(Role::Watch, kWash)
                   : QColor();
    case ColourBy::Category: {
        const auto type = static_cast<std::uint8_t>(valueIn(EventTableModel::Type).toInt());
        QColor colour = m_theme.category(categoryOfNumber(type));
        colour.setAlphaF(float(kWash));
        return colour;
    }
    case ColourBy::Nothing: break;
    }
    return {};
}

QString EventDelegate::hint(const QModelIndex &index) const
{
    if (index.column() == workspace::EventTableModel::Time && !index.data().isNull()) {
        const Instant at = instantOf(index.data());
        return tr("%1 %2, %3")
            .arg(m_times.second(at), m_times.zoneName(), agoText(nowInstant() - at));
    }
    return index.data(workspace::EventTableModel::SyntheticRole).toBool()
               ? tr("Synthetic: made up for the sample world")
               : QString();
}

} // namespace chrona::ui
