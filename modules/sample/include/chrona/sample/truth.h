// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::sample {

/// How a planted relation behaves over the years.
enum class RelationKind : std::uint8_t {
    Stable,
    Regime,     ///< only in the second half of the world
    Decaying,   ///< its strength halves every quarter of the world
    FirstPrint, ///< carried by the first print of a series; the revision hides it
};

/// A feature that really leads an instrument: the return of trading day t carries
/// sign · correlation · z(feature of trading day t - lagDays).
struct PlantedRelation {
    std::string feature; ///< a series key
    std::string instrument;
    RelationKind kind = RelationKind::Stable;
    int lagDays = 0; ///< trading days, at least 1
    int sign = 1;
    double correlation = 0; ///< with the daily return while it is at full strength
};

/// A feature that only seems to lead.
enum class TrapKind : std::uint8_t {
    RevisionLeak, ///< the revision is fitted to what came after; the first print is noise
    SharedTrend,  ///< both drift
    Season,       ///< both follow the calendar
    Proxy,        ///< a noisy copy of a true driver
    Reverse,      ///< reacts to the day's own return
    Sparse,       ///< a handful of events that happened to precede large moves
};

struct Trap {
    std::string feature;
    std::string instrument;
    TrapKind kind = TrapKind::SharedTrend;
};

/// What was planted, so that an engine can be judged by it.
struct Truth {
    std::vector<PlantedRelation> relations;
    std::vector<Trap> traps;
};

[[nodiscard]] std::string_view toString(RelationKind kind);
[[nodiscard]] std::string_view toString(TrapKind kind);

} // namespace chrona::sample
