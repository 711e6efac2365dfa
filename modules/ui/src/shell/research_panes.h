// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/ids.h"
#include "shell/command_palette.h"

#include <QObject>

#include <memory>

class QSettings;

namespace chrona::workspace {
class BriefingBook;
class BriefingNotes;
class Session;
} // namespace chrona::workspace

namespace chrona::ui {

class BriefingDaysPane;
class BriefingEvidencePane;
class BriefingNotesPane;
class BriefingPane;
class BriefingTopPane;
class Commands;
class DockThemes;
class ElevatedPane;
class SignalEvidencePane;
class SignalsPane;
class Theme;

/// The panes of signals and briefings, and what they tell each other. The window docks and owns
/// them; this goes before them.
class ResearchPanes final : public QObject {
    Q_OBJECT
public:
    ResearchPanes(workspace::Session &session, DockThemes &themes, QSettings &settings,
                  QWidget &window);
    ~ResearchPanes() override;

    SignalsPane *signalList;
    SignalEvidencePane *signalEvidence;
    ElevatedPane *elevated;
    BriefingDaysPane *days;
    BriefingPane *briefing;
    BriefingEvidencePane *evidence;
    BriefingNotesPane *notes;
    BriefingTopPane *top;

    void addCommands(Commands &commands, QWidget &window);
    void showSignal(qint64 id);
    [[nodiscard]] workspace::BriefingBook &book() const { return *m_book; }
    /// Signals whose feature or target has the words.
    [[nodiscard]] QList<PaletteLine> linesFor(const QString &query);

Q_SIGNALS:
    void signalsWanted();
    void briefingWanted();

private:
    void connectSignals();
    void connectBriefing();
    void showSections();

    workspace::Session &m_session;
    std::unique_ptr<workspace::BriefingBook> m_book;
    std::unique_ptr<workspace::BriefingNotes> m_notes;
};

} // namespace chrona::ui
