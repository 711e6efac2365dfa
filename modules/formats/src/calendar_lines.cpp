// SPDX-License-Identifier: AGPL-3.0-or-later
#include "calendar_lines.h"

#include "utf8.h"

#include "chrona/schema/text.h"

#include <algorithm>
#include <optional>

namespace chrona::formats {
namespace {

constexpr std::size_t kLinesMax = 2'000'000;

std::string upper(std::string_view text)
{
    std::string raised(text);
    std::ranges::transform(raised, raised.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    return raised;
}

/// Where the name or a parameter ends: at ; or :, but not within quotes.
std::size_t endOfPart(std::string_view line, std::size_t begin)
{
    bool quoted = false;
    for (std::size_t at = begin; at < line.size(); ++at) {
        if (line[at] == '"')
            quoted = !quoted;
        else if (!quoted && (line[at] == ';' || line[at] == ':'))
            return at;
    }
    return std::string_view::npos;
}

std::optional<CalendarLine> parseLine(std::string_view line)
{
    CalendarLine read;
    std::size_t at = endOfPart(line, 0);
    if (at == std::string_view::npos || at == 0)
        return std::nullopt;
    read.name = upper(line.substr(0, at));
    while (line[at] == ';') {
        const std::size_t end = endOfPart(line, at + 1);
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view part = line.substr(at + 1, end - at - 1);
        const std::size_t equals = std::min(part.find('='), part.size());
        std::string_view value = part.substr(std::min(equals + 1, part.size()));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        read.parameters.emplace_back(upper(part.substr(0, equals)), value);
        at = end;
    }
    read.value = line.substr(at + 1);
    return read;
}

} // namespace

std::string_view CalendarLine::parameter(std::string_view wanted) const
{
    for (const auto &[key, content] : parameters)
        if (key == wanted)
            return content;
    return {};
}

Result<std::vector<CalendarLine>> readCalendarLines(std::string_view text,
                                                    const CalendarLimits &limits)
{
    if (text.size() > limits.bytesMax)
        return fail(ErrorCode::InvalidInput, "the calendar is larger than the limit");
    if (schema::firstInvalidUtf8(text))
        return fail(ErrorCode::InvalidInput, "the calendar is not UTF-8");
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    std::vector<CalendarLine> lines;
    std::string line;
    const auto endLine = [&] {
        if (auto read = parseLine(line))
            lines.push_back(std::move(*read));
        line.clear();
    };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        std::string_view piece = text.substr(0, end);
        text.remove_prefix(end);
        text.remove_prefix(text.starts_with("\r\n") ? 2 : std::min<std::size_t>(1, text.size()));
        if (piece.starts_with(' ') || piece.starts_with('\t'))
            piece.remove_prefix(1);
        else
            endLine();
        line += piece;
        if (line.size() > limits.lineBytesMax || lines.size() > kLinesMax)
            return fail(ErrorCode::InvalidInput, "the calendar has lines without end");
    }
    endLine();
    return lines;
}

std::string unescapeCalendarText(std::string_view value)
{
    std::string plain;
    plain.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\' || i + 1 == value.size()) {
            plain += value[i];
            continue;
        }
        const char next = value[++i];
        plain += next == 'n' || next == 'N' ? '\n' : next;
    }
    return plain;
}

} // namespace chrona::formats
