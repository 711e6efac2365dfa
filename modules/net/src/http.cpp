// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/http.h"

#include <algorithm>

namespace chrona::net {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

const std::string *find(const Headers &headers, std::string_view name)
{
    for (const auto &header : headers)
        if (std::ranges::equal(header.name, name, {}, lower, lower))
            return &header.value;
    return nullptr;
}

} // namespace chrona::net
