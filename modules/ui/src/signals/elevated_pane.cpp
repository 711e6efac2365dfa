// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/elevated_pane.h"

#include "signals/evidence_tables.h"
#include "signals/signal_words.h"
#include "text/names.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using workspace::ListState;
using workspace::SignalsModel;

ElevatedPane::ElevatedPane(SignalsModel &model, const Theme &theme, QWidget *parent)
    : Pane(theme, parent), m_model(model),
      m_table(new SmallTable(theme, tr("Signals elevated now"), 200, this))
{
    m_table->setColumns({{tr("Feature")},
                         {tr("Leads"), false, 74},
                         {tr("Lag"), true, 64},
                         {tr("z now"), true, 62},
                         {tr("Effect"), true, 62}});
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    setContent(content);
    setFocusProxy(m_table);
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT signalWanted(m_shown[static_cast<std::size_t>(index.row())].value);
    });
    connect(m_table, &QAbstractItemView::clicked, m_table, &QAbstractItemView::activated);
    connect(&model, &SignalsModel::stateChanged, this, &ElevatedPane::refresh);
    refresh();
}

void ElevatedPane::refresh()
{
    std::vector<const ipc::SignalEntry *> elevated;
    for (const ipc::SignalEntry &signal : m_model.all())
        if (signal.elevated)
            elevated.push_back(&signal);
    std::ranges::stable_sort(elevated, std::ranges::greater{},
                             [](const auto *signal) { return std::abs(signal->noveltyZ); });
    SmallRows rows;
    m_shown.clear();
    for (const ipc::SignalEntry *signal : elevated) {
        m_shown.push_back(signal->id);
        rows.push_back(
            {{fromUtf8(signal->featureName.empty() ? signal->feature : signal->featureName),
              Role::Text1,
              {},
              signal->newlyElevated ? Role::Warning : Role::Watch},
             {u"→ "_s + fromUtf8(signal->target)},
             {tr("%1 + %2 d").arg(signal->lag).arg(signal->horizon), Role::Text2},
             {tr("%1 σ").arg(numberText(signal->noveltyZ))},
             {effectText(signal->effect), Role::Text2}});
    }
    const auto count = static_cast<int>(rows.size());
    m_table->setRows(std::move(rows));
    m_table->setMinimumHeight(0);
    m_table->setMaximumHeight(QWIDGETSIZE_MAX);
    setHeaderNote(m_model.run() ? tr("%1 of %2").arg(count).arg(m_model.all().size()) : QString());
    if (count > 0) {
        setReady();
    } else if (m_model.state() == ListState::Failed) {
        const FailureText text = failureText(*m_model.problem());
        setError({text.cause, text.remedy, tr("Try again"), [this] { m_model.refresh(); }});
    } else if (m_model.state() == ListState::Loading) {
        setLoading(tr("Loading signals…"));
    } else {
        setEmpty({tr("Nothing stands out now"),
                  m_model.run() ? tr("No feature of a signal is unusual for its last year.")
                                : tr("Nothing was searched yet."),
                  tr("Show the signals"), [this] { Q_EMIT signalsWanted(); }});
    }
}

} // namespace chrona::ui
