// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cluster_pipeline.h"

#include "settings.h"

#include "chrona/base/clock.h"
#include "chrona/events/publisher_family.h"
#include "chrona/events/story_days.h"
#include "chrona/jobs/cron.h"
#include "chrona/storage/cluster_store.h"
#include "chrona/storage/correction_store.h"

#include <algorithm>
#include <format>
#include <map>
#include <unordered_map>

namespace chrona::service {
namespace {

using std::chrono::days;

/// A report of a later day is put into a story by what these days say.
constexpr days kBefore{events::kStoryDaysBefore};

std::string familyOf(const storage::Report &report)
{
    const std::string family =
        report.publisher.empty() ? report.sourceFamily : events::publisherFamily(report.publisher);
    return family.empty() ? "unknown" : family;
}

using StoryOf = std::unordered_map<std::int64_t, std::int64_t>;

Result<StoryOf> storiesBefore(storage::Connection &connection, Instant day)
{
    const auto members = storage::loadMembers(connection, day - kBefore, day);
    if (!members)
        return std::unexpected(members.error());
    StoryOf stories;
    for (const storage::StoredMember &member : *members)
        stories.emplace(member.event.value, member.cluster.value);
    return stories;
}

using Pins = std::map<schema::EventId, schema::ClusterId>;

/// What a person said outranks what the engine finds.
void pin(const Pins &pins, storage::StoredMember &member)
{
    const auto found = pins.find(member.event);
    if (found == pins.end() || found->second == member.cluster)
        return;
    member.cluster = found->second;
    member.similarity = 1;
    member.duplicateOf = {};
}

Result<std::vector<storage::StoredMember>> membersOf(const std::vector<storage::Report> &reports,
                                                     const StoryOf &known, const Pins &pins,
                                                     Instant day, const std::stop_token &stop)
{
    std::vector<events::DayReport> asked;
    std::size_t begin = 0;
    for (const storage::Report &report : reports) {
        events::DayReport one{report.event.value, report.title,
                              report.publisher.empty() ? report.sourceFamily : report.publisher,
                              report.observedAt};
        if (const auto found = known.find(report.event.value); found != known.end())
            one.story = found->second;
        begin += report.observedAt < day ? 1 : 0;
        asked.push_back(one);
    }
    const auto found = events::storiesOfDay(asked, begin, stop);
    if (!found)
        return std::unexpected(found.error());
    std::vector<storage::StoredMember> members;
    for (const events::DayMember &made : *found) {
        const storage::Report &report = reports[begin + members.size()];
        storage::StoredMember member;
        member.event = report.event;
        member.cluster = made.story ? schema::ClusterId{*made.story}
                                    : schema::clusterIdFor(schema::EventId{made.first});
        member.observedAt = report.observedAt;
        member.knownAt = report.ingestedAt;
        member.family = familyOf(report);
        member.similarity = std::clamp(made.similarity, 0.0F, 1.0F);
        member.novelty = std::clamp(made.novelty, 0.0F, 1.0F);
        member.duplicateOf = {made.duplicateOf.value_or(0)};
        pin(pins, member);
        members.push_back(std::move(member));
    }
    return members;
}

struct DayMade {
    std::int64_t reports = 0;
    bool changed = false; ///< days after it may look different now
};

Result<DayMade> makeDay(storage::Connection &connection, Instant day,
                        const std::optional<storage::StaleDay> &stale, const std::stop_token &stop)
{
    const auto reports = storage::loadReports(connection, day - kBefore, day + days(1));
    if (!reports)
        return std::unexpected(reports.error());
    const auto known = storiesBefore(connection, day);
    if (!known)
        return std::unexpected(known.error());
    const auto before = storage::loadMembers(connection, day, day + days(1));
    if (!before)
        return std::unexpected(before.error());
    const auto pins = storage::loadStoryPins(connection, day, day + days(1));
    if (!pins)
        return std::unexpected(pins.error());
    auto members = membersOf(*reports, *known, *pins, day, stop);
    if (!members)
        return std::unexpected(members.error());
    DayMade made{static_cast<std::int64_t>(members->size()), *members != *before};
    // What a report says may have changed although its place among the stories has not.
    if (made.changed || stale)
        if (auto stored = storage::storeClusterDay(connection, {day, std::move(*members), stale});
            !stored)
            return std::unexpected(stored.error());
    return made;
}

} // namespace

Result<ClustersMade> refreshClusters(storage::Connection &connection, Instant from,
                                     const std::stop_token &stop,
                                     const std::function<void(float share)> &report)
{
    const auto stale = storage::findStaleDays(connection, std::chrono::floor<days>(from));
    if (!stale)
        return std::unexpected(stale.error());
    ClustersMade made;
    if (stale->empty())
        return made;
    std::map<Instant, storage::StaleDay> todo;
    for (const storage::StaleDay &day : *stale)
        todo.emplace(day.day, day);
    const Instant first = stale->front().day, lastStale = stale->back().day;
    Instant changedLast = first - kBefore - days(1);
    for (Instant day = first; day <= std::max(lastStale, changedLast + kBefore); day += days(1)) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, "stopped before all days were made");
        const auto found = todo.find(day);
        const bool isStale = found != todo.end();
        if (!isStale && day > changedLast + kBefore)
            continue;
        const auto one =
            makeDay(connection, day, isStale ? std::optional(found->second) : std::nullopt, stop);
        if (!one)
            return std::unexpected(one.error());
        if (one->changed)
            changedLast = day;
        made.days += isStale || one->reports > 0 ? 1 : 0;
        made.reports += one->reports;
        if (report)
            report(std::min(1.0F, static_cast<float>((day - first) / days(1) + 1) /
                                      static_cast<float>((lastStale - first) / days(1) + 1)));
    }
    return made;
}

std::vector<JobRunner::Kind> clusterKinds(const Settings &settings)
{
    const auto refresh = [&settings](storage::Connection &connection,
                                     RunningJob &job) -> Result<JobEffect> {
        const auto made =
            refreshClusters(connection, SystemClock().now() - days(settings.number("stories.days")),
                            job.stopToken(), [&job](float share) {
                                job.report({.share = share, .note = "clusters.days"});
                            });
        if (!made)
            return std::unexpected(made.error());
        return JobEffect{
            .resultJson = std::format(R"({{"days":{},"reports":{}}})", made->days, made->reports)};
    };
    return {{std::string(jobs::queue::kEnrichment), kClustersRefresh, refresh}};
}

Status scheduleClusters(storage::Connection &connection, Instant now)
{
    return jobs::saveSchedule(connection,
                              {.name = kClustersRefresh,
                               .queue = std::string(jobs::queue::kEnrichment),
                               .kind = kClustersRefresh,
                               .cron = "*/2 * * * *"},
                              now);
}

} // namespace chrona::service
