// SPDX-License-Identifier: AGPL-3.0-or-later
#include "raw_excerpt.h"

#include "chrona/schema/text.h"

#include <algorithm>
#include <array>

namespace chrona::service {
namespace {

/// A shorter one stands in any text by chance.
constexpr std::size_t kNeedleMin = 6;
constexpr std::size_t kTitleBytes = 40;
constexpr std::size_t kLineBytes = 500; ///< so far an end of a line is looked for

/// Of a title, feeds escape some characters: what comes before the first of them is looked for.
std::string_view plainHead(std::string_view title)
{
    const std::string_view head = title.substr(0, kTitleBytes);
    return head.substr(0, std::min(head.find_first_of("&<>\"'\\"), head.size()));
}

std::optional<std::size_t> placeOf(std::string_view payload, const schema::Event &event)
{
    const std::array<std::string_view, 3> needles = {event.sourceRef, event.url,
                                                     plainHead(event.title)};
    for (const std::string_view needle : needles) {
        if (needle.size() < kNeedleMin)
            continue;
        if (const std::size_t at = payload.find(needle); at != std::string_view::npos)
            return at;
    }
    return std::nullopt;
}

bool isInsideCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string printable(std::string_view text)
{
    std::string result(text);
    while (const auto bad = schema::firstInvalidUtf8(result))
        result[*bad] = '?';
    for (char &byte : result)
        if (static_cast<unsigned char>(byte) < 0x20 && byte != '\n')
            byte = ' ';
    std::erase(result, '\x7f');
    return result;
}

} // namespace

std::optional<std::string> excerptOf(std::string_view payload, const schema::Event &event,
                                     std::size_t bytesMax)
{
    const auto place = placeOf(payload, event);
    if (!place)
        return std::nullopt;
    // A third before, the rest behind: what a source says of a thing mostly follows its name.
    std::size_t begin = *place - std::min(*place, bytesMax / 3);
    std::size_t end = std::min(payload.size(), begin + bytesMax);
    if (begin > 0) {
        const std::size_t line = payload.find('\n', begin);
        if (line < *place && line - begin < kLineBytes)
            begin = line + 1;
    }
    if (end < payload.size()) {
        const std::size_t line = payload.rfind('\n', end);
        if (line != std::string_view::npos && line > *place && end - line < kLineBytes)
            end = line;
    }
    while (begin < end && begin > 0 && isInsideCharacter(payload[begin]))
        ++begin;
    while (end > begin && end < payload.size() && isInsideCharacter(payload[end]))
        --end;
    return printable(payload.substr(begin, end - begin));
}

} // namespace chrona::service
