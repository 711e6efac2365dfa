// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/alert_store.h"

#include "conditions.h"

#include <algorithm>
#include <format>
#include <map>
#include <set>

namespace chrona::storage {
namespace {

using schema::Alert;
using schema::AlertCrossing;
using schema::AlertId;

/// Writers of alerts wait for each other, so that what one finds new is new.
constexpr const char *kLockAlerts =
    "SELECT pg_advisory_xact_lock(hashtext('chrona_brief.alert')::bigint)";

Result<std::set<std::string>> storeNew(Connection &connection, const CrossingBatch &batch)
{
    std::vector<std::string> subjects, titles;
    std::vector<std::int64_t> ids;
    std::vector<std::int16_t> kinds;
    std::vector<double> measured, limits;
    std::vector<Instant> times;
    for (const AlertCrossing &one : batch.crossings) {
        subjects.push_back(one.subject);
        kinds.push_back(static_cast<std::int16_t>(one.kind));
        ids.push_back(one.id);
        titles.push_back(one.title);
        measured.push_back(one.measured);
        limits.push_back(one.limit);
        times.push_back(one.at);
    }
    const auto rows = connection.query(
        "INSERT INTO chrona_brief.alert_crossing (rule_id, subject, kind, ref_id, title, measured, "
        "limit_at, at, holds) SELECT $1, c.*, $9 FROM unnest($2::text[], $3::int2[], $4::int8[], "
        "$5::text[], $6::float8[], $7::float8[], $8::timestamptz[]) AS c "
        "ON CONFLICT DO NOTHING RETURNING subject",
        {batch.rule->id, subjects, kinds, ids, titles, measured, limits, times, batch.holds});
    if (!rows)
        return std::unexpected(rows.error());
    std::set<std::string> fresh;
    for (const Row row : *rows)
        fresh.insert(row.string(0));
    return fresh;
}

/// The alert that still takes what comes; null: none.
Result<AlertId> openAlert(Connection &connection, const CrossingBatch &batch, Instant now)
{
    const auto rows =
        connection.query("SELECT id FROM chrona_brief.alert WHERE rule_id = $1 AND group_key = $2 "
                         "AND raised_at <= $4 AND (announced_at IS NULL OR announced_at > $3) "
                         "ORDER BY raised_at DESC LIMIT 1",
                         {batch.rule->id, batch.group, now - batch.rule->rearm, now});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? AlertId{} : AlertId{rows->first().int64(0)};
}

Result<AlertId> raiseAlert(Connection &connection, const CrossingBatch &batch, Instant now)
{
    const auto rows = connection.query(
        "INSERT INTO chrona_brief.alert (rule_id, name, watch, urgency, group_key, raised_at, "
        "announced_at, count, synthetic) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8) RETURNING id",
        {batch.rule->id, batch.rule->name, static_cast<std::int16_t>(batch.rule->watch),
         static_cast<std::int16_t>(batch.rule->urgency), batch.group, now,
         batch.isQuiet ? std::nullopt : std::optional(now), batch.synthetic});
    if (!rows)
        return std::unexpected(rows.error());
    return AlertId{rows->first().int64(0)};
}

Result<std::size_t> record(Connection &connection, const CrossingBatch &batch, Instant now)
{
    const auto fresh = storeNew(connection, batch);
    if (!fresh)
        return std::unexpected(fresh.error());
    if (fresh->empty())
        return 0;
    auto alert = openAlert(connection, batch, now);
    if (alert && alert->isNull())
        alert = raiseAlert(connection, batch, now);
    if (!alert)
        return std::unexpected(alert.error());
    const std::vector<std::string> subjects(fresh->begin(), fresh->end());
    const auto joined =
        connection.exec("UPDATE chrona_brief.alert_crossing SET alert_id = $1 WHERE rule_id = $2 "
                        "AND subject = ANY ($3)",
                        {*alert, batch.rule->id, subjects});
    if (!joined)
        return std::unexpected(joined.error());
    const auto counted =
        connection.exec("UPDATE chrona_brief.alert SET count = count + $2 WHERE id = $1",
                        {*alert, static_cast<std::int64_t>(fresh->size())});
    if (!counted)
        return std::unexpected(counted.error());
    return fresh->size();
}

Status addCrossings(Connection &connection, std::vector<Alert> &alerts)
{
    std::vector<std::int64_t> ids;
    std::map<AlertId, Alert *> byId;
    for (Alert &alert : alerts) {
        ids.push_back(alert.id.value);
        byId[alert.id] = &alert;
    }
    const auto rows = connection.query(
        "SELECT alert_id, subject, kind, ref_id, title, measured, limit_at, at FROM (SELECT *, "
        "row_number() OVER (PARTITION BY alert_id ORDER BY abs(measured) DESC, at DESC, subject) "
        "AS rank FROM chrona_brief.alert_crossing WHERE alert_id = ANY ($1)) c WHERE rank <= $2 "
        "ORDER BY alert_id, rank",
        {ids, static_cast<std::int64_t>(schema::kAlertCrossingsShown)});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows)
        byId[AlertId{row.int64(0)}]->crossings.push_back(
            {row.string(1), static_cast<schema::EvidenceKind>(row.int16(2)), row.int64(3),
             row.string(4), row.float64(5), row.float64(6), row.instant(7)});
    return {};
}

} // namespace

Result<std::size_t> recordCrossings(Connection &connection, std::span<const CrossingBatch> batches,
                                    Instant now)
{
    if (batches.empty())
        return 0;
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto locked = connection.query(kLockAlerts); !locked)
        return std::unexpected(locked.error());
    std::size_t count = 0;
    for (const CrossingBatch &batch : batches) {
        const auto recorded = record(connection, batch, now);
        if (!recorded)
            return recorded;
        count += *recorded;
    }
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return count;
}

Result<std::vector<HeldCrossing>> loadHeldCrossings(Connection &connection)
{
    const auto rows = connection.query("SELECT rule_id, subject FROM chrona_brief.alert_crossing "
                                       "WHERE holds AND ended_at IS NULL ORDER BY 1, 2");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<HeldCrossing> held;
    for (const Row row : *rows)
        held.push_back({{row.int64(0)}, row.string(1)});
    return held;
}

Status endCrossings(Connection &connection, std::span<const HeldCrossing> ended, Instant now)
{
    if (ended.empty())
        return {};
    std::vector<std::int64_t> rules;
    std::vector<std::string> subjects;
    for (const HeldCrossing &one : ended) {
        rules.push_back(one.rule.value);
        subjects.push_back(one.subject);
    }
    return connection
        .exec("UPDATE chrona_brief.alert_crossing c SET ended_at = $3 FROM unnest($1::int8[], "
              "$2::text[]) AS e (rule_id, subject) WHERE c.rule_id = e.rule_id "
              "AND c.subject = e.subject AND c.ended_at IS NULL",
              {rules, subjects, now})
        .transform([](std::int64_t) {});
}

Status announceAlerts(Connection &connection, std::span<const AlertId> alerts, Instant now)
{
    std::vector<std::int64_t> ids;
    for (const AlertId id : alerts)
        ids.push_back(id.value);
    if (ids.empty())
        return {};
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (const auto locked = connection.query(kLockAlerts); !locked)
        return std::unexpected(locked.error());
    const auto done = connection.exec("UPDATE chrona_brief.alert SET announced_at = $2 "
                                      "WHERE id = ANY ($1) AND announced_at IS NULL",
                                      {ids, now});
    if (!done)
        return std::unexpected(done.error());
    return transaction->commit();
}

Result<std::vector<Alert>> loadAlerts(Connection &connection, const AlertListQuery &query)
{
    Conditions conditions;
    if (query.from)
        conditions.add("raised_at >= ?", *query.from);
    if (query.to)
        conditions.add("raised_at < ?", *query.to);
    if (query.announcedAfter)
        conditions.add("announced_at > ?", *query.announcedAfter);
    if (query.announcedUntil)
        conditions.add("announced_at <= ?", *query.announcedUntil);
    if (!query.rule.isNull())
        conditions.add("rule_id = ?", query.rule);
    if (query.waiting)
        conditions.add("announced_at IS NULL");
    const std::string sql =
        "SELECT id, rule_id, name, watch, urgency, group_key, raised_at, announced_at, count, "
        "synthetic FROM chrona_brief.alert" +
        conditions.sql() + std::format(" ORDER BY raised_at DESC, id DESC LIMIT {}", query.limit);
    const auto rows = connection.query(sql.c_str(), conditions.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Alert> alerts;
    for (const Row row : *rows) {
        Alert alert;
        alert.id = {row.int64(0)};
        alert.rule = {row.int64(1)};
        alert.name = row.string(2);
        alert.watch = static_cast<schema::AlertWatch>(row.int16(3));
        alert.urgency = static_cast<schema::AlertUrgency>(row.int16(4));
        alert.group = row.string(5);
        alert.raisedAt = row.instant(6);
        alert.announcedAt = row.optionalInstant(7);
        alert.count = static_cast<std::uint32_t>(row.int64(8));
        alert.synthetic = row.boolean(9);
        alerts.push_back(std::move(alert));
    }
    if (auto added = addCrossings(connection, alerts); !added)
        return std::unexpected(added.error());
    return alerts;
}

Result<std::vector<KindCount>> countKinds(Connection &connection, Instant from, Instant to)
{
    const auto rows =
        connection.query("SELECT type, left(region, 2), count(*) FROM chrona_world.event "
                         "WHERE observed_at >= $1 AND observed_at < $2 GROUP BY 1, 2",
                         {from, to});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<KindCount> counts;
    for (const Row row : *rows)
        counts.push_back(
            {static_cast<schema::EventType>(row.int16(0)), row.string(1), row.int64(2)});
    return counts;
}

} // namespace chrona::storage
