// SPDX-License-Identifier: AGPL-3.0-or-later
#include "row_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace chrona::workspace {
namespace {

constexpr std::size_t kKeys = 65'536;

/// The place of each name in the alphabet; indices beyond the table come last.
std::vector<std::uint16_t> ranksOf(const QStringList &names)
{
    std::vector<std::uint16_t> order(
        static_cast<std::size_t>(std::min<qsizetype>(names.size(), kKeys)));
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    std::ranges::stable_sort(order, {}, [&](std::uint16_t index) { return names[index]; });
    std::vector<std::uint16_t> ranks(kKeys, std::uint16_t{kKeys - 1});
    for (std::size_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = static_cast<std::uint16_t>(rank);
    return ranks;
}

/// Counting sort; `keyOf(row)` is below kKeys.
template <class KeyOf>
std::vector<std::uint32_t> countingSorted(const std::vector<std::uint32_t> &rows,
                                          Direction direction, KeyOf keyOf)
{
    const auto slotOf = [&](std::uint32_t row) {
        const std::size_t key = keyOf(row);
        return direction == Direction::Ascending ? key : kKeys - 1 - key;
    };
    std::vector<std::uint32_t> starts(kKeys + 1);
    for (const std::uint32_t row : rows)
        ++starts[slotOf(row) + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::uint32_t> sorted(rows.size());
    // From the last, which is the newest.
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        sorted[starts[slotOf(*row)]++] = *row;
    return sorted;
}

/// As many passes of a counting sort as the largest rank needs. Each keeps the order of equal ones
/// that it is given, once the first has put the newest first.
std::vector<std::uint32_t> sortedByRank(const EventSnapshot &snapshot,
                                        const std::vector<std::uint32_t> &rows, Direction direction,
                                        const EventIdTable &titles)
{
    // More places at once than this lie too far apart for the processor's tables of pages.
    constexpr int kPassBits = 11;
    constexpr std::uint32_t kPassMask = (1U << kPassBits) - 1;
    struct Ranked {
        std::uint32_t row, rank;
    };
    const std::vector<std::uint32_t> newestFirst(rows.rbegin(), rows.rend());
    std::vector<std::int64_t> ids(newestFirst.size());
    for (std::size_t at = 0; at < ids.size(); ++at)
        ids[at] = snapshot.columns.id[newestFirst[at]];
    const std::uint32_t most = titles.valueMost();
    // Ranks are places in an order, so the one behind the last is free.
    const std::uint32_t noRank = most + 1;
    std::vector<std::uint32_t> ranks(ids.size());
    titles.findEach(ids, noRank, ranks);
    std::vector<Ranked> ranked(ids.size()), passed(ids.size());
    for (std::size_t at = 0; at < ranked.size(); ++at) {
        const bool isTurned = direction == Direction::Descending && ranks[at] != noRank;
        ranked[at] = {newestFirst[at], isTurned ? most - ranks[at] : ranks[at]};
    }
    for (int shift = 0; shift < std::bit_width(noRank); shift += kPassBits) {
        std::array<std::uint32_t, kPassMask + 2> starts{};
        for (const Ranked &each : ranked)
            ++starts[(each.rank >> shift & kPassMask) + 1];
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        for (const Ranked &each : ranked)
            passed[starts[each.rank >> shift & kPassMask]++] = each;
        ranked.swap(passed);
    }
    std::vector<std::uint32_t> sorted;
    sorted.reserve(ranked.size());
    for (const Ranked &each : ranked)
        sorted.push_back(each.row);
    return sorted;
}

} // namespace

std::vector<std::uint32_t> arrangedRows(const EventSnapshot &snapshot,
                                        const std::vector<std::uint32_t> &rows, OrderBy by,
                                        Direction direction, const EventIdTable *titles)
{
    const schema::EventColumns &columns = snapshot.columns;
    const auto byColumn = [&](const auto &column) {
        return countingSorted(rows, direction, [&](std::uint32_t row) { return column[row]; });
    };
    const auto byName = [&](const auto &column, const QStringList &names) {
        const auto ranks = ranksOf(names);
        return countingSorted(rows, direction,
                              [&](std::uint32_t row) { return ranks[column[row]]; });
    };
    switch (by) {
    case OrderBy::Type: return byColumn(columns.type);
    case OrderBy::Severity: return byColumn(columns.severity);
    case OrderBy::Confidence: return byColumn(columns.confidence);
    case OrderBy::Region: return byName(columns.region, snapshot.regions);
    case OrderBy::Source: return byName(columns.source, snapshot.sources);
    case OrderBy::Title:
        if (titles != nullptr)
            return sortedByRank(snapshot, rows, direction, *titles);
        break;
    case OrderBy::Time: break;
    }
    if (direction == Direction::Ascending)
        return rows;
    return {rows.rbegin(), rows.rend()};
}

} // namespace chrona::workspace
