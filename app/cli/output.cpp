// SPDX-License-Identifier: AGPL-3.0-or-later
#include "output.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::cli {
namespace {

/// Characters, not bytes: every byte that does not continue a UTF-8 sequence begins one.
std::size_t widthOf(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padding(std::string_view text, std::size_t width)
{
    const std::size_t own = widthOf(text);
    return std::string(width > own ? width - own : 0, ' ');
}

} // namespace

std::string printable(std::string_view text)
{
    std::string clean(text);
    std::ranges::replace_if(
        clean, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
    return clean;
}

void Table::add(std::vector<std::string> cells)
{
    cells.resize(m_columns.size());
    std::ranges::transform(cells, cells.begin(),
                           [](const std::string &cell) { return printable(cell); });
    m_rows.push_back(std::move(cells));
}

void Table::print(std::ostream &out) const
{
    std::vector<std::size_t> widths;
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        std::size_t width = widthOf(m_columns[column].title);
        for (const auto &row : m_rows)
            width = std::max(width, widthOf(row[column]));
        widths.push_back(width);
    }
    const auto line = [&](const auto &cellOf) {
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            const std::string &cell = cellOf(column);
            const bool last = column + 1 == m_columns.size();
            const std::string pad = padding(cell, widths[column]);
            if (m_columns[column].align == Align::Right)
                out << pad << cell;
            else
                out << cell << (last ? std::string() : pad);
            out << (last ? "\n" : "  ");
        }
    };
    line([&](std::size_t column) -> const std::string & { return m_columns[column].title; });
    for (const auto &row : m_rows)
        line([&](std::size_t column) -> const std::string & { return row[column]; });
}

void FactList::add(std::string label, std::string value)
{
    m_facts.emplace_back(std::move(label), printable(value));
}

void FactList::print(std::ostream &out) const
{
    std::size_t width = 0;
    for (const auto &[label, value] : m_facts)
        width = std::max(width, widthOf(label));
    for (const auto &[label, value] : m_facts)
        out << label << padding(label, width) << "  " << value << "\n";
}

void ProgressLine::show(std::uint64_t done, std::uint64_t total, std::string_view unit)
{
    const int percent = total == 0 ? 0 : static_cast<int>(std::min(done, total) * 100 / total);
    if (percent == m_percentShown)
        return;
    if (m_output.errIsTerminal) {
        m_output.err << std::format("\r{} {:3}%  {} of {} {}\033[K", m_label, percent, done, total,
                                    unit)
                     << std::flush;
        m_open = true;
    } else if (m_percentShown < 0 || percent / 10 != m_percentShown / 10) {
        m_output.err << std::format("{} {}%\n", m_label, percent) << std::flush;
    }
    m_percentShown = percent;
}

void ProgressLine::finish()
{
    if (m_open)
        m_output.err << "\n" << std::flush;
    m_open = false;
}

std::string formatBytes(std::uint64_t bytes)
{
    constexpr std::array<std::string_view, 5> kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
    double amount = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (amount >= 1024 && unit + 1 < kUnits.size()) {
        amount /= 1024;
        ++unit;
    }
    return unit == 0 ? std::format("{} B", bytes) : std::format("{:.1f} {}", amount, kUnits[unit]);
}

std::string formatSeconds(std::int64_t seconds)
{
    if (seconds < 60)
        return std::format("{} s", seconds);
    if (seconds < 3600)
        return std::format("{} min {} s", seconds / 60, seconds % 60);
    if (seconds < 86'400)
        return std::format("{} h {} min", seconds / 3600, seconds % 3600 / 60);
    return std::format("{} d {} h", seconds / 86'400, seconds % 86'400 / 3600);
}

std::string csvField(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == text.npos)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csvForeign(std::string_view text)
{
    constexpr std::string_view kFormulaSigns = "=+-@\t\r";
    const bool isFormula = !text.empty() && kFormulaSigns.contains(text.front());
    return csvField(isFormula ? "'" + std::string(text) : std::string(text));
}

} // namespace chrona::cli
