// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/stored_view.h"

#include "chrona/workspace/event_pick.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/event_delegate.h"

#include <QItemSelectionModel>
#include <QLocale>

#include <array>
#include <cmath>
#include <utility>

namespace chrona::ui {

using workspace::EventTableModel;
using workspace::StoredEventsModel;

namespace {

constexpr int kFollowMs = 200;
/// More than this is not handed to the other views one by one.
constexpr qsizetype kStoredSelectionMax = 5000;

/// How the model asks: what it starts ends with it.
template <class Request> auto asker(workspace::Session &session, QObject *context)
{
    return [&session, context](Request query,
                               std::function<void(Result<typename Request::Reply>)> done) {
        return session.request<Request>(std::move(query), context, std::move(done));
    };
}

} // namespace

QString aboutText(qint64 count)
{
    constexpr qint64 kMillion = 1'000'000;
    if (count >= kMillion)
        return StoredView::tr("about %1 million")
            .arg(QLocale().toString(double(count) / kMillion, 'f', count < 100 * kMillion ? 1 : 0));
    const auto digits = int(std::log10(double(std::max<qint64>(count, 1))));
    const auto unit = qint64(std::pow(10, std::max(digits - 1, 0)));
    return StoredView::tr("about %1").arg(countText((count + unit / 2) / unit * unit));
}

QVariant StoredColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section != EventTableModel::Time)
        return StoredView::tr(
            "The whole database is read by time, the loaded events in any order.");
    return EventColumnsModel::title(section, role);
}

QVariant StoredColumnsModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::AccessibleTextRole)
        return StoredEventsModel::data(index, role);
    return EventColumnsModel::spoken(index.column(),
                                     StoredEventsModel::data(index, Qt::DisplayRole));
}

StoredView::StoredView(workspace::Session &session, const Theme &theme, QWidget *parent)
    : TableView(theme, parent), m_session(session),
      m_model(new StoredColumnsModel(asker<ipc::EventStepsQuery>(session, this),
                                     asker<ipc::EventRowsQuery>(session, this), this)),
      m_delegate(new EventDelegate(theme, this))
{
    setModel(m_model);
    setItemDelegate(m_delegate);
    setAccessibleName(tr("Events of the whole database"));
    setStretchColumn(EventTableModel::Title);
    constexpr std::array kWidths = {
        std::pair{EventTableModel::Time, 124},     std::pair{EventTableModel::Type, 132},
        std::pair{EventTableModel::Region, 72},    std::pair{EventTableModel::Source, 150},
        std::pair{EventTableModel::Severity, 104}, std::pair{EventTableModel::Confidence, 104}};
    for (const auto &[column, width] : kWidths)
        setColumnWidth(column, width);
    setExpendableColumns(
        {EventTableModel::Confidence, EventTableModel::Source, EventTableModel::Severity});
    setSorting({EventTableModel::Time, m_model->sortOrder()}, [this](Sorted wanted) {
        m_model->sort(wanted.first, wanted.second);
        return Sorted{EventTableModel::Time, m_model->sortOrder()};
    });
    m_followTimer.setSingleShot(true);
    m_followTimer.setInterval(kFollowMs);
    connect(&m_followTimer, &QTimer::timeout, this, &StoredView::follow);
    const auto followSoon = [this] {
        if (m_isActive)
            m_followTimer.start();
    };
    using workspace::Focus;
    const Focus &focus = session.focus();
    connect(&focus, &Focus::windowChanged, this, followSoon);
    connect(&focus, &Focus::filterChanged, this, followSoon);
    connect(&focus, &Focus::asOfChanged, this, followSoon);
    connect(&focus, &Focus::selectionChanged, this, &StoredView::focusToSelection);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { m_hasNews = false; });
    connect(&session.events(), &workspace::EventStore::snapshotChanged, this, [this] {
        if (m_isActive && !std::exchange(m_hasNews, true))
            Q_EMIT m_model->extentChanged();
    });
    connect(&session, &workspace::Session::stateChanged, this, [this] {
        // What was open when the service went is asked again when it is back.
        if (m_isActive && m_session.state() == workspace::Session::State::Ready &&
            m_model->problem())
            m_model->readAgain();
    });
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &StoredView::selectionToFocus);
}

void StoredView::setActive(bool isActive)
{
    m_isActive = isActive;
    m_followTimer.stop();
    if (isActive)
        follow();
    else
        m_model->show(std::nullopt);
}

void StoredView::follow()
{
    m_model->show(workspace::pickFor(m_session.focus().criteria(), *m_session.events().snapshot()));
}

void StoredView::setTimeText(const TimeText &times)
{
    m_times = times;
    m_delegate->setTimeText(times);
    viewport()->update();
}

void StoredView::setColourBy(ColourBy by)
{
    m_delegate->setColourBy(by);
    viewport()->update();
}

QString StoredView::extentText() const
{
    using Walk = StoredEventsModel::Walk;
    const QString rows = countText(m_model->rowCount());
    const auto about = m_model->about();
    QString text;
    switch (m_model->walk()) {
    case Walk::None: return {};
    case Walk::Done: text = tr("%1 in the database").arg(rows); break;
    case Walk::Full:
        text = tr("the first %1 of %2 in the database: narrow the time window for the others")
                   .arg(rows, about ? aboutText(*about) : tr("more"));
        break;
    case Walk::Underway:
        if (m_model->rowCount() == 0)
            return {};
        text = about ? tr("%1 read of %2 in the database").arg(rows, aboutText(*about))
                     : tr("%1 read so far").arg(rows);
        break;
    case Walk::Stopped: text = tr("%1 read, then the database failed").arg(rows); break;
    }
    const QString then = m_times.clock(m_model->asOf());
    if (m_model->isOutdated())
        return tr("%1 · changed since %2: read it again").arg(text, then);
    return m_hasNews ? tr("%1 · as it stood at %2").arg(text, then) : text;
}

void StoredView::selectionToFocus()
{
    if (m_isFollowing || !m_isActive)
        return;
    if (m_model->rowCount() == 0)
        return; // the table went, not the choice
    QSet<qint64> ids;
    for (const int row : selectedRowNumbers(kStoredSelectionMax))
        if (const qint64 id = m_model->eventAt(row); id != 0)
            ids.insert(id);
    const qint64 current = m_model->eventAt(currentIndex().row());
    m_isFollowing = true;
    m_session.focus().select(ids, ids.contains(current) ? current
                                  : ids.isEmpty()       ? 0
                                                        : *ids.cbegin());
    m_isFollowing = false;
}

/// What is chosen elsewhere is chosen here where it is in sight: its place is not known else.
void StoredView::focusToSelection()
{
    if (m_isFollowing || !m_isActive)
        return;
    m_isFollowing = true;
    QItemSelection selection;
    const QSet<qint64> &wanted = m_session.focus().selection();
    const int first = std::max(rowAt(0), 0);
    const int last = rowAt(viewport()->height() - 1);
    for (int row = first; row <= (last < 0 ? m_model->rowCount() - 1 : last); ++row)
        if (wanted.contains(m_model->eventAt(row)))
            selection.select(m_model->index(row, 0),
                             m_model->index(row, EventTableModel::ColumnCount - 1));
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    m_isFollowing = false;
}

} // namespace chrona::ui
