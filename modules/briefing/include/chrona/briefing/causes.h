// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/exposure_graph.h"
#include "chrona/briefing/moves.h"

#include <cstdint>
#include <string_view>
#include <vector>

/// Which events may have mattered for a move, and how far that can be believed. Pure; any thread.
namespace chrona::briefing {

class EventHistory;

enum class Timing : std::uint8_t {
    During,  ///< between the value before and the day's value
    SameDay, ///< on the day, the hour is not known
    Before,  ///< before the move's begin, or perhaps so
    Lasting, ///< began before and was not over
    After,   ///< cannot be a cause
};
[[nodiscard]] std::string_view toString(Timing timing); ///< as the page says it

enum class Strength : std::uint8_t { None, Weak, Moderate, Strong };
[[nodiscard]] std::string_view toString(Strength strength);

/// A candidate with every factor of its score, so that a reader can disagree.
struct Cause {
    const schema::Event *event = nullptr;
    Timing timing = Timing::During;
    ExposurePath path;
    double exposure = 0, severity = 0, timingFactor = 0, confidence = 0;
    /// How much the target moved on earlier days with such an event, as a factor: 0.5 where such
    /// days were like all days, because then a coincidence is as likely.
    double response = 0;
    std::size_t earlierCases = 0;
    double medianSigmaThen = 0, medianSigmaAlways = 0;
    double score = 0;
    Strength strength = Strength::None;
};

/// The strongest path from anything that the event touches: its kind, its country, its entities.
[[nodiscard]] ExposurePath strongestPath(const schema::Event &event,
                                         const ExposureGraph::Reach &reach);

/// Strongest first; candidates that cannot reach the target at all are not among them.
struct CauseSearch {
    std::vector<Cause> causes;
    std::size_t eventsConsidered = 0; ///< known and in the window
};
[[nodiscard]] CauseSearch findCauses(const TargetSeries &target, const KnownColumn &column,
                                     const Move &move, const EventHistory &events,
                                     const ExposureGraph &graph, Instant knownAt,
                                     const BriefingPolicy &policy);

} // namespace chrona::briefing
