// SPDX-License-Identifier: AGPL-3.0-or-later
#include "timeline/cumulative_counts.h"

#include "text/names.h"

#include <algorithm>

namespace chrona::ui {

namespace {

/// Categories by number, looked up once: this runs for a million rows.
std::array<std::uint8_t, 256> categoryTable()
{
    std::array<std::uint8_t, 256> table;
    for (std::size_t type = 0; type < table.size(); ++type)
        table[type] = static_cast<std::uint8_t>(categoryOfNumber(static_cast<std::uint8_t>(type)));
    return table;
}

} // namespace

CumulativeCounts::CumulativeCounts(const schema::EventColumns &columns,
                                   std::span<const std::uint32_t> rows)
{
    const auto table = categoryTable();
    m_times.reserve(rows.size());
    m_categories.reserve(rows.size());
    m_running.reserve(rows.size() / kStride + 1);
    CategoryCounts running{};
    for (const std::uint32_t row : rows) {
        if (m_times.size() % kStride == 0)
            m_running.push_back(running);
        m_times.push_back(columns.observedAt[row]);
        m_categories.push_back(table[columns.type[row]]);
        ++running[m_categories.back()];
    }
    if (m_times.empty())
        return;
    const std::uint64_t span = static_cast<std::uint64_t>(m_times.back())
                               - static_cast<std::uint64_t>(m_times.front());
    m_stepMicros = static_cast<std::int64_t>(span / kStepsMax) + 1;
    const std::size_t steps = span / static_cast<std::uint64_t>(m_stepMicros) + 1;
    m_stepBegins.assign(steps + 1, static_cast<std::uint32_t>(m_times.size()));
    std::size_t step = 0;
    for (std::size_t i = 0; i < m_times.size(); ++i) {
        const auto own = static_cast<std::size_t>((m_times[i] - m_times.front()) / m_stepMicros);
        while (step <= own)
            m_stepBegins[step++] = static_cast<std::uint32_t>(i);
    }
}

std::size_t CumulativeCounts::positionOf(std::int64_t micros) const
{
    if (m_times.empty() || micros <= m_times.front())
        return 0;
    if (micros > m_times.back())
        return m_times.size();
    const auto step = static_cast<std::size_t>((micros - m_times.front()) / m_stepMicros);
    const auto begin = m_times.begin() + m_stepBegins[step];
    const auto end = m_times.begin() + m_stepBegins[step + 1];
    return static_cast<std::size_t>(std::lower_bound(begin, end, micros) - m_times.begin());
}

CategoryCounts CumulativeCounts::before(std::size_t position) const
{
    if (m_running.empty())
        return {};
    const std::size_t stride = std::min(position / kStride, m_running.size() - 1);
    CategoryCounts counts = m_running[stride];
    for (std::size_t i = stride * kStride; i < position; ++i)
        ++counts[m_categories[i]];
    return counts;
}

CategoryCounts CumulativeCounts::between(std::int64_t beginMicros, std::int64_t endMicros) const
{
    CategoryCounts counts = before(positionOf(endMicros));
    const CategoryCounts less = before(positionOf(beginMicros));
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] -= std::min(less[i], counts[i]);
    return counts;
}

std::vector<CategoryCounts> CumulativeCounts::bins(std::int64_t beginMicros, std::int64_t binMicros,
                                                   std::size_t count) const
{
    std::vector<CategoryCounts> made(count);
    CategoryCounts last = before(positionOf(beginMicros));
    for (std::size_t bin = 0; bin < count; ++bin) {
        const auto edge = beginMicros + binMicros * static_cast<std::int64_t>(bin + 1);
        const CategoryCounts here = before(positionOf(edge));
        for (std::size_t i = 0; i < here.size(); ++i)
            made[bin][i] = here[i] - last[i];
        last = here;
    }
    return made;
}

std::size_t CumulativeCounts::countBetween(std::int64_t beginMicros, std::int64_t endMicros) const
{
    const std::size_t end = positionOf(endMicros);
    const std::size_t begin = positionOf(beginMicros);
    return end > begin ? end - begin : 0;
}

} // namespace chrona::ui
