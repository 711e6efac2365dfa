// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace chrona::formats {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// U+FFFD, for bytes that are no text.
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Appends a character; what is none (a surrogate, zero, beyond U+10FFFF) becomes U+FFFD.
inline void appendUtf8(std::string &out, char32_t code)
{
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        code = 0xfffd;
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    const int tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr unsigned char kLead[] = {0, 0xc0, 0xe0, 0xf0};
    out += static_cast<char>(kLead[tail] | (code >> (6 * tail)));
    for (int i = tail - 1; i >= 0; --i)
        out += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3f));
}

} // namespace chrona::formats
