// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/country_codes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>

namespace chrona::geo {

namespace {

std::string upper(std::string_view text)
{
    std::string folded(text);
    std::ranges::transform(folded, folded.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return folded;
}

/// The line's fields; fewer than four, or an empty one, and the line is no country.
bool split(std::string_view line, std::array<std::string_view, 4> &fields)
{
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::size_t tab = i + 1 < fields.size() ? line.find('\t') : line.size();
        if (tab == std::string_view::npos || tab == 0)
            return false;
        fields[i] = line.substr(0, tab);
        line.remove_prefix(std::min(tab + 1, line.size()));
    }
    return true;
}

} // namespace

Result<CountryCodes> CountryCodes::read(std::string_view table)
{
    CountryCodes codes;
    for (std::size_t number = 1; !table.empty(); ++number) {
        const std::size_t end = std::min(table.find('\n'), table.size());
        const std::string_view line = table.substr(0, end);
        table.remove_prefix(std::min(end + 1, table.size()));
        std::array<std::string_view, 4> fields;
        std::uint16_t numeric = 0;
        if (!split(line, fields) || fields[0].size() != 2 || fields[1].size() != 3 ||
            std::from_chars(fields[2].data(), fields[2].data() + fields[2].size(), numeric).ptr !=
                fields[2].data() + fields[2].size())
            return fail(ErrorCode::Corrupt,
                        std::format("line {} of the country table is no country", number));
        const auto row = static_cast<std::uint32_t>(codes.m_countries.size());
        codes.m_countries.push_back(
            {std::string(fields[0]), std::string(fields[1]), numeric, std::string(fields[3])});
        codes.m_byCode.emplace(fields[0], row);
        codes.m_byCode.emplace(fields[1], row);
        if (numeric != 0) // Kosovo has letters by use, but no number
            codes.m_byCode.emplace(std::format("{:03}", numeric), row);
    }
    return codes;
}

const Country *CountryCodes::find(std::string_view code) const
{
    const auto found = m_byCode.find(upper(code));
    return found == m_byCode.end() ? nullptr : &m_countries[found->second];
}

} // namespace chrona::geo
