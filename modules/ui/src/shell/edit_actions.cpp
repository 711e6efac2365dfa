// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/edit_actions.h"

#include "shell/command_palette.h"
#include "shell/main_window.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// More is an export, and the clipboard is no place for it.
constexpr qsizetype kCellsMax = 200'000;

/// What a field can do now.
struct FieldState {
    bool canUndo = false, canRedo = false, hasSelection = false, isReadOnly = false;
};

template <class Field> FieldState stateOfText(const Field &field)
{
    return {field.document()->isUndoAvailable(), field.document()->isRedoAvailable(),
            field.textCursor().hasSelection(), field.isReadOnly()};
}

FieldState stateOfField(const QWidget *field)
{
    if (const auto *line = qobject_cast<const QLineEdit *>(field))
        return {line->isUndoAvailable(), line->isRedoAvailable(), line->hasSelectedText(),
                line->isReadOnly()};
    if (const auto *text = qobject_cast<const QPlainTextEdit *>(field))
        return stateOfText(*text);
    if (const auto *text = qobject_cast<const QTextEdit *>(field))
        return stateOfText(*text);
    const auto *label = qobject_cast<const QLabel *>(field);
    return {false, false, label && label->hasSelectedText(), true};
}

QString cellText(const QModelIndex &cell)
{
    const QString shown = cell.data(Qt::DisplayRole).toString();
    return shown.isEmpty() ? cell.data(Qt::AccessibleTextRole).toString() : shown;
}

/// Rows by line breaks and cells by tabs, as spreadsheets take them.
QString selectedCells(const QAbstractItemView &view)
{
    if (!view.selectionModel())
        return {};
    QModelIndexList cells;
    for (const QItemSelectionRange &range : view.selectionModel()->selection()) {
        if (cells.size() + qsizetype(range.height()) * range.width() > kCellsMax)
            break;
        cells += range.indexes();
    }
    std::ranges::sort(cells, [](const QModelIndex &one, const QModelIndex &other) {
        return std::pair(one.row(), one.column()) < std::pair(other.row(), other.column());
    });
    QString text;
    for (qsizetype at = 0; at < cells.size(); ++at) {
        if (at > 0)
            text += cells[at].row() == cells[at - 1].row() ? u'\t' : u'\n';
        text += cellText(cells[at]);
    }
    return text;
}

bool isWithin(const QWidget *widget, const QWidget *outer)
{
    while (widget && widget != outer)
        widget = widget->parentWidget();
    return widget && outer;
}

} // namespace

EditActions::EditActions(Commands &commands, QUndoStack &undo, QWidget &window)
    : QObject(&window), m_commands(commands), m_undo(undo)
{
    const auto add = [&](const QString &id, const QString &text, QKeySequence::StandardKey key,
                         const QString &icon, std::function<void()> run) {
        return m_commands.add({id, text, MainWindow::tr("Edit"), key, icon}, window,
                              std::move(run));
    };
    m_undoAction = add(u"edit.undo"_s, MainWindow::tr("Undo"), QKeySequence::Undo, u"undo"_s,
                       [this] { undoOrRedo("undo", &QUndoStack::undo); });
    m_redoAction = add(u"edit.redo"_s, MainWindow::tr("Redo"), QKeySequence::Redo, u"redo"_s,
                       [this] { undoOrRedo("redo", &QUndoStack::redo); });
    m_cut = add(u"edit.cut"_s, MainWindow::tr("Cut"), QKeySequence::Cut, u"close"_s, [this] {
        if (QWidget *edited = field())
            QMetaObject::invokeMethod(edited, "cut");
    });
    m_copy = add(u"edit.copyHere"_s, MainWindow::tr("Copy"), QKeySequence::Copy, u"table"_s,
                 [this] { copy(); });
    m_paste = add(u"edit.paste"_s, MainWindow::tr("Paste"), QKeySequence::Paste, u"note"_s, [this] {
        if (QWidget *edited = field())
            QMetaObject::invokeMethod(edited, "paste");
    });
    m_selectAll = add(u"edit.selectAll"_s, MainWindow::tr("Select all"), QKeySequence::SelectAll,
                      u"table"_s, [this] { selectAll(); });
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { takeFocus(now); });
    connect(&undo, &QUndoStack::indexChanged, this, [this] { refresh(); });
    takeFocus(QApplication::focusWidget());
    refresh();
}

void EditActions::setCopyOf(QWidget &pane, CopyText text)
{
    m_pane = &pane;
    m_ofPane = std::move(text);
}

/// Nothing has the keys while a menu is open or another program is in front: then what had them
/// before is meant.
void EditActions::takeFocus(QWidget *widget)
{
    for (const QWidget *outer = widget; outer; outer = outer->parentWidget())
        if (qobject_cast<const CommandPalette *>(outer))
            return;
    if (!widget)
        return;
    m_widget = widget;
    refresh();
}

QWidget *EditActions::field() const
{
    if (qobject_cast<QLineEdit *>(m_widget) || qobject_cast<QPlainTextEdit *>(m_widget) ||
        qobject_cast<QTextEdit *>(m_widget))
        return m_widget;
    if (qobject_cast<QAbstractSpinBox *>(m_widget))
        return m_widget->findChild<QLineEdit *>();
    const auto *label = qobject_cast<const QLabel *>(m_widget);
    return label && label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse)
               ? m_widget.data()
               : nullptr;
}

void EditActions::refresh()
{
    const QWidget *edited = field();
    const FieldState state = stateOfField(edited);
    const bool isTyped = edited && !state.isReadOnly;
    const auto step = [](const QString &verb, const QString &what) {
        return what.isEmpty() ? verb : verb + u' ' + what;
    };
    m_undoAction->setEnabled(isTyped ? state.canUndo : m_undo.canUndo());
    m_redoAction->setEnabled(isTyped ? state.canRedo : m_undo.canRedo());
    m_undoAction->setText(step(MainWindow::tr("Undo"), isTyped ? QString() : m_undo.undoText()));
    m_redoAction->setText(step(MainWindow::tr("Redo"), isTyped ? QString() : m_undo.redoText()));
    m_cut->setEnabled(isTyped && state.hasSelection);
    m_copy->setEnabled(!edited || state.hasSelection);
    m_paste->setEnabled(isTyped && !QApplication::clipboard()->text().isEmpty());
    const auto *view = qobject_cast<const QAbstractItemView *>(m_widget);
    m_selectAll->setEnabled(edited ||
                            (view && view->selectionMode() != QAbstractItemView::SingleSelection &&
                             view->selectionMode() != QAbstractItemView::NoSelection));
}

void EditActions::undoOrRedo(const char *slot, void (QUndoStack::*step)())
{
    QWidget *edited = field();
    if (edited && !stateOfField(edited).isReadOnly)
        QMetaObject::invokeMethod(edited, slot);
    else
        (m_undo.*step)();
    refresh();
}

void EditActions::copy()
{
    QWidget *edited = field();
    if (const auto *label = qobject_cast<const QLabel *>(edited)) {
        QApplication::clipboard()->setText(label->selectedText());
        return;
    }
    if (edited) {
        QMetaObject::invokeMethod(edited, "copy");
        return;
    }
    QString text;
    if (isWithin(m_widget, m_pane))
        text = m_ofPane();
    else if (const auto *view = qobject_cast<const QAbstractItemView *>(m_widget))
        text = selectedCells(*view);
    if (text.isEmpty() && m_elsewhere)
        text = m_elsewhere();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void EditActions::selectAll()
{
    if (auto *label = qobject_cast<QLabel *>(field()))
        label->setSelection(0, int(label->text().size()));
    else if (QWidget *edited = field())
        QMetaObject::invokeMethod(edited, "selectAll");
    else if (auto *view = qobject_cast<QAbstractItemView *>(m_widget))
        view->selectAll();
}

} // namespace chrona::ui
