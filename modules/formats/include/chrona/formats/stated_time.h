// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <string_view>

namespace chrona::formats {

/// A time as public sources state it: ISO 8601, or the form of mail ("Mon, 30 Dec 2019 01:35:11
/// GMT"). Refused outside the years 1900 to 2199: such a time is a slip or an attack, and it would
/// stretch every timeline that it is shown on.
[[nodiscard]] Result<Instant> readStatedTime(std::string_view text);

/// A clock reading of the eastern United States ("2024-01-19 16:21:45"), by the daylight-saving
/// rules since 1987.
[[nodiscard]] Result<Instant> readEasternTime(std::string_view text);

} // namespace chrona::formats
