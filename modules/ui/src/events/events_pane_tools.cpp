// SPDX-License-Identifier: AGPL-3.0-or-later
// The tools in the header of the table of events.
#include "events/events_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "events/event_delegate.h"
#include "events/filter_line.h"
#include "events/group_view.h"
#include "events/stored_view.h"
#include "shell/choice_step.h"

#include <QActionGroup>
#include <QMenu>
#include <QToolButton>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::EventFilter;
using workspace::Focus;

namespace {

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
        shownTable().offerColumns(*menu);
        offerColours(*menu);
    });
    m_scopes = headerButton(tr("Loaded events or the whole database"), this);
    m_scopes->setFont(m_theme.font(TextSize::Tiny));
    fillGroupings();
    fillScopes();
    addHeaderTool(m_filterLine);
    for (QWidget *tool :
         {m_saved, m_severity, m_confidence, m_scopes, m_grouping, m_clear, m_columns})
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

void EventsPane::offerColours(QMenu &menu)
{
    menu.addSeparator();
    QMenu *colours = menu.addMenu(tr("Colour rows by"));
    auto *group = new QActionGroup(colours);
    const auto add = [&](const QString &text, ColourBy by) {
        QAction *action = colours->addAction(text, this, [this, by] {
            const ColourBy before = m_colourBy;
            if (by == before)
                return;
            colourBy(by);
            m_session.undoStack().push(
                new ChoiceStep(tr("Colour the rows"), *this, &EventsPane::colourBy, before, by));
        });
        action->setCheckable(true);
        action->setChecked(m_colourBy == by);
        group->addAction(action);
    };
    add(tr("nothing"), ColourBy::Nothing);
    add(tr("severity, from 50 %"), ColourBy::Severity);
    add(tr("doubt: confidence below 50 %"), ColourBy::Confidence);
    add(tr("category"), ColourBy::Category);
}

void EventsPane::fillScopes()
{
    auto *menu = new QMenu(m_scopes);
    auto *group = new QActionGroup(menu);
    const auto add = [&](const QString &text, Scope scope) {
        QAction *action = menu->addAction(text, this, [this, scope] {
            const Scope before = m_scope;
            if (scope == before)
                return;
            showScope(scope);
            m_session.undoStack().push(new ChoiceStep(tr("Choose the table"), *this,
                                                      &EventsPane::showScope, before, scope));
        });
        action->setCheckable(true);
        group->addAction(action);
        connect(menu, &QMenu::aboutToShow, action,
                [this, action, scope] { action->setChecked(m_scope == scope); });
    };
    add(tr("The loaded events, in any order"), Scope::Loaded);
    add(tr("The whole database, by time"), Scope::Database);
    menu->addSeparator();
    QAction *again =
        menu->addAction(tr("Read it again"), &m_stored->stored(), &StoredColumnsModel::readAgain);
    connect(menu, &QMenu::aboutToShow, again,
            [this, again] { again->setEnabled(m_scope == Scope::Database); });
    m_scopes->setMenu(menu);
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
    m_columns->setEnabled(m_scope == Scope::Database || !m_groups->groups().groupBy());
    m_saved->setIcon(m_theme.icon(u"note"_s, Role::Text2));
    const auto by = m_groups->groups().groupBy();
    m_grouping->setText(by ? groupByName(*by) : tr("not grouped"));
    const bool isLoaded = m_scope == Scope::Loaded;
    m_grouping->setEnabled(isLoaded);
    m_grouping->setToolTip(isLoaded ? tr("Group the events")
                                    : tr("Groups are of the loaded events"));
    m_scopes->setText(isLoaded ? tr("loaded") : tr("whole database"));
}

} // namespace chrona::ui
