// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#include "chrona/briefing/alerts.h"
#include "chrona/briefing/daily.h"
#include "chrona/briefing/episodes.h"
#include "chrona/briefing/hourly.h"
#include "chrona/briefing/moves.h"
#include "chrona/report/export.h"
#include "chrona/report/pages.h"
#include "chrona/schema/calendar.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/series.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <random>

namespace chrona::bench {
namespace {

using namespace briefing;
using std::chrono::days;
using std::chrono::hours;

constexpr std::size_t kBriefEvents = 250'000, kFeatures = 5'000, kTargets = 60;

/// Twenty-five years of sixty random walks and a quarter of a million events, from one seed.
struct World {
    std::vector<TargetSeries> targets;
    std::vector<schema::Event> events;
    std::vector<schema::Signal> signals;
    std::vector<FeatureState> features;
    std::vector<schema::Source> sources;
    BriefingInputs inputs;
};

void addTargets(World &world, std::mt19937_64 &random, Date begin, Date end)
{
    std::normal_distribution<double> step(0, 0.012);
    const auto sessions = schema::sessionsBetween(schema::Calendar::NewYork, begin, end);
    for (std::size_t i = 0; i < kTargets; ++i) {
        TargetSeries target;
        target.symbol = std::format("T{:02}", i);
        target.name = std::format("Target {}", i);
        target.kind = TargetKind(i % 6);
        target.evidence = {schema::EvidenceKind::Instrument,
                           schema::instrumentIdFor(target.symbol).value, std::nullopt, ""};
        target.nodes = {i % 2 == 0 ? "class:broad" : "commodity:crude_oil"};
        target.source = world.sources[0].id;
        double price = 100;
        for (const schema::Session &session : sessions) {
            price *= std::exp(step(random));
            target.days.push_back(session.day);
            target.values.push_back(price);
            target.knownAt.push_back(session.closesAt);
        }
        target.values.back() *= i < 6 ? 0.92 : 1;
        world.targets.push_back(std::move(target));
    }
}

void addEvents(World &world, std::mt19937_64 &random, Instant begin, Instant end)
{
    std::uniform_int_distribution<std::int64_t> when(begin.time_since_epoch().count(),
                                                     end.time_since_epoch().count());
    std::uniform_real_distribution<float> share(0, 1);
    for (std::size_t i = 0; i < kBriefEvents; ++i) {
        schema::Event event;
        event.id = {std::int64_t(i + 1)};
        event.type = schema::EventType(1 + i % 23);
        event.title = std::format("Something of kind {} happened, as report {} has it",
                                  schema::toString(event.type), i);
        event.times.observedAt = Instant(Duration(when(random)));
        event.times.ingestedAt = event.times.observedAt + std::chrono::minutes(5);
        event.source = world.sources[0].id;
        event.severity = share(random);
        event.region = i % 3 == 0 ? "US" : "JP";
        event.entities = {{schema::entityIdFor(i % 2 == 0 ? "country:SA" : "topic:growth"),
                           schema::EntityRole::Topic, 1}};
        event.geometry =
            schema::Geometry::at({share(random) * 340.0 - 170, share(random) * 110.0 - 50});
        if (event.type == schema::EventType::CalendarEntry)
            event.type = schema::EventType::News;
        world.events.push_back(std::move(event));
    }
}

World makeBriefWorld()
{
    World world;
    std::mt19937_64 random(8);
    schema::Source source;
    source.id = schema::sourceIdFor("bench");
    source.key = source.publisherFamily = "bench";
    source.name = "Benchmark";
    source.homepage = "https://example.org/";
    source.redistribution = schema::Redistribution::Allowed;
    world.sources = {source};
    const Date begin = std::chrono::sys_days(std::chrono::year(2001) / 1 / 2);
    const Date day = std::chrono::sys_days(std::chrono::year(2025) / 12 / 30);
    addTargets(world, random, begin, day + days(1));
    addEvents(world, random, Instant(begin), Instant(day) + hours(22));
    for (std::size_t i = 0; i < kFeatures; ++i) {
        FeatureState feature;
        feature.id = {std::int64_t(i + 1)};
        feature.name = std::format("Feature {}", i);
        feature.source = source.id;
        world.features.push_back(feature);
        schema::Signal signal;
        signal.id = {std::int64_t(i + 1)};
        signal.feature = feature.id;
        signal.target = schema::instrumentIdFor(std::format("T{:02}", i % kTargets));
        signal.novelty = {2.5, 0.97, 0.05, i % 50 == 0, false};
        signal.rank = double(i % 97) / 97;
        world.signals.push_back(std::move(signal));
    }
    world.inputs.day = day;
    world.inputs.knownAt = world.inputs.generatedAt = Instant(day) + hours(23);
    world.inputs.targets = world.targets;
    world.inputs.events = world.events;
    world.inputs.signals = world.signals;
    world.inputs.features = world.features;
    world.inputs.sources = world.sources;
    return world;
}

/// The briefing with its own blocks again, until there are 12 charts, 2 maps and twenty pages.
schema::Briefing longBriefing(const schema::Briefing &briefing)
{
    schema::Briefing longer = briefing;
    schema::Section figures{schema::SectionKind::Markets, "Figures", {}};
    schema::Section texts{schema::SectionKind::Events, "Further", {}};
    std::vector<schema::Block> charts, maps;
    for (const schema::Section &section : briefing.sections) {
        for (const schema::Block &block : section.blocks) {
            if (std::holds_alternative<schema::Chart>(block))
                charts.push_back(block);
            else if (std::holds_alternative<schema::Map>(block))
                maps.push_back(block);
            else
                texts.blocks.push_back(block);
        }
    }
    for (std::size_t i = charts.size(); i < 12; ++i)
        figures.blocks.push_back(charts[i % charts.size()]);
    for (std::size_t i = maps.size(); i < 2; ++i)
        figures.blocks.push_back(maps[i % maps.size()]);
    longer.sections.push_back(figures);
    for (int round = 0; round < 3; ++round)
        longer.sections.push_back(texts);
    return longer;
}

double episodeMilliseconds(const World &world)
{
    std::vector<KnownColumn> columns;
    for (const TargetSeries &target : world.targets)
        columns.push_back(knownColumn(target, world.inputs.day, world.inputs.knownAt, {}));
    std::vector<EpisodeAxis> axes;
    for (const KnownColumn &column : columns)
        axes.push_back({column.sigmas, 1});
    const auto &dates = columns.front().days;
    return 1e3 * bestOf(5, [&] {
               (void)findEpisodes({dates, dates.size() - 1, axes, columns.front().levels, 10, 10});
           });
}

HourlyInputs hourOf(const World &world)
{
    HourlyInputs inputs;
    inputs.hour = Instant(world.inputs.day) + hours(20);
    inputs.knownAt = inputs.hour + hours(1);
    inputs.events = world.events;
    inputs.signals = world.signals;
    inputs.sources = world.sources;
    inputs.watched = {"class:broad", "commodity:crude_oil", "sector:energy"};
    return inputs;
}

/// The most rules that a person may have, each with words and a relevance, against what a busy
/// minute brings.
double alertMilliseconds(const World &world)
{
    constexpr std::size_t kCame = 500;
    std::vector<schema::AlertRule> rules(schema::kAlertRulesMax);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        rules[i].id = {std::int64_t(i + 1)};
        rules[i].words = {"HAPPENED", std::format("report {}", i)};
        rules[i].relevanceMin = i % 2 == 0 ? 0.01 : 0;
    }
    std::vector<schema::Event> came(world.events.begin(), world.events.begin() + kCame);
    for (schema::Event &event : came)
        event.times.observedAt = event.times.ingestedAt = world.inputs.knownAt;
    const std::vector<std::string> watched{"class:broad", "commodity:crude_oil"};
    AlertInputs inputs;
    inputs.now = world.inputs.knownAt;
    inputs.rules = rules;
    inputs.events = came;
    inputs.watched = watched;
    return 1e3 * bestOf(3, [&] { (void)findCrossings(inputs); });
}

std::size_t pagesIn(const std::string &pdf)
{
    std::size_t pages = 0;
    for (std::size_t at = pdf.find("/Type /Page\n"); at != std::string::npos;
         at = pdf.find("/Type /Page\n", at + 1))
        ++pages;
    return pages;
}

} // namespace

Result<Report> benchBrief()
{
    const World world = makeBriefWorld();
    Result<schema::Briefing> briefing;
    const double daily = 1e3 * bestOf(3, [&] { briefing = dailyBriefing(world.inputs); });
    if (!briefing)
        return std::unexpected(briefing.error());
    Result<HourlyResult> hourly;
    const double hour = 1e3 * bestOf(3, [&] { hourly = hourlyUpdate(hourOf(world), {}); });
    if (!hourly)
        return std::unexpected(hourly.error());
    if (briefing->citations.empty())
        return fail(ErrorCode::Corrupt, "the briefing of the benchmark is empty");
    const schema::Briefing longer = longBriefing(*briefing);
    Result<std::string> pdf;
    const double first = 1e3 * bestOf(1, [&] { pdf = report::toPdf(longer); });
    if (!pdf)
        return std::unexpected(pdf.error());
    const double again = 1e3 * bestOf(3, [&] { pdf = report::toPdf(longer); });
    const double layout =
        1e3 * bestOf(3, [&] { (void)report::Pages::layOut(longer, report::PageSize::A4); });
    const std::string work = std::format("{} pages, 12 charts, 2 maps", pagesIn(*pdf));
    return Report{
        {"brief.daily", daily, "ms",
         std::format("{} events, {} features, 25 years of {} targets", kBriefEvents, kFeatures,
                     kTargets)},
        {"brief.hourly", hour, "ms", std::format("{} events, {} signals", kBriefEvents, kFeatures)},
        {"brief.episodes", episodeMilliseconds(world), "ms",
         std::format("25 years, {} axes", kTargets)},
        {"brief.alerts", alertMilliseconds(world), "ms",
         std::format("{} rules, 500 new events", schema::kAlertRulesMax)},
        {"brief.pages", layout, "ms", work + ", laid out for a screen"},
        {"brief.pdf_first", first, "ms", work + ", fonts and boundaries read"},
        {"brief.pdf", again, "ms", work},
        {"brief.pdf_size", double(pdf->size()) / (1 << 20), "MiB", work},
    };
}

} // namespace chrona::bench
