// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/story_days.h"

#include "chrona/events/novelty.h"
#include "chrona/events/story_clusters.h"

#include <map>
#include <unordered_map>

namespace chrona::events {
namespace {

/// The stories of earlier days that a group's reports were put into, and how many of each.
using Shares = std::map<std::int64_t, std::size_t>;

/// The one with the most reports in the group; of equals the one whose first event is smaller.
std::optional<std::int64_t> strongest(const Shares &shares)
{
    std::optional<std::int64_t> best;
    std::size_t most = 0;
    for (const auto &[story, count] : shares)
        if (count > most) {
            best = story;
            most = count;
        }
    return best;
}

std::unexpected<Error> stopped()
{
    return fail(ErrorCode::Cancelled, "stopped before the stories of a day were found");
}

/// What the engine says of every report, by position. Early ones leave its window when there are
/// more reports than it holds.
Result<std::vector<StoryMember>> grouped(std::span<const DayReport> reports,
                                         const std::stop_token &stop)
{
    StoryClusters stories;
    std::vector<StoryMember> members(reports.size());
    const auto take = [&](const std::vector<StoryMember> &part) {
        for (const StoryMember &member : part)
            members[member.item] = member;
    };
    for (const DayReport &report : reports) {
        if (stop.stop_requested())
            return stopped();
        stories.add({report.title, report.publisher, report.at});
        take(stories.takeFinal());
    }
    stories.settle();
    take(stories.takeFinal());
    take(stories.members());
    return members;
}

} // namespace

Result<std::vector<DayMember>> storiesOfDay(std::span<const DayReport> reports, std::size_t day,
                                            const std::stop_token &stop)
{
    const auto grouping = grouped(reports, stop);
    if (!grouping)
        return std::unexpected(grouping.error());
    const std::vector<StoryMember> &members = *grouping;
    std::unordered_map<std::uint64_t, Shares> shares;
    for (std::size_t i = 0; i < day; ++i)
        if (reports[i].story)
            ++shares[members[i].story][*reports[i].story];

    Novelty novelty;
    for (std::size_t i = 0; i < day; ++i) {
        if (stop.stop_requested())
            return stopped();
        (void)novelty.add({reports[i].title, reports[i].publisher, reports[i].at});
    }

    std::unordered_map<std::uint64_t, std::int64_t> firstOf;
    std::vector<DayMember> result;
    for (std::size_t i = day; i < reports.size(); ++i) {
        if (stop.stop_requested())
            return stopped();
        const DayReport &report = reports[i];
        const std::uint64_t group = members[i].story;
        const std::int64_t first = firstOf.try_emplace(group, report.event).first->second;
        DayMember member{.event = report.event, .first = first, .story = strongest(shares[group])};
        if (const auto original = members[i].duplicateOf)
            member.duplicateOf = reports[*original].event;
        member.similarity = members[i].similarity;
        member.novelty =
            static_cast<float>(novelty.add({report.title, report.publisher, report.at}));
        result.push_back(member);
    }
    return result;
}

} // namespace chrona::events
