// SPDX-License-Identifier: AGPL-3.0-or-later
#include "history_table.h"

#include "chrona/formats/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <format>
#include <memory>
#include <zlib.h>

namespace chrona::cli {
namespace {

constexpr std::size_t kBytesMax = 256 << 20;

struct Records : formats::CsvSink {
    void row(const formats::CsvRow &row) override
    {
        rows.emplace_back(row.fields.begin(), row.fields.end());
    }
    void fault(const formats::CsvFault &fault) override
    {
        if (firstFault.empty())
            firstFault = std::format("row {}: {}", fault.row, fault.reason);
    }
    std::vector<std::vector<std::string>> rows;
    std::string firstFault;
};

struct Closer {
    void operator()(gzFile file) const { gzclose(file); }
};

/// zlib reads what is not packed as it is.
Status pushAll(const std::filesystem::path &path, formats::CsvReader &reader, Records &records)
{
    const std::unique_ptr<gzFile_s, Closer> file(gzopen(path.c_str(), "rb"));
    if (!file)
        return fail(ErrorCode::Unavailable, std::format("{} cannot be read", path.string()));
    std::string piece(1 << 20, '\0');
    std::size_t total = 0;
    while (true) {
        const int count = gzread(file.get(), piece.data(), unsigned(piece.size()));
        if (count < 0)
            return fail(ErrorCode::InvalidInput, std::format("{} is broken", path.string()));
        if (count == 0)
            break;
        total += std::size_t(count);
        if (total > kBytesMax)
            return fail(ErrorCode::InvalidInput,
                        std::format("{} is larger than 256 MiB", path.string()));
        if (auto pushed =
                reader.push(std::string_view(piece).substr(0, std::size_t(count)), records);
            !pushed)
            return pushed;
    }
    // A stream that was cut off ends like a whole one; only closing it tells.
    int error = Z_OK;
    gzerror(file.get(), &error);
    if (error == Z_BUF_ERROR || error == Z_DATA_ERROR)
        return fail(ErrorCode::InvalidInput, std::format("{} is cut off", path.string()));
    return reader.finish(records);
}

} // namespace

std::optional<double> finiteNumber(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() ||
        !std::isfinite(value))
        return std::nullopt;
    return value;
}

Result<HistoryTable> HistoryTable::read(const std::filesystem::path &folder, std::string_view name)
{
    std::filesystem::path path = folder / std::format("{}.csv", name);
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        path = folder / std::format("{}.csv.gz", name);
    if (!std::filesystem::exists(path, error))
        return fail(ErrorCode::NotFound, std::format("{}.csv is not there", name));
    formats::CsvReader reader;
    Records records;
    if (auto read = pushAll(path, reader, records); !read)
        return std::unexpected(read.error());
    if (!records.firstFault.empty())
        return fail(ErrorCode::InvalidInput,
                    std::format("{}, {}", path.filename().string(), records.firstFault));
    if (records.rows.empty())
        return fail(ErrorCode::InvalidInput, std::format("{} is empty", path.filename().string()));
    HistoryTable table;
    table.m_name = path.filename().string();
    table.m_columns = std::move(records.rows.front());
    records.rows.erase(records.rows.begin());
    table.m_rows = std::move(records.rows);
    return table;
}

std::string_view HistoryTable::text(std::size_t row, std::size_t column) const
{
    return column < m_rows[row].size() ? std::string_view(m_rows[row][column]) : std::string_view();
}

std::string_view HistoryTable::text(std::size_t row, std::string_view column) const
{
    const auto found = std::ranges::find(m_columns, column);
    return found == m_columns.end() ? std::string_view()
                                    : text(row, std::size_t(found - m_columns.begin()));
}

std::optional<double> HistoryTable::number(std::size_t row, std::string_view column) const
{
    return finiteNumber(text(row, column));
}

Status HistoryTable::require(std::span<const std::string_view> names) const
{
    for (const std::string_view name : names) {
        if (!std::ranges::contains(m_columns, name))
            return fail(ErrorCode::InvalidInput, std::format("{} has no column {}", m_name, name));
    }
    return {};
}

} // namespace chrona::cli
