// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::net {

constexpr char asciiLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace chrona::net
