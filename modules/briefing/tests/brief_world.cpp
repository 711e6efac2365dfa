// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_world.h"

#include "chrona/schema/calendar.h"
#include "chrona/schema/series.h"

namespace chrona::briefing::testing {
namespace {

TargetSeries targetOf(const char *symbol, const char *name, TargetKind kind, MoveUnit unit)
{
    TargetSeries target;
    target.symbol = symbol;
    target.name = name;
    target.kind = kind;
    target.unit = unit;
    target.evidence = {schema::EvidenceKind::Instrument, schema::instrumentIdFor(symbol).value,
                       std::nullopt, ""};
    target.source = schema::sourceIdFor("test-prices");
    return target;
}

/// Up and down by a fixed small step, so that its deviation is known.
void fill(TargetSeries &target, const std::vector<schema::Session> &sessions, double start,
          double step)
{
    double value = start;
    for (std::size_t i = 0; i < sessions.size(); ++i) {
        value += (i % 2 == 0 ? 1 : -1) * step;
        target.days.push_back(sessions[i].day);
        target.values.push_back(value);
        target.knownAt.push_back(sessions[i].closesAt);
    }
}

} // namespace

Date day(const char *text)
{
    return parseDate(text).value();
}

Instant at(const char *text)
{
    return parseInstant(text).value();
}

BriefWorld::BriefWorld()
{
    const auto sessions =
        schema::sessionsBetween(schema::Calendar::NewYork, day("2016-06-01"), day("2018-06-06"));
    targets = {targetOf("SPX", "S&P 500", TargetKind::Broad, MoveUnit::Percent),
               targetOf("UST10Y", "10-year Treasury", TargetKind::Rates, MoveUnit::BasisPoints),
               targetOf("WTI", "WTI crude", TargetKind::Commodity, MoveUnit::Percent)};
    targets[0].nodes = {"class:broad"};
    targets[1].nodes = {"class:rates"};
    targets[1].levelUnit = "%";
    targets[2].nodes = {"commodity:crude_oil"};
    fill(targets[0], sessions, 2000, 8);
    fill(targets[1], sessions, 3, 0.02);
    fill(targets[2], sessions, 60, 0.5);
    targets[0].values.back() = targets[0].values[targets[0].values.size() - 2] * 0.95;
    targets[1].values.back() = targets[1].values[targets[1].values.size() - 2] - 0.25;

    schema::Source source;
    source.id = schema::sourceIdFor("test-prices");
    source.key = "test-prices";
    source.name = "Test prices";
    source.attribution = "Prices of a test.";
    source.publisherFamily = "test";
    source.redistribution = schema::Redistribution::Allowed;
    sources = {source};

    inputs.day = day("2018-06-05");
    inputs.knownAt = at("2018-06-05T22:00:00Z");
    inputs.generatedAt = inputs.knownAt;
}

const BriefingInputs &BriefWorld::given()
{
    inputs.targets = targets;
    inputs.events = events;
    inputs.sources = sources;
    inputs.health = health;
    inputs.signals = signals;
    inputs.features = features;
    inputs.clusters = clusters;
    return inputs;
}

schema::Briefing BriefWorld::told()
{
    auto briefing = dailyBriefing(given());
    if (briefing)
        return std::move(*briefing);
    schema::Briefing failed;
    failed.title = describe(briefing.error());
    return failed;
}

schema::Event &BriefWorld::addEvent(schema::EventType type, const std::string &title, Instant when)
{
    schema::Event event;
    event.type = type;
    event.title = title;
    event.times.observedAt = when;
    event.times.publishedAt = event.times.ingestedAt = when + std::chrono::minutes(1);
    event.source = schema::sourceIdFor("test-prices");
    event.severity = 0.9F;
    event.sourceRef = title + formatInstant(when);
    event.id = schema::eventIdFor(event);
    events.push_back(std::move(event));
    return events.back();
}

std::string textOf(const schema::Briefing &briefing, schema::SectionKind kind)
{
    std::string text = briefing.sections.empty() ? briefing.title : "";
    for (const schema::Section &section : briefing.sections) {
        if (section.kind != kind)
            continue;
        for (const schema::Block &block : section.blocks) {
            if (const auto *statement = std::get_if<schema::Statement>(&block))
                text += statement->text + "\n";
        }
    }
    return text;
}

bool hasStatement(const schema::Briefing &briefing, const std::string &part)
{
    for (const schema::Section &section : briefing.sections) {
        if (textOf(briefing, section.kind).contains(part))
            return true;
    }
    return false;
}

} // namespace chrona::briefing::testing
