// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feature_sources.h"

#include "feature_pipeline.h"
#include "instants.h"

#include "chrona/storage/entity_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/feature_store.h"
#include "chrona/storage/series_store.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace chrona::service {
namespace {

std::unexpected<Error> cancelled()
{
    return fail(ErrorCode::Cancelled, "the features were cancelled", "run them again to go on");
}

/// What entities are called in definitions: topics by their bare name, others by their key.
class WordBook {
public:
    explicit WordBook(const std::vector<schema::Entity> &entities)
    {
        for (const schema::Entity &entity : entities) {
            const bool isTopic = entity.kind == schema::EntityKind::EventTopic;
            const auto colon = entity.key.find(':');
            m_words[entity.id] = {
                isTopic && colon != std::string::npos ? entity.key.substr(colon + 1) : entity.key,
                isTopic};
        }
    }

    [[nodiscard]] features::EventWords wordsOf(const schema::Event &event) const
    {
        features::EventWords words;
        for (const schema::EventEntity &link : event.entities)
            if (const auto found = m_words.find(link.entity); found != m_words.end())
                (found->second.isTopic ? words.topics : words.entities)
                    .push_back(found->second.text);
        return words;
    }

private:
    struct Word {
        std::string text;
        bool isTopic = false;
    };
    std::unordered_map<schema::EntityId, Word> m_words;
};

Result<std::set<std::int64_t>> changedOwners(storage::Connection &connection, const char *sql,
                                             Instant since)
{
    const auto rows = connection.query(sql, {since});
    if (!rows)
        return std::unexpected(rows.error());
    std::set<std::int64_t> owners;
    for (const storage::Row row : *rows)
        owners.insert(row.int64(0));
    return owners;
}

schema::AvailabilityBasis weakest(schema::AvailabilityBasis known, const schema::FactTimes &times)
{
    return schema::weaker(known, times.basis);
}

/// Monthly figures of a whole economy; regional siblings share a metric.
bool isMacro(const schema::Series &series)
{
    return series.metric.empty() && series.frequency >= schema::Frequency::Week &&
           series.frequency <= schema::Frequency::Year;
}

Result<SeriesSource> readSeries(storage::Connection &connection, const schema::Series &series)
{
    const auto observations = storage::loadVintages(connection, series.id, {});
    if (!observations)
        return std::unexpected(observations.error());
    SeriesSource source;
    source.history.key = "series:" + series.key;
    source.synthetic = series.synthetic;
    for (const schema::Observation &observation : *observations) {
        const schema::FactTimes &times = observation.times;
        source.history.vintages.push_back(
            {microseconds(times.observedAt), microseconds(times.availableAt()), observation.value});
        source.history.basis = weakest(source.history.basis, times);
    }
    if (!observations->empty())
        source.firstAt = observations->front().times.observedAt;
    return source;
}

Result<SeriesSource> readPrices(storage::Connection &connection,
                                const schema::Instrument &instrument)
{
    const auto bars = storage::loadBars(connection, instrument.id, schema::Frequency::Day, {});
    if (!bars)
        return std::unexpected(bars.error());
    SeriesSource source;
    source.history.key = "price:" + instrument.symbol;
    source.synthetic = instrument.synthetic;
    for (const schema::PriceBar &bar : *bars) {
        const double price = std::isfinite(bar.adjustedClose) ? bar.adjustedClose : bar.close;
        source.history.vintages.push_back(
            {microseconds(bar.times.observedAt), microseconds(bar.times.availableAt()), price});
        source.history.basis = weakest(source.history.basis, bar.times);
    }
    if (!bars->empty())
        source.firstAt = bars->front().times.observedAt;
    return source;
}

Result<std::vector<features::Definition>> eventDefinitions(storage::Connection &connection)
{
    const auto stored = storage::loadDefinitions(connection);
    if (!stored)
        return std::unexpected(stored.error());
    std::vector<features::Definition> definitions;
    for (const storage::FeatureDefinition &line : *stored)
        if (auto definition = features::parseDefinition(line.rule);
            definition && definition->source == features::Definition::Source::Events)
            definitions.push_back(std::move(*definition));
    return definitions;
}

} // namespace

Result<EventSource> loadEventSource(storage::Connection &connection,
                                    const storage::StatementScope &scope,
                                    std::vector<std::string> figures, const std::stop_token &stop)
{
    const auto entities = storage::loadEntities(connection);
    if (!entities)
        return std::unexpected(entities.error());
    const WordBook book(*entities);
    EventSource source{features::EventHistory(std::move(figures)), {}, false};
    const Status read = storage::forEachStatement(
        connection, scope, [&](std::span<const schema::Event> statements) -> Status {
            if (stop.stop_requested())
                return cancelled();
            for (const schema::Event &event : statements) {
                source.history.append(event, book.wordsOf(event));
                source.synthetic = source.synthetic || event.synthetic;
                const Instant at = event.times.observedAt;
                source.firstAt = source.firstAt ? std::min(*source.firstAt, at) : at;
            }
            return {};
        });
    if (!read)
        return std::unexpected(read.error());
    return source;
}

Result<EventSource> loadEventSource(storage::Connection &connection,
                                    std::span<const schema::EventId> events,
                                    std::vector<std::string> figures)
{
    const auto entities = storage::loadEntities(connection);
    if (!entities)
        return std::unexpected(entities.error());
    const WordBook book(*entities);
    EventSource source{features::EventHistory(std::move(figures)), {}, false};
    for (const schema::EventId id : events) {
        const auto event = storage::loadEvent(connection, id);
        if (!event && event.error().code == ErrorCode::NotFound)
            continue;
        if (!event)
            return std::unexpected(event.error());
        source.history.append(*event, book.wordsOf(*event));
        source.synthetic = source.synthetic || event->synthetic;
        const Instant at = event->times.observedAt;
        source.firstAt = source.firstAt ? std::min(*source.firstAt, at) : at;
    }
    return source;
}

Result<std::set<std::string>> featuresCounting(storage::Connection &connection,
                                               std::span<const schema::EventId> events)
{
    const auto definitions = eventDefinitions(connection);
    if (!definitions)
        return std::unexpected(definitions.error());
    std::set<std::string> figures;
    for (const features::Definition &definition : *definitions)
        if (!definition.figure.empty())
            figures.insert(definition.figure);
    const auto source = loadEventSource(connection, events, {figures.begin(), figures.end()});
    if (!source)
        return std::unexpected(source.error());
    std::set<std::string> keys;
    if (!source->firstAt)
        return keys;
    const auto &times = source->history.columns().observedAt;
    const auto dayOf = [](Instant at) { return std::chrono::floor<std::chrono::days>(at); };
    const Date begin = dayOf(*source->firstAt);
    const Date end = dayOf(Instant(Duration(std::ranges::max(times)))) + std::chrono::days(8);
    const auto days = features::Buckets::daily(decisionClock(), begin, end);
    const auto hours = features::Buckets::hourly(begin, end);
    if (!days || !hours)
        return std::unexpected(days ? hours.error() : days.error());
    const features::EventTimeline timeline(source->history);
    for (const features::Definition &definition : *definitions) {
        const auto touched = features::dirtyBuckets(
            definition, timeline,
            definition.bucket == schema::Frequency::Hour ? *hours : *days, events);
        if (!touched) // one that cannot be computed counts nothing
            continue;
        for (const features::DirtyBucket &bucket : *touched)
            keys.insert(features::featureOf(definition, bucket.member).key);
    }
    return keys;
}

Result<std::vector<SeriesSource>> loadSeriesSources(storage::Connection &connection,
                                                    std::optional<Instant> since,
                                                    const std::stop_token &stop)
{
    const auto series = storage::loadSeries(connection);
    const auto instruments = storage::loadInstruments(connection);
    if (!series || !instruments)
        return std::unexpected(series ? instruments.error() : series.error());
    Result<std::set<std::int64_t>> newSeries, newBars;
    if (since) {
        newSeries = changedOwners(connection,
                                  "SELECT DISTINCT series_id FROM chrona_series.observation "
                                  "WHERE ingested_at >= $1",
                                  *since);
        newBars = changedOwners(connection,
                                "SELECT DISTINCT instrument_id FROM chrona_series.price_bar "
                                "WHERE ingested_at >= $1",
                                *since);
        if (!newSeries || !newBars)
            return std::unexpected(newSeries ? newBars.error() : newSeries.error());
    }
    std::vector<SeriesSource> sources;
    const auto take = [&](Result<SeriesSource> source) -> Status {
        if (!source)
            return std::unexpected(source.error());
        if (stop.stop_requested())
            return cancelled();
        if (!source->history.vintages.empty())
            sources.push_back(std::move(*source));
        return {};
    };
    for (const schema::Series &each : *series) {
        if (since && !newSeries->contains(each.id.value))
            continue;
        if (Status taken = take(readSeries(connection, each)); !taken)
            return std::unexpected(taken.error());
        if (isMacro(each) && !sources.empty() &&
            sources.back().history.key == "series:" + each.key) {
            sources.push_back(sources.back());
            sources.back().history.key = "macro:" + each.key;
        }
    }
    for (const schema::Instrument &each : *instruments) {
        if (since && !newBars->contains(each.id.value))
            continue;
        if (Status taken = take(readPrices(connection, each)); !taken)
            return std::unexpected(taken.error());
    }
    return sources;
}

Result<SourceNames> loadSourceNames(storage::Connection &connection)
{
    const auto series = storage::loadSeries(connection);
    const auto instruments =
        series ? storage::loadInstruments(connection) : std::unexpected(series.error());
    if (!instruments)
        return std::unexpected(instruments.error());
    SourceNames names;
    const auto add = [&names](std::string key, const std::string &name) {
        if (!name.empty())
            names.insert_or_assign(std::move(key), name);
    };
    for (const schema::Series &each : *series) {
        add("series:" + each.key, each.name);
        add("macro:" + each.key, each.name);
    }
    for (const schema::Instrument &each : *instruments)
        add("price:" + each.symbol, each.name);
    return names;
}

} // namespace chrona::service
