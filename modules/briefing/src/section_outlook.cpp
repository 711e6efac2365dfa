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
using std::chrono::days;
using std::chrono::hours;

std::string attributeText(const schema::Event &event, std::string_view key)
{
    const auto *value = schema::find(event.attributes, key);
    const auto *unitValue = schema::find(event.attributes, "unit");
    const auto *unit = unitValue ? std::get_if<std::string>(unitValue) : nullptr;
    if (value == nullptr)
        return {};
    if (const auto *text = std::get_if<std::string>(value))
        return quotedLine(*text, 60);
    double number = kNone;
    if (const auto *real = std::get_if<double>(value))
        number = *real;
    else if (const auto *whole = std::get_if<std::int64_t>(value))
        number = double(*whole);
    return schema::formatQuantity(
        {number, unit ? quotedLine(*unit, 20) : "", 2, schema::SignRule::MinusOnly});
}

void addCalendar(Study &study, schema::Section &section)
{
    const Instant from = study.inputs.knownAt;
    schema::Table table;
    table.title = "Scheduled in the next 72 hours";
    table.columns = {{"When", ColumnFormat::Text, ""},
                     {"What", ColumnFormat::Text, ""},
                     {"Previous", ColumnFormat::Text, ""},
                     {"Consensus", ColumnFormat::Text, ""}};
    // A day without an hour lies ahead until it is over.
    for (const schema::Event *event :
         study.events.between(from - hours(24), from + study.policy.upcomingWithin)) {
        const bool isAhead =
            isDayOnly(*event) ? dayOf(*event) > study.inputs.day : event->times.observedAt > from;
        if (!isScheduled(*event) || !isAhead || table.rows.size() == study.policy.upcomingMax)
            continue;
        const std::string previous = attributeText(*event, "previous");
        const std::string consensus = attributeText(*event, "consensus");
        table.rows.push_back(
            {{isDayOnly(*event)
                  ? std::format("{}, {}", spokenWeekday(dayOf(*event)), spokenDate(dayOf(*event)))
                  : spokenTime(event->times.observedAt),
              quotedLine(event->title, 160), previous.empty() ? Cell("not known") : Cell(previous),
              consensus.empty() ? Cell("not known") : Cell(consensus)},
             {study.citations.event(*event)}});
    }
    if (!table.rows.empty()) {
        section.blocks.emplace_back(std::move(table));
        return;
    }
    section.blocks.emplace_back(
        schema::Statement{"No scheduled release or decision is known for the next 72 hours.",
                          schema::StatementBasis::Computed,
                          {study.citations.inputs()},
                          1,
                          "calendar:none"});
}

/// Storms, alerts and whatever else has not ended.
void addOpenEvents(Study &study, schema::Section &section)
{
    const Instant now = study.inputs.knownAt;
    std::vector<const schema::Event *> open;
    for (const schema::Event *event : study.events.between(now - days(10), now)) {
        if (event->endsAt && *event->endsAt > now && !isScheduled(*event))
            open.push_back(event);
    }
    std::ranges::sort(open, {}, [](const schema::Event *event) {
        return std::tuple(-event->severity, event->id);
    });
    for (std::size_t i = 0; i < open.size() && i < 6; ++i) {
        const schema::Event &event = *open[i];
        section.blocks.emplace_back(
            schema::Statement{std::format("{}{}.", kStillOpen, quotedLine(event.title, 200)),
                              schema::StatementBasis::Reported,
                              {study.citations.event(event)},
                              event.confidence,
                              std::format("{}{}", kOpenKey, event.id.value)});
    }
}

/// The next session as the rules have it: a closure that nobody foresaw is not foreseen here.
schema::Session nextByRule(Date day)
{
    constexpr auto kNewYork = schema::Calendar::NewYork;
    for (day += days(1);; day += days(1)) {
        if (schema::isUnforeseenClosure(kNewYork, day))
            return schema::ordinarySessionOn(kNewYork, day);
        if (const auto session = schema::sessionOn(kNewYork, day))
            return *session;
    }
}

void addSessions(Study &study, schema::Section &section)
{
    const schema::Session next = nextByRule(study.inputs.day);
    std::string text = std::format("New York trades next by its calendar on {}, {}",
                                   spokenWeekday(next.day), spokenDate(next.day));
    if (next.length == schema::SessionLength::Half)
        text += ", a half day";
    for (Date day = study.inputs.day + days(1); day < next.day; day += days(1)) {
        const std::string_view why = schema::closureOn(schema::Calendar::NewYork, day);
        if (!why.empty() && why != "weekend")
            text += std::format("; {} is {}", spokenDate(day), why);
    }
    section.blocks.emplace_back(schema::Statement{text + ".",
                                                  schema::StatementBasis::Computed,
                                                  {study.citations.inputs()},
                                                  1,
                                                  "next_session"});
}

std::string featureName(const Study &study, schema::FeatureId id)
{
    for (const FeatureState &feature : study.inputs.features) {
        if (feature.id == id)
            return quotedLine(feature.name, 120);
    }
    return std::format("feature {}", id.value);
}

std::string targetName(const Study &study, schema::InstrumentId id)
{
    for (const TargetSeries &target : study.inputs.targets) {
        if (target.evidence.kind == schema::EvidenceKind::Instrument &&
            target.evidence.id == id.value)
            return target.name;
    }
    return std::format("instrument {}", id.value);
}

schema::Statement signalStatement(Study &study, const schema::Signal &signal)
{
    const std::string feature = featureName(study, signal.feature);
    const std::string target =
        (signal.measure == schema::TargetMeasure::Volatility ? "the volatility of " : "") +
        targetName(study, signal.target);
    const schema::Novelty &now = signal.novelty;
    schema::Statement statement;
    statement.basis = schema::StatementBasis::Computed;
    statement.confidence = float(std::clamp(signal.stability.score, 0.0, 1.0));
    statement.key = std::format("signal:{}", signal.id.value);
    statement.evidence = {
        study.citations.signal(signal, std::format("Signal: {} before {}", feature, target))};
    statement.text = std::format(
        "{} {} elevated: robust z {}, {} of its last year; it is so on {} of days. It has led {} "
        "by {} over {} (correlation {}, q = {}, stability {}, n = {}, {}).",
        feature, now.newlyElevated ? "is newly" : "stays",
        schema::formatQuantity({now.robustZ, "", 1, schema::SignRule::Always}),
        percentile(now.percentile),
        schema::formatQuantity({now.baseRate * 100, "%", 0, schema::SignRule::MinusOnly}), target,
        counted(signal.window.lag, "session", "sessions"),
        counted(signal.window.horizon, "session", "sessions"),
        schema::formatQuantity({signal.effect, "", 2, schema::SignRule::Always}),
        withDecimals(signal.q, 3), withDecimals(signal.stability.score, 2),
        grouped(signal.sampleSize), schema::toString(signal.label));
    return statement;
}

} // namespace

schema::Section signalsSection(Study &study)
{
    schema::Section section{schema::SectionKind::Signals, "Signals elevated now", {}};
    std::vector<const schema::Signal *> elevated;
    for (const schema::Signal &signal : study.inputs.signals) {
        if (signal.novelty.elevated && signal.label != schema::SignalLabel::Gone &&
            signal.dataUntil <= study.inputs.knownAt && signal.computedAt <= study.inputs.knownAt)
            elevated.push_back(&signal);
    }
    std::ranges::sort(elevated, {}, [](const schema::Signal *signal) {
        return std::tuple(-signal->rank, signal->id);
    });
    for (std::size_t i = 0; i < elevated.size() && i < study.policy.signalsMax; ++i)
        section.blocks.emplace_back(signalStatement(study, *elevated[i]));
    if (!elevated.empty())
        return section;
    const std::string text =
        study.inputs.signals.empty()
            ? std::string("No signals were given to this briefing: none is known, or discovery has "
                          "not run.")
            : std::format("None of {} is elevated.",
                          counted(study.inputs.signals.size(), "signal", "signals"));
    section.blocks.emplace_back(schema::Statement{
        text, schema::StatementBasis::Computed, {study.citations.inputs()}, 1, "signals:none"});
    return section;
}

schema::Section outlookSection(Study &study)
{
    schema::Section section{schema::SectionKind::Calendar, "What to watch next", {}};
    addSessions(study, section);
    addCalendar(study, section);
    addOpenEvents(study, section);
    return section;
}

} // namespace chrona::briefing
