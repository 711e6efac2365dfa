// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

namespace chrona::schema {

/// Minutes of a person's day in which nothing is announced, [from, until), over midnight where
/// from > until. Equal: none.
struct QuietHours {
    int fromMinute = 0, untilMinute = 0;

    /// `utcOffset`: how far the clock on the wall is from UTC at that moment.
    [[nodiscard]] constexpr bool covers(Instant at, Duration utcOffset) const
    {
        const Instant local = at + utcOffset;
        const auto ofDay = local - std::chrono::floor<std::chrono::days>(local);
        const auto minute = std::chrono::floor<std::chrono::minutes>(ofDay).count();
        return fromMinute <= untilMinute ? minute >= fromMinute && minute < untilMinute
                                         : minute >= fromMinute || minute < untilMinute;
    }
    friend bool operator==(const QuietHours &, const QuietHours &) = default;
};

} // namespace chrona::schema
