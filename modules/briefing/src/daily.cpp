// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/daily.h"

#include "study.h"
#include "words.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <set>

namespace chrona::briefing {
namespace {

constexpr std::size_t kHeadlines = 3;

Status checkTarget(const TargetSeries &target)
{
    const std::size_t rows = target.days.size();
    if (target.values.size() != rows || target.knownAt.size() != rows ||
        (!target.adjusted.empty() && target.adjusted.size() != rows))
        return fail(ErrorCode::InvalidInput,
                    std::format("the columns of {} differ in length", target.symbol));
    if (!std::ranges::is_sorted(target.days))
        return fail(ErrorCode::InvalidInput,
                    std::format("the days of {} are not ascending", target.symbol));
    if (target.symbol.empty() || target.evidence.id == 0)
        return fail(ErrorCode::InvalidInput, "a target has no symbol or no id");
    return {};
}

Status checkInputs(const BriefingInputs &inputs)
{
    if (inputs.knownAt < Instant(inputs.day))
        return fail(ErrorCode::InvalidInput, "the decision lies before the day that is told");
    std::set<std::string_view> symbols;
    for (const TargetSeries &target : inputs.targets) {
        if (auto checked = checkTarget(target); !checked)
            return checked;
        if (!symbols.insert(target.symbol).second)
            return fail(ErrorCode::InvalidInput, std::format("{} is given twice", target.symbol));
    }
    return {};
}

/// The three most unusual moves, the verdicts on them, and the next thing to come.
schema::Section headlineSection(Study &study, const std::vector<schema::Section> &sections)
{
    schema::Section headline{schema::SectionKind::Headline, "In short", {}};
    const auto takeFrom = [&](schema::SectionKind kind, std::string_view key, std::size_t most) {
        std::size_t taken = 0;
        for (const schema::Section &section : sections) {
            if (section.kind != kind)
                continue;
            for (const schema::Block &block : section.blocks) {
                const auto *statement = std::get_if<schema::Statement>(&block);
                if (statement == nullptr || !statement->key.starts_with(key) || taken == most)
                    continue;
                headline.blocks.emplace_back(*statement);
                ++taken;
            }
        }
    };
    takeFrom(schema::SectionKind::Markets, "move", kHeadlines);
    takeFrom(schema::SectionKind::Causes, "cause:", 1);
    takeFrom(schema::SectionKind::Signals, "signal:", 1);
    takeFrom(schema::SectionKind::Calendar, "next_session", 1);
    if (headline.blocks.empty())
        headline.blocks.emplace_back(schema::Statement{"Nothing is known of this day.",
                                                       schema::StatementBasis::Computed,
                                                       {study.citations.inputs()},
                                                       1,
                                                       ""});
    return headline;
}

Instant coveredFrom(const Study &study)
{
    const schema::Session before =
        schema::sessionBefore(schema::Calendar::NewYork, study.inputs.day);
    return std::min(before.closesAt, Instant(study.inputs.day));
}

} // namespace

Study::Study(const BriefingInputs &given, const BriefingPolicy &rules, const ExposureGraph &exposed)
    : inputs(given), policy(rules), graph(exposed), events(given.events, given.knownAt),
      citations(given)
{
    for (std::size_t at = 0; at < inputs.targets.size(); ++at) {
        const TargetSeries &one = inputs.targets[at];
        columns.push_back(knownColumn(one, inputs.day, inputs.knownAt, policy));
        moves.push_back(measureMove(one, columns.back(), inputs.day, policy));
        moves.back().target = at;
        if (moves.back().counts() && std::isfinite(moves.back().change))
            ranked.push_back(at);
    }
    // Without a deviation a move cannot be ranked by it: it comes last, not first.
    std::ranges::stable_sort(ranked, std::ranges::greater{}, [this](std::size_t at) {
        const double sigma = moves[at].sigma;
        return std::isfinite(sigma) ? std::abs(sigma) : -1.0;
    });
}

Result<schema::Briefing> dailyBriefing(const BriefingInputs &inputs, const BriefingPolicy &policy)
{
    if (auto checked = checkInputs(inputs); !checked)
        return std::unexpected(checked.error());
    Steps unwatched;
    Steps &steps = inputs.steps ? *inputs.steps : unwatched;
    const auto shipped = ExposureGraph::withDefaults({});
    Study study(inputs, policy, inputs.exposures ? *inputs.exposures : *shipped);
    if (auto goesOn = steps.done(); !goesOn)
        return std::unexpected(goesOn.error());
    schema::Briefing briefing;
    briefing.day = inputs.day;
    briefing.knownAt = inputs.knownAt;
    briefing.generatedAt = inputs.generatedAt;
    briefing.coversFrom = coveredFrom(study);
    briefing.coversUntil = inputs.knownAt;
    briefing.synthetic = inputs.synthetic;
    briefing.title = std::format("{}: {}, {}",
                                 inputs.subject ? quotedLine(inputs.subject->title, 200)
                                                : std::string("Daily briefing"),
                                 spokenWeekday(inputs.day), spokenDate(inputs.day));
    for (const auto section :
         {movesSection, causesSection, signalsSection, episodesSection, outlookSection}) {
        briefing.sections.push_back(section(study));
        if (auto goesOn = steps.done(); !goesOn)
            return std::unexpected(goesOn.error());
    }
    if (!inputs.watched.empty())
        briefing.sections.push_back(watchlistSection(study, briefing.coversFrom));
    if (auto goesOn = steps.done(); !goesOn)
        return std::unexpected(goesOn.error());
    // Health first: what it says is compared with the last briefing as well.
    briefing.sections.push_back(healthSection(study));
    briefing.sections.insert(briefing.sections.end() - 1, changesSection(study, briefing));
    briefing.sections.insert(briefing.sections.begin(), headlineSection(study, briefing.sections));
    if (inputs.subject)
        briefing.sections.insert(briefing.sections.begin() + 1, subjectSection(study));
    briefing.sources = study.citations.sourcesUsed();
    briefing.attributions = study.citations.attributions();
    briefing.citations = study.citations.takeCitations();
    if (const auto faults = schema::validate(briefing); !faults.empty())
        return fail(ErrorCode::Corrupt, "the briefing is not valid: " + schema::describe(faults));
    if (auto goesOn = steps.done(); !goesOn)
        return std::unexpected(goesOn.error());
    return briefing;
}

Result<schema::Section> explainMove(const BriefingInputs &inputs, std::string_view symbol,
                                    const BriefingPolicy &policy)
{
    return explainedMove(inputs, symbol, std::nullopt, policy).transform([](schema::Briefing told) {
        return std::move(told.sections.front());
    });
}

Result<schema::Briefing> explainedMove(const BriefingInputs &inputs, std::string_view symbol,
                                       std::optional<Date> from, const BriefingPolicy &policy)
{
    if (auto checked = checkInputs(inputs); !checked)
        return std::unexpected(checked.error());
    if (from && *from >= inputs.day)
        return fail(ErrorCode::InvalidInput, "a move begins before the day on which it ends");
    const auto shipped = ExposureGraph::withDefaults({});
    Study study(inputs, policy, inputs.exposures ? *inputs.exposures : *shipped);
    const auto target = std::ranges::find(inputs.targets, symbol, &TargetSeries::symbol);
    const auto at = std::size_t(target - inputs.targets.begin());
    if (target != inputs.targets.end() && from) {
        study.moves[at] = measureStretch(*target, study.columns[at], *from, policy);
        study.moves[at].target = at;
    }
    if (target == inputs.targets.end() || !study.moves[at].counts() ||
        !std::isfinite(study.moves[at].change))
        return fail(ErrorCode::NotFound,
                    std::format("{} has no move on {}", symbol, formatDate(inputs.day)),
                    "choose a day on which it was traded");
    schema::Briefing told;
    told.day = inputs.day;
    told.knownAt = told.coversUntil = inputs.knownAt;
    told.generatedAt = inputs.generatedAt;
    told.coversFrom = Instant(study.moves[at].before);
    told.synthetic = inputs.synthetic;
    told.title = std::format("The move of {}: {}", target->name, spokenDate(inputs.day));
    told.sections = {{schema::SectionKind::Causes,
                      std::format("The move of {}", target->name),
                      {moveStatement(study, at)}}};
    for (schema::Block &block : causesOf(study, at))
        told.sections.front().blocks.push_back(std::move(block));
    told.sources = study.citations.sourcesUsed();
    told.attributions = study.citations.attributions();
    told.citations = study.citations.takeCitations();
    if (const auto faults = schema::validate(told); !faults.empty())
        return fail(ErrorCode::Corrupt, "the answer is not valid: " + schema::describe(faults));
    return told;
}

} // namespace chrona::briefing
