// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/causes.h"
#include "chrona/briefing/episodes.h"
#include "chrona/briefing/moves.h"

#include "citations.h"
#include "event_history.h"

namespace chrona::briefing {

/// What the sections of one briefing share: everything measured once.
struct Study {
    Study(const BriefingInputs &given, const BriefingPolicy &rules, const ExposureGraph &exposed);

    const BriefingInputs &inputs;
    const BriefingPolicy &policy;
    const ExposureGraph &graph;
    std::vector<KnownColumn> columns; ///< of each target
    std::vector<Move> moves;          ///< of each target
    std::vector<std::size_t> ranked;  ///< targets that moved on the day, most unusual first
    EventHistory events;
    CitationBook citations;

    [[nodiscard]] const TargetSeries &target(std::size_t at) const { return inputs.targets[at]; }
};

/// "−4.71 %".
[[nodiscard]] std::string changeText(const Study &study, std::size_t target);
/// "1,192.70".
[[nodiscard]] std::string levelText(const Study &study, std::size_t target);

/// The person's question and claims; needs a subject.
[[nodiscard]] schema::Section subjectSection(Study &study);

// One function a section, in the order of the page. Each says what is missing where it has nothing.
[[nodiscard]] schema::Section movesSection(Study &study);
[[nodiscard]] schema::Section causesSection(Study &study);
[[nodiscard]] schema::Section signalsSection(Study &study);
[[nodiscard]] schema::Section episodesSection(Study &study);
[[nodiscard]] schema::Section outlookSection(Study &study);
/// What happened since `from` and reaches something that is watched, most relevant first.
[[nodiscard]] schema::Section watchlistSection(Study &study, Instant from);
[[nodiscard]] schema::Section changesSection(Study &study, const schema::Briefing &now);
[[nodiscard]] schema::Section healthSection(Study &study);

/// The sentence that tells a target's move, with its record and streak.
[[nodiscard]] schema::Statement moveStatement(Study &study, std::size_t target);
/// What the events say about one target's move.
[[nodiscard]] std::vector<schema::Block> causesOf(Study &study, std::size_t target);

} // namespace chrona::briefing
