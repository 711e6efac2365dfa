// SPDX-License-Identifier: AGPL-3.0-or-later
#include "maintenance.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/jobs/cron.h"
#include "chrona/storage/partitions.h"
#include "chrona/storage/retention.h"

#include <format>

namespace chrona::service {
namespace {

constexpr const char *kPartitions = "maintenance.partitions";
constexpr const char *kRetention = "maintenance.retention";

Result<JobEffect> makePartitionsAhead(storage::Connection &connection, RunningJob &)
{
    if (auto made = storage::ensurePartitions(connection); !made)
        return std::unexpected(made.error());
    return JobEffect{};
}

/// Dropping tables takes locks: done table by table, not in the one transaction of the job's end.
Result<JobEffect> letGo(storage::Connection &connection, RunningJob &)
{
    const auto report = storage::applyRetention(connection, SystemClock().now());
    if (!report)
        return std::unexpected(report.error());
    if (report->rawItems + report->quarantined + report->modelTexts + report->rangesDropped > 0)
        log::info("maintenance",
                  "let go: {} raw items, {} in quarantine, {} model texts, {} ranges of time",
                  report->rawItems, report->quarantined, report->modelTexts, report->rangesDropped);
    return JobEffect{
        .resultJson = std::format(
            R"({{"raw_items":{},"quarantined":{},"model_texts":{},"ranges_dropped":{}}})",
            report->rawItems, report->quarantined, report->modelTexts, report->rangesDropped)};
}

} // namespace

std::vector<JobRunner::Kind> maintenanceKinds()
{
    const std::string queue(jobs::queue::kMaintenance);
    return {{queue, kPartitions, makePartitionsAhead}, {queue, kRetention, letGo}};
}

Status scheduleMaintenance(storage::Connection &connection, Instant now)
{
    const std::pair<const char *, const char *> hourly[] = {{kPartitions, "7 * * * *"},
                                                            {kRetention, "37 * * * *"}};
    for (const auto &[kind, cron] : hourly) {
        const jobs::Schedule schedule{.name = kind,
                                      .queue = std::string(jobs::queue::kMaintenance),
                                      .kind = kind,
                                      .cron = cron};
        if (auto saved = jobs::saveSchedule(connection, schedule, now); !saved)
            return saved;
    }
    return {};
}

} // namespace chrona::service
