// SPDX-License-Identifier: AGPL-3.0-or-later
#include "study.h"

#include "words.h"

#include <algorithm>
#include <format>
#include <set>
#include <tuple>

namespace chrona::briefing {
namespace {

struct Reached {
    const schema::Event *event = nullptr;
    ExposurePath path;
    double score = 0; ///< exposure × severity × confidence
};

std::vector<Reached> reachedBy(const Study &study, Instant from)
{
    const ExposureGraph::Reach reach = study.graph.reachOf(study.inputs.watched);
    std::vector<Reached> reached;
    for (const schema::Event *event : study.events.between(from, study.inputs.knownAt)) {
        if (isScheduled(*event))
            continue;
        ExposurePath path = strongestPath(*event, reach);
        const double score = path.weight * event->severity * event->confidence;
        if (score >= study.policy.watchedRelevanceMin)
            reached.push_back({event, std::move(path), score});
    }
    std::ranges::sort(reached, {},
                      [](const Reached &one) { return std::tuple(-one.score, one.event->id); });
    return reached;
}

std::string wayText(const ExposurePath &path)
{
    std::string text;
    for (const ExposureRule *step : path.steps)
        text += (text.empty() ? spokenNode(step->from) : "") + " → " + spokenNode(step->to);
    return text.empty() ? "watched itself" : "by " + text;
}

} // namespace

schema::Section watchlistSection(Study &study, Instant from)
{
    schema::Section section{schema::SectionKind::Watchlist,
                            study.inputs.subject ? "What reached what is pinned"
                                                 : "What reached the watchlists",
                            {}};
    const std::vector<Reached> reached = reachedBy(study, from);
    std::set<std::string> told; // titles: what several sources report is told once
    for (const auto &[event, path, score] : reached) {
        if (told.size() == study.policy.watchedMax)
            break;
        std::string title = quotedLine(event->title, 200);
        if (told.contains(title))
            continue;
        section.blocks.emplace_back(schema::Statement{
            std::format("{} (relevance {} = exposure {} × severity {} × confidence {}; {}).", title,
                        withDecimals(score, 2), withDecimals(path.weight, 2),
                        withDecimals(event->severity, 2), withDecimals(event->confidence, 2),
                        wayText(path)),
            schema::StatementBasis::Reported,
            {study.citations.event(*event)},
            std::clamp(event->confidence, 0.0F, 1.0F),
            std::format("watch:{}", event->id.value)});
        told.insert(std::move(title));
    }
    const auto rest = reached.size() - told.size();
    if (told.empty() || rest > 0)
        section.blocks.emplace_back(schema::Statement{
            told.empty()
                ? std::string("Nothing that happened reached what is watched.")
                : std::format("{} reached it as well.",
                              counted(rest, "further event", "further events")),
            schema::StatementBasis::Computed,
            {study.citations.inputs()},
            1,
            "watch:rest"});
    return section;
}

} // namespace chrona::briefing
