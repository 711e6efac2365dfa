// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_list.h"

#include "text/names.h"
#include "text/time_text.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QToolButton>

namespace chrona::ui {

MapListModel::MapListModel(workspace::Session &session, QObject *parent)
    : QAbstractListModel(parent), m_session(session)
{
    connect(&session.texts(), &workspace::EventTexts::textsArrived, this, [this] {
        if (!m_events.empty())
            Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    });
}

void MapListModel::setEvents(std::vector<qint64> events)
{
    if (events == m_events)
        return;
    beginResetModel();
    m_events = std::move(events);
    endResetModel();
}

int MapListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

QVariant MapListModel::data(const QModelIndex &index, int role) const
{
    const qint64 event = eventAt(index.row());
    const auto row = m_session.events().rowOf(event);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    if (!row)
        return tr("taken back");
    const schema::EventColumns &columns = m_session.events().snapshot()->columns;
    const QString type = typeName(columns.type[*row]);
    const QString title = m_session.texts().title(event).value_or(QString());
    const QString when = TimeText{}.minute(instantFromMicros(columns.observedAt[*row]));
    if (role == Qt::DisplayRole)
        return title.isEmpty() ? tr("%1  %2").arg(when, type) : tr("%1  %2").arg(when, title);
    return tr("%1, %2, %3 UTC, severity %4 %, at %5° latitude, %6° longitude")
        .arg(title.isEmpty() ? type : title, type, when)
        .arg(int(columns.severity[*row] / 2.55))
        .arg(double(columns.latitude[*row]), 0, 'f', 1)
        .arg(double(columns.longitude[*row]), 0, 'f', 1);
}

MapList::MapList(workspace::Session &session, const Theme &theme, QWidget *parent)
    : QFrame(parent), m_theme(theme), m_model(new MapListModel(session, this)),
      m_title(new QLabel(this)), m_list(new QListView(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 6, 6);
    column->setSpacing(4);
    auto *header = new QHBoxLayout;
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setFont(theme.font(TextSize::Small, TextWeight::Strong));
    header->addWidget(m_title, 1);
    auto *close = new QToolButton(this);
    close->setIcon(theme.icon(QStringLiteral("close")));
    close->setToolTip(tr("Close the list (Escape)"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &MapList::closed);
    header->addWidget(close, 0, Qt::AlignTop);
    column->addLayout(header);
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setFont(theme.font(TextSize::Small));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSpacing(2);
    column->addWidget(m_list, 1);
    setFocusProxy(m_list);
    const auto choose = [this](const QModelIndex &index) {
        if (index.isValid())
            Q_EMIT chosen(m_model->eventAt(index.row()));
    };
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    hide();
}

QString MapList::title() const
{
    return m_title->text();
}

void MapList::show(const QString &title, std::vector<qint64> events)
{
    m_title->setText(title);
    m_list->setAccessibleName(title);
    setAccessibleName(title);
    m_model->setEvents(std::move(events));
    QFrame::show();
    raise();
}

void MapList::takeFocus()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
}

void MapList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QFrame::keyPressEvent(event);
}

void MapList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Surface1, 0.96));
    painter.fillRect(0, 0, 1, height(), m_theme.color(Role::Line));
}

} // namespace chrona::ui
