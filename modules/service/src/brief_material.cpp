// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_material.h"

#include "brief_targets.h"

#include "chrona/base/clock.h"
#include "chrona/sources/schedule.h"
#include "chrona/storage/cluster_store.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/series_store.h"
#include "chrona/storage/signal_store.h"
#include "chrona/storage/source_store.h"
#include "chrona/storage/watchlist_store.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <set>

namespace chrona::service {
namespace {

using briefing::TargetSeries;
using std::chrono::days;

constexpr auto kEventHistory = days(730); ///< base rates of causes rest on it
constexpr auto kHourHistory = days(8);    ///< what the hourly update remembers, and a day
constexpr auto kAhead = days(4);          ///< appointments of the next 72 hours
constexpr std::uint32_t kMaterialEventsMax = 100'000;
constexpr auto kStories = days(30); ///< corroboration of what is told, not of all history
constexpr std::uint32_t kStoriesMax = 10'000;
constexpr std::string_view kSampleMarkets = "sample-markets";

void append(TargetSeries &target, Date day, double value, const schema::FactTimes &times)
{
    target.days.push_back(day);
    target.values.push_back(value);
    target.knownAt.push_back(times.availableAt());
    target.basis = times.basis;
}

/// What of a target's past is read.
struct PriceWindow {
    std::optional<Instant> from;
    BriefMoment until;

    [[nodiscard]] storage::SeriesWindow series() const
    {
        return {.from = from, .to = Instant(until.day + days(1)), .asOf = until.knownAt};
    }
};

Status fillFrom(storage::Connection &connection, const schema::Instrument &instrument,
                const PriceWindow &window, TargetSeries &target)
{
    const auto bars =
        storage::loadBars(connection, instrument.id, schema::Frequency::Day, window.series());
    if (!bars)
        return std::unexpected(bars.error());
    for (const schema::PriceBar &bar : *bars) {
        if (!std::isfinite(bar.close))
            continue;
        // A day's bar is dated by its exchange's day; New York opens on the same day in UTC.
        append(target, std::chrono::floor<days>(bar.opensAt), bar.close, bar.times);
        target.adjusted.push_back(std::isfinite(bar.adjustedClose) ? bar.adjustedClose : bar.close);
    }
    return {};
}

Status fillFrom(storage::Connection &connection, const schema::Series &series,
                const PriceWindow &window, TargetSeries &target)
{
    const auto values = storage::loadObservations(connection, series.id, window.series());
    if (!values)
        return std::unexpected(values.error());
    for (const schema::Observation &value : *values)
        if (std::isfinite(value.value))
            append(target, std::chrono::floor<days>(value.times.observedAt), value.value,
                   value.times);
    return {};
}

/// Whose prices are read, as the page has them.
struct Markets {
    std::vector<schema::Instrument> instruments;
    std::vector<schema::Series> series;
};

Result<Markets> findMarkets(storage::Connection &connection, const std::set<std::string> &watched)
{
    auto instruments = storage::loadInstruments(connection);
    if (!instruments)
        return std::unexpected(instruments.error());
    std::erase_if(*instruments, [&watched](const schema::Instrument &one) {
        return !one.isTarget && !watched.contains("instrument:" + one.symbol);
    });
    std::ranges::sort(*instruments, {}, [](const schema::Instrument &instrument) {
        return std::pair(rankOf(instrument.symbol), instrument.symbol);
    });
    Markets markets{std::move(*instruments), {}};
    for (const char *part : {"treasury:", "ecb:EUR"}) {
        auto series = storage::loadSeries(connection, {.text = part});
        if (!series)
            return std::unexpected(series.error());
        std::ranges::sort(*series, {}, &schema::Series::key);
        for (schema::Series &one : *series)
            if (one.key.starts_with(part) && targetFor(one))
                markets.series.push_back(std::move(one));
    }
    return markets;
}

Status addMarkets(storage::Connection &connection, const PriceWindow &window,
                  const Markets &markets, BriefMaterial &material, briefing::Steps &steps)
{
    const auto step = [&steps] { return steps.done(); };
    for (const schema::Instrument &instrument : markets.instruments) {
        TargetSeries target = targetFor(instrument);
        // Bars do not say where they came from. What nobody gave terms for stays out of exports.
        if (instrument.synthetic)
            target.source = schema::sourceIdFor(kSampleMarkets);
        if (auto filled = fillFrom(connection, instrument, window, target).and_then(step); !filled)
            return filled;
        if (target.days.empty())
            continue;
        material.synthetic = material.synthetic || instrument.synthetic;
        material.targets.push_back(std::move(target));
    }
    for (const schema::Series &one : markets.series) {
        auto target = targetFor(one);
        if (auto filled = fillFrom(connection, one, window, *target).and_then(step); !filled)
            return filled;
        if (!target->days.empty())
            material.targets.push_back(std::move(*target));
    }
    return {};
}

Status addEvents(storage::Connection &connection, Instant knownAt, Duration history,
                 BriefMaterial &material)
{
    auto events = storage::findEvents(connection, {.from = knownAt - history,
                                                   .to = knownAt + kAhead,
                                                   .asOf = knownAt,
                                                   .limit = kMaterialEventsMax});
    if (!events)
        return std::unexpected(events.error());
    if (events->size() == kMaterialEventsMax)
        material.notices.push_back(std::format("Only the newest {} events were read, back to {}.",
                                               kMaterialEventsMax,
                                               formatInstant(events->back().times.observedAt)));
    material.synthetic =
        material.synthetic || std::ranges::any_of(*events, &schema::Event::synthetic);
    material.events = std::move(*events);
    return {};
}

/// The state of sources is kept as of now only: a past day is told without it.
Status addSources(storage::Connection &connection, Instant knownAt, SourcesAre reading,
                  BriefMaterial &material)
{
    auto sources = storage::loadSources(connection);
    if (!sources)
        return std::unexpected(sources.error());
    material.sources = std::move(*sources);
    if (SystemClock().now() - knownAt > days(1)) {
        material.notices.emplace_back("The state of the sources on that day is not kept.");
        return {};
    }
    if (reading == SourcesAre::Unread)
        return {};
    const auto healths = storage::loadSourceHealth(connection);
    if (!healths)
        return std::unexpected(healths.error());
    for (schema::SourceHealth health : *healths) {
        const auto source = std::ranges::find(material.sources, health.source, &schema::Source::id);
        if (source == material.sources.end())
            continue;
        health.state = sources::stateOf(*source, health, knownAt);
        material.health.push_back(std::move(health));
    }
    return {};
}

/// Corroboration counts the publishers of a story.
Status addStories(storage::Connection &connection, Instant knownAt, Duration history,
                  BriefMaterial &material)
{
    auto page =
        storage::findClusters(connection, {.from = knownAt - std::min<Duration>(history, kStories),
                                           .to = knownAt,
                                           .membersMin = 2,
                                           .asOf = knownAt,
                                           .limit = kStoriesMax});
    if (!page)
        return std::unexpected(page.error());
    material.clusters = std::move(page->clusters);
    return {};
}

Status addWatched(storage::Connection &connection, std::set<std::string> &watched)
{
    const auto lists = storage::loadWatchlists(connection);
    if (!lists)
        return std::unexpected(lists.error());
    for (const storage::WatchlistRecord &list : *lists)
        for (const storage::WatchedNode &item : list.items)
            watched.insert(item.node);
    return {};
}

briefing::NamedSignal namedSignal(const storage::SignalRecord &record)
{
    const schema::Signal &signal = record.signal;
    const std::string &feature = record.featureName.empty() ? record.feature : record.featureName;
    const std::string &target = record.targetName.empty() ? record.target : record.targetName;
    return {std::to_string(signal.id.value),
            feature + " → " + target +
                (signal.measure == schema::TargetMeasure::Volatility ? " volatility" : ""),
            record.target,
            signal.id,
            signal.novelty.robustZ,
            signal.novelty.elevated,
            signal.dataUntil,
            signal.computedAt,
            signal.synthetic};
}

/// What the newest search had found by then. A signal says when it was computed, and the engine
/// leaves out what was not known.
Status addSignals(storage::Connection &connection, Instant knownAt, BriefMaterial &material)
{
    const auto run = storage::latestRun(connection, knownAt);
    if (!run)
        return std::unexpected(run.error());
    if (!*run)
        return {};
    material.hasSearch = true;
    auto found = storage::findSignals(connection, {.run = (*run)->id});
    if (!found)
        return std::unexpected(found.error());
    std::set<schema::FeatureId> named;
    for (storage::SignalRecord &record : *found) {
        material.synthetic = material.synthetic || record.signal.synthetic;
        if (named.insert(record.signal.feature).second)
            material.features.push_back(
                {record.signal.feature,
                 record.featureName.empty() ? record.feature : record.featureName,
                 record.signal.novelty,
                 (*run)->finishedAt,
                 {}});
        material.namedSignals.push_back(namedSignal(record));
        material.signals.push_back(std::move(record.signal));
    }
    return {};
}

std::vector<std::string> nodesOf(const std::set<std::string> &watched)
{
    std::set<std::string> nodes;
    for (const std::string &node : watched)
        for (std::string &reached : nodesFor(node))
            nodes.insert(std::move(reached));
    return {nodes.begin(), nodes.end()};
}

constexpr std::size_t kGatherSteps = 4; ///< of gather()

/// What both kinds of telling need.
Result<BriefMaterial> gather(storage::Connection &connection, Instant knownAt, Duration history,
                             SourcesAre reading, briefing::Steps &steps)
{
    BriefMaterial material;
    auto graph = loadExposureGraph(connection);
    if (!graph)
        return std::unexpected(graph.error());
    material.exposures = std::move(*graph);
    const auto step = [&steps] { return steps.done(); };
    const Status done =
        addSources(connection, knownAt, reading, material)
            .and_then(step)
            .and_then([&] { return addEvents(connection, knownAt, history, material); })
            .and_then(step)
            .and_then([&] { return addStories(connection, knownAt, history, material); })
            .and_then(step)
            .and_then([&] { return addSignals(connection, knownAt, material); })
            .and_then(step);
    if (!done)
        return std::unexpected(done.error());
    return material;
}

} // namespace

briefing::BriefingInputs BriefMaterial::inputsFor(const BriefMoment &moment) const
{
    briefing::BriefingInputs inputs;
    inputs.day = moment.day;
    inputs.knownAt = moment.knownAt;
    // Dated by its decision and not by the clock: made again, the document is the same.
    inputs.generatedAt = moment.knownAt;
    inputs.targets = targets;
    inputs.events = events;
    inputs.clusters = clusters;
    inputs.sources = sources;
    inputs.health = health;
    inputs.signals = signals;
    inputs.features = features;
    inputs.watched = watched;
    inputs.exposures = &exposures;
    inputs.notices = notices;
    inputs.synthetic = synthetic;
    return inputs;
}

Result<BriefMaterial> gatherDay(storage::Connection &connection, const BriefMoment &moment,
                                SourcesAre sources, briefing::Steps &steps)
{
    std::set<std::string> watched;
    if (auto read = addWatched(connection, watched); !read)
        return std::unexpected(read.error());
    const auto markets = findMarkets(connection, watched);
    if (!markets)
        return std::unexpected(markets.error());
    steps.expect(kGatherSteps + markets->instruments.size() + markets->series.size());
    auto material = gather(connection, moment.knownAt, kEventHistory, sources, steps);
    if (!material)
        return material;
    material->watched = nodesOf(watched);
    const PriceWindow window{{}, moment};
    if (auto done = addMarkets(connection, window, *markets, *material, steps); !done)
        return std::unexpected(done.error());
    return material;
}

Result<BriefMaterial> gatherHour(storage::Connection &connection, Instant knownAt,
                                 SourcesAre sources)
{
    auto watched = loadWatchedNodes(connection);
    if (!watched)
        return std::unexpected(watched.error());
    briefing::Steps unwatched;
    auto material = gather(connection, knownAt, kHourHistory, sources, unwatched);
    if (material)
        material->watched = std::move(*watched);
    return material;
}

Result<BriefMaterial> gatherWindow(storage::Connection &connection, Instant from, Instant until)
{
    BriefMaterial material;
    auto events =
        storage::findEvents(connection, {.from = from, .to = until, .limit = kMaterialEventsMax});
    if (!events)
        return std::unexpected(events.error());
    material.events = std::move(*events);
    const Status done = addStories(connection, until, until - from, material).and_then([&] {
        return addSignals(connection, until, material);
    });
    if (!done)
        return std::unexpected(done.error());
    return material;
}

Status addRecentTargets(storage::Connection &connection, Instant knownAt, BriefMaterial &material)
{
    constexpr auto kSessions = days(150); ///< sixty sessions before each day of a quarter
    std::set<std::string> watched;
    const PriceWindow window{knownAt - kSessions - days(90),
                             {std::chrono::floor<days>(knownAt), knownAt}};
    if (auto read = addWatched(connection, watched); !read)
        return read;
    const auto markets = findMarkets(connection, watched);
    if (!markets)
        return std::unexpected(markets.error());
    briefing::Steps unwatched;
    return addMarkets(connection, window, *markets, material, unwatched);
}

Result<std::vector<std::string>> loadWatchedNodes(storage::Connection &connection)
{
    std::set<std::string> watched;
    if (auto read = addWatched(connection, watched); !read)
        return std::unexpected(read.error());
    return nodesOf(watched);
}

Result<briefing::ExposureGraph> loadExposureGraph(storage::Connection &connection)
{
    const auto own = storage::loadExposures(connection);
    if (!own)
        return std::unexpected(own.error());
    std::vector<briefing::ExposureRule> rules;
    for (const storage::ExposureRecord &rule : *own)
        rules.push_back({rule.from, rule.to, rule.weight, rule.why});
    return briefing::ExposureGraph::withDefaults(rules);
}

} // namespace chrona::service
