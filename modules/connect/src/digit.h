// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

namespace chrona::connect {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

} // namespace chrona::connect
