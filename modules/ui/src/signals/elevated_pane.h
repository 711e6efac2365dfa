// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/signals_model.h"
#include "shell/pane.h"

namespace chrona::ui {

class SmallTable;

/// The signals whose feature stands out now, strongest first. UI thread only; the model outlives
/// it.
class ElevatedPane final : public Pane {
    Q_OBJECT
public:
    ElevatedPane(workspace::SignalsModel &model, const Theme &theme, QWidget *parent);
    [[nodiscard]] SmallTable &table() const { return *m_table; }

Q_SIGNALS:
    void signalWanted(qint64 id);
    void signalsWanted();

private:
    void refresh();

    workspace::SignalsModel &m_model;
    SmallTable *m_table;
    std::vector<schema::SignalId> m_shown; ///< by row
};

} // namespace chrona::ui
