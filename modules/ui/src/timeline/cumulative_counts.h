// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace chrona::ui {

using CategoryCounts = std::array<std::uint32_t, schema::kEventCategoryCount>;

/// How many events of each category lie between two moments, exact at every zoom from decades to
/// microseconds. A table of running counts over even steps answers the whole steps by subtraction;
/// what a bin cuts in two is counted in the few rows of that step. Immutable once built; any
/// thread.
class CumulativeCounts {
public:
    CumulativeCounts() = default;
    /// rows are positions in columns, ordered by observedAt as the columns are.
    CumulativeCounts(const schema::EventColumns &columns, std::span<const std::uint32_t> rows);

    [[nodiscard]] bool isEmpty() const { return m_times.empty(); }
    [[nodiscard]] std::size_t size() const { return m_times.size(); }
    [[nodiscard]] std::int64_t firstMicros() const { return m_times.front(); }
    [[nodiscard]] std::int64_t lastMicros() const { return m_times.back(); }

    /// Events at or after begin and before end.
    [[nodiscard]] CategoryCounts between(std::int64_t beginMicros, std::int64_t endMicros) const;
    /// Counts of consecutive bins of one width from beginMicros.
    [[nodiscard]] std::vector<CategoryCounts> bins(std::int64_t beginMicros,
                                                   std::int64_t binMicros, std::size_t count) const;
    [[nodiscard]] std::size_t countBetween(std::int64_t beginMicros, std::int64_t endMicros) const;

private:
    [[nodiscard]] std::size_t positionOf(std::int64_t micros) const;
    [[nodiscard]] CategoryCounts before(std::size_t position) const;

    /// Running counts are kept at every kStride-th row: 32 bytes for 256 rows.
    static constexpr std::size_t kStride = 256;
    static constexpr std::size_t kStepsMax = 65'536;

    std::vector<std::int64_t> m_times;
    std::vector<std::uint8_t> m_categories;
    std::vector<CategoryCounts> m_running;    ///< before row i × kStride
    std::vector<std::uint32_t> m_stepBegins;  ///< first row of each even step of time
    std::int64_t m_stepMicros = 1;
};

} // namespace chrona::ui
