// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/briefing_book.h"
#include "shell/pane.h"

class QDateEdit;
class QLineEdit;
class QListWidget;
class QTimer;

namespace chrona::ui {

class EmptyHint;

/// The sections of the briefing that is read, a day to go to, and the history with its search.
class BriefingDaysPane final : public Pane {
    Q_OBJECT
public:
    BriefingDaysPane(workspace::BriefingBook &book, const Theme &theme, QWidget *parent);

    /// Headings in the order of the page.
    void setSections(const QStringList &headings);
    [[nodiscard]] QListWidget &sections() const { return *m_sections; }
    [[nodiscard]] QListWidget &days() const { return *m_days; }
    [[nodiscard]] QLineEdit &search() const { return *m_search; }

Q_SIGNALS:
    void sectionWanted(int section);

private:
    void makeContent();
    void dressDate();
    void refresh();
    void followCurrent();

    workspace::BriefingBook &m_book;
    QListWidget *m_sections;
    QDateEdit *m_date;
    QLineEdit *m_search;
    QListWidget *m_days;
    EmptyHint *m_noDays;
    QTimer *m_typed;
};

} // namespace chrona::ui
