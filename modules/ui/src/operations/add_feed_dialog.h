// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace chrona::ui {

class Theme;

/// Asks for a feed of the person's own, or a reading list, and under which terms it is read.
/// Nothing can be added while a question is open. UI thread only.
class AddFeedDialog final : public QDialog {
    Q_OBJECT
public:
    AddFeedDialog(const Theme &theme, QWidget *parent);

    /// The answers, one request a feed.
    [[nodiscard]] std::vector<ipc::SourceAdd> requests() const;
    /// The feeds of an OPML list in place of one address; what is wrong with it is said.
    void takeList(const QString &path);
    /// Why the service refused: the dialog stays open, so that the answer can be corrected.
    void showFailure(const Error &error);

Q_SIGNALS:
    /// The person wants to add what requests() holds.
    void wanted();

private:
    void judge();
    void say(const QString &text);
    [[nodiscard]] ipc::SourceAdd terms() const;

    struct Feed {
        QString address, name;
    };
    std::vector<Feed> m_list; ///< of a reading list; empty: the one in the fields
    QLineEdit *m_address;
    QLineEdit *m_name;
    QLineEdit *m_termsUrl;
    QLineEdit *m_licence;
    QComboBox *m_redistribution;
    QComboBox *m_mode;
    QComboBox *m_retention;
    QLabel *m_message;
    QPushButton *m_add;
};

} // namespace chrona::ui
