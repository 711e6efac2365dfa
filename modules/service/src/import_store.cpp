// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_store.h"

#include "chrona/storage/entity_store.h"
#include "chrona/storage/geo_store.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/quote_store.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/source_store.h"

#include <algorithm>
#include <format>
#include <iterator>
#include <span>

namespace chrona::service {
namespace {

template <class Items, class TimeOf>
storage::PartitionRange rangeOf(const Items &items, TimeOf timeOf)
{
    const auto [first, last] = std::ranges::minmax_element(items, {}, timeOf);
    return {timeOf(*first), timeOf(*last) + Duration(1)};
}

template <class Items, class TimeOf>
Status makePartitions(storage::Connection &connection, const std::string &table, const Items &items,
                      TimeOf timeOf)
{
    return storage::ensurePartitions(connection, table, rangeOf(items, timeOf));
}

/// Stores what a batch refers to and forgets it once that has succeeded.
template <class Item, class Store>
Status storeNew(storage::Connection &connection, std::vector<Item> &items, Store store)
{
    if (items.empty())
        return {};
    if (auto stored = store(connection, std::span<const Item>(items)); !stored)
        return std::unexpected(stored.error());
    items.clear();
    return {};
}

schema::Instrument instrumentFrom(const formats::BarDraft &draft)
{
    schema::Instrument instrument;
    instrument.symbol = draft.symbol;
    instrument.id = schema::instrumentIdFor(draft.symbol);
    instrument.name = draft.symbol;
    instrument.currency = draft.currency.empty() ? "USD" : draft.currency;
    instrument.calendar = draft.calendar;
    return instrument;
}

} // namespace

Result<schema::Source> ownSource(std::string_view key, formats::ImportKind kind)
{
    schema::Source source;
    source.key = key.empty() ? std::format("import:{}", toString(kind)) : std::string(key);
    source.id = schema::sourceIdFor(source.key);
    source.name = key.empty() ? std::format("Imported {}", toString(kind)) : std::string(key);
    source.licence = "own data";
    source.redistribution = schema::Redistribution::Forbidden;
    source.retention = schema::RetentionClass::Permanent;
    source.attribution = "Own data";
    source.publisherFamily = source.key;
    source.mode = schema::IngestMode::OwnKeyLocal;
    if (const schema::Faults faults = schema::validate(source); !faults.empty())
        return fail(ErrorCode::InvalidInput,
                    std::format("\"{}\" cannot be a source: {}", source.key, describe(faults)));
    return source;
}

ImportStore::ImportStore(schema::Source source, EventsStored eventsStored)
    : m_source(std::move(source)), m_eventsStored(std::move(eventsStored))
{
}

Status ImportStore::begin(storage::Connection &connection, formats::ImportKind kind)
{
    const auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    // Whoever writes rows of a live source does not change its terms.
    const auto standing = std::ranges::find(*sources, m_source.id, &schema::Source::id);
    if (standing != sources->end())
        m_source = *standing;
    else if (auto stored = storage::storeSources(connection, std::span(&m_source, 1)); !stored)
        return std::unexpected(stored.error());
    if (kind == formats::ImportKind::Events) {
        const auto known = storage::loadEntities(connection);
        if (!known)
            return std::unexpected(known.error());
        m_names.emplace(*known);
    }
    if (kind == formats::ImportKind::Bars) {
        const auto known = storage::loadInstruments(connection);
        if (!known)
            return std::unexpected(known.error());
        for (const schema::Instrument &instrument : *known)
            m_calendars[instrument.symbol] = instrument.calendar;
    }
    if (kind == formats::ImportKind::Observations) {
        const auto known = storage::loadSeries(connection);
        if (!known)
            return std::unexpected(known.error());
        for (const schema::Series &series : *known)
            m_seriesKnown.insert(series.key);
    }
    return {};
}

Status ImportStore::store(storage::Connection &connection, formats::ImportBatch batch)
{
    if (!batch.events.empty())
        return storeEvents(connection, std::move(batch.events));
    if (!batch.bars.empty())
        return storeBars(connection, batch.bars);
    if (!batch.observations.empty())
        return storeObservations(connection, batch.observations);
    if (!batch.quotes.empty())
        return storeQuotes(connection, batch.quotes);
    if (!batch.boundaries.empty())
        return count(storage::storeBoundaries(connection, batch.boundaries));
    return {};
}

Status ImportStore::count(const Result<storage::StoreReport> &report)
{
    if (!report)
        return std::unexpected(report.error());
    m_report += *report;
    return {};
}

bool ImportStore::linkPort(schema::Event &event, std::string_view name, std::string_view region)
{
    const auto placeIn = [this](std::string_view text) {
        const auto mentions = m_gazetteer->places.find(text);
        const auto *best = events::bestPlace(mentions);
        return best != nullptr ? std::optional(*best) : std::nullopt;
    };
    constexpr std::string_view kPrefix = "Port of ";
    const auto city = placeIn(name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name);
    const bool isCity = city && city->level == events::PlaceLevel::City;
    events::PortHint hint{.region = region, .near = {}};
    const std::size_t comma = name.find(',');
    const auto around = comma == name.npos ? std::nullopt : placeIn(name.substr(comma + 1));
    if (hint.region.empty() && around)
        hint.region = around->region;
    if (isCity)
        hint.near = city->location;
    const events::Port *port = m_gazetteer->ports.find(name, hint);
    if (port == nullptr && !isCity)
        return false;
    if (event.geometry.kind == schema::Geometry::Kind::None)
        event.geometry = schema::Geometry::at(port ? port->location : city->location);
    if (event.region.empty())
        event.region = port ? port->country : city->region;
    if (port == nullptr)
        return false;
    const schema::EntityId id = m_names->resolve(events::entityOf(*port));
    if (!std::ranges::contains(event.entities, id, &schema::EventEntity::entity))
        event.entities.push_back({.entity = id, .role = schema::EntityRole::Location});
    return true;
}

Status ImportStore::link(schema::Event &event, std::span<const std::string> names)
{
    const bool isShipping = event.type == schema::EventType::Shipping;
    if (isShipping && !names.empty() && !m_gazetteer) {
        auto places = events::PlaceNames::shipped();
        if (!places)
            return std::unexpected(places.error());
        auto ports = events::PortNames::shipped();
        if (!ports)
            return std::unexpected(ports.error());
        m_gazetteer.emplace(std::move(*places), std::move(*ports));
    }
    const std::string region = event.region; // as the row says it, for each of its ports
    for (const std::string &name : names) {
        // What is a port is no topic besides, unless somebody called one so before.
        if (isShipping && linkPort(event, name, region) && !m_names->knows(name))
            continue;
        const schema::EntityId id = m_names->resolve(name);
        // A file may name one entity twice, by key and by name.
        if (!std::ranges::contains(event.entities, id, &schema::EventEntity::entity))
            event.entities.push_back({.entity = id});
    }
    return {};
}

Status ImportStore::storeEvents(storage::Connection &connection,
                                std::vector<formats::EventDraft> drafts)
{
    std::vector<schema::Event> events;
    events.reserve(drafts.size());
    for (formats::EventDraft &draft : drafts) {
        if (auto linked = link(draft.event, draft.entities); !linked)
            return linked;
        events.push_back(std::move(draft.event));
    }
    const auto timeOf = [](const schema::Event &event) { return event.times.observedAt; };
    for (const char *table : {"chrona_world.event", "chrona_world.event_entity"})
        if (auto made = makePartitions(connection, table, events, timeOf); !made)
            return made;
    // Entities first and by themselves: a crash in between leaves names that nobody uses yet.
    std::ranges::move(m_names->takeNew(), std::back_inserter(m_newEntities));
    if (auto stored = storeNew(connection, m_newEntities, storage::storeEntities); !stored)
        return stored;
    const auto report = storage::bulkStoreEvents(connection, events);
    if (auto counted = count(report); !counted)
        return counted;
    if (report->accepted + report->revised > 0)
        m_eventsStored(std::move(events), report->revised > 0 ? EventCache::Revisions::Some
                                                              : EventCache::Revisions::None);
    return {};
}

Status ImportStore::storeBars(storage::Connection &connection,
                              const std::vector<formats::BarDraft> &drafts)
{
    std::vector<schema::PriceBar> bars;
    for (const formats::BarDraft &draft : drafts) {
        if (m_calendars.try_emplace(draft.symbol, draft.calendar).second)
            m_newInstruments.push_back(instrumentFrom(draft));
        bars.push_back(draft.bar);
    }
    if (auto stored = storeNew(connection, m_newInstruments, storage::storeInstruments); !stored)
        return stored;
    const auto timeOf = [](const schema::PriceBar &bar) { return bar.opensAt; };
    if (auto made = makePartitions(connection, "chrona_series.price_bar", bars, timeOf); !made)
        return made;
    return count(storage::bulkStoreBars(connection, bars));
}

Status ImportStore::storeObservations(storage::Connection &connection,
                                      const std::vector<formats::ObservationDraft> &drafts)
{
    std::vector<schema::Observation> observations;
    for (const formats::ObservationDraft &draft : drafts) {
        observations.push_back(draft.observation);
        if (!m_seriesKnown.insert(draft.series).second)
            continue;
        schema::Series series;
        series.key = draft.series;
        series.id = schema::seriesIdFor(draft.series);
        series.name = draft.series;
        series.unit = draft.unit;
        series.region = draft.region;
        series.frequency = schema::Frequency::Irregular;
        series.source = m_source.id;
        m_newSeries.push_back(std::move(series));
    }
    if (auto stored = storeNew(connection, m_newSeries, storage::storeSeries); !stored)
        return stored;
    const auto timeOf = [](const schema::Observation &value) { return value.times.observedAt; };
    if (auto made = makePartitions(connection, "chrona_series.observation", observations, timeOf);
        !made)
        return made;
    return count(storage::bulkStoreObservations(connection, observations));
}

Status ImportStore::storeQuotes(storage::Connection &connection,
                                const std::vector<schema::Quote> &quotes)
{
    const auto timeOf = [](const schema::Quote &quote) { return quote.receivedAt; };
    if (auto made = makePartitions(connection, "chrona_oracle.quote", quotes, timeOf); !made)
        return made;
    return count(storage::bulkStoreQuotes(connection, quotes));
}

} // namespace chrona::service
