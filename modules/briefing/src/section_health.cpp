// SPDX-License-Identifier: AGPL-3.0-or-later
#include "study.h"

#include "words.h"

#include <algorithm>
#include <format>

namespace chrona::briefing {
namespace {

std::string stateText(const Study &study, const schema::SourceHealth &health)
{
    std::string text;
    switch (health.state) {
    case schema::SourceState::Late: text = "is late"; break;
    case schema::SourceState::Failing:
        text = std::format("fails ({} in a row)",
                           counted(health.failuresInRow, "attempt", "attempts"));
        break;
    case schema::SourceState::NeedsKey: text = "needs your own key"; break;
    case schema::SourceState::Refused: text = "is refused by the robots.txt of its host"; break;
    case schema::SourceState::Disabled: text = "is switched off"; break;
    default: return {};
    }
    if (health.lastSuccessAt && *health.lastSuccessAt <= study.inputs.knownAt)
        text += std::format("; it last delivered on {}", spokenTime(*health.lastSuccessAt));
    else
        text += "; it has not delivered yet";
    return text + ", and what it would have said since is missing here";
}

/// Targets whose value of the day should have come from a source and did not.
std::vector<std::string> missingOf(const Study &study, schema::SourceId source)
{
    std::vector<std::string> names;
    for (std::size_t at = 0; at < study.moves.size(); ++at)
        if (study.target(at).source == source && study.moves[at].absence == Absence::Missing)
            names.push_back(study.target(at).name);
    return names;
}

std::size_t sayStates(Study &study, schema::Section &section)
{
    std::size_t wrong = 0;
    for (const schema::SourceHealth &health : study.inputs.health) {
        const schema::Source *source = study.citations.sourceOf(health.source);
        std::string text = stateText(study, health);
        if (source == nullptr || text.empty())
            continue;
        ++wrong;
        if (const auto missing = missingOf(study, health.source); !missing.empty())
            text += ", among it the day's value of " + joined(missing);
        section.blocks.emplace_back(
            schema::Statement{std::format("{} {}.", quotedLine(source->name), text),
                              schema::StatementBasis::Computed,
                              {study.citations.source(*source)},
                              1,
                              "source:" + source->key});
    }
    return wrong;
}

/// What rests on an assumed time of publication, because a reader must know.
void sayAssumptions(Study &study, schema::Section &section)
{
    std::vector<std::string> names;
    std::vector<schema::Evidence> evidence;
    for (std::size_t at = 0; at < study.columns.size(); ++at) {
        const TargetSeries &target = study.target(at);
        if (target.basis != schema::AvailabilityBasis::Assumed || study.columns[at].days.empty())
            continue;
        names.push_back(target.name);
        evidence.push_back(study.citations.target(target));
    }
    if (names.empty())
        return;
    section.blocks.emplace_back(
        schema::Statement{std::format("When {} could be known is assumed, not measured: {}.",
                                      counted(names.size(), "series", "series"), joined(names)),
                          schema::StatementBasis::Computed, std::move(evidence), 1, "assumed"});
}

void sayNotices(Study &study, schema::Section &section)
{
    for (const std::string &notice : study.inputs.notices)
        section.blocks.emplace_back(schema::Statement{quotedLine(notice, 1000),
                                                      schema::StatementBasis::Computed,
                                                      {study.citations.inputs()},
                                                      1,
                                                      ""});
}

} // namespace

schema::Section healthSection(Study &study)
{
    schema::Section section{schema::SectionKind::DataHealth, "Data health", {}};
    const std::size_t wrong = sayStates(study, section);
    const std::size_t sources = study.inputs.sources.size();
    std::string text = std::format(
        "Known at {}: {}, {} with values on the day, {}.", spokenTime(study.inputs.knownAt),
        counted(study.inputs.targets.size(), "target", "targets"), grouped(study.ranked.size()),
        counted(study.events.size(), "event", "events"));
    if (sources == 0)
        text += " No source is registered.";
    else if (wrong == 0 && !study.inputs.health.empty())
        text += std::format(" All of {} are in order.", counted(sources, "source", "sources"));
    section.blocks.emplace_back(schema::Statement{
        std::move(text), schema::StatementBasis::Computed, {study.citations.inputs()}, 1, ""});
    sayAssumptions(study, section);
    sayNotices(study, section);
    return section;
}

} // namespace chrona::briefing
