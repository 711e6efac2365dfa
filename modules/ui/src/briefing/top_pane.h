// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/briefing_book.h"
#include "shell/pane.h"

class QScrollArea;

namespace chrona::ui {

/// The briefing in short: the day's most unusual moves and what may have mattered, as its first
/// section says it. UI thread only; the book outlives it.
class BriefingTopPane final : public Pane {
    Q_OBJECT
public:
    BriefingTopPane(workspace::BriefingBook &book, const Theme &theme, QWidget *parent);

Q_SIGNALS:
    void briefingWanted();

private:
    void refresh();
    void rebuild();

    workspace::BriefingBook &m_book;
    QScrollArea *m_scroll;
};

} // namespace chrona::ui
