// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/copy.h"
#include "chrona/storage/event_queries.h"
#include "event_collector.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <optional>
#include <ranges>
#include <thread>

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
    return std::format(
        "COPY (SELECT packed FROM chrona_world.event WHERE true{}) TO STDOUT (FORMAT binary)",
        where);
}

template <class T> void permute(std::vector<T> &column, const std::vector<std::uint32_t> &order)
{
    std::vector<T> sorted;
    sorted.reserve(column.size());
    for (const std::uint32_t from : order)
        sorted.push_back(column[from]);
    column = std::move(sorted);
}

struct TimeKey {
    std::uint64_t time; ///< since the earliest of all
    std::uint32_t row;
};

/// By time, stable: as many passes as the times have digits of eleven bits.
void sortKeys(std::vector<TimeKey> &keys, std::uint64_t timeMax)
{
    constexpr int kDigitBits = 11;
    constexpr std::uint64_t kDigits = 1 << kDigitBits;
    std::vector<TimeKey> sorted(keys.size());
    for (int shift = 0; shift < 64 && (timeMax >> shift) != 0; shift += kDigitBits) {
        std::array<std::uint32_t, kDigits> places{};
        for (const TimeKey &key : keys)
            ++places[(key.time >> shift) % kDigits];
        std::exclusive_scan(places.begin(), places.end(), places.begin(), 0U);
        for (const TimeKey &key : keys)
            sorted[places[(key.time >> shift) % kDigits]++] = key;
        keys.swap(sorted);
    }
}

/// By time, then id.
void sortByTime(EventColumns &columns)
{
    const auto &times = columns.observedAt;
    const auto key = [&](std::size_t row) { return std::pair(times[row], columns.id[row]); };
    const auto rows = std::views::iota(std::size_t{0}, columns.size());
    if (std::ranges::is_sorted(rows, {}, key))
        return;
    const auto [earliest, latest] = std::ranges::minmax(times);
    const auto since = [earliest](std::int64_t time) {
        return static_cast<std::uint64_t>(time) - static_cast<std::uint64_t>(earliest);
    };
    std::vector<TimeKey> keys;
    keys.reserve(columns.size());
    for (std::uint32_t row = 0; row < columns.size(); ++row)
        keys.push_back({since(times[row]), row});
    sortKeys(keys, since(latest));
    std::vector<std::uint32_t> order;
    order.reserve(keys.size());
    for (const TimeKey &each : keys)
        order.push_back(each.row);
    for (auto first = order.begin(); first != order.end();) {
        const auto last = std::find_if(
            first, order.end(), [&](std::uint32_t row) { return times[row] != times[*first]; });
        std::sort(first, last, [&](std::uint32_t left, std::uint32_t right) {
            return columns.id[left] < columns.id[right];
        });
        first = last;
    }
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

/// Where to cut all events in two for two connections, and the snapshot that both shall see.
struct Split {
    Instant at;
    std::string snapshot;
};

/// Nothing where there is too little to share. A sample of the pages tells the middle well enough.
std::optional<Split> splitOf(Transaction &transaction)
{
    constexpr std::int64_t kSampleMin = 100;
    const auto rows = transaction.query(
        "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY observed_at), count(*), "
        "pg_export_snapshot() FROM chrona_world.event TABLESAMPLE SYSTEM (0.5)");
    if (!rows || rows->at(0).int64(1) < kSampleMin)
        return std::nullopt;
    return Split{rows->at(0).instant(0), rows->at(0).string(2)};
}

/// The events from the cut on, read by a thread of its own. Waits on destruction.
class NewerHalf {
public:
    NewerHalf(Connection &connection, const Split &split)
        : m_thread([this, &connection, split] { m_outcome = read(connection, split); })
    {
    }
    Status wait()
    {
        m_thread.join();
        return m_outcome;
    }
    /// Columns that were read beside other tables point into these from now on.
    void pointInto(EventTables &tables)
    {
        std::vector<std::uint16_t> regions, sources;
        for (const std::string &region : m_tables.regions)
            regions.push_back(tables.regionIndex(region));
        for (const schema::SourceId source : m_tables.sources)
            sources.push_back(tables.sourceIndex(source));
        const auto move = [](std::vector<std::uint16_t> &column, const auto &places) {
            for (std::uint16_t &place : column)
                place = place < places.size() ? places[place] : kTableFull;
        };
        move(m_columns.region, regions);
        move(m_columns.source, sources);
    }
    [[nodiscard]] const EventColumns &columns() const { return m_columns; }

private:
    Status read(Connection &connection, const Split &split)
    {
        auto transaction = Transaction::begin(connection, Transaction::Isolation::Snapshot);
        if (!transaction)
            return std::unexpected(transaction.error());
        // The name comes from the server: digits, letters and hyphens.
        const std::string adopt = std::format("SET TRANSACTION SNAPSHOT '{}'", split.snapshot);
        if (auto done = transaction->exec(adopt.c_str()); !done)
            return std::unexpected(done.error());
        return loadEventColumns(connection, m_columns, m_tables, {.from = split.at});
    }

    EventColumns m_columns;
    EventTables m_tables;
    Status m_outcome;
    std::jthread m_thread; ///< last: it writes what stands above
};

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
    EventCollector collector(loaded, tables);
    const std::string sql = statementFor(window);
    const Status read = connection.copyOut(
        sql.c_str(), [&collector](const CopyRow &row) { return collector.add(row.text(0)); });
    if (!read)
        return read;
    sortByTime(loaded);
    if (columns.size() == 0)
        columns = std::move(loaded);
    else
        columns.append(loaded);
    return {};
}

Status loadEventColumns(Pool &pool, EventColumns &columns, EventTables &tables)
{
    auto own = pool.take();
    if (!own)
        return std::unexpected(own.error());
    auto snapshot = Transaction::begin(**own, Transaction::Isolation::Snapshot);
    if (!snapshot)
        return std::unexpected(snapshot.error());
    auto second = pool.takeIfFree();
    const auto split = second && *second ? splitOf(*snapshot) : std::nullopt;
    if (!split)
        return loadEventColumns(**own, columns, tables);
    NewerHalf newer(***second, *split);
    EventColumns older;
    const Status read = loadEventColumns(**own, older, tables, {.to = split->at});
    const Status readNewer = newer.wait();
    if (!read || !readNewer)
        return read ? readNewer : read;
    newer.pointInto(tables);
    if (columns.size() == 0)
        columns = std::move(older);
    else
        columns.append(older);
    columns.append(newer.columns());
    return {};
}

} // namespace chrona::storage
