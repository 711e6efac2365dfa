// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/formats/csv.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

/// Whole files of rows, as the commands that work on folders read and write them.
namespace chrona::cli {

inline constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// Hands each row to a function and keeps the faults.
class RowSink final : public formats::CsvSink {
public:
    /// Says why a row is refused; empty: taken.
    using Taker = std::function<std::string(const formats::CsvRow &)>;
    explicit RowSink(Taker take) : m_take(std::move(take)) {}

    void row(const formats::CsvRow &row) override
    {
        if (std::string reason = m_take(row); !reason.empty())
            refuse(row.line, reason);
    }
    void fault(const formats::CsvFault &fault) override { refuse(fault.line, fault.reason); }

    std::vector<std::string> refused; ///< the first of them, with line and reason
    std::size_t refusedCount = 0;

private:
    void refuse(std::uint64_t line, std::string_view reason);
    Taker m_take;
};

/// Fails with NotFound, and the given remedy, where there is no such file.
[[nodiscard]] Result<std::string> fileContent(const std::filesystem::path &path,
                                              std::string_view remedy);
[[nodiscard]] Status readRows(std::string_view content, RowSink &sink);
/// A strict file: its first refused row is the failure.
[[nodiscard]] Status readAllRows(std::string_view name, std::string_view content,
                                 RowSink::Taker take);
/// Why a header is not the one that a file must have; empty: it is.
[[nodiscard]] std::string wrongHeader(const formats::CsvRow &row,
                                      std::initializer_list<std::string_view> wanted);
/// NaN where the text is not one number and nothing else.
[[nodiscard]] double numberOf(std::string_view text);
/// Beside its name first, so that a failure or Ctrl-C leaves no half-written file.
[[nodiscard]] Status writeWhole(const std::filesystem::path &path, std::string_view content);

} // namespace chrona::cli
