// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

/// Local times of the places that publish, by rule: no time zone data of the machine (ADR 0022).
namespace chrona::formats {

/// Zones whose daylight saving time follows the rules of the United States (1967 on) or of the
/// European Union (1996 on), and some without.
struct Zone {
    enum class Saving : std::uint8_t { None, UnitedStates, Europe };
    Duration standard{0}; ///< ahead of UTC in winter
    Saving saving = Saving::None;
    friend bool operator==(const Zone &, const Zone &) = default;
};

inline constexpr Zone kNewYork{std::chrono::hours(-5), Zone::Saving::UnitedStates};
inline constexpr Zone kChicago{std::chrono::hours(-6), Zone::Saving::UnitedStates};

/// By the names that calendars and statistics use: IANA ("America/New_York"), those of the Bureau
/// of Labor Statistics ("US-Eastern"), of Windows ("Eastern Standard Time") and abbreviations
/// ("UTC", "CET"). nullopt: unknown.
[[nodiscard]] std::optional<Zone> zoneFrom(std::string_view name);

using WallTime = std::chrono::local_time<std::chrono::microseconds>;

/// When the clocks of a zone show that time. In autumn's doubled hour the first; a time that spring
/// leaves out counts as if the clocks had not been changed. Pure, any thread.
[[nodiscard]] Instant instantFrom(Zone zone, WallTime time);
/// "2026-08-07T08:30", also with a blank for the T, seconds or no time at all.
[[nodiscard]] std::optional<WallTime> parseWallTime(std::string_view text);

} // namespace chrona::formats
