// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/events_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/event_delegate.h"
#include "events/filter_line.h"
#include "events/group_view.h"
#include "events/stored_view.h"
#include "inspector/correction_menu.h"
#include "text/names.h"

#include <QApplication>
#include <QItemSelectionModel>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::EventFilter;
using workspace::EventTableModel;
using workspace::Focus;

namespace {

/// More than this is not handed to the other views one by one.
constexpr qsizetype kSelectionMax = 5000;
/// More than this is for a file, not for the clipboard.
constexpr qsizetype kCopiedMax = 100'000;

} // namespace

EventsPane::EventsPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session),
      m_model(new EventColumnsModel(session.selector(), session.texts(), session.titles(), this)),
      m_delegate(new EventDelegate(theme, this)), m_stack(new QStackedWidget(this)),
      m_table(new TableView(theme, m_stack)),
      m_groups(new GroupView(session.focus(), session.selector(), theme, m_stack)),
      m_stored(new StoredView(session, theme, m_stack)),
      m_corrections(new CorrectionMenu(session, this))
{
    makeTable();
    makeTools();
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_groups);
    m_stack->addWidget(m_stored);
    m_stack->setFocusProxy(m_table);
    setContent(m_stack);
    connect(&m_groups->groups(), &GroupColumnsModel::arranged, this, &EventsPane::refresh);
    connect(&m_stored->stored(), &StoredColumnsModel::extentChanged, this, &EventsPane::refresh);
    connect(&session, &workspace::Session::stateChanged, this, &EventsPane::refresh);
    connect(&session.selector(), &workspace::EventSelector::visibleChanged, this,
            &EventsPane::refresh);
    connect(m_model, &EventTableModel::arranged, this, [this] {
        // Other rows than before are read from their top; new ones must not move the reader.
        if (std::exchange(m_isOtherQuestion, false))
            m_table->scrollToTop();
        focusToSelection();
    });
    connect(&session.focus(), &Focus::windowChanged, this, [this] { m_isOtherQuestion = true; });
    connect(&session.focus(), &Focus::filterChanged, this, [this] { m_isOtherQuestion = true; });
    connect(&session.focus(), &Focus::selectionChanged, this, &EventsPane::focusToSelection);
    connect(&session.focus(), &Focus::filterChanged, this, &EventsPane::refreshTools);
    connect(&theme, &Theme::changed, this, &EventsPane::refreshTools);
    refreshTools();
    refresh();
}

void EventsPane::makeTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(m_delegate);
    m_table->setAccessibleName(tr("Events"));
    m_table->setStretchColumn(EventTableModel::Title);
    constexpr std::array kWidths = {
        std::pair{EventTableModel::Time, 124},     std::pair{EventTableModel::Type, 132},
        std::pair{EventTableModel::Region, 72},    std::pair{EventTableModel::Source, 150},
        std::pair{EventTableModel::Severity, 104}, std::pair{EventTableModel::Confidence, 104}};
    for (const auto &[column, width] : kWidths)
        m_table->setColumnWidth(column, width);
    m_table->setExpendableColumns(
        {EventTableModel::Confidence, EventTableModel::Source, EventTableModel::Severity});
    m_table->setSorting({m_model->sortColumn(), m_model->sortOrder()},
                        [this](TableView::Sorted wanted) {
                            m_model->sort(wanted.first, wanted.second);
                            return TableView::Sorted{m_model->sortColumn(), m_model->sortOrder()};
                        });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &EventsPane::selectionToFocus);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addAction(m_corrections->menuAction());
    connect(m_corrections, &QMenu::aboutToShow, this, &EventsPane::offerCorrections);
    connect(m_corrections, &CorrectionMenu::corrected, this, &EventsPane::corrected);
    connect(m_corrections, &CorrectionMenu::refused, this, &EventsPane::setHeaderNote);
}

/// For the current row, which a click for the menu has made so.
void EventsPane::offerCorrections()
{
    const QModelIndex index = m_table->currentIndex();
    if (index.isValid())
        m_corrections->offer(schema::EventId{m_model->eventAt(index.row())}, nullptr);
    else
        m_corrections->clear();
}

void EventsPane::groupBy(std::optional<workspace::GroupBy> by)
{
    m_groups->groups().setGroupBy(by);
    showTable();
}

void EventsPane::showScope(Scope scope)
{
    m_scope = scope;
    m_stored->setActive(scope == Scope::Database);
    showTable();
}

void EventsPane::colourBy(ColourBy by)
{
    m_colourBy = by;
    m_delegate->setColourBy(by);
    m_table->viewport()->update();
    m_stored->setColourBy(by);
}

TableView &EventsPane::shownTable() const
{
    return m_scope == Scope::Database     ? *m_stored
           : m_groups->groups().groupBy() ? static_cast<TableView &>(*m_groups)
                                          : *m_table;
}

void EventsPane::showTable()
{
    const bool hadFocus = m_stack->isAncestorOf(QApplication::focusWidget());
    TableView &shown = shownTable();
    m_stack->setCurrentWidget(&shown);
    m_stack->setFocusProxy(&shown);
    if (hadFocus)
        shown.setFocus();
    refreshTools();
    refresh();
}

QString EventsPane::selectedAsText() const
{
    const TableView &table = m_scope == Scope::Database ? *m_stored : *m_table;
    const QList<int> rows = table.selectedRowNumbers(kCopiedMax);
    QStringList lines;
    const auto line = [&table, &lines](const auto &cellOf) {
        QStringList cells;
        for (int column = 0; column < EventTableModel::ColumnCount; ++column)
            if (!table.isColumnHidden(column))
                cells += cellOf(column).replace(u'\t', u' ').replace(u'\n', u' ');
        lines += cells.join(u'\t');
    };
    if (rows.isEmpty())
        return {};
    line([&](int column) {
        return table.model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    });
    for (const int row : rows)
        line([&](int column) {
            return table.model()->index(row, column).data(Qt::AccessibleTextRole).toString();
        });
    return lines.join(u'\n') + u'\n';
}

void EventsPane::setTimeText(const TimeText &times)
{
    m_delegate->setTimeText(times);
    m_table->viewport()->update();
    m_groups->setTimeText(times);
    m_stored->setTimeText(times);
    m_times = times;
}

void EventsPane::clearFilter()
{
    m_filterLine->reset();
}

void EventsPane::editFilter()
{
    m_filterLine->setFocus(Qt::ShortcutFocusReason);
    m_filterLine->selectAll();
}

void EventsPane::typeFilter(const QString &text)
{
    m_filterLine->setFocus(Qt::OtherFocusReason);
    m_filterLine->type(text);
}

/// Whether what is shown is read from the database as it is scrolled; and what it says then.
void EventsPane::refreshStored()
{
    const StoredColumnsModel &stored = m_stored->stored();
    using Walk = StoredColumnsModel::Walk;
    setHeaderNote(m_stored->extentText());
    if (stored.rowCount() > 0)
        return setReady();
    if (stored.walk() == Walk::Done)
        return setEmpty({tr("Nothing in the database passes"),
                         tr("No event has what filter and time window ask for."),
                         tr("Clear all filters"), [this] { clearFilter(); }});
    if (stored.walk() == Walk::Stopped && stored.problem()) {
        const FailureText text = failureText(*stored.problem());
        return setError(
            {text.cause, text.remedy, tr("Try again"), [this] { m_stored->stored().readAgain(); }});
    }
    setLoading(tr("Reading the database…"));
}

void EventsPane::refresh()
{
    if (m_scope == Scope::Database)
        return refreshStored();
    const auto visible = m_session.selector().visible();
    const auto total =
        static_cast<qint64>(visible->snapshot ? visible->snapshot->columns.size() : 0);
    QString count = countOfText(static_cast<qint64>(visible->rows.size()), total);
    // What is not loaded is not passed over in silence.
    if (visible->snapshot && visible->snapshot->since)
        count = tr("%1 since %2, %3 older in the database")
                    .arg(count, m_times.date(*visible->snapshot->since),
                         aboutText(static_cast<qint64>(visible->snapshot->older)));
    if (total > 0)
        setHeaderNote(
            m_groups->groups().groupBy()
                ? tr("%1 in %2 groups").arg(count, countText(m_groups->groups().rowCount()))
                : count);
    using workspace::Session;
    const Session::State state = m_session.state();
    if (total > 0 && !visible->rows.empty())
        setReady();
    else if (total > 0 || state == Session::State::Ready)
        refreshEmptiness();
    else if (state == Session::State::Lost)
        setError({tr("The service is gone"), tr("Chrona keeps trying to reach it."), {}, {}});
    else
        setLoading(state == Session::State::Loading ? tr("Loading events…")
                                                    : tr("Starting the service…"));
}

void EventsPane::refreshEmptiness()
{
    if (m_session.events().snapshot()->columns.size() == 0) {
        setEmpty({tr("No events yet"), tr("Load the sample world, or switch on a live source."),
                  tr("Load the sample world"), [this] { Q_EMIT sampleWorldWanted(); }});
    } else if (m_session.focus().filter() != EventFilter{}) {
        setEmpty({tr("Nothing passes the filter"),
                  tr("No event in this time window has what the filter asks for."),
                  tr("Clear all filters"), [this] { clearFilter(); }});
    } else {
        setEmpty({tr("Nothing happened in this time window"),
                  tr("Stretch the amber window in the timeline."),
                  {},
                  {}});
    }
}

void EventsPane::selectionToFocus()
{
    if (m_isFollowing)
        return;
    QSet<qint64> ids;
    for (const int row : m_table->selectedRowNumbers(kSelectionMax))
        ids.insert(m_model->eventAt(row));
    const QModelIndex current = m_table->currentIndex();
    const qint64 id = current.isValid() ? m_model->eventAt(current.row()) : 0;
    m_isFollowing = true;
    m_session.focus().select(ids, ids.contains(id) || ids.isEmpty() ? (ids.isEmpty() ? 0 : id)
                                                                    : *ids.cbegin());
    m_isFollowing = false;
}

void EventsPane::focusToSelection()
{
    if (m_isFollowing)
        return;
    m_isFollowing = true;
    QItemSelection selection;
    for (const qint64 id : m_session.focus().selection()) {
        const int row = m_model->rowOf(id);
        if (row >= 0)
            selection.select(m_model->index(row, 0),
                             m_model->index(row, EventTableModel::ColumnCount - 1));
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    const int current = m_model->rowOf(m_session.focus().selectedEvent());
    if (current >= 0) {
        m_table->selectionModel()->setCurrentIndex(m_model->index(current, 0),
                                                   QItemSelectionModel::NoUpdate);
        m_table->scrollTo(m_model->index(current, 0));
    }
    m_isFollowing = false;
}

} // namespace chrona::ui
