// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/series.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace chrona::schema {

enum class TargetGroup : std::uint8_t { Broad, Sector, Macro, Volatility, Own };
[[nodiscard]] std::string_view toString(TargetGroup group);

/// An instrument that discovery tests features against unless the user chooses others.
struct DefaultTarget {
    std::string_view symbol;
    std::string_view name;
    InstrumentClass instrumentClass;
    TargetGroup group;
    std::string_view sector; ///< key of a sector entity, "sector:energy"; empty: none
};

[[nodiscard]] std::span<const DefaultTarget> defaultTargets();
/// The node of exposures that a shipped target stands for, "sector:energy", "class:rates"; empty:
/// none.
[[nodiscard]] std::string_view nodeOf(const DefaultTarget &target);
/// The same by symbol; empty for a target that does not ship.
[[nodiscard]] std::string_view nodeOfTarget(std::string_view symbol);
[[nodiscard]] Instrument instrumentFor(const DefaultTarget &target);

/// What is known of an instrument that a user would like to have as a target.
struct TargetHistory {
    std::size_t sessions = 0;         ///< with a close
    std::size_t sessionsExpected = 0; ///< that its calendar had between the first and the last bar
    std::optional<double> medianTurnover; ///< price × volume a day, in its currency
};

/// Below it a target is allowed but carries a warning.
struct TargetFloor {
    std::size_t sessionsMin = 504; ///< two years: what discovery's tests need
    double gapShareMax = 0.05;
    double medianTurnoverMin = 1'000'000;
};

enum class TargetWarning : std::uint8_t {
    ShortHistory,
    Gaps,
    ThinTrading,
    UnknownLiquidity, ///< no volumes
};
[[nodiscard]] std::string_view toString(TargetWarning warning);

/// Every warning that applies; empty: fit.
[[nodiscard]] std::vector<TargetWarning> warningsFor(const TargetHistory &history,
                                                     const TargetFloor &floor = {});

} // namespace chrona::schema
