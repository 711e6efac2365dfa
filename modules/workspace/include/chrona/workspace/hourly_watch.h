// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_brief.h"
#include "chrona/schema/briefing.h"
#include "chrona/workspace/signals_model.h"

#include <QObject>

#include <optional>
#include <vector>

namespace chrona::workspace {

class Session;

/// An hourly update as it is read.
struct OpenHour {
    schema::HourlyUpdate update;
    std::vector<schema::Alert> alerts; ///< announced in it
};

/// The newest hourly update, as it is pushed; an earlier one where it is asked for. Thread rule: UI
/// thread.
class HourlyWatch : public QObject {
    Q_OBJECT

public:
    explicit HourlyWatch(Session &session, QObject *parent = nullptr);

    [[nodiscard]] const std::optional<OpenHour> &current() const { return m_current; }
    [[nodiscard]] ListState state() const { return m_state; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    /// The hour before (−1) or after (1) the one that is shown; nothing where it is not stored.
    void step(int hours);
    /// Follows the newest again.
    void refresh();

Q_SIGNALS:
    void changed();

private:
    void ask(std::optional<Instant> at);
    void take(const Result<ipc::HourlyReply> &reply);

    Session &m_session;
    std::optional<OpenHour> m_current;
    ListState m_state = ListState::Loading;
    std::optional<Error> m_problem;
    bool m_isNewest = true;
    quint64 m_ticket = 0;
};

} // namespace chrona::workspace
