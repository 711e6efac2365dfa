// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/copy.h"
#include "chrona/storage/event_queries.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace chrona::storage {
namespace {

using schema::EventColumns;

constexpr std::uint16_t kTableFull = std::numeric_limits<std::uint16_t>::max();

template <class Map, class List, class Value>
std::uint16_t indexIn(Map &index, List &list, const Value &value, const typename Map::key_type &key)
{
    if (const auto found = index.find(key); found != index.end())
        return found->second;
    if (list.size() >= kTableFull)
        return kTableFull;
    const auto position = static_cast<std::uint16_t>(list.size());
    list.push_back(value);
    index.emplace(key, position);
    return position;
}

std::uint8_t toByte(float share)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0F, 1.0F) * 255));
}

std::string bound(const char *sign, Instant instant)
{
    // COPY takes no parameters; digits of a number are all that enters the text.
    return std::format(" AND observed_at {} '{}'", sign, formatInstant(instant));
}

/// COPY in the order of the tables: a sequential read. The rows of a range come nearly in order, so
/// sorting them here costs less than fetching them by index.
std::string statementFor(const ColumnWindow &window)
{
    std::string where;
    if (window.from)
        where += bound(">=", *window.from);
    if (window.to)
        where += bound("<", *window.to);
    return std::format("COPY (SELECT id, observed_at, available_at, longitude::float4, "
                       "latitude::float4, source_id, severity, confidence, "
                       "(type::int4 << 8) | (state::int4 << 1) | synthetic::int4, region "
                       "FROM chrona_world.event WHERE true{}) TO STDOUT (FORMAT binary)", where);
}

/// Rows as they come, turned into columns. Neighbours often share region and source, so the last
/// ones are remembered.
class Collector {
public:
    Collector(EventColumns &columns, EventTables &tables) : m_columns(columns), m_tables(tables) {}

    Status add(const CopyRow &row)
    {
        const std::int32_t bits = row.int32(8);
        std::uint8_t flags = (bits & 1) != 0 ? EventColumns::kSynthetic : 0;
        if (static_cast<schema::EventState>((bits >> 1) & 0x7F) == schema::EventState::Retracted)
            flags |= EventColumns::kRetracted;
        if (!row.isNull(3))
            flags |= EventColumns::kHasPlace;
        m_columns.id.push_back(row.int64(0));
        m_columns.observedAt.push_back(row.instant(1).time_since_epoch().count());
        m_columns.availableAt.push_back(row.instant(2).time_since_epoch().count());
        m_columns.longitude.push_back(row.float32(3));
        m_columns.latitude.push_back(row.float32(4));
        m_columns.type.push_back(static_cast<std::uint8_t>(bits >> 8));
        m_columns.severity.push_back(toByte(row.float32(6)));
        m_columns.confidence.push_back(toByte(row.float32(7)));
        m_columns.flags.push_back(flags);
        m_columns.source.push_back(sourceIndex(row.int64(5)));
        m_columns.region.push_back(regionIndex(row.text(9)));
        return {};
    }

private:
    std::uint16_t sourceIndex(std::int64_t source)
    {
        if (m_columns.source.empty() || source != m_source) {
            m_source = source;
            m_sourceIndex = m_tables.sourceIndex({source});
        }
        return m_sourceIndex;
    }

    std::uint16_t regionIndex(std::string_view region)
    {
        if (m_columns.region.empty() || region != m_region) {
            m_region = region;
            m_regionIndex = m_tables.regionIndex(region);
        }
        return m_regionIndex;
    }

    EventColumns &m_columns;
    EventTables &m_tables;
    std::int64_t m_source = 0;
    std::uint16_t m_sourceIndex = 0;
    std::string m_region;
    std::uint16_t m_regionIndex = 0;
};

template <class T> void permute(std::vector<T> &column, const std::vector<std::uint32_t> &order)
{
    std::vector<T> sorted;
    sorted.reserve(column.size());
    for (const std::uint32_t from : order)
        sorted.push_back(column[from]);
    column = std::move(sorted);
}

void sortByTime(EventColumns &columns)
{
    std::vector<std::uint32_t> order(columns.size());
    std::iota(order.begin(), order.end(), 0U);
    const auto isBefore = [&columns](std::uint32_t left, std::uint32_t right) {
        return std::pair(columns.observedAt[left], columns.id[left]) <
               std::pair(columns.observedAt[right], columns.id[right]);
    };
    if (std::ranges::is_sorted(order, isBefore))
        return;
    std::ranges::sort(order, isBefore);
    permute(columns.id, order);
    permute(columns.observedAt, order);
    permute(columns.availableAt, order);
    permute(columns.longitude, order);
    permute(columns.latitude, order);
    permute(columns.type, order);
    permute(columns.severity, order);
    permute(columns.confidence, order);
    permute(columns.flags, order);
    permute(columns.source, order);
    permute(columns.region, order);
}

} // namespace

std::uint16_t EventTables::regionIndex(std::string_view region)
{
    const std::string text(region);
    return indexIn(m_regionIndex, regions, text, text);
}

std::uint16_t EventTables::sourceIndex(schema::SourceId source)
{
    return indexIn(m_sourceIndex, sources, source, source.value);
}

Status loadEventColumns(Connection &connection, EventColumns &columns, EventTables &tables,
                        const ColumnWindow &window)
{
    EventColumns loaded;
    Collector collector(loaded, tables);
    const std::string sql = statementFor(window);
    const Status read = connection.copyOut(
        sql.c_str(), [&collector](const CopyRow &row) { return collector.add(row); });
    if (!read)
        return read;
    sortByTime(loaded);
    columns.append(loaded);
    return {};
}

} // namespace chrona::storage
