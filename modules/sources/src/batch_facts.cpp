// SPDX-License-Identifier: AGPL-3.0-or-later
#include "batch_facts.h"

#include "chrona/base/log.h"
#include "chrona/storage/entity_store.h"
#include "chrona/storage/quote_store.h"
#include "chrona/storage/series_store.h"

#include <algorithm>
#include <exception>
#include <format>

namespace chrona::sources {
namespace {

using storage::LoggedItem;

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
               Facts &facts, KnownEvents *known)
        : m_parts(parts), m_source(source), m_ingestedAt(ingestedAt), m_facts(facts), m_known(known)
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
        ++m_accepted;
        if (m_known != nullptr && m_known->isRepeat(event->id, event->contentHash)) {
            ++m_facts.repeats;
            return;
        }
        if (m_parts.enrich)
            for (schema::Entity &entity : m_parts.enrich(*event)) {
                if (entity.id.isNull())
                    entity.id = schema::entityIdFor(entity.key);
                m_facts.named.try_emplace(entity.id.value, std::move(entity));
            }
        m_facts.events[m_source.id].push_back(std::move(*event));
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
    KnownEvents *m_known;
    std::int64_t m_accepted = 0;
    std::int64_t m_rejected = 0;
    std::string m_firstReason;
};

void readItem(const LoggedItem &logged, const schema::Source *source,
              const Normaliser::Parts &parts, Facts &facts, KnownEvents *known)
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
    ItemReader reader(parts, *source, logged.item.fetchedAt, facts, known);
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

/// In one order, so that parallel normalisers meet in it.
Status introduce(storage::Connection &connection,
                 std::unordered_map<std::int64_t, schema::Entity> &named)
{
    std::vector<schema::Entity> entities;
    entities.reserve(named.size());
    for (auto &[id, entity] : named)
        entities.push_back(std::move(entity));
    std::ranges::sort(entities, {}, &schema::Entity::id);
    return storeAll(storage::introduceEntities, connection, entities);
}

} // namespace

Facts factsOf(std::span<const LoggedItem> items, const SourcesById &sources,
              const Normaliser::Parts &parts, KnownEvents *known)
{
    Facts facts;
    for (const LoggedItem &item : items) {
        const auto source = sources.find(item.source);
        readItem(item, source == sources.end() ? nullptr : &source->second, parts, facts, known);
    }
    return facts;
}

Status storeOthers(storage::Connection &connection, Facts &facts)
{
    keepLastByKey(facts.entities);
    if (auto done = storeAll(storage::storeEntities, connection, facts.entities); !done)
        return done;
    if (auto done = introduce(connection, facts.named); !done)
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


} // namespace chrona::sources
