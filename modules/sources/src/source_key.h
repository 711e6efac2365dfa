// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/ports.h"
#include "chrona/net/http.h"

#include <string>
#include <string_view>

/// Where a person's own key goes into a request, and out of what comes back.
namespace chrona::sources {

/// Puts the key where the connector says. Denied for a request that would carry it in the clear,
/// InvalidInput for one that no header or address can hold; no message says anything of the key.
[[nodiscard]] Status placeKey(net::Request &request, const connect::KeyPlace &place,
                              std::string_view key);

/// Takes the key out of a text: as it is, and as an address writes it. Servers do echo keys, in
/// addresses that they redirect to and in the words of a refusal.
void scrubKey(std::string &text, std::string_view key);

} // namespace chrona::sources
