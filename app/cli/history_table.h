// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

/// A table of a file, read whole: columns by name, fields as text. Rows that are no CSV are left
/// out.
class HistoryTable {
public:
    /// Fails with NotFound where there is no such file (one that is only there as .gz is named),
    /// and with InvalidInput for what is no CSV.
    [[nodiscard]] static Result<HistoryTable> read(const std::filesystem::path &file);

    [[nodiscard]] std::size_t rows() const { return m_rows.size(); }
    [[nodiscard]] std::span<const std::string> columns() const { return m_columns; }
    /// Empty where there is no such column or the row is short.
    [[nodiscard]] std::string_view field(std::size_t row, std::string_view column) const;
    /// NaN where the field is no finite number.
    [[nodiscard]] double number(std::size_t row, std::string_view column) const;

private:
    std::vector<std::string> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace chrona::cli
