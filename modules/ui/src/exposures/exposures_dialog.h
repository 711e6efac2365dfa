// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/exposure_book.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class ExposureModel;
class TableView;
class Theme;

/// What depends on what: the rules that ship and the person's own in one table, the chosen one in a
/// form below. Every change can be undone here and in the window. UI thread only.
class ExposuresDialog final : public QDialog {
    Q_OBJECT
public:
    ExposuresDialog(workspace::ExposureBook &book, workspace::Session &session, const Theme &theme,
                    QWidget *parent);

    [[nodiscard]] TableView &table() { return *m_table; }
    [[nodiscard]] ExposureModel &model() { return *m_model; }
    [[nodiscard]] QString message() const;

    void choose(const QString &from, const QString &to);
    /// An empty form.
    void begin();
    void save();
    /// An own rule goes, one that ships is switched off.
    void remove();
    /// The chosen rule is again as it ships.
    void restore();

private:
    void makeForm();
    void makeKeys();
    [[nodiscard]] QWidget *makeButtons();
    void fill();
    void showRule(int row);
    void refreshButtons();
    void say(const QString &text);
    [[nodiscard]] workspace::ExposureBook::Done tell(const QString &success);
    [[nodiscard]] const workspace::ExposureRule *chosen() const;

    workspace::ExposureBook &m_book;
    workspace::Session &m_session;
    ExposureModel *m_model;
    TableView *m_table;
    QLineEdit *m_search;
    QComboBox *m_from;
    QComboBox *m_to;
    QDoubleSpinBox *m_weight;
    QLineEdit *m_why;
    QLabel *m_message;
    QPushButton *m_remove;
    QPushButton *m_restore;
    QPushButton *m_save;
    bool m_isNew = false; ///< the form is of a rule that is not there yet
    std::string m_keptFrom, m_keptTo; ///< stays chosen when the rules come anew
};

} // namespace chrona::ui
