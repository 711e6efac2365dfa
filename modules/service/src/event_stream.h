// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "event_cache.h"

#include "chrona/ipc/call.h"

#include <QObject>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace chrona::ipc {
class Server;
}

namespace chrona::service {

class Database;
class Settings;
class Workers;

/// Brings stored events to the clients: snapshots from the cache, then notifications.
///
/// Thread rule: lives on the main thread; stored(), imported() and cleared() from any.
class EventStream : public QObject {
    Q_OBJECT

public:
    EventStream(Database &database, Workers &workers, const Settings &settings);

    /// Before the first client comes.
    void setServer(ipc::Server *server) { m_server = server; }

    void answer(ipc::Responder<ipc::EventSnapshotRequest> responder);
    /// A batch of one source whose commit has succeeded. Batches of one thread are told in order.
    void stored(std::vector<schema::Event> events, std::string sourceKey,
                EventCache::Revisions revisions);
    /// The same of what did not come through the raw log.
    void imported(std::vector<schema::Event> events, std::string sourceKey,
                  EventCache::Revisions revisions);
    /// Some of very many that are stored in one go, by the key of their source: shown as they come,
    /// by clients alone. cleared() is to follow when all are there.
    void filling(std::map<std::string, std::vector<schema::Event>> events);
    /// Many events came or went at once: clients ask for everything again.
    void cleared();

    /// What the cache holds, for those in this process; on the main thread, where the answer comes.
    void snapshot(EventCache::Answer answer) { m_cache.request(std::move(answer)); }

    [[nodiscard]] std::uint64_t cacheBytes() const { return m_cache.memoryBytes(); }

Q_SIGNALS:
    /// On the main thread, before clients hear of it.
    void eventsStored(const std::vector<chrona::schema::Event> &events);
    void eventsCleared();
    /// On the thread that stored them: the log is not all that its sources are known to say.
    void revisedBesideTheLog();

private:
    void load(std::function<void(Result<EventCache::Loaded>)> done);
    void publish(EventDelta delta);

    Database &m_database;
    Workers &m_workers;
    const Settings &m_settings;
    ipc::Server *m_server = nullptr;
    EventCache m_cache;
};

} // namespace chrona::service
