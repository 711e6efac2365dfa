// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/palette_list.h"

#include "chrona/ui/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// Draws a shortcut as key caps against the right edge and returns the pixels that it took.
int paintShortcut(QPainter &painter, const Theme &theme, const QRect &row,
                  const QKeySequence &shortcut)
{
    if (shortcut.isEmpty())
        return 0;
    painter.setFont(theme.font(TextSize::Tiny));
    const QString text = shortcut.toString(QKeySequence::NativeText);
    const QStringList keys = text.contains(u'+') && !text.endsWith(u'+') ? text.split(u'+')
                                                                         : QStringList{text};
    int right = row.right() - metric::kPadding;
    for (auto key = keys.crbegin(); key != keys.crend(); ++key) {
        const int width = std::max(18, painter.fontMetrics().horizontalAdvance(*key) + 10);
        const QRect cap(right - width, row.center().y() - 8, width, 17);
        painter.setPen(theme.color(Role::Line));
        painter.setBrush(theme.color(Role::Surface1));
        painter.drawRoundedRect(cap, metric::kRadius, metric::kRadius);
        painter.setPen(theme.color(Role::Text2));
        painter.drawText(cap, Qt::AlignCenter, *key);
        right -= width + 3;
    }
    return row.right() - right;
}

} // namespace

void PaletteModel::setEntries(QList<PaletteLine> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    const PaletteLine &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole: return entry.title;
    case Qt::ToolTipRole: return entry.detail;
    case Qt::AccessibleTextRole:
        return QStringList{entry.group, entry.title, entry.detail,
                           entry.shortcut.toString(QKeySequence::NativeText)}
            .join(u", "_s);
    default: return {};
    }
}

PaletteDelegate::PaletteDelegate(const Theme &theme, const PaletteModel &model, QObject *parent) :
    QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {option.rect.width(), 32};
}

void PaletteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    const PaletteLine &entry = m_model.entry(index.row());
    const bool current = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect.adjusted(4, 1, -4, -1);
    if (current) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(Role::Surface3));
        painter->drawRoundedRect(row, metric::kRadius, metric::kRadius);
    }
    m_theme.icon(entry.icon, current ? Role::Text1 : Role::Text3)
        .paint(painter, QRect(row.left() + 8, row.center().y() - 7, 16, 16));
    const int taken = paintShortcut(*painter, m_theme, row, entry.shortcut);

    painter->setFont(m_theme.font(TextSize::Tiny));
    const int groupWidth = painter->fontMetrics().horizontalAdvance(entry.group);
    const int groupRight = row.right() - std::max(taken, 0) - 12;
    painter->setPen(m_theme.color(Role::Text3));
    painter->drawText(QRect(groupRight - groupWidth, row.top(), groupWidth, row.height()),
                      Qt::AlignVCenter, entry.group);

    const int left = row.left() + 34;
    const int room = groupRight - groupWidth - 12 - left;
    painter->setFont(m_theme.font(TextSize::Body));
    painter->setPen(m_theme.color(Role::Text1));
    const QString title = painter->fontMetrics().elidedText(entry.title, Qt::ElideRight, room);
    painter->drawText(QRect(left, row.top(), room, row.height()), Qt::AlignVCenter, title);
    const int titleWidth = painter->fontMetrics().horizontalAdvance(title) + 12;
    if (!entry.detail.isEmpty() && room > titleWidth + 40) {
        painter->setFont(m_theme.font(TextSize::Small));
        painter->setPen(m_theme.color(Role::Text3));
        const QRect rest(left + titleWidth, row.top(), room - titleWidth, row.height());
        painter->drawText(rest, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(entry.detail, Qt::ElideRight,
                                                            rest.width()));
    }
    painter->restore();
}

} // namespace chrona::ui
