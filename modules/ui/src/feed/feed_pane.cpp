// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feed/feed_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/feed_model.h"
#include "chrona/workspace/session.h"
#include "feed/feed_delegate.h"

#include <QListView>

namespace chrona::ui {

using workspace::FeedModel;
using workspace::Focus;

FeedPane::FeedPane(workspace::Session &session, const Theme &theme, QWidget *parent) :
    Pane(theme, parent), m_session(session),
    m_model(new FeedModel(session.selector(), session.texts(), this)),
    m_delegate(new FeedDelegate(theme, this)), m_list(new QListView(this))
{
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setAccessibleName(tr("Feed"));
    m_list->setMouseTracking(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Heights differ; laid out in slices so that two thousand rows never block.
    m_list->setLayoutMode(QListView::Batched);
    m_list->setBatchSize(200);
    setContent(m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &FeedPane::chooseCurrent);
    connect(&session.focus(), &Focus::selectionChanged, this, &FeedPane::follow);
    connect(&session.selector(), &workspace::EventSelector::visibleChanged, this,
            &FeedPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &FeedPane::refresh);
    connect(&theme, &Theme::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    refresh();
}

void FeedPane::setTimeText(const TimeText &times)
{
    m_delegate->setTimeText(times);
    m_list->viewport()->update();
}

void FeedPane::refresh()
{
    const bool isReady = m_session.state() == workspace::Session::State::Ready;
    if (m_model->rowCount() > 0)
        setReady();
    else if (isReady)
        setEmpty(
            {tr("Nothing has come in yet"), tr("New events appear here as they arrive."), {}, {}});
    else
        setLoading(tr("Waiting for events…"));
    const int count = m_model->rowCount();
    setHeaderNote(count == 0 ? QString()
                  : count >= static_cast<int>(FeedModel::kRowsMax)
                      ? tr("newest %1").arg(countText(count))
                      : countText(count));
}

void FeedPane::chooseCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (m_isFollowing || !current.isValid())
        return;
    const qint64 id = current.data(FeedModel::EventIdRole).toLongLong();
    m_isFollowing = true;
    m_session.focus().select({id}, id);
    m_isFollowing = false;
}

void FeedPane::follow()
{
    if (m_isFollowing)
        return;
    m_isFollowing = true;
    const qint64 id = m_session.focus().selectedEvent();
    m_list->selectionModel()->clear();
    for (int row = 0; id != 0 && row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row);
        if (index.data(FeedModel::EventIdRole).toLongLong() == id) {
            m_list->setCurrentIndex(index);
            break;
        }
    }
    m_isFollowing = false;
}

} // namespace chrona::ui
