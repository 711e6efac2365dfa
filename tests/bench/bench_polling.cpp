// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "measured_database.h"
#include "process_figures.h"

#include "many_feeds.h"

#include "chrona/events/canonical_event.h"
#include "chrona/events/entity_mapping.h"
#include "chrona/net/loopback.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/migrations.h"

#include <QCoreApplication>

#include <condition_variable>
#include <format>
#include <mutex>
#include <set>

namespace chrona::bench {
namespace {

using sources::Acquisition;
using sources::FeedShape;
using sources::ManyFeeds;

constexpr std::size_t kPolledFeeds = 463;
constexpr auto kRoundMax = std::chrono::minutes(3);

/// Which feeds have been polled in this round, and what was stored.
class PollRound {
public:
    void begin(std::size_t entries)
    {
        const std::scoped_lock lock(m_mutex);
        m_polled.clear();
        m_awaited = entries;
    }
    void changed(const sources::SourceView &view)
    {
        const std::scoped_lock lock(m_mutex);
        if (view.health.state == schema::SourceState::Idle && view.health.failuresInRow == 0)
            m_polled.insert(view.source.key);
        m_changed.notify_one();
    }
    void stored(const sources::StoredBatch &batch)
    {
        const std::scoped_lock lock(m_mutex);
        m_stored += static_cast<std::size_t>(batch.report.accepted);
        m_changed.notify_one();
    }
    [[nodiscard]] Status wait()
    {
        std::unique_lock lock(m_mutex);
        const bool done = m_changed.wait_for(lock, kRoundMax, [this] {
            return m_polled.size() >= kPolledFeeds && m_stored >= m_awaited;
        });
        return done ? Status()
                    : fail(ErrorCode::Timeout,
                           std::format("after {} only {} of {} feeds are polled and {} of {} "
                                       "entries stored",
                                       kRoundMax, m_polled.size(), kPolledFeeds, m_stored,
                                       m_awaited));
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::set<std::string> m_polled;
    std::size_t m_stored = 0, m_awaited = 0;
};

/// Everything that the service has for its sources, as it has it.
class Newsroom {
public:
    explicit Newsroom(events::EntityMapper mapper) : m_mapper(std::move(mapper)) {}

    Status open(const std::string &connectionString)
    {
        auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
        if (!library)
            return std::unexpected(library.error());
        m_library = std::move(*library);
        auto pool = storage::Pool::open(connectionString, 8);
        if (!pool)
            return std::unexpected(pool.error());
        m_pool = *pool;
        net::HttpClient::Options options;
        options.userAgent = "Chrona/bench";
        auto http = net::HttpClient::create(
            options, std::make_unique<net::LoopbackTransport>(m_server, ManyFeeds::kHosts));
        if (!http)
            return std::unexpected(http.error());
        m_http = std::move(*http);
        Acquisition::Listener listener;
        listener.stored = [this](const sources::StoredBatch &batch) { m_round.stored(batch); };
        listener.sourceChanged = [this](const auto &view) { m_round.changed(view); };
        auto acquisition =
            Acquisition::start({.pool = m_pool,
                                .library = *m_library,
                                .http = *m_http,
                                .canonicalise = canonicalise,
                                .clock = nullptr,
                                .enrich = [this](schema::Event &event) { return enrich(event); }},
                               std::move(listener), {});
        if (!acquisition)
            return std::unexpected(acquisition.error());
        m_acquisition = std::move(*acquisition);
        for (const auto &view : m_acquisition->sources())
            if (auto off = m_acquisition->disable(view.source.key); !off)
                return off;
        return {};
    }

    /// The first round: every feed is new.
    Result<double> begin()
    {
        m_feeds.publish(0);
        m_round.begin(m_feeds.entriesSoFar(1));
        const Date today = std::chrono::floor<std::chrono::days>(SystemClock().now());
        const Stopwatch watch;
        for (std::size_t feed = 0; feed < kPolledFeeds; ++feed) {
            auto source = m_feeds.source(feed, today);
            if (!source)
                return std::unexpected(source.error());
            m_keys.push_back(source->key);
            if (auto added = m_acquisition->add(std::move(*source)); !added)
                return std::unexpected(added.error());
        }
        return m_round.wait().transform([&watch] { return watch.seconds(); });
    }

    /// Every feed has three new entries among thirty.
    Result<double> goRound(std::size_t issue)
    {
        m_feeds.publish(issue);
        m_round.begin(m_feeds.entriesSoFar(issue + 1));
        const Stopwatch watch;
        for (const std::string &key : m_keys)
            if (auto run = m_acquisition->runNow(key); !run)
                return std::unexpected(run.error());
        return m_round.wait().transform([&watch] { return watch.seconds(); });
    }

private:
    static Result<schema::Event> canonicalise(schema::Event draft, const schema::Source &source,
                                              Instant ingestedAt)
    {
        return events::canonicalEvent(std::move(draft), {source.id, source.mode, ingestedAt});
    }
    std::vector<schema::Entity> enrich(schema::Event &event) const
    {
        const auto mapping =
            m_mapper.map({.title = event.title, .description = event.summary, .publisher = {}});
        events::apply(mapping, event);
        std::vector<schema::Entity> entities;
        for (const events::EntityLink &link : mapping.links) {
            schema::Entity &entity = entities.emplace_back();
            entity.id = link.id;
            entity.kind = link.kind;
            entity.key = link.key;
            entity.name = link.name;
        }
        return entities;
    }

    events::EntityMapper m_mapper;
    net::ReplayServer m_server;
    ManyFeeds m_feeds{m_server, kPolledFeeds};
    PollRound m_round;
    std::vector<std::string> m_keys;
    std::unique_ptr<connect::ConnectorLibrary> m_library;
    std::shared_ptr<storage::Pool> m_pool;
    std::unique_ptr<net::HttpClient> m_http;
    std::unique_ptr<Acquisition> m_acquisition; // last: it ends before what it uses
};

} // namespace

Result<Report> benchPolling()
{
    const auto database = MeasuredDatabase::open();
    if (!database)
        return std::unexpected(database.error());
    {
        auto connection = storage::Connection::open(database->connectionString());
        if (!connection)
            return std::unexpected(connection.error());
        if (auto done = storage::migrate(*connection); !done)
            return std::unexpected(done.error());
    }
    auto places = events::PlaceNames::shipped();
    if (!places)
        return std::unexpected(places.error());
    Newsroom newsroom{events::EntityMapper(std::move(*places))};
    if (auto opened = newsroom.open(database->connectionString()); !opened)
        return std::unexpected(opened.error());
    const auto first = newsroom.begin();
    if (!first)
        return std::unexpected(first.error());
    constexpr std::size_t kRounds = 5;
    double slowest = 0;
    for (std::size_t issue = 1; issue <= kRounds; ++issue) {
        const auto round = newsroom.goRound(issue);
        if (!round)
            return std::unexpected(round.error());
        slowest = std::max(slowest, *round);
    }
    const qint64 self = QCoreApplication::applicationPid();
    double postgres = 0;
    for (const qint64 child : childrenOf(self)) {
        postgres += memoryMib(child);
        for (const qint64 backend : childrenOf(child))
            postgres += memoryMib(backend);
    }
    return Report{
        {"polling.first_round", *first, "s",
         std::format("{} feeds of {} entries, each of a host of its own, added, polled and stored",
                     kPolledFeeds, FeedShape{}.shown)},
        {"polling.round", slowest, "s",
         std::format("slowest of {} rounds over the {} feeds, {} of {} entries new in each, until "
                     "all are stored; 4 workers, polite by host",
                     kRounds, kPolledFeeds, FeedShape{}.fresh, FeedShape{}.shown)},
        {"polling.memory", memoryMib(self), "MiB",
         "proportional set after them: acquisition, normaliser, places, and the replay server with "
         "its answers, which is in the same process"},
        {"polling.memory_postgres", postgres, "MiB", "proportional set of its processes"},
    };
}

} // namespace chrona::bench
