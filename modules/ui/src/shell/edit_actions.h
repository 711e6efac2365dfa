// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/commands.h"

#include <QPointer>
#include <QUndoStack>
#include <QWidget>

#include <functional>

namespace chrona::ui {

/// Undo, Redo, Cut, Copy, Paste and Select All, as every desktop has them in its Edit menu: each
/// goes to what the keys go to. A text field undoes its own typing and edits its own text; a list
/// or table copies its rows and selects them all; everything else is undone by the session's steps.
/// Fields take the keys themselves: the commands are for menus and the palette. UI thread only.
class EditActions final : public QObject {
    Q_OBJECT
public:
    /// What a pane copies where one of its widgets has the keys. Empty: nothing.
    using CopyText = std::function<QString()>;

    EditActions(Commands &commands, QUndoStack &undo, QWidget &window);

    /// Instead of the rows of the list that has the keys, for those within `pane`.
    void setCopyOf(QWidget &pane, CopyText text);
    /// Anywhere else.
    void setCopyElsewhere(CopyText text) { m_elsewhere = std::move(text); }
    /// What can be done now; before the menu is shown, for a field does not say when that changes.
    void refresh();

private:
    void takeFocus(QWidget *widget);
    [[nodiscard]] QWidget *field() const;
    void undoOrRedo(const char *slot, void (QUndoStack::*step)());
    void copy();
    void selectAll();

    Commands &m_commands;
    QUndoStack &m_undo;
    QPointer<QWidget> m_widget; ///< that the keys go to; the palette does not count
    QPointer<QWidget> m_pane;
    CopyText m_ofPane, m_elsewhere;
    QAction *m_undoAction, *m_redoAction, *m_cut, *m_copy, *m_paste, *m_selectAll;
};

} // namespace chrona::ui
