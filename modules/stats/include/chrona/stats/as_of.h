// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

/// What was known when: the one rule by which past values are read. Times are integers of any one
/// unit. Pure; any thread.
namespace chrona::stats {

struct Vintage {
    std::int64_t observedAt = 0;
    std::int64_t knownAt = 0;
    double value = 0;
};

struct KnownValue {
    double latest = std::numeric_limits<double>::quiet_NaN();     ///< newest vintage known then …
    double firstPrint = std::numeric_limits<double>::quiet_NaN(); ///< … and oldest vintage …
    std::int64_t observedAt = 0;                                  ///< … of the newest observation
    bool known = false;
};

/// For each decision time (ascending) the newest observation of which anything was known by then
/// (knownAt <= decision). Vintages may come in any order; of two with the same times the later in
/// the span wins.
[[nodiscard]] std::vector<KnownValue> asOf(std::span<const Vintage> vintages,
                                           std::span<const std::int64_t> decisions);

} // namespace chrona::stats
