// SPDX-License-Identifier: AGPL-3.0-or-later
#include "headline_table.h"

#include "chrona/formats/csv.h"
#include "chrona/formats/feed_dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <fstream>

namespace chrona::cli {
namespace {

constexpr std::size_t kFaultsShown = 20;
constexpr std::size_t kHeadlineBytesMax = std::size_t{1} << 30;

} // namespace

class HeadlineSink : public formats::CsvSink {
public:
    explicit HeadlineSink(HeadlineTable &table) : m_table(table) {}

    void row(const formats::CsvRow &row) override
    {
        if (m_table.m_columns.empty()) {
            m_table.m_columns.assign(row.fields.begin(), row.fields.end());
            return;
        }
        const std::size_t width = m_table.m_columns.size();
        if (row.fields.size() > width) {
            fault({row.number, row.line, 0,
                   std::format("has {} fields, the header has {}", row.fields.size(), width)});
            return;
        }
        m_table.m_cells.insert(m_table.m_cells.end(), row.fields.begin(), row.fields.end());
        m_table.m_cells.resize(m_table.m_cells.size() + width - row.fields.size());
    }
    void fault(const formats::CsvFault &fault) override
    {
        if (++m_faults <= kFaultsShown)
            m_messages += std::format("line {}: {}\n", fault.line, fault.reason);
    }

    void tell(std::ostream &err) const
    {
        err << m_messages;
        if (m_faults > kFaultsShown)
            err << std::format("… and {} more rows\n", m_faults - kFaultsShown);
    }

private:
    HeadlineTable &m_table;
    std::string m_messages;
    std::size_t m_faults = 0;
};

Result<HeadlineTable> HeadlineTable::read(const std::string &path, std::ostream &err)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, std::format("cannot read {}", path),
                    "check the name and that the file may be read");
    HeadlineTable table;
    HeadlineSink sink(table);
    formats::CsvReader reader;
    std::array<char, 1 << 16> piece;
    std::size_t bytes = 0;
    while (file.read(piece.data(), piece.size()) || file.gcount() > 0) {
        const auto size = std::size_t(file.gcount());
        bytes += size;
        if (bytes > kHeadlineBytesMax)
            return fail(ErrorCode::InvalidInput, std::format("{} has more than 1 GiB", path),
                        "split it");
        if (auto read = reader.push({piece.data(), size}, sink); !read)
            return std::unexpected(read.error());
    }
    if (auto read = reader.finish(sink); !read)
        return std::unexpected(read.error());
    if (!table.column("title"))
        return fail(ErrorCode::InvalidInput, std::format("{} has no column \"title\"", path),
                    "the first line names the columns");
    sink.tell(err);
    return table;
}

std::optional<std::size_t> HeadlineTable::column(std::string_view name) const
{
    const auto found = std::ranges::find(m_columns, name);
    if (found == m_columns.end())
        return std::nullopt;
    return std::size_t(found - m_columns.begin());
}

std::optional<Instant> publishedFrom(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) {
        if (text.size() <= 4)
            return std::nullopt; // a year, or no moment at all
        if (text.size() <= 11)
            return Instant(std::chrono::seconds(number));
        if (text.size() <= 14)
            return Instant(std::chrono::milliseconds(number));
        return text.size() <= 17 ? std::optional(Instant(std::chrono::microseconds(number)))
                                 : std::nullopt;
    }
    const auto instant =
        parseInstant(text).or_else([text](const Error &) { return formats::parseFeedDate(text); });
    return instant ? std::optional(*instant) : std::nullopt;
}

} // namespace chrona::cli
