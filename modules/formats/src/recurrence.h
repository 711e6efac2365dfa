// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/formats/wall_clock.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// What an RRULE asks for, as far as it is followed.
struct Recurrence {
    enum class Every : std::uint8_t { Day, Week, Month, Year };
    struct Weekday {
        std::chrono::weekday day;
        int number = 0; ///< the n-th of the month, from its end where negative; 0: each
    };

    Every every = Every::Day;
    int interval = 1;
    std::optional<std::size_t> count;
    std::optional<WallTime> until; ///< inclusive; a moment in UTC counts as the zone's clock
    std::vector<Weekday> weekdays;
    std::vector<int> monthDays;
    std::vector<unsigned> months;
};

/// Fails when the rule says something that is not followed, rather than follow it wrongly.
[[nodiscard]] Result<Recurrence> parseRecurrence(std::string_view rule);

/// The occurrences from the first on, in order, at most that many.
[[nodiscard]] std::vector<WallTime> occurrencesOf(const Recurrence &rule, WallTime first,
                                                  std::size_t max);

/// "20261014T083000" or "20261014".
[[nodiscard]] std::optional<WallTime> parseBasicTime(std::string_view text);

} // namespace chrona::formats
