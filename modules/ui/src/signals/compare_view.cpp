// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/compare_view.h"

#include "signals/evidence_charts.h"
#include "signals/evidence_plots.h"
#include "signals/evidence_tables.h"
#include "signals/signal_words.h"
#include "text/names.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

CompareView::CompareView(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_figures(new SmallTable(theme, tr("Figures of both signals"), 16, this)),
      m_lags(new TitledPlot(theme, 190, this)), m_firstBlocks(new TitledPlot(theme, 120, this)),
      m_secondBlocks(new TitledPlot(theme, 120, this))
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, metric::kPadding, 0, 0);
    column->setSpacing(metric::kPadding);
    column->addWidget(m_figures);
    column->addWidget(m_lags);
    column->addWidget(m_firstBlocks);
    column->addWidget(m_secondBlocks);
    column->addStretch(1);
}

void CompareView::show(const ipc::SignalEntry &first, const ipc::SignalEntry &second)
{
    m_figures->setColumns(comparedColumns(first, second));
    m_figures->setRows(comparedRows(first, second));
    m_lags->setContent(comparedLagPlot(first, second));
    const auto blocksOf = [](const ipc::SignalEntry &signal) {
        PlotContent content = blockPlot(signal);
        content.name = tr("%1 → %2: effect by block").arg(featureText(signal), targetText(signal));
        return content;
    };
    m_firstBlocks->setContent(blocksOf(first));
    m_secondBlocks->setContent(blocksOf(second));
}

} // namespace chrona::ui
