// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/layers_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "layers/layer_model.h"
#include "layers/map_layers_box.h"
#include "layers/row_list.h"
#include "text/time_text.h"

#include <QKeyEvent>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kFold = 20; ///< width of the arrow that unfolds types

class LayerDelegate final : public QStyledItemDelegate {
public:
    LayerDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme)
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
        const bool isType = index.data(LayerModel::IsTypeRole).toBool();
        const auto shown = index.data(Qt::CheckStateRole).value<Qt::CheckState>();
        painter->save();
        if (option.state.testFlag(QStyle::State_MouseOver)
            || option.state.testFlag(QStyle::State_HasFocus))
            painter->fillRect(row, m_theme.color(Role::Surface3));
        int x = row.left() + 4;
        if (!isType) {
            const bool isOpen = index.data(LayerModel::IsOpenRole).toBool();
            m_theme.icon(isOpen ? u"chevron-down"_s : u"chevron-right"_s, Role::Text3)
                .paint(painter, QRect(x, row.center().y() - 5, 12, 12));
        }
        x += kFold - 4 + (isType ? 12 : 0);
        paintSwatch(*painter, QRect(x, row.center().y() - 4, 9, 9), index, shown);
        x += 17;

        const QString count = countText(index.data(LayerModel::CountRole).toLongLong());
        painter->setFont(m_theme.font(TextSize::Tiny));
        const int countWidth = painter->fontMetrics().horizontalAdvance(count);
        const int right = row.right() - 10;
        painter->setPen(m_theme.color(shown == Qt::Unchecked ? Role::Text3 : Role::Text2));
        painter->drawText(QRect(right - countWidth, row.top(), countWidth, row.height()),
                          Qt::AlignVCenter, count);
        painter->setFont(m_theme.font(TextSize::Small));
        const QRect room(x, row.top(), right - countWidth - 8 - x, row.height());
        painter->setPen(m_theme.color(shown == Qt::Unchecked ? Role::Text3
                                      : isType               ? Role::Text2
                                                             : Role::Text1));
        painter->drawText(room, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                            room.width()));
        painter->restore();
    }

private:
    void paintSwatch(QPainter &painter, const QRect &box, const QModelIndex &index,
                     Qt::CheckState shown) const
    {
        const auto category = static_cast<schema::EventCategory>(
            index.data(LayerModel::CategoryRole).toInt());
        const QColor color = m_theme.category(category);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(color, 1.25));
        painter.setBrush(shown == Qt::Checked ? QBrush(color) : QBrush(Qt::NoBrush));
        const QRectF inner = QRectF(box).adjusted(0.6, 0.6, -0.6, -0.6);
        painter.drawRoundedRect(inner, 2, 2);
        if (shown == Qt::PartiallyChecked)
            painter.fillRect(inner.adjusted(2, 2, -2, -2), color);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }

    const Theme &m_theme;
};

/// Click shows and hides, on the arrow unfolds; double-click shows alone. Keys: space, left, right.
class LayerList final : public RowList {
public:
    LayerList(LayerModel &layers, const Theme &theme, QWidget *parent)
        : RowList(theme, parent), m_layers(layers)
    {
        setModel(&layers);
        setSelectionMode(QAbstractItemView::NoSelection);
    }

protected:
    void mousePressEvent(QMouseEvent *event) override
    {
        const QModelIndex at = indexAt(event->position().toPoint());
        if (!at.isValid() || event->button() != Qt::LeftButton)
            return;
        setCurrentIndex(at);
        if (event->position().x() < kFold && !at.data(LayerModel::IsTypeRole).toBool())
            fold(at, !at.data(LayerModel::IsOpenRole).toBool());
        else
            m_layers.toggle(at);
    }

    void mouseDoubleClickEvent(QMouseEvent *event) override
    {
        const QModelIndex at = indexAt(event->position().toPoint());
        if (at.isValid() && event->position().x() >= kFold) {
            m_layers.toggle(at); // takes back what the first click did
            m_layers.solo(at);
        }
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        const QModelIndex at = currentIndex();
        switch (event->key()) {
        case Qt::Key_Space: m_layers.toggle(at); return;
        case Qt::Key_Return: m_layers.solo(at); return;
        case Qt::Key_Left: fold(at, false); return;
        case Qt::Key_Right: fold(at, true); return;
        default: RowList::keyPressEvent(event);
        }
    }

private:
    void fold(const QModelIndex &at, bool open)
    {
        if (!at.isValid() || at.data(LayerModel::IsTypeRole).toBool())
            return;
        const int row = at.row();
        m_layers.setOpen(at, open ? Qt::Checked : Qt::Unchecked);
        setCurrentIndex(m_layers.index(row));
    }

    LayerModel &m_layers;
};

/// What size and ring mean on the map and on the timeline.
class Legend final : public QWidget {
public:
    Legend(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
    {
        setFixedHeight(76);
        setAccessibleName(
            LayersPane::tr("Legend: larger marks are more severe; amber is selected"));
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.color(Role::Surface1));
        painter.fillRect(0, 0, width(), 1, m_theme.color(Role::Line));
        painter.setFont(m_theme.font(TextSize::Tiny));
        painter.setPen(m_theme.color(Role::Text3));
        painter.drawText(QRect(12, 8, width() - 24, 14), Qt::AlignVCenter,
                         LayersPane::tr("Severity within its type"));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Role::Text2));
        constexpr std::array kRadii = {1.5, 2.25, 3.0, 4.0, 5.0};
        for (std::size_t i = 0; i < kRadii.size(); ++i)
            painter.drawEllipse(QPointF(50 + 20.0 * static_cast<double>(i), 33), kRadii[i],
                                kRadii[i]);
        painter.setPen(m_theme.color(Role::Text2));
        painter.drawText(QRect(12, 26, 30, 14), Qt::AlignVCenter, LayersPane::tr("low"));
        painter.drawText(QRect(144, 26, 60, 14), Qt::AlignVCenter, LayersPane::tr("high"));
        painter.setPen(QPen(m_theme.color(Role::Focus), 1.75));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(18, 57), 5, 5);
        painter.setPen(m_theme.color(Role::Text2));
        painter.drawText(QRect(32, 50, width() - 40, 14), Qt::AlignVCenter,
                         LayersPane::tr("selected, in every view"));
    }

private:
    const Theme &m_theme;
};

} // namespace

LayersPane::LayersPane(workspace::Session &session, const Theme &theme, QWidget *parent) :
    Pane(theme, parent), m_session(session),
    m_model(new LayerModel(session.focus(), session.events(), this))
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    auto *list = new LayerList(*m_model, theme, content);
    list->endWithRows();
    m_list = list;
    m_list->setItemDelegate(new LayerDelegate(theme, m_list));
    m_list->setAccessibleName(tr("Layers"));
    column->addWidget(m_list, 1);
    column->addWidget(new MapLayersBox(session, theme, content), 1);
    column->addWidget(new Legend(theme, content));
    content->setFocusProxy(m_list);
    setContent(content);
    connect(m_model, &LayerModel::countsChanged, this, &LayersPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &LayersPane::refresh);
    refresh();
}

void LayersPane::refresh()
{
    const auto snapshot = m_session.events().snapshot();
    if (snapshot && snapshot->columns.size() > 0)
        setReady();
    else if (m_session.state() == workspace::Session::State::Ready) // empty, not late
        setEmpty({tr("No events yet"),
                  tr("Load the sample world, or switch on a live source."),
                  {},
                  {}});
    else
        setLoading(tr("Waiting for events…"));
}

} // namespace chrona::ui
