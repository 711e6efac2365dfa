// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

/// A CSV file of headlines in memory, with every column it has.
class HeadlineTable {
public:
    /// Fails with InvalidInput without a column `title` or when the bytes are no CSV. Rows that
    /// cannot be read are named on `err` and left out; a row with too few fields has empty ones.
    [[nodiscard]] static Result<HeadlineTable> read(const std::string &path, std::ostream &err);

    [[nodiscard]] const std::vector<std::string> &columns() const { return m_columns; }
    [[nodiscard]] std::size_t rowCount() const { return m_cells.size() / m_columns.size(); }
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const
    {
        return m_cells[row * m_columns.size() + column];
    }
    /// Empty where the file has no such column.
    [[nodiscard]] std::string_view cell(std::size_t row, std::optional<std::size_t> column) const
    {
        return column ? cell(row, *column) : std::string_view{};
    }

private:
    friend class HeadlineSink;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_cells;
};

/// A date as ISO 8601 or feeds write it, or seconds, milliseconds or microseconds since 1970 as a
/// number.
[[nodiscard]] std::optional<Instant> publishedFrom(std::string_view text);

} // namespace chrona::cli
