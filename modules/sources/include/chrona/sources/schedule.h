// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/source.h"

#include <cstdint>
#include <optional>

/// When a source is asked next, and how it is. Pure; the caller brings the moment and the dice.
namespace chrona::sources {

/// How much the service takes upon itself just now.
enum class Pace : std::uint8_t { Normal, Stretched, Paused };

/// After a success: the cadence, up to a tenth more or less, so that sources of one cadence spread
/// out and no server sees us at the full hour. Twice that when stretched. `uniform` is in [0, 1).
[[nodiscard]] Instant nextAfterSuccess(const schema::Source &source, Instant now, Pace pace,
                                       double uniform);

/// After the n-th failure in a row: between half and the whole of cadence · 2^(n-1), at most six
/// hours (or the cadence, where that is longer), never before `notBefore`, when the host wants to
/// be left alone until then.
[[nodiscard]] Instant nextAfterFailure(const schema::Source &source, std::uint32_t failuresInRow,
                                       Instant now, std::optional<Instant> notBefore,
                                       double uniform);

/// Requests that a source got today (UTC).
[[nodiscard]] std::uint32_t requestsOf(const schema::SourceHealth &health, Instant now);

/// Requests that a source may still get today (UTC); nullopt without a daily limit.
[[nodiscard]] std::optional<std::uint32_t>
budgetLeft(const schema::Source &source, const schema::SourceHealth &health, Instant now);

/// What to show: Disabled, Running, NeedsKey, Refused, Failing after a failure, Late when a run is
/// overdue by more than the cadence and a minute, else Idle.
[[nodiscard]] schema::SourceState stateOf(const schema::Source &source,
                                          const schema::SourceHealth &health, Instant now);

} // namespace chrona::sources
