// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"
#include "chrona/workspace/alert_book.h"

#include <QDialog>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class RuleForm;
class Theme;

/// The rules at the left, with a mark at those that are on; the chosen one at the right. Nothing is
/// changed before Save. UI thread only.
class RulesDialog final : public QDialog {
    Q_OBJECT
public:
    RulesDialog(workspace::AlertBook &book, workspace::Session &session, const Theme &theme,
                QWidget *parent);

    /// A new rule of what is filtered now.
    void beginFromFilter();
    /// A new rule of a pinned search, place, entity or topic.
    void beginFromPin(const schema::PinTarget &target);
    [[nodiscard]] RuleForm &form() { return *m_form; }
    [[nodiscard]] QString message() const;
    [[nodiscard]] QListWidget &list() { return *m_list; }
    void save();
    void tryIt();

private:
    void makeLayout();
    void fill();
    void choose(int row);
    void begin(const schema::AlertRule &rule);
    void beginFrom(const workspace::EventFilter &filter, const QString &name);
    void remove();
    void switchRule(const QListWidgetItem &item);
    void say(const QString &text);
    [[nodiscard]] workspace::FilterNames names() const;

    workspace::AlertBook &m_book;
    workspace::Session &m_session;
    const Theme &m_theme;
    QListWidget *m_list;
    RuleForm *m_form;
    QLabel *m_message;
    QPushButton *m_remove;
    QPushButton *m_try;
    QPushButton *m_save;
    schema::AlertRuleId m_chosen; ///< null: a new one
    bool m_isFilling = false;
};

} // namespace chrona::ui
