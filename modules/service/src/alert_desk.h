// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "alert_check.h"

#include "chrona/base/time.h"
#include "chrona/ipc/messages_alerts.h"
#include "chrona/schema/event.h"

#include <QObject>
#include <QTimer>

#include <mutex>
#include <set>
#include <vector>

namespace chrona::storage {
class Connection;
}

namespace chrona::service {

class Database;
class EventStream;
class Settings;
class Workers;

/// Holds events against a person's rules as they are stored, and tells clients what is announced,
/// whoever found it. What is announced is read back from the database, so that the hourly update, a
/// new event and the end of quiet hours have one way out.
///
/// Thread rule: lives on the main thread; look() and rulesChanged() from any.
class AlertDesk : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Database &database;
        Workers &workers;
        const Settings &settings;
        EventStream &stream;
    };
    explicit AlertDesk(Parts parts);

    /// Something may have been announced.
    void look();
    void rulesChanged();
    void stop() { m_minute.stop(); }

Q_SIGNALS:
    void changed(const chrona::ipc::AlertsChanged &news);

private:
    void take(const std::vector<schema::Event> &events);
    void work();
    void workOn(storage::Connection &connection, const std::vector<schema::Event> &came);
    void tell(ipc::AlertsChanged news);

    Parts m_parts;
    QTimer m_minute;
    std::vector<schema::Event> m_came; ///< not looked at yet; main thread
    bool m_isWorking = false, m_again = false;
    Instant m_since;                  ///< the worker's: what was announced before is old
    std::set<schema::AlertId> m_told; ///< the worker's
    UsualCache m_usual;               ///< the worker's
};

} // namespace chrona::service
