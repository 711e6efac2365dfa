// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_filter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace chrona::workspace {
namespace {

/// The smallest byte that stands for a share of at least `minimum`.
std::uint8_t byteFor(float minimum)
{
    return static_cast<std::uint8_t>(std::ceil(std::clamp(minimum, 0.0F, 1.0F) * 255));
}

/// A filter made ready for rows: tables instead of searches.
class RowTest {
public:
    RowTest(const schema::EventColumns &columns, const EventCriteria &criteria,
            const EventIdTable *titled)
        : m_columns(columns), m_titled(titled), m_severityMin(byteFor(criteria.filter.severityMin)),
          m_confidenceMin(byteFor(criteria.filter.confidenceMin)), m_box(criteria.filter.box)
    {
        for (std::size_t type = 0; type < 32; ++type)
            m_types[type] = (criteria.filter.types >> type & 1U) != 0;
        mark(m_sources, criteria.filter.sources);
        mark(m_regions, criteria.filter.regions);
        if (criteria.asOf)
            m_availableMax = criteria.asOf->time_since_epoch().count();
    }

    [[nodiscard]] bool passes(std::size_t row) const
    {
        return m_types[m_columns.type[row]] && m_columns.severity[row] >= m_severityMin &&
               m_columns.confidence[row] >= m_confidenceMin &&
               (m_columns.flags[row] & schema::EventColumns::kRetracted) == 0 &&
               m_columns.availableAt[row] <= m_availableMax &&
               (m_sources.empty() || m_sources[m_columns.source[row]]) &&
               (m_regions.empty() || m_regions[m_columns.region[row]]) &&
               (!m_box || isInBox(row)) &&
               (m_titled == nullptr || m_titled->contains(m_columns.id[row]));
    }

private:
    static void mark(std::vector<bool> &table, const std::vector<std::uint16_t> &wanted)
    {
        if (wanted.empty())
            return;
        table.resize(std::numeric_limits<std::uint16_t>::max() + std::size_t{1});
        for (const std::uint16_t index : wanted)
            table[index] = true;
    }
    [[nodiscard]] bool isInBox(std::size_t row) const
    {
        if ((m_columns.flags[row] & schema::EventColumns::kHasPlace) == 0)
            return false;
        const double longitude = static_cast<double>(m_columns.longitude[row]);
        const double latitude = static_cast<double>(m_columns.latitude[row]);
        const bool inside = m_box->west <= m_box->east
                                ? longitude >= m_box->west && longitude <= m_box->east
                                : longitude >= m_box->west || longitude <= m_box->east;
        return inside && latitude >= m_box->south && latitude <= m_box->north;
    }

    const schema::EventColumns &m_columns;
    const EventIdTable *m_titled;
    std::array<bool, 256> m_types{};
    std::uint8_t m_severityMin;
    std::uint8_t m_confidenceMin;
    std::optional<schema::GeoBox> m_box;
    std::vector<bool> m_sources;
    std::vector<bool> m_regions;
    std::int64_t m_availableMax = std::numeric_limits<std::int64_t>::max();
};

} // namespace

SelectedRows selectRows(const schema::EventColumns &columns, const EventCriteria &criteria,
                        const EventIdTable *titled)
{
    SelectedRows rows;
    const RowTest test(columns, criteria, titled);
    rows.anyTime.resize(columns.size());
    std::size_t count = 0;
    for (std::size_t row = 0; row < columns.size(); ++row) {
        rows.anyTime[count] = static_cast<std::uint32_t>(row);
        count += test.passes(row) ? 1 : 0;
    }
    rows.anyTime.resize(count);
    rows.anyTime.shrink_to_fit();

    // Rows are ordered by time, so that the window is one stretch of them.
    const auto rowAt = [&](Instant instant) {
        const auto &times = columns.observedAt;
        return std::ranges::lower_bound(times, instant.time_since_epoch().count()) - times.begin();
    };
    const auto from = std::ranges::lower_bound(rows.anyTime, rowAt(criteria.window.begin));
    const auto to = std::ranges::lower_bound(rows.anyTime, rowAt(criteria.window.end));
    if (from < to)
        rows.inWindow.assign(from, to);
    return rows;
}

} // namespace chrona::workspace
