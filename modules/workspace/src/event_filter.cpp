// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/event_filter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <limits>
#include <memory>

namespace chrona::workspace {
namespace {

/// The byte that columns hold for this share: an event of exactly the least share passes.
std::uint8_t byteFor(float minimum)
{
    return static_cast<std::uint8_t>(std::lround(std::clamp(minimum, 0.0F, 1.0F) * 255));
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
        // Bits, not branches: what passes is as good as random, and a guess gone wrong costs more.
        const unsigned cheap =
            static_cast<unsigned>(m_types[m_columns.type[row]]) &
            static_cast<unsigned>(m_columns.severity[row] >= m_severityMin) &
            static_cast<unsigned>(m_columns.confidence[row] >= m_confidenceMin) &
            static_cast<unsigned>((m_columns.flags[row] & schema::EventColumns::kRetracted) == 0) &
            static_cast<unsigned>(m_columns.availableAt[row] <= m_availableMax);
        return cheap != 0 && (m_sources.empty() || m_sources[m_columns.source[row]]) &&
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

/// From where on a second thread costs less than it brings.
constexpr std::size_t kWorthTwoThreads = 500'000;

struct Passing {
    std::unique_ptr<std::uint32_t[]> rows; // NOLINT(*-avoid-c-arrays): left unset until filled
    std::size_t count = 0;
};

Passing passing(const RowTest &test, std::size_t begin, std::size_t end)
{
    Passing found{std::make_unique_for_overwrite<std::uint32_t[]>(end - begin + 1)};
    for (std::size_t row = begin; row < end; ++row) {
        found.rows[found.count] = static_cast<std::uint32_t>(row);
        found.count += test.passes(row) ? 1 : 0;
    }
    return found;
}

void append(std::vector<std::uint32_t> &rows, const Passing &found)
{
    rows.insert(rows.end(), found.rows.get(), found.rows.get() + found.count);
}

} // namespace

SelectedRows selectRows(const schema::EventColumns &columns, const EventCriteria &criteria,
                        const EventIdTable *titled)
{
    const RowTest test(columns, criteria, titled);
    const std::size_t size = columns.size();
    const std::size_t half = size < kWorthTwoThreads ? size : size / 2;
    std::future<Passing> later;
    if (half < size)
        later = std::async(std::launch::async, [&] { return passing(test, half, size); });
    const Passing early = passing(test, 0, half);
    SelectedRows rows;
    if (later.valid()) {
        const Passing rest = later.get();
        rows.anyTime.reserve(early.count + rest.count);
        append(rows.anyTime, early);
        append(rows.anyTime, rest);
    } else {
        rows.anyTime.reserve(early.count);
        append(rows.anyTime, early);
    }

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
