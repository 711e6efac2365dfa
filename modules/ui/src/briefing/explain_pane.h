// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/briefing.h"
#include "chrona/workspace/session.h"
#include "shell/pane.h"

#include <optional>

class QScrollArea;

namespace chrona::ui {

class FactColumn;

/// "Explain this move": a target's move over the time window, and what may have mattered, each
/// candidate with its strength and the way to its event. UI thread only.
class ExplainPane final : public Pane {
    Q_OBJECT
public:
    ExplainPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    /// Of the days of the window; of the newest day where no window was chosen.
    void explain(const QString &symbol);
    [[nodiscard]] const std::optional<schema::Briefing> &told() const { return m_told; }

private:
    /// Whether a language model is asked to sum it up; shown before what it rests on.
    enum class Model : std::uint8_t { NotAsked, Asked };
    void ask(Model model);
    void addSummary(FactColumn &column, const schema::Statement &summary);
    void take(const Result<ipc::BriefingReply> &reply);
    void rebuild();
    void addRow(FactColumn &column, const schema::Table &table, const schema::TableRow &row);
    void addShow(FactColumn &column, const std::vector<schema::Evidence> &evidence);

    workspace::Session &m_session;
    QString m_symbol;
    std::optional<schema::Briefing> m_told;
    ipc::ModelWords m_words = ipc::ModelWords::Off;
    workspace::RequestHandle m_request;
    quint64 m_ticket = 0;
    QScrollArea *m_scroll;
};

} // namespace chrona::ui
