// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace chrona::ui {

using CategoryCounts = std::array<std::uint32_t, schema::kEventCategoryCount>;
/// Bit 1 << schema::EventType.
inline constexpr std::uint32_t kAllTypes = ~0U;

/// How many events of each category lie between two moments, exact at every zoom from decades to
/// microseconds, and for any choice of types. Running counts by type at every 256th row answer by
/// subtraction; what lies beside them is counted in the few rows there. So neither another zoom nor
/// another choice of types needs a look at all rows. Immutable once built; any thread.
class CumulativeCounts {
public:
    CumulativeCounts() = default;
    /// rows: positions in columns, ordered by observedAt as the columns are. `owner` keeps both
    /// alive; nothing is copied of them.
    CumulativeCounts(std::shared_ptr<const void> owner, const schema::EventColumns &columns,
                     std::span<const std::uint32_t> rows);

    [[nodiscard]] bool isEmpty() const { return m_rows.empty(); }
    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] std::span<const std::uint32_t> rows() const { return m_rows; }

    /// Events at or after begin and before end.
    [[nodiscard]] CategoryCounts between(std::int64_t beginMicros, std::int64_t endMicros,
                                         std::uint32_t types = kAllTypes) const;
    /// Counts of consecutive bins of one width from beginMicros.
    [[nodiscard]] std::vector<CategoryCounts> bins(std::int64_t beginMicros,
                                                   std::int64_t binMicros, std::size_t count,
                                                   std::uint32_t types = kAllTypes) const;
    [[nodiscard]] std::size_t countBetween(std::int64_t beginMicros, std::int64_t endMicros,
                                           std::uint32_t types = kAllTypes) const;

private:
    /// What a newer service sends beyond the known types is the last one.
    static constexpr std::size_t kSlots = 32;
    using TypeCounts = std::array<std::uint32_t, kSlots>;
    static constexpr std::size_t kStride = 256;

    [[nodiscard]] std::size_t positionOf(std::int64_t micros) const;
    [[nodiscard]] TypeCounts before(std::size_t position) const;
    [[nodiscard]] static CategoryCounts difference(const TypeCounts &end, const TypeCounts &begin,
                                                   std::uint32_t types);

    std::shared_ptr<const void> m_owner;
    const schema::EventColumns *m_columns = nullptr;
    std::span<const std::uint32_t> m_rows;
    std::vector<TypeCounts> m_running; ///< before row i × kStride
};

} // namespace chrona::ui
