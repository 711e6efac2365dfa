// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"

#include <QTimer>

class QLineEdit;
class QListWidget;
class QToolButton;

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

/// All investigations, open and archived ones, and the items in which words stand. UI thread only.
class CaseListPane final : public Pane {
    Q_OBJECT
public:
    CaseListPane(workspace::Investigations &book, const Theme &theme, QWidget *parent);

    void beginSearch();

Q_SIGNALS:
    void beginWanted();
    /// The item in the investigation that is now the current one.
    void itemWanted(qint64 item);
    void compareWanted(qint64 investigation);

private:
    void refresh();
    void addCases();
    void addHits();
    void choose();

    workspace::Investigations &m_book;
    QLineEdit *m_search;
    QToolButton *m_byMeaning;
    QListWidget *m_list;
    QTimer m_pause;
};

} // namespace chrona::ui
