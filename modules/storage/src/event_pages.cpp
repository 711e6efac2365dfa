// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/event_pages.h"

#include "conditions.h"
#include "event_collector.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chrona::storage {
namespace {

constexpr std::uint32_t kPageRowsMost = 10'000;
constexpr std::uint32_t kWalkPagesMost = 8192;

/// The least share that columns round to the same 255th as `minimum`, or a little less: shares are
/// single-precision numbers.
double shareFor(float minimum)
{
    constexpr double kSinglePrecision = 1e-6;
    const auto byte = static_cast<double>(std::lround(std::clamp(minimum, 0.0F, 1.0F) * 255));
    return (byte - 0.5) / 255 - kSinglePrecision;
}

Conditions pickConditions(const EventPick &pick)
{
    Conditions where;
    where.add("state <> 2");
    if (pick.from)
        where.add("observed_at >= ?", *pick.from);
    if (pick.to)
        where.add("observed_at < ?", *pick.to);
    if (pick.availableBy)
        where.add("available_at <= ?", *pick.availableBy);
    if (!pick.types.empty()) {
        std::vector<std::int16_t> types;
        for (const schema::EventType type : pick.types)
            types.push_back(static_cast<std::int16_t>(type));
        where.add("type = ANY(?)", types);
    }
    if (!pick.sources.empty()) {
        std::vector<std::int64_t> sources;
        for (const schema::SourceId source : pick.sources)
            sources.push_back(source.value);
        where.add("source_id = ANY(?)", sources);
    }
    if (!pick.regions.empty() || !pick.countries.empty()) {
        const std::string regions = where.placeholder(pick.regions);
        where.add("(region = ANY(" + regions + ") OR split_part(region, '-', 1) = ANY(?))",
                  pick.countries);
    }
    for (const std::string &word : pick.words)
        where.add("title ILIKE ?", likeAnywhere(word));
    if (pick.severityMin > 0)
        where.add("severity >= ?", shareFor(pick.severityMin));
    if (pick.confidenceMin > 0)
        where.add("confidence >= ?", shareFor(pick.confidenceMin));
    if (pick.box)
        addBox(where, *pick.box);
    return where;
}

/// One end of a stretch. The time alone is said too: partitions that lie beyond it are not opened.
void addEnd(Conditions &where, const EventPosition &key, const char *timeSign, const char *sign)
{
    const std::string at = where.placeholder(key.observedAt);
    where.add("observed_at " + std::string(timeSign) + ' ' + at);
    where.add("(observed_at, id) " + std::string(sign) + " (" + at + ", ?)", key.id);
}

Conditions pickConditions(const EventPick &pick, const EventStretch &stretch)
{
    Conditions where = pickConditions(pick);
    const bool isNewest = stretch.order == Order::NewestFirst;
    if (stretch.from)
        addEnd(where, *stretch.from, isNewest ? "<=" : ">=", isNewest ? "<=" : ">=");
    if (stretch.before)
        addEnd(where, *stretch.before, isNewest ? ">=" : "<=", isNewest ? ">" : "<");
    return where;
}

const char *orderOf(const EventStretch &stretch)
{
    return stretch.order == Order::NewestFirst ? "observed_at DESC, id DESC" : "observed_at, id";
}

} // namespace

Result<EventSteps> walkEvents(Connection &connection, const EventPick &pick,
                              const EventStretch &stretch, EventStride stride)
{
    const auto pages = static_cast<std::int64_t>(std::clamp(stride.pages, 1U, kWalkPagesMost));
    const auto perPage =
        static_cast<std::int64_t>(std::clamp(stride.rowsPerPage, 1U, kPageRowsMost));
    Conditions where = pickConditions(pick, stretch);
    // One row more than is walked: it says where to go on.
    const std::string limit = where.placeholder(pages * perPage + 1);
    const std::string step = where.placeholder(perPage);
    const std::string sql = std::format(
        "SELECT n, observed_at, id FROM (SELECT observed_at, id, row_number() OVER w AS n, "
        "lead(id) OVER w IS NULL AS is_last FROM (SELECT observed_at, id FROM chrona_world.event"
        "{0} ORDER BY {1} LIMIT {2}) walked WINDOW w AS (ORDER BY {1})) numbered "
        "WHERE (n - 1) % {3} = 0 OR is_last ORDER BY n",
        where.sql(), orderOf(stretch), limit, step);
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    EventSteps steps;
    for (const Row row : *rows) {
        const std::int64_t place = row.int64(0) - 1;
        const EventPosition key{row.instant(1), {row.int64(2)}};
        if (place == pages * perPage) {
            steps.next = key;
            break;
        }
        if (place % perPage == 0)
            steps.keys.push_back(key);
        steps.rows = static_cast<std::uint64_t>(place) + 1;
    }
    if (steps.next)
        steps.rows = static_cast<std::uint64_t>(pages * perPage);
    return steps;
}

Result<EventPage> loadEventPage(Connection &connection, const EventPick &pick,
                                const EventStretch &stretch, std::uint32_t limit)
{
    Conditions where = pickConditions(pick, stretch);
    const std::string most =
        where.placeholder(static_cast<std::int64_t>(std::clamp(limit, 1U, kPageRowsMost)));
    const std::string sql =
        std::format("SELECT packed, title FROM chrona_world.event{} ORDER BY {} LIMIT {}",
                    where.sql(), orderOf(stretch), most);
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    EventPage page;
    page.columns.reserve(rows->size());
    page.titles.reserve(rows->size());
    EventCollector collector(page.columns, page.tables);
    for (const Row row : *rows) {
        const auto packed = row.bytes(0);
        // A view of the same bytes: they stay where they are.
        if (auto read =
                collector.add({reinterpret_cast<const char *>(packed.data()), packed.size()});
            !read)
            return std::unexpected(read.error());
        page.titles.push_back(row.string(1));
    }
    return page;
}

Result<std::uint64_t> estimateEvents(Connection &connection, const EventPick &pick)
{
    Conditions where = pickConditions(pick);
    const std::string sql = "EXPLAIN (FORMAT JSON) SELECT 1 FROM chrona_world.event" + where.sql();
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    // The first is that of the whole plan; its parts follow.
    constexpr std::string_view kName = "\"Plan Rows\": ";
    const std::string_view plan = rows->first().text(0);
    const std::size_t at = plan.find(kName);
    std::uint64_t believed = 0;
    if (at == std::string_view::npos ||
        std::from_chars(plan.data() + at + kName.size(), plan.data() + plan.size(), believed).ec !=
            std::errc{})
        return fail(ErrorCode::Corrupt, "the planner's answer cannot be read");
    return believed;
}

Result<std::optional<Instant>> timeOfNewest(Connection &connection, std::uint64_t count)
{
    const auto believed = estimateEvents(connection, {});
    if (!believed)
        return std::unexpected(believed.error());
    // Beliefs are some per cent off; a walk in vain costs less than rows too many.
    if (static_cast<double>(*believed) < 0.8 * static_cast<double>(count))
        return std::nullopt;
    const auto rows = connection.query("SELECT observed_at FROM chrona_world.event "
                                       "ORDER BY observed_at DESC, id DESC OFFSET $1 LIMIT 1",
                                       {static_cast<std::int64_t>(count)});
    if (!rows)
        return std::unexpected(rows.error());
    return rows->isEmpty() ? std::nullopt : std::optional(rows->first().instant(0));
}

} // namespace chrona::storage
