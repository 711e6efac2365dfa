// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/vault.h"

#include <algorithm>

namespace chrona::keys {

Status checkSecretName(std::string_view name)
{
    constexpr std::size_t kNameBytesMax = 64;
    const bool sound =
        !name.empty() && name.size() <= kNameBytesMax && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '.' || c == '_' || c == '-';
        });
    if (!sound)
        return fail(ErrorCode::InvalidInput, "the name of a key is of letters, digits, '.', '_' "
                                             "and '-', at most 64");
    return {};
}

} // namespace chrona::keys
