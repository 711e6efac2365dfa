// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "briefing/briefing_files.h"
#include "chrona/report/pages.h"
#include "chrona/workspace/briefing_book.h"
#include "chrona/workspace/briefing_notes.h"
#include "shell/pane.h"

class QComboBox;
class QLabel;
class QMenu;
class QProgressBar;
class QToolButton;

namespace chrona::ui {

class PagesView;

/// The briefing of a day as it will print, with the reader's notes, marks against another day, and
/// everything that can be done with it. UI thread only.
class BriefingPane final : public Pane {
    Q_OBJECT
public:
    BriefingPane(workspace::BriefingBook &book, workspace::BriefingNotes &notes, const Theme &theme,
                 QWidget *parent);

    [[nodiscard]] PagesView &view() const { return *m_view; }
    /// As it is exported: with the notes.
    [[nodiscard]] schema::Briefing shown() const;

    using Format = BriefingFormat;
    [[nodiscard]] Status exportTo(const QString &path, Format format) const;
    void askPath(Format format);
    void previousDay();
    void nextDay();
    void makeAgain();

private:
    QWidget *makeBar();
    void makeTools();
    void fillCompare();
    void showPages();
    void showMaking();
    void refresh();
    void refreshTools();

    workspace::BriefingBook &m_book;
    workspace::BriefingNotes &m_notes;
    PagesView *m_view;
    QToolButton *m_previous;
    QToolButton *m_next;
    QLabel *m_day;
    QComboBox *m_compare;
    QLabel *m_making;
    QProgressBar *m_progress;
    QToolButton *m_make;
    QToolButton *m_export;
    std::string m_laidOut; ///< the document and notes whose pages are shown
};

} // namespace chrona::ui
