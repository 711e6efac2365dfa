// SPDX-License-Identifier: AGPL-3.0-or-later
#include "poll_plan.h"

#include <array>
#include <format>

namespace chrona::usgs {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kHour = "all_hour";
constexpr std::string_view kDay = "all_day";
constexpr std::string_view kWeek = "all_week";

// Feeds are made anew each minute, and a clock may be off: each is trusted for less than its name
// says.
constexpr Duration kHourCovers = 45min;
constexpr Duration kDayCovers = 22h;
constexpr Duration kRevisionsEvery = 6h;
constexpr Duration kDeletionsEvery = 1h;
constexpr Duration kOverlap = 1h;
constexpr Duration kFirstDeletions = std::chrono::days(7);

std::string write(const std::optional<Instant> &instant)
{
    return instant ? formatInstant(*instant) : std::string();
}

} // namespace

Covered readCursor(std::string_view cursor)
{
    std::array<std::optional<Instant>, 3> parts;
    for (auto &part : parts) {
        const auto end = std::min(cursor.find(' '), cursor.size());
        if (const auto instant = parseInstant(cursor.substr(0, end)))
            part = *instant;
        cursor.remove_prefix(std::min(end + 1, cursor.size()));
    }
    return {parts[0], parts[1], parts[2]};
}

std::string writeCursor(const Covered &covered)
{
    return std::format("{} {} {}", write(covered.feed), write(covered.revisions),
                       write(covered.deletions));
}

std::string_view feedFor(const Covered &covered, Instant now)
{
    // A time in the future is a clock that was set back: nothing is known about the gap.
    if (!covered.feed || !covered.revisions || *covered.feed > now || *covered.revisions > now)
        return kWeek;
    const Duration gap = now - *covered.feed;
    if (gap > kDayCovers)
        return kWeek;
    if (gap > kHourCovers || now - *covered.revisions >= kRevisionsEvery)
        return kDay;
    return kHour;
}

bool isDeletionQueryDue(const Covered &covered, Instant now)
{
    return !covered.deletions || *covered.deletions > now ||
           now - *covered.deletions >= kDeletionsEvery;
}

std::string deletionQuery(const Covered &covered, Instant now)
{
    Instant since = now - kFirstDeletions;
    if (covered.deletions && *covered.deletions <= now)
        since = *covered.deletions - kOverlap;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    return "https://earthquake.usgs.gov/fdsnws/event/1/query?format=geojson&includedeleted=only"
           "&orderby=time&limit=5000&updatedafter=" +
           formatInstant(seconds);
}

Covered afterFeed(Covered covered, std::string_view feed, Instant now)
{
    covered.feed = now;
    if (feed != kHour)
        covered.revisions = now;
    return covered;
}

} // namespace chrona::usgs
