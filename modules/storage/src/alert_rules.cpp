// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/alert_store.h"

#include <format>

namespace chrona::storage {
namespace {

using schema::AlertRule;

constexpr const char *kRuleColumns =
    "id, name, watch, is_enabled, words, types, regions, about, severity_min, confidence_min, "
    "relevance_min, threshold, urgency, quiet_from, quiet_until, rearm_seconds, grouping_kind, "
    "sources, box_west, box_south, box_east, box_north, revision, changed_at";

AlertRule ruleOf(const Row &row)
{
    AlertRule rule;
    rule.id = {row.int64(0)};
    rule.name = row.string(1);
    rule.watch = static_cast<schema::AlertWatch>(row.int16(2));
    rule.enabled = row.boolean(3);
    rule.words = row.strings(4);
    rule.types = static_cast<std::uint32_t>(row.int64(5));
    rule.regions = row.strings(6);
    rule.about = row.strings(7);
    rule.severityMin = row.float64(8);
    rule.confidenceMin = row.float64(9);
    rule.relevanceMin = row.float64(10);
    rule.threshold = row.float64(11);
    rule.urgency = static_cast<schema::AlertUrgency>(row.int16(12));
    if (!row.isNull(13) && !row.isNull(14))
        rule.quiet = schema::QuietHours{row.int16(13), row.int16(14)};
    rule.rearm = std::chrono::seconds(row.int64(15));
    rule.grouping = static_cast<schema::AlertGrouping>(row.int16(16));
    rule.sources = row.strings(17);
    if (!row.isNull(18))
        rule.box =
            schema::GeoBox{row.float64(18), row.float64(19), row.float64(20), row.float64(21)};
    rule.revision = static_cast<std::uint32_t>(row.int32(22));
    rule.changedAt = row.instant(23);
    return rule;
}

/// All that a person can set, in the order of parametersOf().
constexpr const char *kSetColumns =
    "name, watch, is_enabled, words, types, regions, about, severity_min, confidence_min, "
    "relevance_min, threshold, urgency, quiet_from, quiet_until, rearm_seconds, grouping_kind, "
    "sources, box_west, box_south, box_east, box_north";
constexpr const char *kSetValues = "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
                                   "$15, $16, $17, $18, $19, $20, $21";

std::vector<Parameter> parametersOf(const AlertRule &rule)
{
    const auto side = [&rule](double schema::GeoBox::*at) -> std::optional<double> {
        return rule.box ? std::optional((*rule.box).*at) : std::nullopt;
    };
    const auto minute = [&rule](int schema::QuietHours::*at) -> std::optional<std::int16_t> {
        return rule.quiet ? std::optional(static_cast<std::int16_t>((*rule.quiet).*at))
                          : std::nullopt;
    };
    return {rule.name,
            static_cast<std::int16_t>(rule.watch),
            rule.enabled,
            rule.words,
            static_cast<std::int64_t>(rule.types),
            rule.regions,
            rule.about,
            rule.severityMin,
            rule.confidenceMin,
            rule.relevanceMin,
            rule.threshold,
            static_cast<std::int16_t>(rule.urgency),
            minute(&schema::QuietHours::fromMinute),
            minute(&schema::QuietHours::untilMinute),
            std::int64_t{std::chrono::floor<std::chrono::seconds>(rule.rearm).count()},
            static_cast<std::int16_t>(rule.grouping),
            rule.sources,
            side(&schema::GeoBox::west),
            side(&schema::GeoBox::south),
            side(&schema::GeoBox::east),
            side(&schema::GeoBox::north)};
}

Result<AlertRule> insertRule(Connection &connection, const AlertRule &rule)
{
    const auto count =
        connection.query("SELECT count(*) FROM chrona_brief.alert_rule WHERE NOT is_hidden");
    if (!count)
        return std::unexpected(count.error());
    if (count->first().int64(0) >= std::int64_t{schema::kAlertRulesMax})
        return fail(ErrorCode::InvalidInput,
                    std::format("there are {} rules already", schema::kAlertRulesMax),
                    "remove one that is no longer needed");
    // A shipped rule that was removed gives its name free.
    const std::string sql = std::format(
        "INSERT INTO chrona_brief.alert_rule AS r ({0}) VALUES ({1}) ON CONFLICT (name) DO UPDATE "
        "SET ({0}, is_hidden, revision, changed_at) = ({1}, false, r.revision + 1, now()) "
        "WHERE r.is_hidden RETURNING {2}",
        kSetColumns, kSetValues, kRuleColumns);
    const auto rows = connection.query(sql.c_str(), parametersOf(rule));
    if (!rows)
        return std::unexpected(rows.error());
    if (rows->isEmpty())
        return fail(ErrorCode::Conflict, std::format("there is a rule \"{}\" already", rule.name),
                    "choose another name");
    return ruleOf(rows->first());
}

Result<AlertRule> updateRule(Connection &connection, const AlertRule &rule)
{
    const auto known =
        connection.query("SELECT revision, EXISTS (SELECT FROM chrona_brief.alert_rule o WHERE "
                         "o.name = $2 AND o.id <> $1) FROM chrona_brief.alert_rule "
                         "WHERE id = $1 AND NOT is_hidden FOR UPDATE",
                         {rule.id, rule.name});
    if (!known)
        return std::unexpected(known.error());
    if (known->isEmpty())
        return fail(ErrorCode::NotFound, "there is no such rule");
    if (static_cast<std::uint32_t>(known->first().int32(0)) != rule.revision)
        return fail(ErrorCode::Conflict,
                    std::format("the rule \"{}\" was changed meanwhile", rule.name),
                    "look at it again and repeat the change");
    if (known->first().boolean(1))
        return fail(ErrorCode::Conflict, std::format("there is a rule \"{}\" already", rule.name),
                    "choose another name");
    std::vector<Parameter> parameters = parametersOf(rule);
    parameters.emplace_back(rule.id);
    const std::string sql = std::format(
        "UPDATE chrona_brief.alert_rule SET ({0}, revision, changed_at) = ({1}, revision + 1, "
        "now()) WHERE id = $22 RETURNING {2}",
        kSetColumns, kSetValues, kRuleColumns);
    const auto rows = connection.query(sql.c_str(), parameters);
    if (!rows)
        return std::unexpected(rows.error());
    return ruleOf(rows->first());
}

} // namespace

Status seedAlertRules(Connection &connection, std::span<const AlertRule> shipped)
{
    const std::string sql =
        std::format("INSERT INTO chrona_brief.alert_rule ({}, is_shipped) VALUES ({}, true) "
                    "ON CONFLICT DO NOTHING",
                    kSetColumns, kSetValues);
    for (const AlertRule &rule : shipped) {
        const auto stored = connection.exec(sql.c_str(), parametersOf(rule));
        if (!stored)
            return std::unexpected(stored.error());
    }
    return {};
}

Result<std::vector<AlertRule>> loadAlertRules(Connection &connection)
{
    const std::string sql = std::format(
        "SELECT {} FROM chrona_brief.alert_rule WHERE NOT is_hidden ORDER BY id", kRuleColumns);
    const auto rows = connection.query(sql.c_str());
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<AlertRule> rules;
    for (const Row row : *rows)
        rules.push_back(ruleOf(row));
    return rules;
}

Result<AlertRule> saveAlertRule(Connection &connection, const AlertRule &rule)
{
    if (const auto faults = schema::validate(rule); !faults.empty())
        return fail(ErrorCode::InvalidInput, "the rule is not valid: " + schema::describe(faults));
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    auto saved = rule.id.isNull() ? insertRule(connection, rule) : updateRule(connection, rule);
    if (!saved)
        return saved;
    if (auto done = transaction->commit(); !done)
        return std::unexpected(done.error());
    return saved;
}

Status removeAlertRule(Connection &connection, schema::AlertRuleId id)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const auto gone = connection.query(
        "WITH hidden AS (UPDATE chrona_brief.alert_rule SET is_hidden = true WHERE id = $1 "
        "AND is_shipped AND NOT is_hidden RETURNING 1), "
        "deleted AS (DELETE FROM chrona_brief.alert_rule WHERE id = $1 AND NOT is_shipped "
        "RETURNING 1), "
        "unsaid AS (DELETE FROM chrona_brief.alert WHERE rule_id = $1 AND announced_at IS NULL) "
        "SELECT (SELECT count(*) FROM hidden) + (SELECT count(*) FROM deleted)",
        {id});
    if (!gone)
        return std::unexpected(gone.error());
    if (gone->first().int64(0) == 0)
        return fail(ErrorCode::NotFound, "there is no such rule");
    return transaction->commit();
}

} // namespace chrona::storage
