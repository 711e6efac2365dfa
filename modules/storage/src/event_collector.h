// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/event_queries.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace chrona::storage {

/// Rows as they come, turned into columns. Neighbours often share a source: the last is remembered.
class EventCollector {
public:
    EventCollector(schema::EventColumns &columns, EventTables &tables)
        : m_columns(columns), m_tables(tables)
    {
    }

    /// A row's packed value. Corrupt where it is cut off; the columns are as before then.
    [[nodiscard]] Status add(std::string_view packed);

private:
    [[nodiscard]] std::uint16_t sourceIndex(std::int64_t source);
    /// Regions change from row to row: a small table of those seen answers without a string.
    [[nodiscard]] std::uint16_t regionIndex(std::string_view region);

    static constexpr int kSeenBits = 10;
    struct Seen {
        std::uint64_t code = 0; ///< of no region, which has index 0
        std::uint16_t index = 0;
    };

    schema::EventColumns &m_columns;
    EventTables &m_tables;
    std::int64_t m_source = 0;
    std::uint16_t m_sourceIndex = 0;
    std::array<Seen, 1 << kSeenBits> m_seen{};
};

} // namespace chrona::storage
