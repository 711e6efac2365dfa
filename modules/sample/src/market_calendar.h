// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <vector>

namespace chrona::sample {

struct TradingDay {
    Date date;
    Instant opensAt;  ///< 09:30 in New York
    Instant closesAt; ///< 16:00 in New York
};

/// Days of the US stock exchanges that close in (begin, end]; half days count as whole ones.
[[nodiscard]] std::vector<TradingDay> tradingDays(Instant begin, Instant end);
[[nodiscard]] bool isUsMarketHoliday(Date date);

} // namespace chrona::sample
