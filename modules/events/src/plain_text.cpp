// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/plain_text.h"

#include "chrona/schema/text.h"

namespace chrona::events {
namespace {

enum class Lines { One, Many };

std::string validUtf8(std::string_view text)
{
    std::string out;
    while (const auto bad = schema::firstInvalidUtf8(text)) {
        out.append(text.substr(0, *bad)).append("\xEF\xBF\xBD");
        text.remove_prefix(*bad + 1);
    }
    return out.append(text);
}

/// The next code point of valid UTF-8, taken off the front.
char32_t take(std::string_view &text)
{
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    char32_t code = size == 1 ? first : first & (0xffU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i)
        code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
    text.remove_prefix(size);
    return code;
}

bool isBlank(char32_t c)
{
    return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

bool isLineEnd(char32_t c)
{
    return c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 ||
           c == 0x2029;
}

/// Control characters, and what changes the direction or look of text without being seen: with it a
/// headline can show something else than it says.
bool isUnwanted(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xe0000 && c <= 0xe007f);
}

void cutTo(std::string &text, std::size_t bytesMax)
{
    constexpr std::string_view kEllipsis = "…";
    if (text.size() <= bytesMax)
        return;
    std::size_t end = bytesMax > kEllipsis.size() ? bytesMax - kEllipsis.size() : 0;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80)
        --end;
    text.resize(end);
    if (bytesMax >= kEllipsis.size())
        text += kEllipsis;
}

std::string plain(std::string_view raw, std::size_t bytesMax, Lines lines)
{
    const std::string valid = validUtf8(raw);
    std::string_view rest = valid;
    std::string out;
    int lineEnds = 0;
    bool blank = false;
    while (!rest.empty()) {
        const std::string_view before = rest;
        const char32_t c = take(rest);
        if (isLineEnd(c)) {
            const bool secondOfPair =
                c == '\n' && before.data() != valid.data() && before.data()[-1] == '\r';
            if (lines == Lines::Many && !secondOfPair)
                ++lineEnds;
            blank = true;
        } else if (isBlank(c)) {
            blank = true;
        } else if (!isUnwanted(c)) {
            if (!out.empty() && lineEnds > 0)
                out.append(lineEnds > 1 ? "\n\n" : "\n");
            else if (!out.empty() && blank)
                out += ' ';
            lineEnds = 0;
            blank = false;
            out.append(before.substr(0, before.size() - rest.size()));
        }
    }
    cutTo(out, bytesMax);
    return out;
}

} // namespace

std::string plainLine(std::string_view text, std::size_t bytesMax)
{
    return plain(text, bytesMax, Lines::One);
}

std::string plainText(std::string_view text, std::size_t bytesMax)
{
    return plain(text, bytesMax, Lines::Many);
}

} // namespace chrona::events
