// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_pipeline.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/sample/world.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_store.h"
#include "chrona/storage/feature_store.h"
#include "chrona/storage/geo_store.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/pool.h"
#include "chrona/storage/provenance.h"
#include "chrona/storage/quote_store.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/source_store.h"

#include <future>
#include <unordered_map>

namespace chrona::service {
namespace {

constexpr std::size_t kEventBatch = 20'000;
constexpr std::size_t kRowBatch = 50'000;

Result<sample::World> makeWorld(const ipc::DemoLoad &load)
{
    sample::WorldOptions options;
    options.seed = load.seed;
    options.events = load.events;
    options.years = load.years;
    options.end = load.end.value_or(std::chrono::floor<std::chrono::days>(SystemClock().now()));
    return sample::World::make(options);
}

Status withoutReport(const Result<storage::StoreReport> &report)
{
    if (!report)
        return std::unexpected(report.error());
    return {};
}

/// What everything else refers to, and the partitions for what follows.
Status storeFrame(const sample::World &world, storage::Connection &connection)
{
    const storage::PartitionRange range{world.begin(), world.end() + std::chrono::days(1)};
    for (const char *table :
         {"chrona_world.event", "chrona_world.event_entity", "chrona_series.price_bar",
          "chrona_series.observation", "chrona_oracle.quote"})
        if (auto made = storage::ensurePartitions(connection, table, range); !made)
            return made;
    return withoutReport(storage::storeSources(connection, world.sources()))
        .and_then(
            [&] { return withoutReport(storage::storeEntities(connection, world.entities())); })
        .and_then([&] { return withoutReport(storage::storePlaces(connection, world.places())); })
        .and_then([&] {
            return withoutReport(storage::storeInstruments(connection, world.instruments()));
        })
        .and_then([&] { return withoutReport(storage::storeSeries(connection, world.series())); })
        .and_then([&] {
            return withoutReport(storage::storeBoundaries(connection, world.boundaries(),
                                                          storage::Provenance::Synthetic));
        });
}

/// Generates and stores on two threads: the generator hands a batch over and makes the next one
/// while Postgres works on it.
class EventWriter {
public:
    EventWriter(storage::Connection &connection, const sample::World &world, std::size_t total,
                const StepProgress &progress, const StoredPart &stored, std::stop_token stop)
        : m_connection(connection), m_total(total), m_progress(progress), m_stored(stored),
          m_stop(std::move(stop))
    {
        for (const schema::Source &source : world.sources())
            m_keys.emplace(source.id.value, source.key);
    }

    Status operator()(std::span<const schema::Event> batch)
    {
        if (auto before = settle(); !before)
            return before;
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the sample world was cancelled",
                        "load it again to complete it, or clear it");
        m_batch.assign(batch.begin(), batch.end());
        m_pending = std::async(std::launch::async,
                               [this] { return storage::bulkStoreEvents(m_connection, m_batch); });
        return {};
    }

    Status settle()
    {
        if (!m_pending.valid())
            return {};
        const auto report = m_pending.get();
        if (!report)
            return std::unexpected(report.error());
        m_done += m_batch.size();
        m_progress({"sample.events", static_cast<std::int64_t>(m_done),
                    static_cast<std::int64_t>(m_total)});
        std::map<std::string, std::vector<schema::Event>> bySource;
        for (schema::Event &event : m_batch)
            bySource[m_keys[event.source.value]].push_back(std::move(event));
        m_stored(std::move(bySource));
        return {};
    }

private:
    storage::Connection &m_connection;
    std::size_t m_total;
    const StepProgress &m_progress;
    const StoredPart &m_stored;
    std::stop_token m_stop;
    std::unordered_map<std::int64_t, std::string> m_keys; ///< of sources
    std::vector<schema::Event> m_batch;                   ///< being stored
    std::future<Result<storage::StoreReport>> m_pending;
    std::size_t m_done = 0;
};

Status storeEvents(const sample::World &world, storage::Connection &connection, std::size_t total,
                   const StepProgress &progress, const StoredPart &stored, std::stop_token stop)
{
    EventWriter writer(connection, world, total, progress, stored, std::move(stop));
    const Status written = world.writeEvents(std::ref(writer), kEventBatch);
    const Status settled = writer.settle();
    return written ? settled : written;
}

template <class Item, class Store>
auto countingSink(std::int64_t &rows, const std::stop_token &stop, Store store)
{
    return [&rows, stop, store](std::span<const Item> batch) -> Status {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the sample world was cancelled",
                        "load it again to complete it, or clear it");
        auto stored = store(batch);
        if (!stored)
            return std::unexpected(stored.error());
        rows += static_cast<std::int64_t>(batch.size());
        return {};
    };
}

Status storeSeries(const sample::World &world, storage::Connection &connection,
                   ipc::DemoReport &report, const std::stop_token &stop)
{
    const Status bars =
        world.writeBars(countingSink<schema::PriceBar>(
                            report.bars, stop,
                            [&](auto batch) { return storage::bulkStoreBars(connection, batch); }),
                        kRowBatch);
    if (!bars)
        return bars;
    return world.writeObservations(
        countingSink<schema::Observation>(
            report.observations, stop,
            [&](auto batch) { return storage::bulkStoreObservations(connection, batch); }),
        kRowBatch);
}

Status storeQuotes(const sample::World &world, storage::Connection &connection,
                   ipc::DemoReport &report, const std::stop_token &stop)
{
    return world.writeQuotes(countingSink<schema::Quote>(report.quotes, stop,
                                                         [&](auto batch) {
                                                             return storage::bulkStoreQuotes(
                                                                 connection, batch,
                                                                 storage::Provenance::Synthetic);
                                                         }),
                             kRowBatch);
}

} // namespace

Result<ipc::DemoReport> loadSampleWorld(const ipc::DemoLoad &load, storage::Pool &pool,
                                        const StepProgress &progress, const StoredPart &stored,
                                        std::stop_token stop)
{
    const auto world = makeWorld(load);
    if (!world)
        return std::unexpected(world.error());
    auto lease = pool.take(stop);
    if (!lease)
        return std::unexpected(lease.error());
    storage::Connection &connection = **lease;
    const storage::BreakOff breakOff(connection, stop);
    ipc::DemoReport report;
    const Status done =
        storeFrame(*world, connection)
            .and_then([&] {
                return storeEvents(*world, connection, load.events, progress, stored, stop);
            })
            .and_then([&] { return storeSeries(*world, connection, report, stop); })
            .and_then([&] { return storeQuotes(*world, connection, report, stop); })
            .and_then([&] { return storage::forgetRefreshes(connection); });
    if (!done)
        return std::unexpected(done.error());
    // The world is there, whatever comes of this: readers are only slower without.
    if (const auto settled = storage::settleTables(connection); !settled)
        log::warning("sample", "the tables were not settled: {}", settled.error().what);
    report.events = load.events;
    report.entities = static_cast<std::int64_t>(world->entities().size());
    report.boundaries = static_cast<std::int64_t>(world->boundaries().size());
    log::info("sample", "loaded {} synthetic events", report.events);
    return report;
}

Result<ipc::DemoReport> clearSampleWorld(storage::Pool &pool)
{
    auto lease = pool.take();
    if (!lease)
        return std::unexpected(lease.error());
    const auto counts =
        (*lease)->query("SELECT (SELECT count(*) FROM chrona_world.event WHERE synthetic),"
                        " (SELECT count(*) FROM chrona_world.entity WHERE synthetic),"
                        " (SELECT count(*) FROM chrona_series.price_bar WHERE instrument_id IN"
                        "  (SELECT id FROM chrona_series.instrument WHERE synthetic)),"
                        " (SELECT count(*) FROM chrona_series.observation WHERE series_id IN"
                        "  (SELECT id FROM chrona_series.series WHERE synthetic)),"
                        " (SELECT count(*) FROM chrona_oracle.quote WHERE synthetic),"
                        " (SELECT count(*) FROM chrona_geo.boundary WHERE synthetic)");
    if (!counts)
        return std::unexpected(counts.error());
    const auto gone = storage::clearSynthetic(**lease);
    if (!gone)
        return std::unexpected(gone.error());
    const storage::Row row = counts->first();
    return ipc::DemoReport{row.int64(0), row.int64(1), row.int64(2),
                           row.int64(3), row.int64(4), row.int64(5)};
}

} // namespace chrona::service
