// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_row.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <format>
#include <limits>

namespace chrona::formats {
namespace {

using enum Need;

constexpr std::array kEventColumns{
    ColumnSpec{"type", Required},        ColumnSpec{"title", Required},
    ColumnSpec{"observed_at", Required}, ColumnSpec{"published_at", Optional},
    ColumnSpec{"source_ref", Optional},  ColumnSpec{"lat", Optional},
    ColumnSpec{"lon", Optional},         ColumnSpec{"region", Optional},
    ColumnSpec{"entities", Optional},    ColumnSpec{"confidence", Optional},
    ColumnSpec{"severity", Optional},    ColumnSpec{"attributes", Optional},
};
constexpr std::array kBarColumns{
    ColumnSpec{"symbol", Required},   ColumnSpec{"date", Required},
    ColumnSpec{"open", Optional},     ColumnSpec{"high", Optional},
    ColumnSpec{"low", Optional},      ColumnSpec{"close", Required},
    ColumnSpec{"volume", Optional},   ColumnSpec{"adjusted_close", Optional},
    ColumnSpec{"currency", Optional},
};
constexpr std::array kObservationColumns{
    ColumnSpec{"series", Required},  ColumnSpec{"observed_at", Required},
    ColumnSpec{"value", Required},   ColumnSpec{"published_at", Optional},
    ColumnSpec{"vintage", Optional}, ColumnSpec{"unit", Optional},
    ColumnSpec{"region", Optional},
};
constexpr std::array kQuoteColumns{
    ColumnSpec{"venue", Required},   ColumnSpec{"symbol", Required},
    ColumnSpec{"recv_ms", Required}, ColumnSpec{"exch_ms", Optional},
    ColumnSpec{"bid", Required},     ColumnSpec{"ask", Required},
    ColumnSpec{"last", Required},    ColumnSpec{"size", Optional},
    ColumnSpec{"vol24h", Optional},
};

/// What a reason shows of a cell.
std::string_view excerpt(std::string_view cell)
{
    return cell.substr(0, 40);
}

} // namespace

std::span<const ColumnSpec> columnsOf(ImportKind kind)
{
    switch (kind) {
    case ImportKind::Events: return kEventColumns;
    case ImportKind::Bars: return kBarColumns;
    case ImportKind::Observations: return kObservationColumns;
    case ImportKind::Quotes: return kQuoteColumns;
    case ImportKind::Boundaries: break;
    }
    return {};
}

ImportRow::ImportRow(ImportKind kind, const std::map<std::string, std::string> &renamed)
    : m_columns(columnsOf(kind)), m_cells(m_columns.size())
{
    for (const ColumnSpec &column : m_columns) {
        const auto other = renamed.find(std::string(column.name));
        m_names.push_back(other != renamed.end() ? other->second : std::string(column.name));
    }
}

void ImportRow::begin(std::uint64_t number)
{
    m_number = number;
    m_faults.clear();
    std::ranges::fill(m_cells, std::string_view());
}

std::optional<double> ImportRow::number(std::size_t column)
{
    std::string_view cell = m_cells[column];
    if (cell.empty())
        return std::nullopt;
    if (cell.starts_with('+'))
        cell.remove_prefix(1);
    double value = 0;
    const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (problem != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value)) {
        fault(column, std::format("is '{}', not a number", excerpt(m_cells[column])));
        return std::nullopt;
    }
    return value;
}

double ImportRow::numberOrNan(std::size_t column)
{
    return number(column).value_or(std::numeric_limits<double>::quiet_NaN());
}

std::optional<std::int64_t> ImportRow::integer(std::size_t column)
{
    const std::string_view cell = m_cells[column];
    if (cell.empty())
        return std::nullopt;
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (problem != std::errc{} || end != cell.data() + cell.size()) {
        fault(column, std::format("is '{}', not a whole number", excerpt(cell)));
        return std::nullopt;
    }
    return value;
}

std::optional<StatedTime> ImportRow::time(std::size_t column)
{
    constexpr std::size_t kDateLength = 10;
    const std::string_view cell = m_cells[column];
    if (cell.empty())
        return std::nullopt;
    const auto instant = parseInstant(cell);
    if (!instant) {
        fault(column, std::format("is '{}', not an ISO 8601 time", excerpt(cell)));
        return std::nullopt;
    }
    return StatedTime{*instant, cell.size() == kDateLength};
}

bool ImportRow::require(std::size_t column)
{
    if (!has(column))
        fault(column, "is missing");
    return has(column);
}

void ImportRow::fault(std::size_t column, std::string reason)
{
    m_faults.push_back({m_number, m_names[column], std::move(reason)});
}

void ImportRow::fault(std::string path, std::string reason)
{
    m_faults.push_back({m_number, std::move(path), std::move(reason)});
}

void ImportRow::faults(const schema::Faults &found)
{
    for (const schema::Fault &one : found) {
        const auto column = std::ranges::find(m_columns, one.field, &ColumnSpec::name);
        const bool known = column != m_columns.end();
        m_faults.push_back({m_number,
                            known ? m_names[std::size_t(column - m_columns.begin())] : one.field,
                            one.reason});
    }
}

} // namespace chrona::formats
