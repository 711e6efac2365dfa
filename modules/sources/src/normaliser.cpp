// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/normaliser.h"

#include "batch_facts.h"

#include "chrona/base/log.h"
#include "chrona/storage/source_store.h"

#include <format>
#include <future>

namespace chrona::sources {
namespace {

using storage::LoggedItem;
using storage::RawPosition;

Result<SourcesById> loadRegistry(storage::Connection &connection)
{
    auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    SourcesById byId;
    for (auto &source : *sources)
        byId.emplace(source.id, std::move(source));
    return byId;
}

} // namespace

/// A batch that is being made facts of, on a thread of its own.
struct Normaliser::Reading {
    RawPosition from; ///< where the cursor stands before it
    std::vector<LoggedItem> items;
    SourcesById sources;
    std::future<Facts> facts; // last: its end waits for what uses the others

    [[nodiscard]] RawPosition end() const { return items.back().position; }
};

/// Facts of items into the database, with the cursor, in one transaction.
class Normaliser::Writer {
public:
    Writer(const Parts &parts, storage::Connection &connection, const SourcesById &sources)
        : m_parts(parts), m_connection(connection), m_sources(sources)
    {
    }

    [[nodiscard]] Result<NormaliseReport> store(std::span<const LoggedItem> items, Facts facts,
                                                RawPosition from)
    {
        auto transaction = storage::Transaction::begin(m_connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        NormaliseReport report{.items = static_cast<std::int64_t>(items.size()),
                               .quarantined = 0,
                               .rejected = facts.rejected,
                               .events = {.duplicates = facts.repeats}};
        std::vector<StoredBatch> stored;
        if (auto done = write(facts, report, stored); !done)
            return std::unexpected(done.error());
        if (auto moved = storage::advanceCursor(m_connection, kCursor, from, items.back().position);
            !moved)
            return std::unexpected(moved.error());
        if (auto committed = transaction->commit(); !committed)
            return std::unexpected(committed.error());
        if (m_parts.stored)
            for (auto &batch : stored)
                m_parts.stored(std::move(batch));
        return report;
    }

    /// One item of a batch is refused by the database: taken one by one, the others come through.
    [[nodiscard]] Result<NormaliseReport> storeOneByOne(std::span<const LoggedItem> items,
                                                        RawPosition from, std::stop_token stop)
    {
        NormaliseReport sum;
        for (const LoggedItem &item : items) {
            if (stop.stop_requested())
                break;
            const std::span one(&item, 1);
            auto report = store(one, factsOf(one, m_sources, m_parts, nullptr), from);
            if (!report && report.error().code != ErrorCode::InvalidInput)
                return std::unexpected(report.error());
            if (!report) {
                if (auto aside = setAside(item, from, describe(report.error())); !aside)
                    return std::unexpected(aside.error());
                report = NormaliseReport{.items = 1, .quarantined = 1, .rejected = 0, .events = {}};
            }
            sum.items += report->items;
            sum.quarantined += report->quarantined;
            sum.rejected += report->rejected;
            sum.events += report->events;
            from = item.position;
        }
        return sum;
    }

private:
    /// The database refuses the item although everything was checked.
    [[nodiscard]] Status setAside(const LoggedItem &item, RawPosition from,
                                  const std::string &reason)
    {
        log::warning("sources", "quarantined {}: {}", item.item.sourceRef, reason);
        auto transaction = storage::Transaction::begin(m_connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        if (auto done = storage::quarantine(m_connection, item, reason); !done)
            return done;
        if (auto moved = storage::advanceCursor(m_connection, kCursor, from, item.position); !moved)
            return moved;
        return transaction->commit();
    }

    [[nodiscard]] Status write(Facts &facts, NormaliseReport &report,
                               std::vector<StoredBatch> &stored)
    {
        if (auto done = storeOthers(m_connection, facts); !done)
            return done;
        for (auto &[id, events] : facts.events) {
            const auto told = storage::storeEvents(m_connection, events);
            if (!told)
                return std::unexpected(told.error());
            report.events += *told;
            stored.push_back({m_sources.at(id), std::move(events), *told});
        }
        for (const auto &[item, reason] : facts.poison) {
            log::warning("sources", "quarantined {}: {}", item->item.sourceRef, reason);
            if (auto done = storage::quarantine(m_connection, *item, reason); !done)
                return done;
            ++report.quarantined;
        }
        return {};
    }

    const Parts &m_parts;
    storage::Connection &m_connection;
    const SourcesById &m_sources;
};

Normaliser::Normaliser(Parts parts, std::uint32_t itemsMax)
    : m_parts(std::move(parts)), m_itemsMax(itemsMax)
{
}

Normaliser::~Normaliser() = default;

void Normaliser::forgetKnown()
{
    m_forget = true;
}

/// What went on to the database may not have come to stand there.
void Normaliser::startOver()
{
    m_ahead.reset();
    m_known.forgetAll();
    m_end.reset();
}

/// Null where the log ends.
Result<std::unique_ptr<Normaliser::Reading>> Normaliser::read(storage::Connection &connection,
                                                              RawPosition from)
{
    auto items = storage::readRawAfter(connection, from, m_itemsMax);
    if (!items)
        return std::unexpected(items.error());
    if (items->empty())
        return nullptr;
    auto sources = loadRegistry(connection);
    if (!sources)
        return std::unexpected(sources.error());
    auto reading = std::make_unique<Reading>(from, std::move(*items), std::move(*sources));
    reading->facts = std::async(std::launch::async, [this, batch = reading.get()] {
        return factsOf(batch->items, batch->sources, m_parts, &m_known);
    });
    return reading;
}

Result<NormaliseReport> Normaliser::step(storage::Connection &connection, std::stop_token stop)
{
    const auto from = storage::loadCursor(connection, kCursor);
    if (!from)
        return std::unexpected(from.error());
    // Another normaliser was here: what is known here is not all that was said.
    if (m_forget.exchange(false) || (m_end && *m_end != *from))
        startOver();
    auto batch = m_ahead ? std::move(m_ahead) : read(connection, *from);
    if (!batch)
        return std::unexpected(batch.error());
    if (!*batch)
        return NormaliseReport{};
    const std::unique_ptr<Reading> reading = std::move(*batch);
    Facts facts = reading->facts.get();
    auto next = read(connection, reading->end());
    if (next)
        m_ahead = std::move(*next);
    Writer writer(m_parts, connection, reading->sources);
    auto report = next ? writer.store(reading->items, std::move(facts), *from)
                       : std::unexpected(next.error());
    if (report) {
        m_end = reading->end();
        return report;
    }
    startOver();
    if (report.error().code != ErrorCode::InvalidInput)
        return report;
    return writer.storeOneByOne(reading->items, *from, stop);
}

} // namespace chrona::sources
