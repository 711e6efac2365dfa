// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"

#include <QDialog>
#include <QPointer>

class QPushButton;
class QTreeWidget;

namespace chrona::workspace {
class Investigation;
}

namespace chrona::ui {

/// What was written here and in another window at once, whatever it is: the title, a pin, a place
/// on the board, a note. Both versions stand side by side until one is chosen. UI thread only.
class ConflictDialog final : public QDialog {
    Q_OBJECT
public:
    ConflictDialog(workspace::Investigation &investigation, QWidget *parent);
    [[nodiscard]] QTreeWidget &tree() { return *m_tree; }

private:
    void refresh();
    void decide(bool keepsOurs);

    QPointer<workspace::Investigation> m_investigation;
    QTreeWidget *m_tree;
    QPushButton *m_ours, *m_theirs;
};

} // namespace chrona::ui
