// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_check.h"
#include "brief_pipeline.h"
#include "brief_words.h"
#include "settings.h"

#include "chrona/base/clock.h"
#include "chrona/formats/json.h"
#include "chrona/jobs/cron.h"
#include "chrona/schema/targets.h"
#include "chrona/storage/watchlist_store.h"

#include <algorithm>
#include <format>
#include <initializer_list>

namespace chrona::service {
namespace {

using std::chrono::days;

/// {"date": "2026-11-20"}: that day as it was due; without one the last session as of now.
Result<BriefMoment> momentOf(const jobs::ClaimedJob &job, const Settings &settings)
{
    const Instant now = SystemClock().now();
    const auto payload = formats::JsonDocument::parse(job.payload);
    if (!payload)
        return std::unexpected(payload.error());
    const auto date = payload->root()["date"].asString();
    if (!date)
        return BriefMoment{lastSession(now), now};
    const auto day = parseDate(*date);
    if (!day)
        return std::unexpected(day.error());
    return BriefMoment{*day, decisionFor(*day, settings, now)};
}

Result<JobEffect> tellDay(storage::Connection &connection, RunningJob &job,
                          const Settings &settings)
{
    const auto moment = momentOf(job.claimed(), settings);
    if (!moment)
        return std::unexpected(moment.error());
    auto record =
        makeDaily(connection, *moment, settings, job.stopToken(),
                  [&job](std::size_t done, std::size_t total) {
                      job.report({.share = static_cast<float>(done) / static_cast<float>(total),
                                  .note = "briefing.daily"});
                  });
    if (!record)
        return std::unexpected(record.error());
    std::string result = std::format(R"({{"day":"{}"}})", formatDate(record->day));
    return JobEffect{
        .store = [record = std::move(*record), &settings](storage::Connection &open) -> Status {
            const auto stored = storage::storeBriefing(open, record);
            if (!stored)
                return std::unexpected(stored.error());
            if (auto enqueued = enqueueWords(open, settings, record.day); !enqueued)
                return enqueued;
            return scheduleBriefings(open, settings, SystemClock().now());
        },
        .resultJson = std::move(result)};
}

Result<JobEffect> tellHour(storage::Connection &connection, RunningJob &job,
                           const Settings &settings)
{
    const Instant now = SystemClock().now();
    job.report({.share = 0.1F, .note = "briefing.hourly"});
    auto record = makeHourly(connection, {lastFullHour(now), now}, AlertsAre::Checked, settings,
                             job.stopToken());
    if (!record)
        return std::unexpected(record.error());
    return JobEffect{.store = [record = std::move(*record)](storage::Connection &open) {
        return storage::storeHourly(open, record);
    }};
}

/// The rule for the next run of the daily briefing, in UTC.
std::string dailyCron(const Settings &settings, Instant now)
{
    const Instant far = now + days(7);
    const Date today = std::chrono::floor<days>(now);
    Instant due = decisionFor(today - days(1), settings, far);
    if (due <= now)
        due = decisionFor(today, settings, far);
    const auto sinceMidnight = due - std::chrono::floor<days>(due);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(sinceMidnight).count();
    constexpr int kMinutes = 60;
    return std::format("{} {} * * *", minutes % kMinutes, minutes / kMinutes);
}

storage::WatchlistRecord shippedList(const char *name,
                                     std::initializer_list<schema::TargetGroup> groups)
{
    storage::WatchlistRecord list;
    list.name = name;
    for (const schema::DefaultTarget &target : schema::defaultTargets()) {
        if (!std::ranges::contains(groups, target.group))
            continue;
        storage::WatchedNode item;
        item.node = std::format("instrument:{}", target.symbol);
        list.items.push_back(std::move(item));
    }
    return list;
}

} // namespace

std::vector<JobRunner::Kind> briefingKinds(const Settings &settings)
{
    const std::string queue(jobs::queue::kBriefing);
    return {{queue, kDailyBriefing,
             [&settings](storage::Connection &connection, RunningJob &job) {
                 return tellDay(connection, job, settings);
             }},
            {queue, kHourlyUpdate, [&settings](storage::Connection &connection, RunningJob &job) {
                 return tellHour(connection, job, settings);
             }}};
}

Status scheduleBriefings(storage::Connection &connection, const Settings &settings, Instant now)
{
    const std::string queue(jobs::queue::kBriefing);
    const auto daily = jobs::saveSchedule(connection,
                                          {.name = kDailyBriefing,
                                           .queue = queue,
                                           .kind = kDailyBriefing,
                                           .cron = dailyCron(settings, now)},
                                          now);
    if (!daily)
        return daily;
    // Two minutes late, so that what sources publish on the hour is among it.
    return jobs::saveSchedule(
        connection,
        {.name = kHourlyUpdate, .queue = queue, .kind = kHourlyUpdate, .cron = "2 * * * *"}, now);
}

Status seedDefaults(storage::Connection &connection)
{
    using enum schema::TargetGroup;
    const std::vector lists{shippedList("Broad market", {Broad}), shippedList("Sectors", {Sector}),
                            shippedList("Rates, dollar, commodities", {Macro}),
                            shippedList("Volatility", {Volatility})};
    return storage::seedWatchlists(connection, lists).and_then([&] {
        return storage::seedAlertRules(connection, shippedAlertRules());
    });
}

} // namespace chrona::service
