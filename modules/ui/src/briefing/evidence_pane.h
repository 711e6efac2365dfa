// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "briefing/part_evidence.h"
#include "chrona/workspace/session.h"
#include "shell/pane.h"

class QScrollArea;

namespace chrona::ui {

class FactColumn;

/// On what the sentence under the cursor rests. An event is selected in every view, a signal is
/// wanted from whoever shows signals. UI thread only.
class BriefingEvidencePane final : public Pane {
    Q_OBJECT
public:
    BriefingEvidencePane(workspace::Session &session, const Theme &theme, QWidget *parent);

    void show(const PartEvidence &evidence);
    /// What another day told and this one does not, shown while no sentence is looked at.
    void setEnded(const QString &otherDay, const std::vector<schema::Statement> &ended);
    [[nodiscard]] const PartEvidence &shown() const { return m_shown; }
    /// As a click on the n-th piece of evidence.
    void follow(std::size_t citation);

Q_SIGNALS:
    void signalWanted(qint64 id);

private:
    void rebuild();
    void addCitation(FactColumn &column, std::size_t at);

    workspace::Session &m_session;
    PartEvidence m_shown;
    QString m_otherDay;
    std::vector<schema::Statement> m_ended;
    QScrollArea *m_scroll;
};

} // namespace chrona::ui
