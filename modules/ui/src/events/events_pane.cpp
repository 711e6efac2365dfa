// SPDX-License-Identifier: AGPL-3.0-or-later
#include "events/events_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "events/event_columns_model.h"
#include "events/event_delegate.h"
#include "events/filter_line.h"
#include "events/group_view.h"
#include "inspector/correction_menu.h"
#include "shell/choice_step.h"
#include "text/names.h"

#include <QActionGroup>
#include <QApplication>
#include <QItemSelectionModel>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <QUndoStack>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::EventFilter;
using workspace::EventTableModel;
using workspace::Focus;

namespace {

/// More than this is not handed to the other views one by one.
constexpr int kSelectionMax = 5000;

QToolButton *headerButton(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFixedHeight(20);
    button->setIconSize({14, 14});
    return button;
}

/// A threshold of the filter behind a button: "severity ≥ 50 %".
void fillThresholds(QToolButton &button, Focus &focus, float EventFilter::*member)
{
    auto *menu = new QMenu(&button);
    auto *group = new QActionGroup(menu);
    for (const int percent : {0, 25, 50, 75, 90}) {
        QAction *action = menu->addAction(
            percent == 0 ? EventsPane::tr("Any") : EventsPane::tr("At least %1 %").arg(percent));
        action->setCheckable(true);
        group->addAction(action);
        QObject::connect(action, &QAction::triggered, &focus, [&focus, member, percent] {
            EventFilter filter = focus.filter();
            filter.*member = static_cast<float>(percent) / 100;
            focus.setFilter(filter);
        });
        QObject::connect(menu, &QMenu::aboutToShow, action, [action, &focus, member, percent] {
            action->setChecked(qRound(focus.filter().*member * 100) == percent);
        });
    }
    button.setMenu(menu);
}

} // namespace

EventsPane::EventsPane(workspace::Session &session, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_session(session),
      m_model(new EventColumnsModel(session.selector(), session.texts(), session.titles(), this)),
      m_delegate(new EventDelegate(theme, this)), m_stack(new QStackedWidget(this)),
      m_table(new TableView(theme, m_stack)),
      m_groups(new GroupView(session.focus(), session.selector(), theme, m_stack)),
      m_corrections(new CorrectionMenu(session, this))
{
    makeTable();
    makeTools();
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_groups);
    m_stack->setFocusProxy(m_table);
    setContent(m_stack);
    connect(&m_groups->groups(), &GroupColumnsModel::arranged, this, &EventsPane::refresh);
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
    QHeaderView *header = m_table->horizontalHeader();
    header->setSortIndicatorShown(true);
    header->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
    connect(header, &QHeaderView::sectionClicked, this, [this, header](int column) {
        m_model->sort(column, header->sortIndicatorOrder());
        header->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
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

void EventsPane::makeTools()
{
    m_filterLine = new FilterLine(m_session, m_theme, this);
    m_severity = headerButton(tr("Least severity"), this);
    m_confidence = headerButton(tr("Least confidence"), this);
    m_grouping = headerButton(tr("Group the events"), this);
    m_saved = headerButton(tr("Saved filters"), this);
    for (QToolButton *button : {m_severity, m_confidence, m_grouping})
        button->setFont(m_theme.font(TextSize::Tiny));
    fillThresholds(*m_severity, m_session.focus(), &EventFilter::severityMin);
    fillThresholds(*m_confidence, m_session.focus(), &EventFilter::confidenceMin);
    m_clear = headerButton(tr("Clear all filters"), this);
    connect(m_clear, &QToolButton::clicked, this, &EventsPane::clearFilter);
    m_columns = headerButton(tr("Choose columns"), this);
    auto *menu = new QMenu(m_columns);
    m_columns->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        m_table->offerColumns(*menu);
    });
    fillGroupings();
    addHeaderTool(m_filterLine);
    for (QWidget *tool : {m_saved, m_severity, m_confidence, m_grouping, m_clear, m_columns})
        addHeaderTool(tool);
}

void EventsPane::fillGroupings()
{
    using workspace::GroupBy;
    auto *menu = new QMenu(m_grouping);
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, std::optional<GroupBy> by) {
        QAction *action = menu->addAction(text, this, [this, by] {
            const auto before = m_groups->groups().groupBy();
            if (by == before)
                return;
            groupBy(by);
            m_session.undoStack().push(
                new ChoiceStep(tr("Group events"), *this, &EventsPane::groupBy, before, by));
        });
        action->setCheckable(true);
        group->addAction(action);
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, by] { action->setChecked(m_groups->groups().groupBy() == by); });
    };
    add(tr("Each event for itself"), std::nullopt);
    menu->addSeparator();
    for (const GroupBy by : {GroupBy::Type, GroupBy::Country, GroupBy::Region, GroupBy::Source,
                             GroupBy::Day, GroupBy::Week, GroupBy::Month})
        add(groupByName(by), by);
    m_grouping->setMenu(menu);
}

void EventsPane::groupBy(std::optional<workspace::GroupBy> by)
{
    const bool hadFocus = m_stack->isAncestorOf(QApplication::focusWidget());
    m_groups->groups().setGroupBy(by);
    QWidget *shown = by ? static_cast<QWidget *>(m_groups) : m_table;
    m_stack->setCurrentWidget(shown);
    m_stack->setFocusProxy(shown);
    if (hadFocus)
        shown->setFocus();
    refreshTools();
    refresh();
}

QString EventsPane::selectedAsText() const
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList lines;
    const auto line = [this, &lines](const auto &cellOf) {
        QStringList cells;
        for (int column = 0; column < EventTableModel::ColumnCount; ++column)
            if (!m_table->isColumnHidden(column))
                cells += cellOf(column).replace(u'\t', u' ').replace(u'\n', u' ');
        lines += cells.join(u'\t');
    };
    if (rows.isEmpty())
        return {};
    line([this](int column) {
        return m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    });
    for (const QModelIndex &row : std::as_const(rows))
        line([this, row](int column) {
            return row.siblingAtColumn(column).data(Qt::AccessibleTextRole).toString();
        });
    return lines.join(u'\n') + u'\n';
}

void EventsPane::setTimeText(const TimeText &times)
{
    m_delegate->setTimeText(times);
    m_table->viewport()->update();
    m_groups->setTimeText(times);
}

void EventsPane::clearFilter()
{
    m_session.focus().setFilter({});
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

void EventsPane::refreshTools()
{
    const EventFilter &filter = m_session.focus().filter();
    const auto percent = [](float share) { return qRound(share * 100); };
    m_severity->setText(filter.severityMin > 0
                            ? tr("severity ≥ %1 %").arg(percent(filter.severityMin))
                            : tr("any severity"));
    m_confidence->setText(filter.confidenceMin > 0
                              ? tr("confidence ≥ %1 %").arg(percent(filter.confidenceMin))
                              : tr("any confidence"));
    const bool isFiltered = filter != EventFilter{};
    m_clear->setEnabled(isFiltered);
    m_clear->setIcon(m_theme.icon(u"filter"_s, isFiltered ? Role::Focus : Role::Text3));
    m_columns->setIcon(m_theme.icon(u"columns"_s, Role::Text2));
    m_columns->setEnabled(!m_groups->groups().groupBy());
    m_saved->setIcon(m_theme.icon(u"note"_s, Role::Text2));
    const auto by = m_groups->groups().groupBy();
    m_grouping->setText(by ? groupByName(*by) : tr("not grouped"));
}

void EventsPane::refresh()
{
    const auto visible = m_session.selector().visible();
    const auto total =
        static_cast<qint64>(visible->snapshot ? visible->snapshot->columns.size() : 0);
    const QString count = countOfText(static_cast<qint64>(visible->rows.size()), total);
    if (total > 0)
        setHeaderNote(m_groups->groups().groupBy()
                          ? tr("%1 in %2 groups")
                                .arg(count, countText(m_groups->groups().rowCount()))
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
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    QSet<qint64> ids;
    for (const QModelIndex &index : rows.first(std::min<qsizetype>(rows.size(), kSelectionMax)))
        ids.insert(m_model->eventAt(index.row()));
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
