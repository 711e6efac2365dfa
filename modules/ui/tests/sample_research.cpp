// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sample_research.h"

#include "chrona/formats/briefing_json.h"

#include <array>
#include <cmath>
#include <format>

namespace chrona::ui::test {

namespace {

using std::chrono::days;

constexpr int kYears = 6;
constexpr int kBlocks = 8;
constexpr int kEpisodes = 22;

struct Theme {
    const char *key, *name, *unit;
};
constexpr std::array<Theme, 6> kThemes = {
    {{"events:us:weather_alert:severity", "Severe weather in the United States", "severity"},
     {"events:policy:rate_decision:count", "Central bank decisions", "events"},
     {"news:topic:oil_supply:rate", "Headlines on oil supply", "share"},
     {"events:conflict:middle_east:count", "Conflict in the Middle East", "events"},
     {"series:eia:crude_stocks:surprise", "Surprise in crude stocks", "million barrels"},
     {"clusters:novelty:macro", "Novelty of macro stories", "score"}}};
constexpr std::array<const char *, 4> kTargets = {"USO", "SPY", "TLT", "XLE"};

/// 0–1, the same for the same numbers.
double chance(int first, int second)
{
    const double mixed = std::sin(first * 12.9898 + second * 78.233) * 43758.5453;
    return mixed - std::floor(mixed);
}

Instant dayOf(Instant end, int back)
{
    return Instant(std::chrono::floor<days>(end)) - days(back);
}

void addLists(ipc::SignalEntry &signal, int at, Instant end)
{
    for (int lag = 0; lag <= 20; ++lag)
        signal.lagCurve.push_back(signal.effect * std::exp(-std::abs(lag - signal.lag) / 3.0) +
                                  (chance(at, lag) - 0.5) * 0.03);
    const int span = kYears * 365 / kBlocks;
    for (int block = 0; block < kBlocks; ++block) {
        const int back = kYears * 365 - block * span;
        signal.blocks.push_back({dayOf(end, back), dayOf(end, back - span),
                                 signal.effect * (0.4 + 1.2 * chance(at + 40, block))});
    }
    for (const char *regime :
         {"volatility_low", "volatility_middle", "volatility_high", "rates_rising", "rates_falling",
          "first_half_of_year", "second_half_of_year"})
        signal.regimes.push_back({regime, signal.effect * (0.5 + chance(at, regime[0] + regime[6])),
                                  regime[0] == 'v' ? 180.0 : 40.0 + at * 9});
    for (int i = 0; i < 6; ++i) {
        const int back = 365 * 5 * (6 - i) / 8;
        signal.folds.push_back(
            {dayOf(end, back + 15), dayOf(end, back), dayOf(end, back - 365 * 5 / 8),
             static_cast<std::uint16_t>(signal.lag + i % 2), signal.horizon,
             signal.effect * (i == 2 ? -0.2 : 0.5 + 0.4 * chance(at, i)), 156.0});
    }
    signal.controls = {{"history", "passed", 1510.0, 504.0},
                       {"episode_count", "passed", 46.0, 20.0},
                       {"effective_sample", "passed", signal.sampleSizeEffective, 60.0},
                       {"influence", "passed", 0.07, 0.2},
                       {"false_discovery_rate", "passed", signal.q, 0.1},
                       {"dependent_rate", at > 8 ? "refused" : "passed", signal.q * 4, 0.1},
                       {"bootstrap", "passed", 0.004, 0.05},
                       {"walk_forward", "passed", signal.effect * 0.7, 0.0},
                       {"look_ahead_probe", "passed", 0.004, {}},
                       {"revision_probe", "not_run", {}, {}}};
    if (at % 3 == 1)
        signal.failures = {{"one_regime", 0.31}, {"assumed_availability", {}}};
    for (int i = 0; i < kEpisodes; ++i) {
        const int back = 12 + at + i * 96 + static_cast<int>(chance(at, i) * 40);
        ipc::SignalEpisode episode{dayOf(end, back),
                                   dayOf(end, back - 2 - i % 4),
                                   20 + 40 * chance(at, i),
                                   2.2 + 3 * chance(i, at),
                                   {},
                                   {}};
        if (i > 0) {
            episode.forwardReturn = (chance(at + 3, i) - 0.35) * 0.09;
            episode.returnPercentile = chance(at + 3, i);
        }
        signal.episodes.push_back(episode);
    }
}

ipc::SignalEntry sampleSignal(int at, Instant end)
{
    const Theme &theme = kThemes[static_cast<std::size_t>(at) % kThemes.size()];
    ipc::SignalEntry signal;
    signal.id = schema::SignalId{1000 + at};
    signal.feature = std::format("{}:day", theme.key);
    signal.featureName = theme.name;
    signal.featureUnit = theme.unit;
    signal.target = kTargets[static_cast<std::size_t>(at) % kTargets.size()];
    signal.targetName = signal.target;
    signal.lag = static_cast<std::uint16_t>(at * 3 % 9);
    signal.horizon = at % 2 == 0 ? 5 : 3;
    signal.view = at % 4 == 0 ? "own" : "whole";
    signal.label = at % 7 == 5 ? "fading" : "active";
    signal.regime = at % 5 == 4 ? "split" : "all";
    signal.effect = (at % 3 == 1 ? -1 : 1) * (0.24 - 0.008 * at);
    signal.q = 0.0004 * std::exp(at * 0.3);
    signal.sampleSize = 1510;
    signal.sampleSizeEffective = 820 - at * 12;
    signal.familySize = 13'260;
    signal.lowerQuartile = signal.effect * 0.7;
    signal.upperQuartile = signal.effect * 1.3;
    signal.median = signal.effect;
    signal.worst = signal.effect * 0.2;
    signal.standardError = 0.05;
    signal.stability = 0.92 - 0.03 * at;
    signal.consistency = 0.95;
    signal.dispersion = 0.8;
    signal.generality = 0.7;
    signal.outOfSample = 0.66;
    signal.bootstrapP = 0.004;
    signal.noveltyZ = 0.6 + 3 * chance(at, 5);
    signal.elevated = at % 4 == 0;
    signal.newlyElevated = at == 0;
    signal.noveltyPercentile = 0.97;
    signal.noveltyBaseRate = 0.04;
    signal.rank = signal.stability;
    signal.synthetic = true;
    addLists(signal, at, end);
    return signal;
}

schema::Citation citationOf(const schema::Event &event, std::uint32_t number)
{
    schema::Citation citation;
    citation.number = number;
    citation.kind = schema::EvidenceKind::Event;
    citation.id = event.id.value;
    citation.label = event.title;
    citation.sourceName = "Sample wire";
    citation.publisherFamily = "sample";
    citation.url = "https://example.org/item/" + std::to_string(number);
    citation.publishedAt = event.times.observedAt;
    citation.redistribution = schema::Redistribution::Allowed;
    return citation;
}

schema::Table movesTable(const schema::Evidence &evidence, int day)
{
    schema::Table table;
    table.title = "Largest moves of the day";
    table.columns = {{"Target", schema::ColumnFormat::Text, ""},
                     {"Last", schema::ColumnFormat::Number, ""},
                     {"Change", schema::ColumnFormat::Percent, ""},
                     {"Own volatility", schema::ColumnFormat::Number, ""}};
    for (std::size_t i = 0; i < kTargets.size(); ++i) {
        const double change = (chance(day, static_cast<int>(i)) - 0.5) * 6;
        table.rows.push_back({{std::string(kTargets[i]),
                               schema::Quantity{80.0 + 60 * static_cast<double>(i), "USD", 2,
                                                schema::SignRule::MinusOnly},
                               schema::Quantity{change, "%", 2, schema::SignRule::Always},
                               schema::Quantity{change / 1.3, "σ", 1, schema::SignRule::Always}},
                              {evidence}});
    }
    return table;
}

schema::Chart levelChart(const schema::Evidence &evidence, Instant end)
{
    schema::Chart chart;
    chart.finding = "USO fell for a third day, after eleven weeks of rising";
    chart.yUnit = "USD";
    schema::ChartSeries series{"USO", {}, {}};
    for (int back = 90; back >= 0; --back) {
        series.x.push_back(static_cast<double>(dayOf(end, back).time_since_epoch().count()));
        series.y.push_back(82 + 6 * std::sin(back / 14.0) + 2 * chance(back, 3));
    }
    chart.series = {series};
    chart.evidence = {evidence};
    return chart;
}

schema::Briefing sampleBriefing(std::span<const schema::Event> events,
                                const ipc::SignalEntry &signal, Instant end, int back)
{
    const Instant day = dayOf(end, back + 1);
    schema::Briefing briefing;
    briefing.day = std::chrono::floor<days>(day);
    briefing.coversFrom = day - std::chrono::hours(3);
    briefing.knownAt = briefing.coversUntil = briefing.generatedAt = day + std::chrono::hours(31);
    briefing.title = "Daily briefing: " + formatDate(briefing.day);
    briefing.synthetic = true;
    for (std::size_t i = 0; i < 6; ++i)
        briefing.citations.push_back(
            citationOf(events[events.size() - 1 - i * 7], static_cast<std::uint32_t>(i) + 1));
    schema::Citation found;
    found.number = 7;
    found.kind = schema::EvidenceKind::Signal;
    found.id = signal.id.value;
    found.label = "Signal: " + signal.featureName + " before " + signal.target;
    found.redistribution = schema::Redistribution::Allowed;
    briefing.citations.push_back(found);
    const auto evidence = [&](std::size_t at) {
        const schema::Citation &one = briefing.citations[at];
        return schema::Evidence{one.kind, one.id, {}, one.label};
    };
    const auto says = [&](std::string text, std::string key, std::size_t at,
                          schema::StatementBasis basis) {
        return schema::Statement{std::move(text), basis, {evidence(at)}, 0.8F, std::move(key)};
    };
    using enum schema::StatementBasis;
    using enum schema::SectionKind;
    briefing.sections = {
        {Headline,
         "In short",
         {says(std::format("USO closed {} % lower, its third fall in a row.", 2 + back), "", 0,
               Computed),
          says("Severe weather is the one candidate that stands before the move.", "", 1,
               Conjecture)}},
        {Markets,
         "Largest moves",
         {says(std::format("USO moved −{}.10 %, 2.4 times its own volatility.", 2 + back),
               "move:USO", 0, Computed),
          movesTable(evidence(0), back), levelChart(evidence(0), end)}},
        {Causes, "What may have mattered", {}},
        {Signals,
         "Signals elevated now",
         {says("Severe weather in the United States stays elevated: robust z +3.1. It has led USO "
               "by 0 sessions over 5 sessions (correlation +0.24, q = 0.000).",
               "signal:1000", 6, Computed)}},
        {Calendar,
         "What to watch",
         {says("New York trades next by its calendar on Monday.", "next_session", 5, Computed)}}};
    for (std::size_t i = 1; i + 1 < 6; ++i) {
        const schema::Event &event = events[events.size() - 1 - i * 7];
        briefing.sections[2].blocks.emplace_back(
            says(event.title + ", reported before the session closed.",
                 std::format("cause:{}:{}", i, back % 2), i, Reported));
    }
    briefing.attributions = {"Sample wire: synthetic, for tests"};
    return briefing;
}

} // namespace

ipc::SignalQueryReply sampleSignals(Instant end)
{
    ipc::SignalQueryReply reply;
    ipc::DiscoveryRunEntry run;
    run.id = 4;
    run.finishedAt = end;
    run.dataUntil = end;
    run.pairsTested = 13'260;
    run.synthetic = true;
    reply.run = run;
    for (int at = 0; at < 18; ++at)
        reply.signals.push_back(sampleSignal(at, end));
    return reply;
}

ipc::RefusedQueryReply sampleRefused()
{
    ipc::RefusedQueryReply reply;
    constexpr std::array kRules = {"not significant", "not significant with serial dependence",
                                   "rests on one day", "insufficient history"};
    for (std::size_t rule = 0; rule < kRules.size(); ++rule) {
        const int count = rule == 0 ? 70 : 8;
        reply.rules.push_back({kRules[rule], count});
        for (int i = 0; i < count; ++i) {
            const Theme &theme = kThemes[static_cast<std::size_t>(i) % kThemes.size()];
            const bool isOfFeature = rule == 3;
            reply.refused.push_back({std::format("{}:{}:day", theme.key, i), theme.name,
                                     isOfFeature ? "" : kTargets[static_cast<std::size_t>(i) % 4],
                                     kRules[rule], rule == 3 ? 310.0 : 0.1 + 0.01 * i,
                                     rule == 3 ? 504.0 : 0.1});
        }
    }
    return reply;
}

std::shared_ptr<ipc::ObservationColumns> sampleFeature(const ipc::SignalEntry &signal, Instant end)
{
    auto columns = std::make_shared<ipc::ObservationColumns>();
    const int seed = static_cast<int>(signal.id.value % 97);
    for (int back = kYears * 365; back >= 0; --back) {
        const Instant day = dayOf(end, back);
        double value = 6 + 4 * chance(seed, back) + 2 * std::sin(back / 58.0);
        for (const ipc::SignalEpisode &episode : signal.episodes)
            if (day >= episode.begin && day < episode.end)
                value += episode.featureValue * 0.6;
        columns->series.push_back(signal.id.value);
        columns->observedAt.push_back(day.time_since_epoch().count());
        columns->availableAt.push_back(day.time_since_epoch().count());
        columns->basis.push_back(0);
        columns->value.push_back(value);
    }
    return columns;
}

std::vector<ipc::BriefingReply> sampleBriefings(std::span<const schema::Event> events,
                                                const ipc::SignalEntry &signal, Instant end)
{
    std::vector<ipc::BriefingReply> made;
    for (int back = 0; back < 3; ++back) {
        const schema::Briefing briefing = sampleBriefing(events, signal, end, back);
        made.push_back({formatDate(briefing.day),
                        1,
                        briefing.knownAt,
                        briefing.knownAt,
                        {},
                        formats::writeBriefingJson(briefing)});
    }
    return made;
}

ipc::BriefingsReply listOf(const std::vector<ipc::BriefingReply> &briefings,
                           const std::string &text)
{
    ipc::BriefingsReply reply;
    for (const ipc::BriefingReply &one : briefings)
        if (one.document.contains(text))
            reply.briefings.push_back({one.day, one.revision, one.knownAt, one.storedAt,
                                       "Daily briefing: " + one.day, true});
    return reply;
}

} // namespace chrona::ui::test
