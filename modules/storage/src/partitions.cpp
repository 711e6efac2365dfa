// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/partitions.h"

#include "chrona/base/log.h"

#include <chrono>

namespace chrona::storage {
namespace {

using namespace std::chrono;

enum class Width : std::uint8_t { Day, Month, Quarter, Year };

struct Rule {
    std::string table;
    std::string column;
    Width width = Width::Year;
    int ahead = 1;
    std::optional<Instant> floor;
    bool mayExpire = false;
};

// Rows chosen to be all over time would otherwise make tables without end.
constexpr std::size_t kRangesPerCallMax = 400;

Date startOf(Width width, Instant instant)
{
    const Date day = std::chrono::floor<days>(instant);
    const year_month_day date(day);
    switch (width) {
    case Width::Day: return day;
    case Width::Month: return Date(date.year() / date.month() / 1);
    case Width::Quarter: {
        const unsigned first = (static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1;
        return Date(date.year() / month(first) / 1);
    }
    case Width::Year: break;
    }
    return Date(date.year() / January / 1);
}

Date next(Width width, Date start)
{
    const year_month_day date(start);
    switch (width) {
    case Width::Day: return start + days(1);
    case Width::Month: return Date(date + months(1));
    case Width::Quarter: return Date(date + months(3));
    case Width::Year: break;
    }
    return Date(date + years(1));
}

std::string nameOf(const Rule &rule, Date start)
{
    const year_month_day date(start);
    const int y = static_cast<int>(date.year());
    const unsigned m = static_cast<unsigned>(date.month());
    switch (rule.width) {
    case Width::Day:
        return std::format("{}_{:04}{:02}{:02}", rule.table, y, m,
                           static_cast<unsigned>(date.day()));
    case Width::Month: return std::format("{}_{:04}{:02}", rule.table, y, m);
    case Width::Quarter: return std::format("{}_{:04}q{}", rule.table, y, (m - 1) / 3 + 1);
    case Width::Year: break;
    }
    return std::format("{}_{:04}", rule.table, y);
}

Result<std::vector<Rule>> loadRules(Connection &connection)
{
    auto rows =
        connection.query("SELECT table_name, key_column, width, ahead, floor_at, may_expire "
                         "FROM chrona_ops.partition_rule ORDER BY table_name");
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Rule> rules;
    for (const Row row : *rows) {
        const std::string_view width = row.text(2);
        rules.push_back({row.string(0), row.string(1),
                         width == "day"       ? Width::Day
                         : width == "month"   ? Width::Month
                         : width == "quarter" ? Width::Quarter
                                              : Width::Year,
                         row.int16(3), row.optionalInstant(4), row.boolean(5)});
    }
    return rules;
}

Result<Rule> loadRule(Connection &connection, const std::string &table)
{
    auto rules = loadRules(connection);
    if (!rules)
        return std::unexpected(rules.error());
    const auto found = std::ranges::find(*rules, table, &Rule::table);
    if (found == rules->end())
        return fail(ErrorCode::NotFound, std::format("{} is not cut into ranges", table));
    return *found;
}

/// Rows that were waiting in the default partition move into their range. Attaching a table, unlike
/// creating it as a partition, does not lock readers and writers of the others out.
Status createRange(Connection &connection, const Rule &rule, Date start)
{
    const std::string name = nameOf(rule, start);
    const std::string from = formatDate(start);
    const std::string to = formatDate(next(rule.width, start));
    const std::string steps[] = {
        std::format("LOCK TABLE {}_default IN SHARE ROW EXCLUSIVE MODE", rule.table),
        std::format("CREATE TABLE {} (LIKE {} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)", name,
                    rule.table),
        std::format("WITH moved AS (DELETE FROM {0}_default WHERE {1} >= '{2} 00:00:00+00' "
                    "AND {1} < '{3} 00:00:00+00' RETURNING *) INSERT INTO {4} SELECT * FROM moved",
                    rule.table, rule.column, from, to, name),
        std::format("ALTER TABLE {} ATTACH PARTITION {} "
                    "FOR VALUES FROM ('{} 00:00:00+00') TO ('{} 00:00:00+00')",
                    rule.table, name, from, to),
    };
    for (const std::string &step : steps) {
        if (auto done = connection.exec(step.c_str()); !done)
            return std::unexpected(done.error());
    }
    log::debug("storage", "made {}", name);
    return {};
}

Result<std::vector<Date>> missingOf(Connection &connection, const Rule &rule,
                                    const std::vector<Date> &starts)
{
    std::vector<std::string> names;
    names.reserve(starts.size());
    for (const Date start : starts)
        names.push_back(nameOf(rule, start));
    // Not by to_regclass: its cache may not know yet what another session made while we waited.
    auto rows = connection.query(
        "SELECT i - 1 FROM unnest($1::text[]) WITH ORDINALITY AS t(name, i) WHERE NOT EXISTS "
        "(SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = split_part(name, '.', 1) AND c.relname = split_part(name, '.', 2)) "
        "ORDER BY i",
        {names});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Date> missing;
    for (const Row row : *rows)
        missing.push_back(starts[static_cast<std::size_t>(row.int64(0))]);
    return missing;
}

Status ensure(Connection &connection, const Rule &rule, PartitionRange range)
{
    const Instant now = std::chrono::floor<Duration>(system_clock::now());
    const Instant lowest = rule.floor.value_or(now - years(10));
    Date start = startOf(rule.width, std::max(range.from, lowest));
    Instant highest = now;
    for (int i = 0; i < rule.ahead; ++i)
        highest = next(rule.width, startOf(rule.width, highest));
    std::vector<Date> starts;
    for (; start <= std::min(range.to, highest) && starts.size() < kRangesPerCallMax;
         start = next(rule.width, start))
        starts.push_back(start);
    auto missing = missingOf(connection, rule, starts);
    if (!missing || missing->empty())
        return missing ? Status{} : std::unexpected(missing.error());

    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    if (auto locked = connection.exec("SELECT pg_advisory_xact_lock(4843872155)"); !locked)
        return std::unexpected(locked.error());
    // Somebody else may have made them while we waited.
    missing = missingOf(connection, rule, *missing);
    if (!missing)
        return std::unexpected(missing.error());
    for (const Date each : *missing) {
        if (Status made = createRange(connection, rule, each); !made)
            return made;
    }
    return transaction->commit();
}

/// The ranges of a table that end before the moment, oldest first. Only of tables whose rows may
/// go.
Result<std::vector<std::string>> expiringRanges(Connection &connection, const std::string &table,
                                                Instant before)
{
    const auto rule = loadRule(connection, table);
    if (!rule)
        return std::unexpected(rule.error());
    if (!rule->mayExpire)
        return fail(ErrorCode::Denied, std::format("{} is kept for good", table));
    auto rows = connection.query("SELECT c.oid::regclass::text FROM pg_inherits i JOIN "
                                 "pg_class c ON c.oid = i.inhrelid "
                                 "WHERE i.inhparent = $1::text::regclass AND "
                                 "pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT' "
                                 "ORDER BY c.relname",
                                 {table});
    if (!rows)
        return std::unexpected(rows.error());
    // Names of one table sort by time.
    const std::string firstKept = nameOf(*rule, startOf(rule->width, before));
    std::vector<std::string> names;
    for (const Row row : *rows)
        if (std::string name = row.string(0); name < firstKept)
            names.push_back(std::move(name));
    return names;
}

Result<int> dropRanges(Connection &connection, const std::vector<std::string> &names)
{
    for (const std::string &name : names)
        if (Status done = connection.script("SET LOCAL lock_timeout = '3s'; DROP TABLE " + name);
            !done)
            return std::unexpected(done.error());
    return static_cast<int>(names.size());
}

} // namespace

Status ensurePartitions(Connection &connection)
{
    auto rules = loadRules(connection);
    if (!rules)
        return std::unexpected(rules.error());
    const Instant now = std::chrono::floor<Duration>(system_clock::now());
    for (const Rule &rule : *rules) {
        if (Status done = ensure(connection, rule, {now, Instant::max()}); !done)
            return done;
    }
    return {};
}

Status ensurePartitions(Connection &connection, const std::string &table, PartitionRange range)
{
    auto rule = loadRule(connection, table);
    if (!rule)
        return std::unexpected(rule.error());
    return ensure(connection, *rule, range);
}

Result<int> dropExpired(Connection &connection, const std::string &table, Instant before)
{
    const auto names = expiringRanges(connection, table, before);
    return names ? dropRanges(connection, *names) : std::unexpected(names.error());
}

Result<int> dropEmpty(Connection &connection, const std::string &table, Instant before)
{
    auto names = expiringRanges(connection, table, before);
    if (!names)
        return std::unexpected(names.error());
    std::vector<std::string> empty;
    for (std::string &name : *names) {
        const auto rows =
            connection.query(std::format("SELECT EXISTS (SELECT FROM {})", name).c_str());
        if (!rows)
            return std::unexpected(rows.error());
        if (!rows->first().boolean(0))
            empty.push_back(std::move(name));
    }
    return dropRanges(connection, empty);
}

Status settleTables(Connection &connection)
{
    const auto rules = loadRules(connection);
    if (!rules)
        return std::unexpected(rules.error());
    std::string tables = "chrona_world.event_key";
    for (const Rule &rule : *rules)
        tables += ", " + rule.table;
    const auto done = connection.query(("VACUUM (ANALYZE) " + tables).c_str());
    return done ? Status() : std::unexpected(done.error());
}

Result<std::vector<DefaultPartitionRows>> rowsInDefaultPartitions(Connection &connection)
{
    auto rules = loadRules(connection);
    if (!rules)
        return std::unexpected(rules.error());
    std::vector<DefaultPartitionRows> result;
    for (const Rule &rule : *rules) {
        auto rows =
            connection.query(std::format("SELECT count(*) FROM {}_default", rule.table).c_str());
        if (!rows)
            return std::unexpected(rows.error());
        if (const std::int64_t count = rows->first().int64(0); count > 0)
            result.push_back({rule.table, count});
    }
    return result;
}

} // namespace chrona::storage
