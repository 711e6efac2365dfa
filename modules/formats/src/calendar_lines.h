// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/formats/calendar_file.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chrona::formats {

/// "DTSTART;TZID=US-Eastern:20261014T083000".
struct CalendarLine {
    std::string name; ///< upper case
    std::vector<std::pair<std::string, std::string>> parameters;
    std::string value; ///< as it stands there
    [[nodiscard]] std::string_view parameter(std::string_view wanted) const;
};

/// The lines of a calendar with folds undone. What is no "NAME:VALUE" is left out.
[[nodiscard]] Result<std::vector<CalendarLine>> readCalendarLines(std::string_view text,
                                                                  const CalendarLimits &limits);
/// Undoes the escapes of a TEXT value.
[[nodiscard]] std::string unescapeCalendarText(std::string_view value);

} // namespace chrona::formats
