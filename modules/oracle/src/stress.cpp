// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/stress.h"

#include <algorithm>

namespace chrona::oracle {
namespace {

template <class Change> std::vector<Tick> changed(std::span<const Tick> ticks, Change change)
{
    std::vector<Tick> result(ticks.begin(), ticks.end());
    for (Tick &tick : result)
        change(tick);
    std::ranges::stable_sort(result, {}, &Tick::receivedMs);
    return result;
}

template <class Drop> std::vector<Tick> without(std::span<const Tick> ticks, Drop drop)
{
    std::vector<Tick> result(ticks.begin(), ticks.end());
    std::erase_if(result, drop);
    return result;
}

} // namespace

std::vector<Tick> withoutVenue(std::span<const Tick> ticks, std::uint16_t venue)
{
    return without(ticks, [&](const Tick &tick) { return tick.venue == venue; });
}

std::vector<Tick> withDelay(std::span<const Tick> ticks, const VenueShift &shift)
{
    return changed(
        ticks, [&](Tick &tick) { tick.receivedMs += tick.venue == shift.venue ? shift.byMs : 0; });
}

std::vector<Tick> withSkew(std::span<const Tick> ticks, const VenueShift &shift)
{
    return changed(
        ticks, [&](Tick &tick) { tick.exchangeMs += tick.venue == shift.venue ? shift.byMs : 0; });
}

std::vector<Tick> withSilence(std::span<const Tick> ticks, const Silence &silence)
{
    return without(ticks, [&](const Tick &tick) {
        return tick.receivedMs > silence.fromMs && tick.receivedMs <= silence.toMs;
    });
}

} // namespace chrona::oracle
