// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/jobs/cron.h"

#include "chrona/jobs/job_store.h"

#include <algorithm>
#include <format>

namespace chrona::jobs {
namespace {

using storage::Connection;
using storage::Json;

constexpr Duration kLookBackMax = std::chrono::days(32);

struct Due {
    std::string name, queue, kind, payload, cron;
    Instant nextRunAt;
};

/// The last moment of the rule that has come: after a week of sleep today's briefing is wanted, not
/// seven old ones.
Instant latestDue(const CronRule &rule, Instant first, Instant now)
{
    Instant latest = first;
    for (auto next = rule.nextAfter(std::max(first, now - kLookBackMax)); next && *next <= now;
         next = rule.nextAfter(*next))
        latest = *next;
    return latest;
}

Status runOne(Connection &connection, const Due &due, Instant now)
{
    const auto rule = CronRule::parse(due.cron);
    if (!rule)
        return std::unexpected(rule.error());
    const auto next = rule->nextAfter(now);
    if (!next)
        return std::unexpected(next.error());
    const std::string moment = formatInstant(latestDue(*rule, due.nextRunAt, now));
    const auto payload = connection.query(
        "SELECT ($1::jsonb || jsonb_build_object('scheduled_for', $2::text))::text",
        {Json{due.payload}, moment});
    if (!payload)
        return std::unexpected(payload.error());
    const auto enqueued =
        enqueue(connection, {.queue = due.queue,
                             .kind = due.kind,
                             .payload = payload->first().string(0),
                             .uniqueKey = std::format("{}@{}", due.name, moment)});
    if (!enqueued)
        return std::unexpected(enqueued.error());
    const auto moved = connection.exec(
        "UPDATE chrona_ops.job_schedule SET next_run_at = $2, last_run_at = $3 WHERE name = $1",
        {due.name, *next, now});
    return moved ? Status() : Status(std::unexpected(moved.error()));
}

/// No next run lies behind the one that now has: where one does, the clock was set back since it
/// was reckoned, and without this the schedule would sleep until that clock's tomorrow.
Status pullBack(Connection &connection, const Due &waiting, Instant now)
{
    const auto rule = CronRule::parse(waiting.cron);
    if (!rule)
        return std::unexpected(rule.error());
    const auto next = rule->nextAfter(now);
    if (!next)
        return std::unexpected(next.error());
    if (waiting.nextRunAt <= *next)
        return {};
    const auto moved =
        connection.exec("UPDATE chrona_ops.job_schedule SET next_run_at = $2 WHERE name = $1",
                        {waiting.name, *next});
    return moved ? Status() : Status(std::unexpected(moved.error()));
}

} // namespace

Status saveSchedule(Connection &connection, const Schedule &schedule, Instant now)
{
    const auto rule = CronRule::parse(schedule.cron);
    if (!rule)
        return std::unexpected(rule.error());
    const auto next = rule->nextAfter(now);
    if (!next)
        return std::unexpected(next.error());
    const auto saved = connection.exec(
        "INSERT INTO chrona_ops.job_schedule AS s (name, queue, kind, payload, cron, next_run_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO UPDATE SET "
        "queue = EXCLUDED.queue, kind = EXCLUDED.kind, payload = EXCLUDED.payload, cron = "
        "EXCLUDED.cron, "
        "next_run_at = CASE WHEN s.cron = EXCLUDED.cron THEN s.next_run_at ELSE "
        "EXCLUDED.next_run_at END",
        {schedule.name, schedule.queue, schedule.kind, Json{schedule.payload}, schedule.cron,
         *next});
    return saved ? Status() : Status(std::unexpected(saved.error()));
}

Result<std::int64_t> runDueSchedules(Connection &connection, Instant now)
{
    auto transaction = storage::JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto rows = connection.query(
        "SELECT name, queue, kind, payload::text, cron, next_run_at FROM chrona_ops.job_schedule "
        "WHERE is_enabled ORDER BY name FOR UPDATE SKIP LOCKED");
    if (!rows)
        return std::unexpected(rows.error());
    std::int64_t enqueued = 0;
    for (const auto row : *rows) {
        const Due each{row.string(0), row.string(1), row.string(2),
                       row.string(3), row.string(4), row.instant(5)};
        const bool isDue = each.nextRunAt <= now;
        const Status done = isDue ? runOne(connection, each, now) : pullBack(connection, each, now);
        if (!done)
            return std::unexpected(done.error());
        enqueued += isDue ? 1 : 0;
    }
    if (auto committed = transaction->commit(); !committed)
        return std::unexpected(committed.error());
    return enqueued;
}

} // namespace chrona::jobs
