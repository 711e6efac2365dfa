// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_stream.h"

#include "database.h"
#include "settings.h"
#include "workers.h"

#include "chrona/base/log.h"
#include "chrona/ipc/server.h"
#include "chrona/storage/event_pages.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/source_store.h"

#include <algorithm>
#include <map>

namespace chrona::service {
namespace {

/// What one notification may carry; the protocol's own limit.
constexpr std::size_t kRowsPerNotification = 20'000;

/// Keys for the sources that the columns point at, in the order of their positions.
Result<std::vector<std::string>> keysOf(storage::Connection &connection,
                                        const std::vector<schema::SourceId> &ids)
{
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    std::map<schema::SourceId, std::string> keys;
    for (const schema::Source &source : *sources)
        keys[source.id] = source.key;
    std::vector<std::string> found;
    for (const schema::SourceId id : ids)
        found.push_back(keys[id]);
    return found;
}

/// From where on events are kept in memory, and about how many are older: none where all fit.
Status cutOff(storage::Connection &connection, std::uint64_t most, EventCache::Loaded &loaded)
{
    const auto last = storage::timeOfNewest(connection, most);
    if (!last)
        return std::unexpected(last.error());
    if (!*last)
        return {};
    loaded.since = **last + Duration(1);
    const auto older = storage::estimateEvents(connection, {.to = loaded.since});
    if (!older)
        return std::unexpected(older.error());
    loaded.older = std::max<std::uint64_t>(*older, 1);
    return {};
}

Result<EventCache::Loaded> loadNewest(storage::Pool &pool, std::uint64_t most)
{
    EventCache::Loaded loaded;
    storage::EventTables tables;
    {
        auto lease = pool.take();
        if (!lease)
            return std::unexpected(lease.error());
        Status done = cutOff(**lease, most, loaded);
        if (done && loaded.since)
            done = storage::loadEventColumns(**lease, loaded.columns, tables,
                                             {.from = loaded.since});
        if (!done)
            return std::unexpected(done.error());
    }
    if (!loaded.since)
        if (auto done = storage::loadEventColumns(pool, loaded.columns, tables); !done)
            return std::unexpected(done.error());
    auto lease = pool.take();
    if (!lease)
        return std::unexpected(lease.error());
    auto keys = keysOf(**lease, tables.sources);
    if (!keys)
        return std::unexpected(keys.error());
    loaded.sources = std::move(*keys);
    loaded.regions = std::move(tables.regions);
    return loaded;
}

schema::EventColumns slice(const schema::EventColumns &columns, std::size_t first,
                           std::size_t count)
{
    schema::EventColumns part;
    const auto copy = [first, count](auto &to, const auto &from) {
        const auto begin = from.begin() + static_cast<std::ptrdiff_t>(first);
        to.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    copy(part.id, columns.id);
    copy(part.observedAt, columns.observedAt);
    copy(part.availableAt, columns.availableAt);
    copy(part.longitude, columns.longitude);
    copy(part.latitude, columns.latitude);
    copy(part.type, columns.type);
    copy(part.severity, columns.severity);
    copy(part.confidence, columns.confidence);
    copy(part.flags, columns.flags);
    copy(part.source, columns.source);
    copy(part.region, columns.region);
    return part;
}

} // namespace

EventStream::EventStream(Database &database, Workers &workers, const Settings &settings)
    : m_database(database), m_workers(workers), m_settings(settings),
      m_cache([this](auto done) { load(std::move(done)); })
{
}

void EventStream::load(std::function<void(Result<EventCache::Loaded>)> done)
{
    const auto finish = [this, done = std::move(done)](Result<EventCache::Loaded> loaded) {
        auto shared = std::make_shared<Result<EventCache::Loaded>>(std::move(loaded));
        QMetaObject::invokeMethod(
            this, [done, shared] { done(std::move(*shared)); }, Qt::QueuedConnection);
    };
    m_database.whenReady([this, finish](Result<std::shared_ptr<storage::Pool>> pool) {
        if (!pool)
            return finish(std::unexpected(pool.error()));
        const auto most = static_cast<std::uint64_t>(m_settings.number("workstation.events_max"));
        m_workers.run(Workers::Kind::Query,
                      [finish, most, pool = *pool] { finish(loadNewest(*pool, most)); });
    });
}

void EventStream::answer(ipc::Responder<ipc::EventSnapshotRequest> responder)
{
    m_cache.request([this, responder](const Result<EventSnapshot> &snapshot) {
        if (!snapshot)
            return responder.fail(snapshot.error());
        ipc::EventSnapshotReply reply;
        // Same thread as publish(): what this number counts is in the columns.
        reply.sequence = m_server->sequence(ipc::Topic::Events);
        reply.rows = snapshot->columns->size();
        reply.sources = snapshot->sources;
        reply.regions = snapshot->regions;
        reply.since = snapshot->since;
        reply.older = snapshot->older;
        responder.reply(reply, snapshot->columns);
    });
}

void EventStream::stored(std::vector<schema::Event> events, std::string sourceKey,
                         EventCache::Revisions revisions)
{
    QMetaObject::invokeMethod(
        this,
        [this, events = std::move(events), key = std::move(sourceKey), revisions] {
            Q_EMIT eventsStored(events);
            publish(m_cache.add(events, key, revisions));
        },
        Qt::QueuedConnection);
}

void EventStream::imported(std::vector<schema::Event> events, std::string sourceKey,
                           EventCache::Revisions revisions)
{
    if (revisions == EventCache::Revisions::Some)
        Q_EMIT revisedBesideTheLog();
    stored(std::move(events), std::move(sourceKey), revisions);
}

void EventStream::filling(std::map<std::string, std::vector<schema::Event>> events)
{
    QMetaObject::invokeMethod(
        this,
        [this, events = std::move(events)] {
            EventDelta all;
            for (const auto &[key, list] : events) {
                EventDelta one = m_cache.add(list, key, EventCache::Revisions::None);
                all.removed.insert(all.removed.end(), one.removed.begin(), one.removed.end());
                all.rows.append(one.rows);
                all.tablesGrew = all.tablesGrew || one.tablesGrew;
            }
            publish(std::move(all));
        },
        Qt::QueuedConnection);
}

void EventStream::cleared()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_cache.reset();
            Q_EMIT eventsCleared();
            m_server->resync(ipc::Topic::Events);
        },
        Qt::QueuedConnection);
}

void EventStream::publish(EventDelta delta)
{
    for (std::size_t first = 0; first < delta.rows.size(); first += kRowsPerNotification) {
        ipc::EventsAppended message;
        if (first == 0) {
            message.removed = std::move(delta.removed);
            if (delta.tablesGrew) {
                message.sources = m_cache.sources();
                message.regions = m_cache.regions();
            }
        }
        message.rows =
            slice(delta.rows, first, std::min(kRowsPerNotification, delta.rows.size() - first));
        m_server->publish(message);
    }
}

} // namespace chrona::service
