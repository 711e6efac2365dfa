// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/net/http.h"

#include "chrona/base/ascii.h"

#include <algorithm>

namespace chrona::net {
const std::string *find(const Headers &headers, std::string_view name)
{
    for (const auto &header : headers)
        if (std::ranges::equal(header.name, name, {}, asciiLower, asciiLower))
            return &header.value;
    return nullptr;
}

} // namespace chrona::net
