// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "columns.h"
#include "sweep.h"

#include "chrona/discovery/engine.h"

#include <optional>
#include <stop_token>
#include <vector>

/// Every feature against every column by the sweep, in parts that can be kept and taken up again.
namespace chrona::discovery {

/// What the sweep says.
struct FirstLook {
    std::vector<double> pairP;                   ///< by feature, then column; NaN: not tested
    std::vector<double> sharedP;                 ///< by feature: against what all targets share
    std::vector<double> squaredT;                ///< by feature: sum over its tests
    std::vector<std::optional<Refusal>> refused; ///< by feature
};

struct Search {
    const AsOfPanel &panel;
    const Parameters &parameters;
    const CalendarBasis &basis;
    const TargetColumns &columns;
    const Windows &windows;
    Executor &executor;
    const std::stop_token &stop;
    const Progress &progress;
    Checkpoint *checkpoint; ///< nullptr: nothing is kept
};

/// Not whole where a stop was requested.
[[nodiscard]] FirstLook lookAtAll(const Search &search);

/// The share of a search's work that this is, as it is shown.
inline constexpr double kFirstLookShare = 0.7;

} // namespace chrona::discovery
