// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/sources/normaliser.h"

#include "chrona/base/log.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/quote_store.h"
#include "chrona/storage/raw_log.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/source_store.h"

#include <exception>
#include <format>
#include <map>
#include <span>

namespace chrona::sources {
namespace {

using storage::LoggedItem;

/// The facts of a batch, ready to be stored.
struct Facts {
    std::map<schema::SourceId, std::vector<schema::Event>> events;
    std::vector<schema::Entity> entities;
    std::vector<schema::Entity> named; ///< found in texts: only introduced
    std::vector<schema::Series> series;
    std::vector<schema::Instrument> instruments;
    std::vector<schema::Observation> observations;
    std::vector<schema::PriceBar> bars;
    std::vector<schema::Quote> quotes;
    std::vector<std::pair<const LoggedItem *, std::string>> poison;
    std::int64_t rejected = 0;
};

connect::RawItem rawItem(const storage::RawItem &item)
{
    return {item.sourceRef, item.kind,        item.url,      item.contentType,
            item.payload,   item.publishedAt, item.fetchedAt};
}

Result<std::vector<connect::Draft>> callNormalize(const connect::Connector &connector,
                                                  const connect::RawItem &item)
{
    try {
        return connector.normalize(item);
    } catch (const std::exception &error) {
        return fail(ErrorCode::Corrupt, std::format("the connector threw: {}", error.what()));
    } catch (...) {
        return fail(ErrorCode::Corrupt, "the connector threw something that is no exception");
    }
}

/// Makes facts of one item's drafts. A draft that cannot be a fact is counted, and the first reason
/// is kept.
class ItemReader {
public:
    ItemReader(const Normaliser::Parts &parts, const schema::Source &source, Instant ingestedAt,
               Facts &facts)
        : m_parts(parts), m_source(source), m_ingestedAt(ingestedAt), m_facts(facts)
    {
    }

    void read(std::vector<connect::Draft> drafts)
    {
        for (auto &draft : drafts)
            std::visit([this](auto &value) { take(std::move(value)); }, draft);
    }

    [[nodiscard]] std::int64_t accepted() const { return m_accepted; }
    [[nodiscard]] std::int64_t rejected() const { return m_rejected; }
    [[nodiscard]] const std::string &firstReason() const { return m_firstReason; }

private:
    void take(schema::Event &&draft)
    {
        std::string ref = draft.sourceRef;
        auto event = m_parts.canonicalise(std::move(draft), m_source, m_ingestedAt);
        if (!event)
            return reject(ref, event.error().what);
        if (m_parts.enrich)
            for (schema::Entity &entity : m_parts.enrich(*event)) {
                entity.id = schema::entityIdFor(entity.key);
                m_facts.named.push_back(std::move(entity));
            }
        m_facts.events[m_source.id].push_back(std::move(*event));
        ++m_accepted;
    }
    void take(schema::Entity &&entity)
    {
        entity.id = schema::entityIdFor(entity.key);
        keep(std::move(entity), m_facts.entities,
             "entity"); // comes along with facts, is none itself
    }
    void take(schema::Series &&series)
    {
        series.id = schema::seriesIdFor(series.key);
        series.source = m_source.id;
        m_accepted += keep(std::move(series), m_facts.series, "series");
    }
    void take(schema::Instrument &&instrument)
    {
        instrument.id = schema::instrumentIdFor(instrument.symbol);
        m_accepted += keep(std::move(instrument), m_facts.instruments, "instrument");
    }
    void take(schema::Observation &&observation)
    {
        observation.times.ingestedAt = m_ingestedAt;
        m_accepted += keep(std::move(observation), m_facts.observations, "observation");
    }
    void take(schema::PriceBar &&bar)
    {
        bar.times.ingestedAt = m_ingestedAt;
        m_accepted += keep(std::move(bar), m_facts.bars, "bar");
    }
    void take(schema::Quote &&quote)
    {
        m_accepted += keep(std::move(quote), m_facts.quotes, "quote");
    }
    void take(connect::Rejected &&rejected) { reject(rejected.sourceRef, rejected.reason); }

    /// How many facts the list gained.
    template <class Value> int keep(Value &&value, std::vector<Value> &list, std::string_view what)
    {
        if (const auto faults = schema::validate(value); !faults.empty()) {
            reject(what, schema::describe(faults));
            return 0;
        }
        list.push_back(std::forward<Value>(value));
        return 1;
    }

    void reject(std::string_view what, std::string_view reason)
    {
        if (m_rejected++ == 0)
            m_firstReason = std::format("{}: {}", what, reason);
    }

    const Normaliser::Parts &m_parts;
    const schema::Source &m_source;
    Instant m_ingestedAt;
    Facts &m_facts;
    std::int64_t m_accepted = 0;
    std::int64_t m_rejected = 0;
    std::string m_firstReason;
};

void readItem(const LoggedItem &logged, const schema::Source *source,
              const Normaliser::Parts &parts, Facts &facts)
{
    const auto *entry = source != nullptr ? parts.library.find(source->connector) : nullptr;
    if (entry == nullptr) {
        facts.poison.emplace_back(&logged, "no loaded connector reads this source");
        return;
    }
    auto drafts = callNormalize(*entry->connector, rawItem(logged.item));
    if (!drafts) {
        facts.poison.emplace_back(&logged, describe(drafts.error()));
        return;
    }
    ItemReader reader(parts, *source, logged.item.fetchedAt, facts);
    reader.read(std::move(*drafts));
    facts.rejected += reader.rejected();
    if (reader.rejected() == 0)
        return;
    if (reader.accepted() == 0)
        facts.poison.emplace_back(&logged, "nothing in it can be a fact; " + reader.firstReason());
    else
        log::warning("sources", "{}: {} parts of {} are no facts; {}", source->key,
                     reader.rejected(), logged.item.sourceRef, reader.firstReason());
}

/// Every payload brings its entities anew: once a batch is enough.
void keepLastByKey(std::vector<schema::Entity> &entities)
{
    std::map<schema::EntityId, schema::Entity> byId;
    for (auto &entity : entities)
        byId.insert_or_assign(entity.id, std::move(entity));
    entities.clear();
    for (auto &[id, entity] : byId)
        entities.push_back(std::move(entity));
}

template <class Report, class Value>
Status storeAll(Result<Report> (*store)(storage::Connection &, std::span<const Value>),
                storage::Connection &connection, const std::vector<Value> &values)
{
    if (values.empty())
        return {};
    auto stored = store(connection, values);
    return stored ? Status() : Status(std::unexpected(stored.error()));
}

/// Everything but events, whose report is told.
Status storeOthers(storage::Connection &connection, Facts &facts)
{
    keepLastByKey(facts.entities);
    if (auto done = storeAll(storage::storeEntities, connection, facts.entities); !done)
        return done;
    keepLastByKey(facts.named);
    if (auto done = storeAll(storage::introduceEntities, connection, facts.named); !done)
        return done;
    if (auto done = storeAll(storage::storeInstruments, connection, facts.instruments); !done)
        return done;
    if (auto done = storeAll(storage::storeSeries, connection, facts.series); !done)
        return done;
    if (auto done = storeAll(storage::bulkStoreObservations, connection, facts.observations); !done)
        return done;
    if (auto done = storeAll(storage::bulkStoreBars, connection, facts.bars); !done)
        return done;
    if (facts.quotes.empty())
        return {};
    const auto quotes = storage::bulkStoreQuotes(connection, facts.quotes);
    return quotes ? Status() : Status(std::unexpected(quotes.error()));
}

} // namespace

/// One step's work, with what it looked up.
class Normaliser::Batch {
public:
    Batch(const Parts &parts, storage::Connection &connection)
        : m_parts(parts), m_connection(connection)
    {
    }

    [[nodiscard]] Status loadRegistry()
    {
        const auto sources = storage::loadSources(m_connection);
        if (!sources)
            return std::unexpected(sources.error());
        for (const auto &source : *sources)
            m_sources.emplace(source.id, source);
        return {};
    }

    /// All items in one transaction.
    [[nodiscard]] Result<NormaliseReport> store(std::span<const LoggedItem> items,
                                                storage::RawPosition from)
    {
        Facts facts;
        for (const auto &item : items)
            readItem(item, sourceOf(item), m_parts, facts);
        auto transaction = storage::Transaction::begin(m_connection);
        if (!transaction)
            return std::unexpected(transaction.error());
        NormaliseReport report{.items = static_cast<std::int64_t>(items.size()),
                               .quarantined = 0,
                               .rejected = facts.rejected,
                               .events = {}};
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

    /// The database refuses the item although everything was checked.
    [[nodiscard]] Status setAside(const LoggedItem &item, storage::RawPosition from,
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

private:
    [[nodiscard]] const schema::Source *sourceOf(const LoggedItem &item) const
    {
        const auto found = m_sources.find(item.source);
        return found == m_sources.end() ? nullptr : &found->second;
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
    std::map<schema::SourceId, schema::Source> m_sources;
};

Normaliser::Normaliser(Parts parts, std::uint32_t itemsMax)
    : m_parts(std::move(parts)), m_itemsMax(itemsMax)
{
}

Result<NormaliseReport> Normaliser::step(storage::Connection &connection, std::stop_token stop)
{
    const auto from = storage::loadCursor(connection, kCursor);
    if (!from)
        return std::unexpected(from.error());
    const auto items = storage::readRaw(connection, kCursor, m_itemsMax);
    if (!items)
        return std::unexpected(items.error());
    if (items->empty())
        return NormaliseReport{};
    Batch batch(m_parts, connection);
    if (auto loaded = batch.loadRegistry(); !loaded)
        return std::unexpected(loaded.error());
    auto report = batch.store(*items, *from);
    if (report || report.error().code != ErrorCode::InvalidInput)
        return report;
    // One item of the batch is refused by the database: taken one by one, the others come through.
    NormaliseReport sum;
    storage::RawPosition at = *from;
    for (const auto &item : *items) {
        if (stop.stop_requested())
            break;
        auto one = batch.store(std::span(&item, 1), at);
        if (!one && one.error().code != ErrorCode::InvalidInput)
            return std::unexpected(one.error());
        if (!one) {
            if (auto aside = batch.setAside(item, at, describe(one.error())); !aside)
                return std::unexpected(aside.error());
            one = NormaliseReport{.items = 1, .quarantined = 1, .rejected = 0, .events = {}};
        }
        sum.items += one->items;
        sum.quarantined += one->quarantined;
        sum.rejected += one->rejected;
        sum.events += one->events;
        at = item.position;
    }
    return sum;
}

} // namespace chrona::sources
