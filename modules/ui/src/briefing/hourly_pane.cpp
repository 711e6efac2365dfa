// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/hourly_pane.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "inspector/fact_sections.h"
#include "inspector/source_link.h"
#include "text/names.h"

#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::HourlyWatch;
using workspace::ListState;

namespace {

QString nameOf(schema::ChangeKind kind)
{
    switch (kind) {
    case schema::ChangeKind::New: return HourlyPane::tr("New");
    case schema::ChangeKind::Escalated: return HourlyPane::tr("More severe");
    case schema::ChangeKind::Eased: return HourlyPane::tr("Less severe");
    case schema::ChangeKind::Corrected: return HourlyPane::tr("Corrected");
    case schema::ChangeKind::Retracted: return HourlyPane::tr("Taken back");
    case schema::ChangeKind::Ended: return HourlyPane::tr("Over");
    }
    return {};
}

bool canBeShown(const schema::Evidence &evidence)
{
    return evidence.kind == schema::EvidenceKind::Event ||
           evidence.kind == schema::EvidenceKind::Signal;
}

} // namespace

HourlyPane::HourlyPane(HourlyWatch &watch, workspace::Session &session, const Theme &theme,
                       QWidget *parent)
    : Pane(theme, parent), m_watch(watch), m_session(session),
      m_scroll(makeFactArea(tr("Hourly update"), this))
{
    setContent(m_scroll);
    m_steps = {stepButton(tr("The hour before"), -1), stepButton(tr("The hour after"), 1)};
    auto *newest = new QToolButton(this);
    newest->setText(tr("Newest"));
    connect(newest, &QToolButton::clicked, &watch, &HourlyWatch::refresh);
    addHeaderTool(newest);
    connect(&watch, &HourlyWatch::changed, this, &HourlyPane::refresh);
    connect(&theme, &Theme::changed, this, &HourlyPane::refresh);
    refresh();
}

QToolButton *HourlyPane::stepButton(const QString &name, int hours)
{
    auto *button = new QToolButton(this);
    button->setToolTip(name);
    button->setAccessibleName(name);
    connect(button, &QToolButton::clicked, this, [this, hours] { m_watch.step(hours); });
    addHeaderTool(button);
    return button;
}

void HourlyPane::setTimeText(const TimeText &times)
{
    m_times = times;
    refresh();
}

void HourlyPane::refresh()
{
    m_steps[0]->setIcon(m_theme.icon(u"step-back"_s, Role::Text2));
    m_steps[1]->setIcon(m_theme.icon(u"step-forward"_s, Role::Text2));
    const auto &current = m_watch.current();
    setHeaderNote(current ? tr("from %1").arg(m_times.minute(current->update.hour)) : QString());
    if (current) {
        rebuild();
        setReady();
    } else if (m_watch.state() == ListState::Failed && m_watch.problem()) {
        const FailureText text = failureText(*m_watch.problem());
        setError({text.cause, text.remedy, tr("Try again"), [this] { m_watch.refresh(); }});
    } else {
        setLoading(tr("Loading the last hour…"));
    }
}

void HourlyPane::rebuild()
{
    const schema::HourlyUpdate &update = m_watch.current()->update;
    auto *column = new FactColumn(m_theme, nullptr);
    if (!update.alerts.empty()) {
        column->addSection(tr("Crossed your rules"));
        for (const schema::Statement &statement : update.alerts)
            addStatement(*column, statement);
    }
    column->addSection(tr("What reached the watchlists"));
    if (update.changes.empty())
        column->addParagraph(tr("Nothing in this hour."));
    for (const schema::Change &change : update.changes) {
        column->addBadges(
            {new Badge(m_theme, nameOf(change.kind), m_theme.color(Role::Text2),
                       tr("Relevance %1").arg(change.relevance, 0, 'f', 2), nullptr)});
        addStatement(*column, change.statement);
    }
    if (!update.dataHealth.empty()) {
        column->addSection(tr("Data health"));
        for (const schema::Statement &statement : update.dataHealth)
            column->addParagraph(fromUtf8(statement.text));
    }
    column->finish();
    m_scroll->setWidget(column); // deletes the one before
}

void HourlyPane::addStatement(FactColumn &column, const schema::Statement &statement)
{
    column.addParagraph(fromUtf8(statement.text));
    if (std::ranges::none_of(statement.evidence, canBeShown))
        return;
    auto *show = new QPushButton(tr("Show in every view"));
    show->setAccessibleDescription(fromUtf8(statement.text));
    connect(show, &QPushButton::clicked, this, [this, statement] { follow(statement); });
    column.addWidget(show);
}

void HourlyPane::follow(const schema::Statement &statement)
{
    QSet<qint64> events;
    qint64 first = 0;
    for (const schema::Evidence &evidence : statement.evidence) {
        if (evidence.kind == schema::EvidenceKind::Signal)
            return Q_EMIT signalWanted(evidence.id);
        if (evidence.kind != schema::EvidenceKind::Event)
            continue;
        events.insert(evidence.id);
        first = first == 0 ? evidence.id : first;
    }
    if (first != 0)
        m_session.focus().select(events, first);
}

} // namespace chrona::ui
