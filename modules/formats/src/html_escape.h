// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace chrona::formats {

/// Appends text or a quoted attribute's value with every character escaped that markup is made of.
inline void appendHtmlEscaped(std::string &out, std::string_view text)
{
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string_view reference;
        switch (text[at]) {
        case '&': reference = "&amp;"; break;
        case '<': reference = "&lt;"; break;
        case '>': reference = "&gt;"; break;
        case '"': reference = "&quot;"; break;
        default: continue;
        }
        out.append(text.substr(done, at - done)).append(reference);
        done = at + 1;
    }
    out.append(text.substr(done));
}

} // namespace chrona::formats
