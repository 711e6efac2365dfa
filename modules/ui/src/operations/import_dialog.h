// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "operations/import_preview.h"

#include <QDialog>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace chrona::ui {

class Theme;

/// A file of the person's own on its way in: what it holds, which of its columns is which of ours,
/// what a look at all of it finds, and then the import with progress. UI thread only.
class ImportDialog final : public QDialog {
    Q_OBJECT
public:
    ImportDialog(workspace::Session &session, const Theme &theme, QString path, QWidget *parent);
    ~ImportDialog() override;

    /// What would be asked for.
    [[nodiscard]] ipc::ImportBegin request(bool isTrial) const;
    [[nodiscard]] QComboBox *choice(const QString &column) const { return m_choices.value(column); }
    [[nodiscard]] QComboBox &kind() { return *m_kind; }
    [[nodiscard]] QTableWidget &preview() { return *m_table; }
    [[nodiscard]] QString message() const;
    /// What boundaries are stored as; empty for anything else.
    [[nodiscard]] QString boundarySet() const;
    void begin(bool isTrial);

Q_SIGNALS:
    void imported(const chrona::ipc::ImportReport &report);

private:
    void loadHead();
    void makeLayout(const Theme &theme);
    void offerColumns();
    void showPreview();
    void judge();
    void take(const Result<ipc::ImportReport> &reply, bool isTrial);
    void say(const QString &text, bool isFault);
    [[nodiscard]] formats::ImportKind chosenKind() const;
    [[nodiscard]] QStringList missing() const;

    workspace::Session &m_session;
    QString m_path;
    ImportPreview m_file;
    QComboBox *m_kind;
    QWidget *m_mapping;
    QGridLayout *m_grid;
    QHash<QString, QComboBox *> m_choices; ///< by our column
    QTableWidget *m_table;
    QLineEdit *m_set, *m_idProperty, *m_nameProperty; ///< of boundaries
    QLabel *m_message;
    QProgressBar *m_progress;
    QPushButton *m_check, *m_import, *m_cancel;
    workspace::RequestHandle m_running;
    bool m_isRunning = false;
};

} // namespace chrona::ui
