// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"
#include "text/time_text.h"

class QScrollArea;

namespace chrona::ui {

class CorrectionMenu;
class FactColumn;

/// Every fact of the selected event with its times, place, source and terms, and what else happened
/// there around then. UI thread only.
class InspectorPane final : public Pane {
    Q_OBJECT
public:
    InspectorPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);
    /// What is shown, as text for the clipboard; empty when nothing is.
    [[nodiscard]] QString asText() const;
    [[nodiscard]] const std::optional<ipc::EventDetailReply> &shown() const { return m_shown; }
    [[nodiscard]] qint64 shownEvent() const { return m_shown ? m_shown->event.id.value : 0; }
    /// Asks for its facts again where this event is shown.
    void reload(qint64 event);
    [[nodiscard]] CorrectionMenu &corrections() { return *m_corrections; }

Q_SIGNALS:
    void pinWanted();

private:
    void follow();
    void load(qint64 id);
    void show(const ipc::EventDetailReply &detail);
    void rebuild();
    void addIdentity(FactColumn &column) const;
    void addTimes(FactColumn &column) const;
    void addPlace(FactColumn &column) const;
    void addEntities(FactColumn &column) const;
    void addSaid(FactColumn &column) const;
    void addSource(FactColumn &column);
    void addAttributes(FactColumn &column) const;
    void addRelated(FactColumn &column);

    workspace::Session &m_session;
    TimeText m_times;
    QScrollArea *m_scroll;
    CorrectionMenu *m_corrections;
    qint64 m_wanted = 0;
    std::optional<ipc::EventDetailReply> m_shown;
};

} // namespace chrona::ui
