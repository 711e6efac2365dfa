// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/signals_model.h"
#include "chrona/ui/theme.h"

#include <QWidget>

class QLabel;

namespace chrona::ui {

/// What a signal says in one line, and the figures that decide whether to believe it.
class EvidenceHeader final : public QWidget {
    Q_OBJECT
public:
    EvidenceHeader(const Theme &theme, QWidget *parent);
    void setSignal(const ipc::SignalEntry &signal);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    ipc::SignalEntry m_signal;
    QLabel *m_title;
    QLabel *m_second;
    QWidget *m_figures;
};

} // namespace chrona::ui
