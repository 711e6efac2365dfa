// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"

class QLabel;
class QToolButton;

namespace chrona::ui {

class PriceChart;
struct WatchRow;

/// The chosen instrument's closes with the time window shaded. UI thread only.
class ChartPane final : public Pane {
    Q_OBJECT
public:
    ChartPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    /// nullptr: nothing is chosen.
    void show(const WatchRow *row);

Q_SIGNALS:
    /// Why it moved in the window.
    void explainWanted(const QString &symbol);

private:
    void shadeWindow();

    workspace::Session &m_session;
    QString m_symbol;
    QToolButton *m_explain;
    QLabel *m_title;
    QLabel *m_last;
    QLabel *m_span;
    PriceChart *m_chart;
};

} // namespace chrona::ui
