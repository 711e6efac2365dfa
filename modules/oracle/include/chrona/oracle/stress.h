// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/oracle/tick.h"

#include <cstdint>
#include <span>
#include <vector>

/// What a recording would have been had something gone wrong: to be replayed, and the worst
/// reported. Pure; any thread.
namespace chrona::oracle {

/// Without anything from one venue.
[[nodiscard]] std::vector<Tick> withoutVenue(std::span<const Tick> ticks, std::uint16_t venue);

/// Every message of one venue arrives later, in the new order of arrival.
struct VenueShift {
    std::uint16_t venue = 0;
    std::int64_t byMs = 0;
};
[[nodiscard]] std::vector<Tick> withDelay(std::span<const Tick> ticks, const VenueShift &shift);
/// One venue's clock runs ahead (positive) or behind.
[[nodiscard]] std::vector<Tick> withSkew(std::span<const Tick> ticks, const VenueShift &shift);

/// Nobody says anything between two moments.
struct Silence {
    std::int64_t fromMs = 0, toMs = 0;
};
[[nodiscard]] std::vector<Tick> withSilence(std::span<const Tick> ticks, const Silence &silence);

} // namespace chrona::oracle
