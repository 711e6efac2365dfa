// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/cumulative_counts.h"

#include "text/names.h"

#include <algorithm>

namespace chrona::ui {

namespace {

std::size_t slotOf(std::uint8_t type)
{
    return std::min<std::size_t>(type, 31);
}

/// Categories of slots, looked up once.
const std::array<std::uint8_t, 32> &categorySlots()
{
    static const auto kTable = [] {
        std::array<std::uint8_t, 32> table{};
        for (std::size_t type = 0; type < table.size(); ++type)
            table[type] =
                static_cast<std::uint8_t>(categoryOfNumber(static_cast<std::uint8_t>(type)));
        return table;
    }();
    return kTable;
}

} // namespace

CumulativeCounts::CumulativeCounts(std::shared_ptr<const void> owner,
                                   const schema::EventColumns &columns,
                                   std::span<const std::uint32_t> rows)
    : m_owner(std::move(owner)), m_columns(&columns), m_rows(rows)
{
    m_running.reserve(rows.size() / kStride + 1);
    const std::uint8_t *types = columns.type.data();
    // Two tables in turn: an event of the type of the one before need not wait for its sum.
    TypeCounts even{}, odd{};
    for (std::size_t at = 0; at < rows.size(); at += kStride) {
        TypeCounts &sum = m_running.emplace_back(even);
        for (std::size_t slot = 0; slot < kSlots; ++slot)
            sum[slot] += odd[slot];
        const std::size_t end = std::min(at + kStride, rows.size());
        std::size_t i = at;
        for (; i + 1 < end; i += 2) {
            ++even[slotOf(types[rows[i]])];
            ++odd[slotOf(types[rows[i + 1]])];
        }
        if (i < end)
            ++even[slotOf(types[rows[i]])];
    }
}

/// Of the first row at or after the moment.
std::size_t CumulativeCounts::positionOf(std::int64_t micros) const
{
    const auto &times = m_columns->observedAt;
    const auto found = std::ranges::lower_bound(
        m_rows, micros, {}, [&times](std::uint32_t row) { return times[row]; });
    return static_cast<std::size_t>(found - m_rows.begin());
}

CumulativeCounts::TypeCounts CumulativeCounts::before(std::size_t position) const
{
    if (m_running.empty())
        return {};
    const std::size_t stride = std::min(position / kStride, m_running.size() - 1);
    TypeCounts counts = m_running[stride];
    for (std::size_t i = stride * kStride; i < position; ++i)
        ++counts[slotOf(m_columns->type[m_rows[i]])];
    return counts;
}

CategoryCounts CumulativeCounts::difference(const TypeCounts &end, const TypeCounts &begin,
                                            std::uint32_t types)
{
    const auto &categories = categorySlots();
    CategoryCounts counts{};
    for (std::size_t slot = 0; slot < kSlots; ++slot)
        if ((types >> slot & 1) != 0)
            counts[categories[slot]] += end[slot] - begin[slot];
    return counts;
}

CategoryCounts CumulativeCounts::between(std::int64_t beginMicros, std::int64_t endMicros,
                                         std::uint32_t types) const
{
    if (isEmpty() || endMicros <= beginMicros)
        return {};
    return difference(before(positionOf(endMicros)), before(positionOf(beginMicros)), types);
}

std::vector<CategoryCounts> CumulativeCounts::bins(std::int64_t beginMicros, std::int64_t binMicros,
                                                   std::size_t count, std::uint32_t types) const
{
    std::vector<CategoryCounts> made(count);
    if (isEmpty())
        return made;
    TypeCounts last = before(positionOf(beginMicros));
    for (std::size_t bin = 0; bin < count; ++bin) {
        const auto edge = beginMicros + binMicros * static_cast<std::int64_t>(bin + 1);
        const TypeCounts here = before(positionOf(edge));
        made[bin] = difference(here, last, types);
        last = here;
    }
    return made;
}

std::size_t CumulativeCounts::countBetween(std::int64_t beginMicros, std::int64_t endMicros,
                                           std::uint32_t types) const
{
    if (isEmpty() || endMicros <= beginMicros)
        return 0;
    if (types == kAllTypes)
        return positionOf(endMicros) - positionOf(beginMicros);
    std::size_t sum = 0;
    for (const std::uint32_t each : between(beginMicros, endMicros, types))
        sum += each;
    return sum;
}

} // namespace chrona::ui
