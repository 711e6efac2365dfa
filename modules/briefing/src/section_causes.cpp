// SPDX-License-Identifier: AGPL-3.0-or-later
#include "study.h"

#include "words.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <tuple>

namespace chrona::briefing {
namespace {

using schema::Cell;
using schema::ColumnFormat;

constexpr std::size_t kMarksMax = 40;

std::string pathText(const ExposurePath &path)
{
    if (path.steps.empty())
        return "the target itself";
    std::string text = spokenNode(path.steps.front()->from);
    for (const ExposureRule *step : path.steps)
        text += " → " + spokenNode(step->to);
    return text;
}

std::string whenText(const schema::Event &event)
{
    return isDayOnly(event) ? spokenDate(dayOf(event)) : spokenTime(event.times.observedAt);
}

/// "On 58 earlier days with a rate decision as severe its median move was 0.71 σ, on all days
/// 0.55."
std::string responseText(const Cause &cause)
{
    if (cause.earlierCases == 0)
        return "Too few earlier cases are known to say how it responds to such events.";
    std::string type(schema::toString(cause.event->type));
    std::ranges::replace(type, '_', ' ');
    return std::format("On {} with such an event ({}) its median move was {} σ, on all days {} σ.",
                       counted(cause.earlierCases, "earlier day", "earlier days"), type,
                       withDecimals(cause.medianSigmaThen, 2),
                       withDecimals(cause.medianSigmaAlways, 2));
}

std::string factorsText(const Cause &cause)
{
    return std::format("exposure {} × severity {} × timing {} × confidence {} × response {} = {}",
                       withDecimals(cause.exposure, 2), withDecimals(cause.severity, 2),
                       withDecimals(cause.timingFactor, 2), withDecimals(cause.confidence, 2),
                       withDecimals(cause.response, 2), withDecimals(cause.score, 2));
}

schema::TableRow candidateRow(Study &study, const Cause &cause)
{
    const schema::Event &event = *cause.event;
    const schema::Source *source = study.citations.sourceOf(event.source);
    schema::TableRow row;
    row.cells = {quotedLine(event.title, 140),
                 whenText(event),
                 std::string(toString(cause.timing)),
                 pathText(cause.path),
                 std::format("{}, {}", source ? quotedLine(source->publisherFamily) : "unknown",
                             counted(study.citations.familiesOf(event), "family", "families")),
                 cause.score,
                 std::string(toString(cause.strength))};
    row.evidence = {study.citations.event(event)};
    return row;
}

/// What is said of a move; what it rests on stands behind it, so that the verdict alone is short.
std::vector<schema::Block> verdict(Study &study, std::size_t at, const CauseSearch &search)
{
    schema::Statement said;
    said.key = "cause:" + study.target(at).symbol;
    said.basis = schema::StatementBasis::Computed;
    said.evidence = {study.citations.target(study.target(at))};
    const std::string move = std::format("{}, {}", study.target(at).name, changeText(study, at));
    const std::string none =
        std::format("{}: no convincing cause found among {} known around the move.", move,
                    counted(search.eventsConsidered, "event", "events"));
    if (search.causes.empty()) {
        said.evidence.push_back(study.citations.inputs());
        said.text = none;
        return {std::move(said)};
    }
    const Cause &best = search.causes.front();
    const std::string title = quotedLine(best.event->title, 160);
    said.evidence.push_back(study.citations.event(*best.event));
    schema::Statement grounds = said;
    grounds.key.clear();
    if (best.strength >= Strength::Moderate) {
        said.basis = schema::StatementBasis::Conjecture;
        said.confidence = float(std::min(best.score, 1.0));
        said.text = std::format("{}: “{}” ({}) may have mattered; the case is {}.", move, title,
                                toString(best.timing), toString(best.strength));
        grounds.text = std::format("Its strength: {}. {}", factorsText(best), responseText(best));
    } else {
        said.text = none;
        grounds.text = std::format("The nearest candidate, “{}” ({}), is weak: {}.", title,
                                   toString(best.timing), factorsText(best));
    }
    return {std::move(said), std::move(grounds)};
}

const Move *moveOf(const Study &study, TargetKind kind, std::size_t &at)
{
    for (const std::size_t candidate : study.ranked) {
        if (study.target(candidate).kind == kind) {
            at = candidate;
            return &study.moves[candidate];
        }
    }
    return nullptr;
}

/// How equities, volatility and yields moved together: a pattern, told as one.
void sayPattern(Study &study, schema::Section &section)
{
    std::size_t broadAt = 0, ratesAt = 0, volatilityAt = 0;
    const Move *broad = moveOf(study, TargetKind::Broad, broadAt);
    const Move *rates = moveOf(study, TargetKind::Rates, ratesAt);
    const Move *volatility = moveOf(study, TargetKind::Volatility, volatilityAt);
    if (!broad || !rates || !volatility || !(std::abs(broad->sigma) >= 1))
        return;
    std::string_view pattern = "no familiar pattern";
    if (broad->change < 0 && volatility->change > 0)
        pattern = rates->change < 0 ? "the pattern of a flight to safety"
                                    : "the pattern of a sale of bonds and shares alike";
    else if (broad->change > 0 && volatility->change < 0)
        pattern = rates->change > 0 ? "the pattern of returning risk appetite"
                                    : "the pattern of easier money";
    section.blocks.emplace_back(schema::Statement{
        std::format("Together, {} {}, {} {} and {} {} show {}; which event set it off, a pattern "
                    "cannot tell.",
                    study.target(broadAt).name, changeText(study, broadAt),
                    study.target(volatilityAt).name, changeText(study, volatilityAt),
                    study.target(ratesAt).name, changeText(study, ratesAt), pattern),
        schema::StatementBasis::Conjecture,
        {study.citations.target(study.target(broadAt)),
         study.citations.target(study.target(volatilityAt)),
         study.citations.target(study.target(ratesAt))},
        0.5F,
        "pattern"});
}

/// Where the window's events happened.
void addMap(Study &study, schema::Section &section)
{
    const Instant from = study.inputs.knownAt - study.policy.causesWithin;
    schema::Map map;
    std::vector<const schema::Event *> placed;
    for (const schema::Event *event : study.events.between(from, study.inputs.knownAt)) {
        if (event->geometry.kind != schema::Geometry::Kind::None && !isScheduled(*event))
            placed.push_back(event);
    }
    if (placed.empty())
        return;
    std::ranges::sort(placed, {}, [](const schema::Event *event) {
        return std::tuple(-event->severity, event->id);
    });
    const std::size_t total = placed.size();
    placed.resize(std::min(placed.size(), kMarksMax));
    for (const schema::Event *event : placed) {
        map.marks.push_back({schema::anchorOf(event->geometry), quotedLine(event->title, 60),
                             std::clamp(double(event->severity), 0.0, 1.0),
                             schema::categoryOf(event->type)});
        map.evidence.push_back(study.citations.event(*event));
    }
    map.finding =
        std::format("{} with a place in three days; most severe: {}",
                    counted(total, "event", "events"), quotedLine(placed.front()->title, 120));
    section.blocks.emplace_back(std::move(map));
}

/// What happened, dated, whether or not it explains anything.
void addEvents(Study &study, schema::Section &section)
{
    std::vector<const schema::Event *> events;
    const Instant from = study.inputs.knownAt - study.policy.causesWithin;
    for (const schema::Event *event : study.events.between(from, study.inputs.knownAt)) {
        if (!isScheduled(*event) && event->times.observedAt <= study.inputs.knownAt)
            events.push_back(event);
    }
    std::ranges::sort(events, {}, [&](const schema::Event *event) {
        const bool isToday = dayOf(*event) == study.inputs.day;
        return std::tuple(isToday ? 0 : 1, -event->severity * event->confidence, event->id);
    });
    if (events.empty()) {
        section.blocks.emplace_back(schema::Statement{
            "No event is known of the last three days; that may be a quiet time or a missing "
            "source.",
            schema::StatementBasis::Computed,
            {study.citations.inputs()},
            1,
            "events:none"});
        return;
    }
    schema::Table table;
    table.title = "Events of the last three days, the day's own first, by severity × confidence";
    table.columns = {{"Event", ColumnFormat::Text, ""},
                     {"When", ColumnFormat::Text, ""},
                     {"Severity", ColumnFormat::Number, ""},
                     {"Confidence", ColumnFormat::Number, ""}};
    for (const schema::Event *event : events) {
        if (table.rows.size() == 15)
            break;
        table.rows.push_back({{quotedLine(event->title, 160), whenText(*event),
                               double(event->severity), double(event->confidence)},
                              {study.citations.event(*event)}});
    }
    section.blocks.emplace_back(std::move(table));
}

} // namespace

std::vector<schema::Block> causesOf(Study &study, std::size_t at)
{
    const CauseSearch search =
        findCauses(study.target(at), study.columns[at], study.moves[at], study.events, study.graph,
                   study.inputs.knownAt, study.policy);
    std::vector<schema::Block> blocks = verdict(study, at, search);
    if (search.causes.empty())
        return blocks;
    schema::Table table;
    table.title = std::format("Candidates for {}", study.target(at).name);
    table.columns = {
        {"Candidate", ColumnFormat::Text, ""},  {"When", ColumnFormat::Text, ""},
        {"Timing", ColumnFormat::Text, ""},     {"Exposure path", ColumnFormat::Text, ""},
        {"Publishers", ColumnFormat::Text, ""}, {"Score", ColumnFormat::Number, ""},
        {"Strength", ColumnFormat::Text, ""}};
    for (const Cause &cause : search.causes) {
        if (table.rows.size() == study.policy.causesPerMoverMax)
            break;
        table.rows.push_back(candidateRow(study, cause));
    }
    blocks.emplace_back(std::move(table));
    return blocks;
}

schema::Section causesSection(Study &study)
{
    schema::Section section{schema::SectionKind::Causes, "What may have mattered", {}};
    std::size_t asked = 0;
    for (const std::size_t at : study.ranked) {
        if (asked == study.policy.moversMax ||
            !(std::abs(study.moves[at].sigma) >= study.policy.sigmaForCause))
            break;
        ++asked;
        for (schema::Block &block : causesOf(study, at))
            section.blocks.push_back(std::move(block));
    }
    if (asked == 0)
        section.blocks.emplace_back(schema::Statement{
            std::format("No move reached {} σ of its own volatility; none needs a cause.",
                        withDecimals(study.policy.sigmaForCause, 1)),
            schema::StatementBasis::Computed,
            {study.citations.inputs()},
            1,
            "cause:none"});
    sayPattern(study, section);
    addEvents(study, section);
    addMap(study, section);
    return section;
}

} // namespace chrona::briefing
