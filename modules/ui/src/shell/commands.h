// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <functional>

namespace chrona::ui {

/// How a command is declared; id is stable ("view.timeline") and never shown.
struct CommandText {
    QString id;
    QString text;
    QString group;          ///< "View", "Time": shown beside the text in the palette
    QKeySequence shortcut{};
    QString icon{};
};

/// Every action of the program once, for menus, shortcuts and the command palette alike. What is
/// not here cannot be done by keyboard, so everything is. UI thread only.
class Commands final : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// The registry owns the action and adds it to window, so that its shortcut works there.
    QAction *add(const CommandText &text, QWidget &window, std::function<void()> run);
    QAction *addToggle(const CommandText &text, QWidget &window, std::function<void(bool)> run);
    /// Takes in an action that something else made and owns (a dock's toggle, undo and redo).
    void adopt(const CommandText &text, QWidget &window, QAction *action);

    [[nodiscard]] QAction *action(const QString &id) const;
    [[nodiscard]] const QList<QAction *> &all() const { return m_actions; }
    [[nodiscard]] static QString groupOf(const QAction &action);
    [[nodiscard]] static QString iconOf(const QAction &action);
    /// The text without mnemonic and dots, as it reads in a list.
    [[nodiscard]] static QString plainText(const QAction &action);

private:
    QList<QAction *> m_actions;
};

} // namespace chrona::ui
