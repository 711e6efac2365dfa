// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/ascii.h"
#include "chrona/formats/import.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

/// A moment as a file states it.
struct StatedTime {
    Instant instant;
    bool isDate; ///< a bare date; the instant is its midnight
};

/// One row of a file by our columns, wherever it comes from; gathers the faults found in it.
class ImportRow {
public:
    ImportRow(ImportKind kind, const std::map<std::string, std::string> &renamed);

    void begin(std::uint64_t number);
    void setCell(std::size_t column, std::string_view text) { m_cells[column] = trimmed(text); }

    [[nodiscard]] std::uint64_t number() const { return m_number; }
    /// As the file has it; empty: missing.
    [[nodiscard]] std::string_view text(std::size_t column) const { return m_cells[column]; }
    [[nodiscard]] bool has(std::size_t column) const { return !m_cells[column].empty(); }
    /// The file's name of a column.
    [[nodiscard]] const std::string &nameOf(std::size_t column) const { return m_names[column]; }

    // Each adds a fault where there is text that cannot be read.
    [[nodiscard]] std::optional<double> number(std::size_t column);
    [[nodiscard]] double numberOrNan(std::size_t column);
    [[nodiscard]] std::optional<std::int64_t> integer(std::size_t column);
    [[nodiscard]] std::optional<StatedTime> time(std::size_t column);
    /// A fault where there is none.
    bool require(std::size_t column);

    void fault(std::size_t column, std::string reason);
    /// Of a path that is no column.
    void fault(std::string path, std::string reason);
    /// What validation found; its fields are told by the file's names of the columns.
    void faults(const schema::Faults &found);

    [[nodiscard]] bool isSound() const { return m_faults.empty(); }
    [[nodiscard]] std::vector<ImportFault> &faultList() { return m_faults; }

private:
    std::span<const ColumnSpec> m_columns;
    std::vector<std::string> m_names;
    std::vector<std::string_view> m_cells;
    std::vector<ImportFault> m_faults;
    std::uint64_t m_number = 0;
};

} // namespace chrona::formats
