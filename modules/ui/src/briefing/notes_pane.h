// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/briefing_book.h"
#include "chrona/workspace/briefing_notes.h"
#include "shell/pane.h"

class QPlainTextEdit;
class QTimer;

namespace chrona::ui {

/// What the reader writes beside the briefing; it prints as the first section. Saved as one types.
class BriefingNotesPane final : public Pane {
    Q_OBJECT
public:
    BriefingNotesPane(workspace::BriefingBook &book, workspace::BriefingNotes &notes,
                      const Theme &theme, QWidget *parent);
    [[nodiscard]] QPlainTextEdit &editor() const { return *m_editor; }
    void save();

private:
    void follow();

    workspace::BriefingBook &m_book;
    workspace::BriefingNotes &m_notes;
    QPlainTextEdit *m_editor;
    QTimer *m_rested;
    QString m_day; ///< whose note is in the editor
};

} // namespace chrona::ui
