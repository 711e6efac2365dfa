// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QDialog>

#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace chrona::ui {

class SmallTable;
class Theme;

/// The rules by which features are computed: the shipped ones to look at and to switch off, the
/// person's own as lines to write. What is wrong is said line by line before anything is stored.
/// UI thread only.
class CatalogueDialog final : public QDialog {
    Q_OBJECT
public:
    CatalogueDialog(const Theme &theme, QWidget *parent);

    /// Fills the table, and the lines where nobody has written in them.
    void setCatalogue(const std::vector<ipc::DefinitionEntry> &definitions);
    /// What the service says of the lines; `stored`: it has taken them.
    enum class Outcome : std::uint8_t { Checked, Stored };
    void showOutcome(const ipc::FeaturesDefined &reply, Outcome outcome);
    void showFailure(const Error &error);

    [[nodiscard]] QPlainTextEdit &lines() { return *m_lines; }
    [[nodiscard]] SmallTable &table() { return *m_table; }
    [[nodiscard]] QString message() const;

Q_SIGNALS:
    void defineWanted(const chrona::ipc::DefineFeatures &lines);
    void changeWanted(const chrona::ipc::ChangeDefinition &change);

private:
    QWidget *makeButtons();
    void judge();
    void say(const QString &text);
    void want(Outcome outcome);
    void change(const std::string &action);
    [[nodiscard]] const ipc::DefinitionEntry *current() const;

    std::vector<ipc::DefinitionEntry> m_definitions;
    SmallTable *m_table;
    QPlainTextEdit *m_lines;
    QLabel *m_message;
    QPushButton *m_switch; ///< on or off
    QPushButton *m_remove;
    QPushButton *m_save;
};

} // namespace chrona::ui
