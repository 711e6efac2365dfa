// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"
#include "measured_database.h"

#include "chrona/connect/connector_library.h"
#include "chrona/events/canonical_event.h"
#include "chrona/events/entity_mapping.h"
#include "chrona/sources/normaliser.h"
#include "chrona/storage/migrations.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/source_store.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <format>
#include <map>
#include <mutex>
#include <random>
#include <thread>

namespace chrona::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr const char *kConnector = "news";
constexpr std::size_t kEntries = 25;     ///< of a payload
constexpr auto kSustained = 60s;
constexpr std::size_t kAppendBatch = 20;
constexpr std::size_t kAheadMax = 1'000; ///< payloads that wait in the log, as in a flood
constexpr std::size_t kLivePerSecond = 3'000;
constexpr std::size_t kLivePayloads = 8 * kLivePerSecond / kEntries; ///< eight seconds
constexpr Instant kStart = Instant(std::chrono::sys_days(std::chrono::year(2025) / 6 / 1));

std::string titleFor(std::mt19937_64 &random)
{
    static constexpr std::array kWho = {"Ministers",  "The central bank", "Port workers",
                                        "Regulators", "Grid operators",   "Exporters"};
    static constexpr std::array kDo = {"weigh", "delay", "announce", "reject", "review", "approve"};
    static constexpr std::array kWhat = {"tariffs on steel",  "a rate decision", "flood defences",
                                         "gas storage rules", "shipping fees",   "a budget plan"};
    static constexpr std::array kWhere = {"Germany", "Texas",     "Tokyo",
                                          "Brazil",  "Rotterdam", "Ontario"};
    const auto of = [&random](const auto &list) { return list[random() % list.size()]; };
    return std::format("{} {} {} in {} as talks number {} begin", of(kWho), of(kDo), of(kWhat),
                       of(kWhere), random() % 100'000);
}

storage::RawItem payloadFor(std::size_t number, std::mt19937_64 &random)
{
    std::string feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>B</title>";
    for (std::size_t entry = 0; entry < kEntries; ++entry)
        feed += std::format(
            "<item><title>{}</title><link>https://example.org/{}/{}</link>"
            "<guid isPermaLink=\"false\">bench:{}:{}</guid>"
            "<pubDate>Sun, 01 Jun 2025 {:02}:{:02}:00 GMT</pubDate>"
            "<description>Officials said on Sunday that a decision would come within weeks; "
            "traders had expected it sooner.</description></item>",
            titleFor(random), number, entry, number, entry, number / 60 % 24, number % 60);
    feed += "</channel></rss>";
    return {.sourceRef = std::format("https://example.org/feed/{}", number),
            .kind = "feed",
            .url = std::format("https://example.org/feed/{}", number),
            .contentType = "application/rss+xml",
            .payload = std::move(feed),
            .publishedAt = {},
            .fetchedAt = kStart + std::chrono::seconds(number)};
}

/// The normaliser as the service runs it, on a thread of its own.
class Pipeline {
public:
    Pipeline(const connect::ConnectorLibrary &library, events::PlaceNames places)
        : m_mapper(std::move(places)),
          m_normaliser({library, canonicalise, [this](sources::StoredBatch batch) { take(batch); },
                        [this](schema::Event &event) { return enrich(event); }})
    {
    }

    void wake()
    {
        const std::scoped_lock lock(m_mutex);
        m_appended = true;
        m_wake.notify_all();
    }
    /// Until so many events are stored. Not more than one thread.
    Status consume(storage::Connection &connection, std::size_t events)
    {
        return consumeWhile(connection, [&] { return m_stored < events; });
    }
    Status consumeFor(storage::Connection &connection, Clock::duration time)
    {
        const auto end = Clock::now() + time;
        return consumeWhile(connection, [end] { return Clock::now() < end; });
    }
    /// Until not too much waits behind so many events; false on a stop request.
    bool waitForRoom(std::size_t appended, const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested() && appended > m_stored + kAheadMax * kEntries)
            m_wake.wait_for(lock, 50ms);
        return !stop.stop_requested();
    }
    [[nodiscard]] std::size_t storedEvents() const { return m_stored; }
    /// When the batch that holds an event of this payload was committed.
    [[nodiscard]] const std::map<Instant, Clock::time_point> &storedAt() const
    {
        return m_storedAt;
    }

private:
    template <class Goes> Status consumeWhile(storage::Connection &connection, const Goes &goes)
    {
        while (goes()) {
            const auto report = m_normaliser.step(connection);
            if (!report)
                return std::unexpected(report.error());
            if (report->items > 0)
                continue;
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, 50ms, [this] { return m_appended; });
            m_appended = false;
        }
        return {};
    }
    static Result<schema::Event> canonicalise(schema::Event draft, const schema::Source &source,
                                              Instant ingestedAt)
    {
        return events::canonicalEvent(std::move(draft), {source.id, source.mode, ingestedAt});
    }
    std::vector<schema::Entity> enrich(schema::Event &event)
    {
        const auto mapping =
            m_mapper.map({.title = event.title, .description = event.summary, .publisher = {}});
        events::apply(mapping, event);
        std::vector<schema::Entity> entities;
        for (const events::EntityLink &link : mapping.links) {
            schema::Entity entity;
            entity.id = link.id;
            entity.kind = link.kind;
            entity.key = link.key;
            entity.name = link.name;
            entities.push_back(std::move(entity));
        }
        return entities;
    }
    void take(const sources::StoredBatch &batch)
    {
        m_stored += static_cast<std::size_t>(batch.report.accepted);
        const auto now = Clock::now();
        for (const schema::Event &event : batch.events)
            m_storedAt.try_emplace(event.times.ingestedAt, now);
    }

    events::EntityMapper m_mapper;
    sources::Normaliser m_normaliser;
    std::atomic<std::size_t> m_stored = 0;
    std::map<Instant, Clock::time_point> m_storedAt; ///< by fetchedAt, which names a payload
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_appended = false;
};

struct Bench {
    std::unique_ptr<connect::ConnectorLibrary> library;
    storage::Connection reading, writing;
    schema::SourceId source;
    std::size_t payloads = 0; ///< made so far; their names
};

Result<Bench> open(const std::string &connectionString)
{
    auto library = connect::ConnectorLibrary::load(CHRONA_CONNECTORS_DIR);
    if (!library)
        return std::unexpected(library.error());
    const auto *entry = (*library)->find(kConnector);
    if (entry == nullptr)
        return fail(ErrorCode::NotFound, "the connector of news is not built");
    auto reading = storage::Connection::open(connectionString);
    auto writing = storage::Connection::open(connectionString);
    if (!reading || !writing)
        return std::unexpected(reading ? writing.error() : reading.error());
    if (auto done = storage::migrate(*reading); !done)
        return std::unexpected(done.error());
    const auto &sources = entry->description.sources;
    if (auto stored = storage::storeSources(*reading, sources); !stored)
        return std::unexpected(stored.error());
    if (auto made = storage::ensurePartitions(*reading); !made)
        return std::unexpected(made.error());
    return Bench{std::move(*library), std::move(*reading), std::move(*writing), sources.front().id,
                 0};
}

/// As fast as it goes, for a minute: the log is written on one thread, never far ahead, while it is
/// read on another.
Result<Figure> measureRate(Bench &bench, events::PlaceNames places)
{
    Pipeline pipeline(*bench.library, std::move(places));
    Status appended;
    std::jthread writer([&](const std::stop_token &stop) {
        std::mt19937_64 random(7);
        std::vector<storage::RawItem> items;
        while (appended && pipeline.waitForRoom(bench.payloads * kEntries, stop)) {
            items.clear();
            for (std::size_t i = 0; i < kAppendBatch; ++i)
                items.push_back(payloadFor(bench.payloads++, random));
            if (auto done = storage::appendRaw(bench.writing, bench.source, items); !done)
                appended = std::unexpected(done.error());
            pipeline.wake();
        }
    });
    const Stopwatch watch;
    const Status consumed = pipeline.consumeFor(bench.reading, kSustained);
    const double seconds = watch.seconds();
    const std::size_t events = pipeline.storedEvents();
    writer.request_stop();
    writer.join();
    if (!appended || !consumed)
        return std::unexpected(appended ? consumed.error() : appended.error());
    // What is left in the log is no part of the next figure.
    if (auto rest = pipeline.consume(bench.reading, bench.payloads * kEntries); !rest)
        return std::unexpected(rest.error());
    return Figure{"pipeline.end_to_end", double(events) / seconds, "events/s",
                  std::format("{} events, feeds of {} entries, through raw log, connector, "
                              "canonical event, places and topics, database; {:.0f} s, one "
                              "normaliser, fsync on; the log written beside it",
                              events, kEntries, seconds)};
}

/// At the live rate: from the commit of the payload to the commit of its events.
Result<Figure> measureLag(Bench &bench, events::PlaceNames places)
{
    std::mt19937_64 random(8);
    std::vector<storage::RawItem> items;
    for (std::size_t i = 0; i < kLivePayloads; ++i)
        items.push_back(payloadFor(bench.payloads++, random));
    Pipeline pipeline(*bench.library, std::move(places));
    std::map<Instant, Clock::time_point> appendedAt;
    Status appended;
    std::mutex paceMutex;
    std::condition_variable pace; // nobody wakes it: the pause has its time
    std::jthread writer([&] {
        constexpr auto kGap = 1'000'000us * kEntries / kLivePerSecond;
        const auto begin = Clock::now();
        for (std::size_t i = 0; i < items.size() && appended; ++i) {
            std::unique_lock lock(paceMutex);
            pace.wait_until(lock, begin + kGap * i, [] { return false; });
            if (auto done =
                    storage::appendRaw(bench.writing, bench.source, std::span(&items[i], 1));
                !done)
                appended = std::unexpected(done.error());
            appendedAt[items[i].fetchedAt] = Clock::now();
            pipeline.wake();
        }
    });
    const Status consumed = pipeline.consume(bench.reading, kLivePayloads * kEntries);
    writer.join();
    if (!appended || !consumed)
        return std::unexpected(appended ? consumed.error() : appended.error());
    std::vector<double> lags;
    for (const auto &[payload, at] : appendedAt)
        if (const auto stored = pipeline.storedAt().find(payload);
            stored != pipeline.storedAt().end())
            lags.push_back(std::max(
                0.0, std::chrono::duration<double, std::milli>(stored->second - at).count()));
    return Figure{"pipeline.lag_p99", percentile(lags, 0.99), "ms",
                  std::format("{} payloads at {} events/s, from committed in the log to committed "
                              "as events",
                              lags.size(), kLivePerSecond)};
}

} // namespace

Result<Report> benchPipeline()
{
    const auto database = MeasuredDatabase::open();
    if (!database)
        return std::unexpected(database.error());
    auto bench = open(database->connectionString());
    if (!bench)
        return std::unexpected(bench.error());
    auto places = events::PlaceNames::shipped();
    auto placesAgain = events::PlaceNames::shipped();
    if (!places || !placesAgain)
        return std::unexpected(places ? placesAgain.error() : places.error());
    auto rate = measureRate(*bench, std::move(*places));
    if (!rate)
        return std::unexpected(rate.error());
    auto lag = measureLag(*bench, std::move(*placesAgain));
    if (!lag)
        return std::unexpected(lag.error());
    return Report{std::move(*rate), std::move(*lag)};
}

} // namespace chrona::bench
