// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/feed.h"

#include <array>

namespace chrona::oracle {
namespace {

template <std::size_t N, class Enum>
std::string_view nameOf(const std::array<std::string_view, N> &names, Enum value)
{
    const auto place = static_cast<std::size_t>(value);
    return place < N ? names[place] : "unknown";
}

} // namespace

std::string_view toString(TickClass value)
{
    constexpr std::array<std::string_view, 5> kNames{"ok", "bad_price", "bad_book", "bad_time",
                                                     "dup"};
    return nameOf(kNames, value);
}

std::string_view toString(TickReason value)
{
    constexpr std::array<std::string_view, 8> kNames{"none",   "unreadable", "last_off_book",
                                                     "frozen", "deviating",  "crossed",
                                                     "clock",  "repeated"};
    return nameOf(kNames, value);
}

std::string_view toString(VenueStanding value)
{
    constexpr std::array<std::string_view, 5> kNames{"used", "silent", "stale", "deviating",
                                                     "frozen"};
    return nameOf(kNames, value);
}

std::string_view toString(AnswerState value)
{
    constexpr std::array<std::string_view, 3> kNames{"sound", "abstained", "none"};
    return nameOf(kNames, value);
}

std::string_view toString(MarketRegime value)
{
    constexpr std::array<std::string_view, 3> kNames{"calm", "moving", "depeg"};
    return nameOf(kNames, value);
}

} // namespace chrona::oracle
