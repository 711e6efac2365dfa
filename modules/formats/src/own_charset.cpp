// SPDX-License-Identifier: AGPL-3.0-or-later
#include "own_charset.h"

#include "utf8.h"

#include <algorithm>

namespace chrona::formats {
namespace {

using namespace std::string_view_literals;

struct OwnCharset {
    std::string_view name;
    std::u16string_view upperHalf;
};

constexpr OwnCharset kOwnCharsets[] = {
#include "charset_tables.inc"
};

} // namespace

const std::u16string_view *upperHalfOf(std::string_view charset)
{
    const auto found = std::ranges::find(kOwnCharsets, charset, &OwnCharset::name);
    return found == std::end(kOwnCharsets) ? nullptr : &found->upperHalf;
}

std::string fromUpperHalf(std::string_view bytes, std::u16string_view upperHalf)
{
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            text += c;
        else
            appendUtf8(text, upperHalf[byte - 0x80]);
    }
    return text;
}

std::optional<std::string> gbFromHz(std::string_view bytes)
{
    constexpr char kHigh = '\x80';
    std::string gb;
    bool isChinese = false;
    for (std::size_t at = 0; at < bytes.size();) {
        const char c = bytes[at];
        const char next = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
        if (static_cast<unsigned char>(c) > 0x7f)
            return std::nullopt;
        if (c == '~' && (isChinese ? next == '}' : next == '{')) {
            isChinese = !isChinese;
            at += 2;
        } else if (c == '~' && !isChinese) {
            if (next != '~' && next != '\n')
                return std::nullopt;
            if (next == '~') // the other joins two lines
                gb += '~';
            at += 2;
        } else if (isChinese && c != '\n') {
            if (c < 0x21 || next < 0x21)
                return std::nullopt;
            gb += static_cast<char>(c | kHigh);
            gb += static_cast<char>(next | kHigh);
            at += 2;
        } else {
            isChinese = false; // a line ends where its Chinese does
            gb += c;
            ++at;
        }
    }
    return gb;
}

} // namespace chrona::formats
