// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace chrona::events {

/// One report of a day or of the days before it.
struct DayReport {
    std::int64_t event = 0;
    std::string_view title;
    std::string_view publisher; ///< a name or a host; may be empty
    Instant at;
    /// Of a report of an earlier day: the name of the story that it was put into then.
    std::optional<std::int64_t> story{};
};

struct DayMember {
    std::int64_t event = 0;
    std::int64_t first = 0; ///< of the reports of this day in its story
    /// The story of an earlier day that goes on; nullopt: one that begins with `first`.
    std::optional<std::int64_t> story{};
    std::optional<std::int64_t> duplicateOf{};
    float similarity = 1; ///< to the rest of its story, 0–1
    float novelty = 1;    ///< 1: nothing like it was seen in these days
    friend bool operator==(const DayMember &, const DayMember &) = default;
};

/// How many days before a day are looked at when its stories are made.
inline constexpr int kStoryDaysBefore = 3;

/// Puts the reports of one day into stories, those that go on from earlier days and new ones.
///
/// The stories of a day follow from its reports, from those of the days before it and from the
/// stories that those were put into, and from nothing else: not from when a report arrived, nor
/// from what the process had seen. Made day by day from any start that lies before the first
/// report, the same reports give the same stories. A story of an earlier day never changes; a new
/// group that touches several goes on the one with which it shares most.
///
/// All reports by (at, event), earlier days first; `day` tells where the day begins among them.
/// Pure; any thread. The result is in the order of the day's reports. A day of a flood takes tens
/// of seconds: after a stop request it is Cancelled within one settling of the engine.
[[nodiscard]] Result<std::vector<DayMember>> storiesOfDay(std::span<const DayReport> reports,
                                                          std::size_t day,
                                                          const std::stop_token &stop = {});

} // namespace chrona::events
