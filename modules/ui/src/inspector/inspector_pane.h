// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"
#include "text/time_text.h"

class QScrollArea;

namespace chrona::ui {

class CorrectionMenu;
class EventBackground;
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
    [[nodiscard]] const EventBackground &background() const { return *m_background; }
    [[nodiscard]] CorrectionMenu &corrections() { return *m_corrections; }

Q_SIGNALS:
    void pinWanted();
    void signalWanted(qint64 signal);

private:
    void follow();
    void load(qint64 id);
    void show(const ipc::EventDetailReply &detail);
    void rebuild();
    [[nodiscard]] const schema::Event *standingThen() const;
    void addIdentity(FactColumn &column, const schema::Event &event) const;
    void addTimes(FactColumn &column, const schema::Event &event) const;
    void addPlace(FactColumn &column, const schema::Event &event) const;
    void addEntities(FactColumn &column) const;
    void addSaid(FactColumn &column) const;
    void addSource(FactColumn &column);
    void addAttributes(FactColumn &column, const schema::Event &event) const;
    void addRelated(FactColumn &column);
    void addNeighbours(FactColumn &column);

    workspace::Session &m_session;
    TimeText m_times;
    QScrollArea *m_scroll;
    CorrectionMenu *m_corrections;
    EventBackground *m_background;
    qint64 m_built = 0; ///< whose facts stand in the column
    qint64 m_wanted = 0;
    std::optional<ipc::EventDetailReply> m_shown;
};

} // namespace chrona::ui
