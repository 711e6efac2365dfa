// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "briefing/briefing_files.h"
#include "chrona/workspace/briefing_book.h"
#include "chrona/workspace/briefing_notes.h"
#include "shell/pane.h"

#include <QTimer>

#include <stop_token>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QMenu;
class QProgressBar;
class QToolButton;

namespace chrona::ui {

class PagesView;
class PageWorker;

/// The briefing of a day as it will print, with the reader's notes, marks against another day, and
/// everything that can be done with it. Pages are laid out, painted and written beside the UI
/// thread; what takes longer than 200 ms shows how far it is. UI thread only.
class BriefingPane final : public Pane {
    Q_OBJECT
public:
    BriefingPane(workspace::BriefingBook &book, workspace::BriefingNotes &notes, const Theme &theme,
                 QWidget *parent);

    [[nodiscard]] PagesView &view() const { return *m_view; }
    [[nodiscard]] PageWorker &worker() const { return *m_worker; }
    /// As it is exported: with the notes.
    [[nodiscard]] schema::Briefing shown() const;

    using Format = BriefingFormat;
    [[nodiscard]] Status exportTo(const QString &path, Format format) const;
    void askPath(Format format);
    /// The same beside the UI thread; what fails is told.
    void write(const QString &path, Format format);
    void stopWorking();
    void previousDay();
    void nextDay();
    void makeAgain();

private:
    QWidget *makeBar();
    void makeTools();
    void fillCompare();
    void showPages();
    void showLayout(int done, int total);
    void endLayout();
    void makeLayoutRow(QHBoxLayout &row);
    void showCurrent();
    void showMaking();
    void refresh();
    void refreshTools();

    workspace::BriefingBook &m_book;
    workspace::BriefingNotes &m_notes;
    PageWorker *m_worker;
    PagesView *m_view;
    QToolButton *m_previous;
    QToolButton *m_next;
    QLabel *m_day;
    QComboBox *m_compare;
    QLabel *m_making;
    QProgressBar *m_progress;
    QLabel *m_working;
    QProgressBar *m_workDone;
    QToolButton *m_stop;
    QTimer m_slow; ///< until then nobody needs to be told
    std::stop_source m_writing;
    bool m_isWriting = false;
    QToolButton *m_make;
    QToolButton *m_export;
    std::string m_laidOut; ///< the document and notes whose pages are asked for
    bool m_isStopped = false;
};

} // namespace chrona::ui
