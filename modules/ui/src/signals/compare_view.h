// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/signals_model.h"
#include "signals/small_table.h"

#include <QWidget>

namespace chrona::ui {

class TitledPlot;

/// Two signals: their figures side by side, their lag curves in one chart, their blocks under each
/// other.
class CompareView final : public QWidget {
    Q_OBJECT
public:
    CompareView(const Theme &theme, QWidget *parent);
    void show(const ipc::SignalEntry &first, const ipc::SignalEntry &second);
    [[nodiscard]] SmallTable &figures() const { return *m_figures; }

private:
    SmallTable *m_figures;
    TitledPlot *m_lags;
    TitledPlot *m_firstBlocks;
    TitledPlot *m_secondBlocks;
};

} // namespace chrona::ui
