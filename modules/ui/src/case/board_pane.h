// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"
#include "shell/pane.h"

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace chrona::workspace {
class Investigations;
}

namespace chrona::ui {

class BoardCanvas;
class CaseItemsModel;
class ItemEditor;

/// The board of the current investigation: its question, notes, hypotheses with evidence for and
/// against, as lists or as cards on a canvas, and below them what is being written. UI thread only.
class BoardPane final : public Pane {
    Q_OBJECT
public:
    BoardPane(workspace::Investigations &book, const Theme &theme, QWidget *parent);

    /// Makes one, opens it and puts the cursor into it. Begins an investigation where none is open.
    void write(schema::CaseItemKind kind);
    void removeCurrent();
    void open(schema::CaseItemId item);
    [[nodiscard]] ItemEditor &editor() { return *m_editor; }
    [[nodiscard]] BoardCanvas &canvas() { return *m_canvas; }
    /// Cards on a surface, in place of the two lists.
    void showCanvas(bool isShown);
    [[nodiscard]] bool isCanvasShown() const;

Q_SIGNALS:
    void beginWanted();
    void reopenWanted();
    /// Choose between versions that two windows wrote.
    void decideWanted();
    /// A pin of the canvas: show it in the views of the world.
    void targetWanted(const chrona::schema::PinTarget &target);

private:
    void makeHeader();
    QListView *makeList(CaseItemsModel &model, const QString &name);
    void makeContent();
    void makeCanvas();
    void refresh();
    void refreshHeader();
    void refreshSaving();
    void writeHead();
    void follow(QListView &list, QListView &other);

    workspace::Investigations &m_book;
    CaseItemsModel *m_notes;
    CaseItemsModel *m_claims;
    QLineEdit *m_title;
    QLineEdit *m_question;
    QPushButton *m_reopen;
    QToolButton *m_saving; ///< how far saving is; leads to what is to be decided
    QListView *m_noteList;
    QListView *m_claimList;
    ItemEditor *m_editor;
    BoardCanvas *m_canvas;
    QStackedWidget *m_faces;
    QToolButton *m_arrange;
    QToolButton *m_asCanvas;
    bool m_isFollowing = false;
};

} // namespace chrona::ui
