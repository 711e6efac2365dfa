// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/map_layers_list.h"

#include "chrona/ui/theme.h"
#include "layers/map_layers_model.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace chrona::ui {

namespace {

constexpr int kSwatchEnd = 34; ///< left of it, a click shows and hides

class MapLayerDelegate final : public QStyledItemDelegate {
public:
    MapLayerDelegate(const Theme &theme, QObject *parent) :
        QStyledItemDelegate(parent), m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {160, m_theme.scaled(metric::kRowCompact)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const QRect row = option.rect;
        const bool isShown =
            index.data(Qt::CheckStateRole).value<Qt::CheckState>() == Qt::Checked;
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(row, m_theme.color(Role::Surface3));
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(row, m_theme.color(Role::Surface2));
        const auto color = index.data(MapLayersModel::ColorRole).value<QColor>();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(color, 1.25));
        painter->setBrush(isShown ? QBrush(color) : QBrush(Qt::NoBrush));
        painter->drawRoundedRect(QRectF(row.left() + 20.6, row.center().y() - 3.4, 7.8, 7.8), 2, 2);
        painter->setFont(m_theme.font(TextSize::Tiny));
        const QString note = index.data(MapLayersModel::NoteRole).toString();
        const int right = row.right() - 10;
        const int noteWidth = std::min(painter->fontMetrics().horizontalAdvance(note) + 4, 92);
        painter->setPen(m_theme.color(Role::Text3));
        painter->drawText(QRect(right - noteWidth, row.top(), noteWidth, row.height()),
                          Qt::AlignVCenter | Qt::AlignRight,
                          painter->fontMetrics().elidedText(note, Qt::ElideMiddle, noteWidth));
        painter->setFont(m_theme.font(TextSize::Small));
        painter->setPen(m_theme.color(isShown ? Role::Text1 : Role::Text3));
        const QRect room(row.left() + kSwatchEnd + 3, row.top(),
                         right - noteWidth - 6 - row.left() - kSwatchEnd - 3, row.height());
        painter->drawText(room, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            room.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

MapLayersList::MapLayersList(MapLayersModel &layers, const Theme &theme, QWidget *parent) :
    RowList(theme, parent), m_layers(layers)
{
    setModel(&layers);
    setItemDelegate(new MapLayerDelegate(theme, this));
    setSelectionMode(QAbstractItemView::SingleSelection);
}

void MapLayersList::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex at = indexAt(event->position().toPoint());
    if (!at.isValid() || event->button() != Qt::LeftButton)
        return;
    setCurrentIndex(at);
    if (event->position().x() < kSwatchEnd)
        m_layers.toggle(at.row());
    else if (m_layers.themeOf(at.row()))
        m_dragged = at.row();
}

void MapLayersList::mouseMoveEvent(QMouseEvent *event)
{
    const QModelIndex over = indexAt(event->position().toPoint());
    if (m_dragged >= 0 && over.isValid() && over.row() != m_dragged &&
        m_layers.themeOf(over.row())) {
        m_dragged = m_layers.move(m_dragged, m_dragged - over.row());
        setCurrentIndex(m_layers.index(m_dragged));
        return;
    }
    viewport()->update();
}

void MapLayersList::mouseReleaseEvent(QMouseEvent *)
{
    m_dragged = -1;
}

void MapLayersList::moveCurrent(int steps)
{
    setCurrentIndex(m_layers.index(m_layers.move(currentIndex().row(), steps)));
}

void MapLayersList::keyPressEvent(QKeyEvent *event)
{
    const bool isAlt = event->modifiers() == Qt::AltModifier;
    if (event->key() == Qt::Key_Space && currentIndex().isValid())
        m_layers.toggle(currentIndex().row());
    else if (isAlt && event->key() == Qt::Key_Up)
        moveCurrent(1);
    else if (isAlt && event->key() == Qt::Key_Down)
        moveCurrent(-1);
    else
        RowList::keyPressEvent(event);
}

} // namespace chrona::ui
