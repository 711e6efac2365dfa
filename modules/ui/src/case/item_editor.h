// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <optional>

class QLabel;
class QLineEdit;
class QListWidget;
class QMenu;
class QPlainTextEdit;
class QSlider;
class QToolButton;

namespace chrona::workspace {
class Investigation;
class Investigations;
}

namespace chrona::ui {

class EmptyHint;
class Theme;

/// Writes a note or a hypothesis: its words, tags and evidence. What is written is put in place a
/// moment after the last key, or when the writer leaves; a version that another window replaced
/// meanwhile is shown with the choice between both. UI thread only.
class ItemEditor final : public QWidget {
    Q_OBJECT
public:
    ItemEditor(workspace::Investigations &book, const Theme &theme, QWidget *parent);

    /// nullopt: nothing. What was being written is put in place first.
    void edit(std::optional<schema::CaseItemId> item);
    [[nodiscard]] std::optional<schema::CaseItemId> item() const { return m_id; }
    /// Into the field that says most.
    void beginWriting();
    /// Puts in place what is written.
    void commit();
    /// How long after the last key that happens by itself.
    void setPause(std::chrono::milliseconds pause) { m_pause.setInterval(pause); }
    void cite(const std::vector<schema::CaseItemId> &pins, schema::Bearing bearing);

Q_SIGNALS:
    /// What a piece of evidence points at: show it in the views of the world.
    void targetWanted(const chrona::schema::PinTarget &target);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeFields();
    void makeLayout();
    void refresh();
    void refreshEvidence();
    void refreshHints(bool isOpen);
    void refreshConflict();
    void offerPins(QMenu &menu);
    void changeBearing();
    void removeEvidence();
    void showEvidence();
    void makeEvidenceMenu();
    [[nodiscard]] schema::CaseItem written() const;
    [[nodiscard]] schema::CaseItemId currentLink() const;

    workspace::Investigations &m_book;
    const Theme &m_theme;
    QPointer<workspace::Investigation> m_owner; ///< of the item; another may be current by now
    std::optional<schema::CaseItemId> m_id;
    schema::CaseItem m_loaded; ///< what the fields were filled from
    bool m_isFilling = false, m_isWritten = false; ///< the latter: and not put in place yet
    QTimer m_pause;
    QLineEdit *m_title;
    QPlainTextEdit *m_text;
    QLineEdit *m_tags;
    QSlider *m_confidence;
    QLabel *m_confidenceText;
    QListWidget *m_evidence;
    EmptyHint *m_noEvidence;
    QToolButton *m_add;
    QWidget *m_conflict;
    QLabel *m_conflictText;
};

} // namespace chrona::ui
