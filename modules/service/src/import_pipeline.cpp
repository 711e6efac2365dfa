// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_pipeline.h"

#include "event_stream.h"
#include "import_store.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/pool.h"

#include <chrono>
#include <functional>
#include <iterator>
#include <stop_token>
#include <thread>
#include <utility>

namespace chrona::service {
namespace {

/// Rows that go into one transaction: enough to be quick, few enough that progress is seen.
constexpr std::size_t kBatchRows = 10'000;
/// Of outlines, whose rows differ in size: 32 MiB.
constexpr std::size_t kBatchPoints = 2'000'000;
/// A serialization failure or a restarted server: the same batch again, so often.
constexpr int kTriesMax = 5;
/// Doubles with each try; together long enough for Postgres to come back.
constexpr std::chrono::milliseconds kRetryPause{100};
/// From here on a look over the tables costs less than it spares the next readers.
constexpr std::int64_t kManyRows = 50'000;

formats::ImportKind kindOf(ipc::ImportKind kind)
{
    switch (kind) {
    case ipc::ImportKind::Bars: return formats::ImportKind::Bars;
    case ipc::ImportKind::Observations: return formats::ImportKind::Observations;
    case ipc::ImportKind::Quotes: return formats::ImportKind::Quotes;
    case ipc::ImportKind::Boundaries: return formats::ImportKind::Boundaries;
    case ipc::ImportKind::Events: break;
    }
    return formats::ImportKind::Events;
}

template <class Item> void moveTo(std::vector<Item> &to, std::vector<Item> &from)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void join(formats::ImportBatch &to, formats::ImportBatch from)
{
    moveTo(to.events, from.events);
    moveTo(to.bars, from.bars);
    moveTo(to.observations, from.observations);
    moveTo(to.quotes, from.quotes);
    moveTo(to.boundaries, from.boundaries);
}

std::size_t pointsOf(const schema::Boundary &boundary)
{
    std::size_t points = 0;
    for (const schema::Polygon &area : boundary.areas)
        for (const schema::Ring &ring : area)
            points += ring.size();
    return points;
}

formats::ImportOptions optionsFrom(const ipc::ImportBegin &begin, const schema::Source &source,
                                   const ImportStore &store)
{
    formats::ImportOptions options;
    options.kind = kindOf(begin.kind);
    options.source = source.id;
    options.importedAt = SystemClock().now();
    options.assumedLag = begin.assumedLag;
    for (const auto &[column, name] : begin.mapping)
        options.columns[column] = name;
    options.boundarySet = begin.boundarySet;
    options.idProperty = begin.idProperty;
    options.nameProperty = begin.nameProperty;
    options.calendars = store.calendars();
    options.faultsMax = ipc::ImportReport::kFaultsMax;
    return options;
}

/// Does it again where the failure is one that passes, as when Postgres is being restarted.
Status withRetry(const std::stop_token &stop, const std::function<Status()> &work)
{
    Status done;
    for (int tries = 0; tries < kTriesMax; ++tries) {
        if (tries > 0)
            std::this_thread::sleep_for(kRetryPause * (1 << tries));
        done = work();
        if (done || !done.error().retryable || stop.stop_requested())
            break;
    }
    return done;
}

/// What was stored stays stored, whatever comes of this: readers are only slower without.
void settleAfter(const storage::StoreReport &stored, storage::Pool &pool,
                 const std::stop_token &stop)
{
    if (stored.accepted + stored.revised < kManyRows)
        return;
    auto lease = pool.take(stop);
    if (!lease)
        return;
    const storage::BreakOff breakOff(**lease, stop);
    if (const auto settled = storage::settleTables(**lease); !settled)
        log::warning("import", "the tables were not settled: {}", settled.error().what);
}

/// One import from the first chunk to the report.
class Run {
public:
    Run(const ipc::ImportBegin &begin, const ipc::Responder<ipc::ImportBegin> &responder,
        storage::Pool &pool, ImportStore &store, const std::function<void()> &worldChanged)
        : m_begin(begin), m_responder(responder), m_pool(pool), m_store(store),
          m_worldChanged(worldChanged)
    {
    }

    Status read(formats::ImportReader &reader)
    {
        std::int64_t bytes = 0;
        while (true) {
            auto chunk = m_responder.upload().read();
            if (!chunk)
                return std::unexpected(chunk.error());
            if (!*chunk)
                break;
            bytes += (*chunk)->size();
            if (auto pushed = reader.push(
                    {(*chunk)->constData(), static_cast<std::size_t>((*chunk)->size())});
                !pushed)
                return pushed;
            tellRead(bytes);
            if (auto taken = take(reader); !taken)
                return taken;
        }
        if (auto finished = reader.finish(); !finished)
            return finished;
        if (auto taken = take(reader); !taken)
            return taken;
        if (auto read = readHeldBack(reader); !read)
            return read;
        return flush();
    }

private:
    /// What is ready, and stores where it is much.
    Status take(formats::ImportReader &reader)
    {
        formats::ImportBatch batch = reader.takeBatch();
        for (const schema::Boundary &boundary : batch.boundaries)
            m_points += pointsOf(boundary);
        join(m_ready, std::move(batch));
        return m_ready.size() < kBatchRows && m_points < kBatchPoints ? Status() : flush();
    }

    /// The features of a topology, which come when all of it is here.
    Status readHeldBack(formats::ImportReader &reader)
    {
        const auto all = static_cast<std::int64_t>(reader.heldBack());
        while (true) {
            if (m_responder.stopToken().stop_requested())
                return fail(ErrorCode::Cancelled, "the import was broken off");
            const auto more = reader.readOn();
            if (!more)
                return std::unexpected(more.error());
            if (!*more)
                return {};
            m_responder.progress(
                {"import.joined", all - static_cast<std::int64_t>(reader.heldBack()), all});
            if (auto taken = take(reader); !taken)
                return taken;
        }
    }

    /// A few times a second at most: a file comes in thousands of pieces.
    void tellRead(std::int64_t bytes)
    {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_toldAt < std::chrono::milliseconds(100) && bytes != m_begin.sizeBytes)
            return;
        m_toldAt = now;
        m_responder.progress({"import.read", bytes, m_begin.sizeBytes});
    }

    Status flush()
    {
        const std::size_t rows = m_ready.size();
        formats::ImportBatch batch = std::exchange(m_ready, {});
        m_points = 0;
        if (rows == 0 || m_begin.dryRun)
            return {};
        if (auto stored = withRetry(m_responder.stopToken(), [&] { return storeOnce(batch); });
            !stored)
            return stored;
        m_rowsStored += static_cast<std::int64_t>(rows);
        m_worldChanged(); // before the client hears of it and asks
        m_responder.progress({"import.stored", m_rowsStored, 0});
        return {};
    }

    Status storeOnce(const formats::ImportBatch &batch)
    {
        auto lease = m_pool.take(m_responder.stopToken());
        if (!lease)
            return std::unexpected(lease.error());
        const storage::BreakOff breakOff(**lease, m_responder.stopToken());
        return m_store.store(**lease, batch);
    }

    const ipc::ImportBegin &m_begin;
    const ipc::Responder<ipc::ImportBegin> &m_responder;
    storage::Pool &m_pool;
    ImportStore &m_store;
    const std::function<void()> &m_worldChanged;
    formats::ImportBatch m_ready;
    std::size_t m_points = 0; ///< of the outlines among them
    std::int64_t m_rowsStored = 0;
    std::chrono::steady_clock::time_point m_toldAt{};
};

ipc::ImportReport reportFrom(const formats::ImportReport &read, const storage::StoreReport &stored,
                             const ipc::ImportBegin &begin, const schema::Source &source)
{
    ipc::ImportReport report;
    report.source = source.key;
    report.rejected = static_cast<std::int64_t>(read.rowsRejected);
    report.accepted = begin.dryRun ? static_cast<std::int64_t>(read.rowsAccepted)
                                   : stored.accepted + stored.revised;
    report.duplicates = stored.duplicates;
    for (const formats::ImportFault &fault : read.faults)
        report.faults.push_back({static_cast<std::int64_t>(fault.row), fault.column, fault.reason});
    return report;
}

} // namespace

Result<ipc::ImportReport> runImport(const ipc::ImportBegin &begin,
                                    const ipc::Responder<ipc::ImportBegin> &responder,
                                    storage::Pool &pool, EventStream &stream,
                                    const std::function<void()> &worldChanged)
{
    const auto source = ownSource(begin.source, kindOf(begin.kind));
    if (!source)
        return std::unexpected(source.error());
    ImportStore store(*source,
                      [&](std::vector<schema::Event> events, EventCache::Revisions revisions) {
                          stream.imported(std::move(events), source->key, revisions);
                      });
    const auto prepare = [&]() -> Status {
        auto lease = pool.take(responder.stopToken());
        if (!lease)
            return std::unexpected(lease.error());
        if (begin.dryRun)
            return {};
        return store.begin(**lease, kindOf(begin.kind));
    };
    if (auto begun = withRetry(responder.stopToken(), prepare); !begun)
        return std::unexpected(begun.error());
    auto reader = formats::ImportReader::create(optionsFrom(begin, *source, store));
    if (!reader)
        return std::unexpected(reader.error());
    Run run(begin, responder, pool, store, worldChanged);
    if (auto done = run.read(*reader); !done)
        return std::unexpected(done.error());
    settleAfter(store.report(), pool, responder.stopToken());
    log::info("import", "{} from {}: {} stored, {} known, {} rejected",
              toString(kindOf(begin.kind)), begin.fileName,
              store.report().accepted + store.report().revised, store.report().duplicates,
              reader->report().rowsRejected);
    return reportFrom(reader->report(), store.report(), begin, *source);
}

} // namespace chrona::service
