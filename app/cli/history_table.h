// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::cli {

/// A CSV file with a header, in memory; "NAME.csv" or "NAME.csv.gz", whichever lies in the folder.
class HistoryTable {
public:
    /// NotFound where neither is there. InvalidInput where it is no CSV, no gzip, larger than 256
    /// MiB unpacked, or has a malformed record: a history with a hole would tell another day.
    [[nodiscard]] static Result<HistoryTable> read(const std::filesystem::path &folder,
                                                   std::string_view name);

    [[nodiscard]] std::span<const std::string> columns() const { return m_columns; }
    [[nodiscard]] std::size_t rowCount() const { return m_rows.size(); }
    /// Empty where there is no such column.
    [[nodiscard]] std::string_view text(std::size_t row, std::string_view column) const;
    [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const;
    /// nullopt: empty or no finite number.
    [[nodiscard]] std::optional<double> number(std::size_t row, std::string_view column) const;
    /// Refuses a file without one of these columns.
    [[nodiscard]] Status require(std::span<const std::string_view> names) const;

private:
    std::string m_name;
    std::vector<std::string> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

[[nodiscard]] std::optional<double> finiteNumber(std::string_view text);

} // namespace chrona::cli
