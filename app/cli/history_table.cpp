// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history_table.h"

#include "chrona/formats/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <format>
#include <fstream>
#include <limits>

namespace chrona::cli {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr std::uintmax_t kFileBytesMax = 256U << 20;

class TableSink final : public formats::CsvSink {
public:
    void row(const formats::CsvRow &row) override
    {
        rows.emplace_back(row.fields.begin(), row.fields.end());
    }
    void fault(const formats::CsvFault &) override {}
    std::vector<std::vector<std::string>> rows;
};

} // namespace

Result<HistoryTable> HistoryTable::read(const std::filesystem::path &file)
{
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) {
        const bool isPacked = std::filesystem::exists(file.string() + ".gz");
        return fail(ErrorCode::NotFound, std::format("{} cannot be read", file.string()),
                    isPacked ? "unpack it with gunzip first" : "check the folder's name");
    }
    if (size > kFileBytesMax)
        return fail(ErrorCode::InvalidInput, std::format("{} is too large", file.string()));
    std::string content(size, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(content.data(), static_cast<std::streamsize>(size));
    TableSink sink;
    formats::CsvReader reader;
    auto done = reader.push(content, sink);
    if (done)
        done = reader.finish(sink);
    if (!done)
        return std::unexpected(done.error());
    if (sink.rows.empty() || sink.rows.front().empty())
        return fail(ErrorCode::InvalidInput, std::format("{} is empty", file.string()));
    HistoryTable table;
    table.m_columns = std::move(sink.rows.front());
    table.m_rows.assign(std::make_move_iterator(sink.rows.begin() + 1),
                        std::make_move_iterator(sink.rows.end()));
    return table;
}

std::string_view HistoryTable::field(std::size_t row, std::string_view column) const
{
    const auto found = std::ranges::find(m_columns, column);
    const auto at = static_cast<std::size_t>(found - m_columns.begin());
    return at < m_rows[row].size() ? std::string_view(m_rows[row][at]) : std::string_view();
}

double HistoryTable::number(std::size_t row, std::string_view column) const
{
    const std::string_view text = field(row, column);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && !text.empty() && end == text.data() + text.size() &&
                   std::isfinite(value)
               ? value
               : kMissing;
}

} // namespace chrona::cli
