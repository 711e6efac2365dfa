// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/schema/fault.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

struct CalendarLimits {
    std::size_t bytesMax = 16 << 20;
    std::size_t entriesMax = 50'000;      ///< with the occurrences of repeating ones
    std::size_t occurrencesMax = 1000;    ///< of one repeating entry
    std::size_t lineBytesMax = 256 << 10; ///< unfolded
};

enum class CalendarStatus : std::uint8_t { Confirmed, Tentative, Cancelled };

enum class CalendarSpan : std::uint8_t {
    Timed,
    AllDay, ///< a day without a time: startsAt is its midnight in UTC
};

/// One entry, or one occurrence of an entry that repeats.
struct CalendarEntry {
    std::string uid;
    std::string summary, description, location, url;
    std::vector<std::string> categories;
    Instant startsAt;
    std::optional<Instant> endsAt; ///< exclusive
    CalendarSpan span = CalendarSpan::Timed;
    CalendarStatus status = CalendarStatus::Confirmed;
    std::int64_t sequence = 0;         ///< raised whenever the entry is moved
    std::optional<Instant> stampedAt;  ///< when this version was written
    std::optional<Instant> modifiedAt; ///< LAST-MODIFIED
    /// The occurrence's place before anybody moved it: what tells it from its siblings.
    std::optional<Instant> recurrenceAt;
};

struct CalendarFile {
    std::string name;
    std::vector<CalendarEntry> entries; ///< in the file's order; of one UID the newest version
    schema::Faults faults; ///< entries that were left out, by UID, and rules that were not followed
};

/// Reads iCalendar (RFC 5545): folded lines, escaped text, times in UTC, in a zone that
/// wall_clock.h knows or without one, days, DTEND and DURATION, RRULE (daily to yearly with
/// INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH), EXDATE, and RECURRENCE-ID for a moved or
/// cancelled occurrence. Of several versions of one entry the highest SEQUENCE stands, then the
/// newest stamp.
///
/// A time without a zone is `floating`'s. Pure. Fails when the text is no calendar; an entry with a
/// fault is left out and the others stay.
[[nodiscard]] Result<CalendarFile> readCalendarFile(std::string_view text,
                                                    std::string_view floating,
                                                    const CalendarLimits &limits = {});

} // namespace chrona::formats
