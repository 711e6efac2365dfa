// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/html_text.h"

#include "utf8.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>
#include <optional>

namespace chrona::formats {
namespace {

struct NamedReference {
    std::string_view name;
    std::string_view text;
    bool withoutSemicolon;
};

constexpr NamedReference kNamed[] = {
#include "html_entity_names.inc"
};
constexpr std::size_t kReferenceBytesMax = 31;
static_assert(std::ranges::is_sorted(kNamed, {}, &NamedReference::name));

const NamedReference *findNamed(std::string_view name)
{
    const auto found = std::ranges::lower_bound(kNamed, name, {}, &NamedReference::name);
    return found != std::end(kNamed) && found->name == name ? found : nullptr;
}

/// What a writer meant who put Windows-1252 into a number (HTML standard, numeric references).
char32_t meantCharacter(char32_t code)
{
    constexpr std::array<char16_t, 32> kWindows1252{
        0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};
    if (code >= 0x80 && code < 0xa0)
        return kWindows1252[code - 0x80];
    return code;
}

int digitValue(char c)
{
    if (isAsciiDigit(c))
        return c - '0';
    const char lower = asciiLower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::size_t decodeNumber(std::string &out, std::string_view text)
{
    std::size_t at = 2;
    const bool hex = at < text.size() && asciiLower(text[at]) == 'x';
    if (hex)
        ++at;
    const std::size_t begin = at;
    char32_t code = 0;
    for (; at < text.size(); ++at) {
        const int digit = digitValue(text[at]);
        if (digit < 0 || (!hex && digit > 9))
            break;
        // Stops growing beyond the last character, so that no number overflows.
        if (code <= 0x10ffff)
            code = code * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    }
    if (at == begin)
        return 0;
    if (at < text.size() && text[at] == ';')
        ++at;
    appendUtf8(out, meantCharacter(code));
    return at;
}

} // namespace

std::size_t decodeReference(std::string &out, std::string_view text, ReferencePlace place)
{
    if (text.size() < 3 || text[0] != '&')
        return 0;
    if (text[1] == '#')
        return decodeNumber(out, text);
    std::size_t end = 1;
    while (end < text.size() && end <= kReferenceBytesMax + 1 &&
           (isAsciiLetter(text[end]) || isAsciiDigit(text[end])))
        ++end;
    const std::string_view name = text.substr(1, end - 1);
    if (end < text.size() && text[end] == ';')
        if (const NamedReference *named = findNamed(name)) {
            out += named->text;
            return end + 1;
        }
    // "&copy2026": old names count without their semicolon; in an address "&copy=" is a parameter.
    const bool mayBeParameter =
        place == ReferencePlace::Attribute && end < text.size() && text[end] == '=';
    for (std::size_t length = std::min<std::size_t>(name.size(), 6); length >= 2; --length) {
        const NamedReference *named = findNamed(name.substr(0, length));
        if (!named || !named->withoutSemicolon)
            continue;
        if (place == ReferencePlace::Attribute && (mayBeParameter || length < name.size()))
            return 0;
        out += named->text;
        return length + 1;
    }
    return 0;
}

void appendDecoded(std::string &out, std::string_view text)
{
    while (!text.empty()) {
        const auto mark = std::min(text.find('&'), text.size());
        out.append(text.substr(0, mark));
        text.remove_prefix(mark);
        if (text.empty())
            return;
        const std::size_t taken = decodeReference(out, text);
        if (taken == 0)
            out += '&';
        text.remove_prefix(std::max<std::size_t>(taken, 1));
    }
}

} // namespace chrona::formats
