// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/wall_clock.h"

#include "chrona/schema/calendar.h"

#include <array>
#include <string>

namespace chrona::formats {
namespace {

using namespace std::chrono;
using Saving = Zone::Saving;

struct NamedZone {
    std::string_view name;
    Zone zone;
};

constexpr Zone kLondon{hours(0), Saving::Europe};
constexpr Zone kBerlin{hours(1), Saving::Europe};
constexpr Zone kDenver{hours(-7), Saving::UnitedStates};
constexpr Zone kLosAngeles{hours(-8), Saving::UnitedStates};

constexpr std::array kZones = std::to_array<NamedZone>({
    {"UTC", {}},
    {"Etc/UTC", {}},
    {"GMT", {}},
    {"Z", {}},
    {"America/New_York", kNewYork},
    {"America/Toronto", kNewYork},
    {"America/Detroit", kNewYork},
    {"US/Eastern", kNewYork},
    {"US-Eastern", kNewYork},
    {"Eastern Standard Time", kNewYork},
    {"Eastern", kNewYork},
    {"EST5EDT", kNewYork},
    {"ET", kNewYork},
    {"EST", {hours(-5), Saving::None}},
    {"EDT", {hours(-4), Saving::None}},
    {"America/Chicago", kChicago},
    {"US/Central", kChicago},
    {"US-Central", kChicago},
    {"Central Standard Time", kChicago},
    {"America/Denver", kDenver},
    {"US/Mountain", kDenver},
    {"US-Mountain", kDenver},
    {"Mountain Standard Time", kDenver},
    {"America/Los_Angeles", kLosAngeles},
    {"US/Pacific", kLosAngeles},
    {"US-Pacific", kLosAngeles},
    {"Pacific Standard Time", kLosAngeles},
    {"Europe/London", kLondon},
    {"GMT Standard Time", kLondon},
    {"Europe/Dublin", kLondon},
    {"Europe/Berlin", kBerlin},
    {"Europe/Brussels", kBerlin},
    {"Europe/Frankfurt", kBerlin},
    {"Europe/Luxembourg", kBerlin},
    {"Europe/Paris", kBerlin},
    {"Europe/Stockholm", kBerlin},
    {"Europe/Oslo", kBerlin},
    {"Europe/Zurich", kBerlin},
    {"W. Europe Standard Time", kBerlin},
    {"Central European Standard Time", kBerlin},
    {"CET", kBerlin},
    {"Asia/Tokyo", {hours(9), Saving::None}},
    {"Tokyo Standard Time", {hours(9), Saving::None}},
    {"Asia/Shanghai", {hours(8), Saving::None}},
});

bool isSummerInEurope(Instant instant)
{
    const year y = year_month_day(floor<days>(instant)).year();
    const Instant begin = sys_days(y / March / Sunday[last]) + hours(1);
    const Instant end = sys_days(y / October / Sunday[last]) + hours(1);
    return instant >= begin && instant < end;
}

Duration offsetAt(Zone zone, Instant instant)
{
    switch (zone.saving) {
    case Saving::None: break;
    case Saving::UnitedStates: {
        // Each zone changes at two o'clock of its own, so it follows New York by the difference.
        const Duration behind = kNewYork.standard - zone.standard;
        return schema::newYorkOffset(instant - behind) - behind;
    }
    case Saving::Europe:
        return zone.standard + (isSummerInEurope(instant) ? Duration(hours(1)) : Duration(0));
    }
    return zone.standard;
}

} // namespace

std::optional<Zone> zoneFrom(std::string_view name)
{
    for (const NamedZone &known : kZones)
        if (known.name == name)
            return known.zone;
    return std::nullopt;
}

Instant instantFrom(Zone zone, WallTime time)
{
    const Instant shown(time.time_since_epoch());
    // The greater offset gives the earlier moment: in the doubled hour that is the first one.
    const Instant summer = shown - (zone.standard + hours(1));
    if (zone.saving != Saving::None && offsetAt(zone, summer) == zone.standard + hours(1))
        return summer;
    return shown - zone.standard;
}

std::optional<WallTime> parseWallTime(std::string_view text)
{
    std::string plain(text);
    if (plain.size() > 10 && plain[10] == ' ')
        plain[10] = 'T';
    // What names an offset is a moment, and no time on a clock.
    if (plain.find_first_of("Z+", 10) != std::string::npos ||
        (plain.size() > 10 && plain.find('-', 10) != std::string::npos))
        return std::nullopt;
    const auto read = parseInstant(plain);
    if (!read)
        return std::nullopt;
    return WallTime(read->time_since_epoch());
}

} // namespace chrona::formats
