// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"

#include <QDialog>

class QTreeWidget;
class QTreeWidgetItem;

namespace chrona::ui {

class Theme;

/// An investigation from a file, to be read: nothing of it is stored until it is wanted. UI thread
/// only.
class CaseFileDialog final : public QDialog {
    Q_OBJECT
public:
    CaseFileDialog(const schema::Investigation &investigation, const Theme &theme,
                   const QString &fileName, QWidget *parent);
    [[nodiscard]] QTreeWidget &tree() { return *m_tree; }

Q_SIGNALS:
    void importWanted();

private:
    void fill(const schema::Investigation &investigation);

    QTreeWidget *m_tree;
};

/// What two investigations have in common and what only one has. UI thread only.
class CaseCompareDialog final : public QDialog {
    Q_OBJECT
public:
    CaseCompareDialog(const schema::Investigation &first, const schema::Investigation &second,
                      const Theme &theme, QWidget *parent);
    [[nodiscard]] QTreeWidget &tree() { return *m_tree; }

private:
    QTreeWidget *m_tree;
};

} // namespace chrona::ui
