// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "timeline/cumulative_counts.h"
#include "timeline/entity_lanes.h"

#include "chrona/workspace/event_store.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace chrona::ui {

/// What a lane of the timeline holds: all in one, stacked; or one for each kind of event, or for
/// each of the countries or sources that most events are of.
enum class TimelineGrouping : std::uint8_t {
    Stacked,
    Categories,
    Types,
    Countries,
    Sources,
    Entities, ///< an event is in the lane of each that it names
};

struct TimelineLane {
    QString name;
    std::uint32_t types = kAllTypes;                ///< that it holds
    std::shared_ptr<const CumulativeCounts> counts; ///< nullptr: the timeline's own
    std::size_t total = 0;                          ///< at any time
};

inline constexpr std::size_t kLanesMax = 8;

/// The lanes of a grouping, those with most events first and no more than kLanesMax; a last one
/// holds the rest, so that nothing is left out. Any thread.
[[nodiscard]] std::vector<TimelineLane>
timelineLanes(TimelineGrouping grouping,
              const std::shared_ptr<const workspace::EventSnapshot> &snapshot,
              std::span<const std::uint32_t> rows, const EntityEventsList &entities = {});

} // namespace chrona::ui
