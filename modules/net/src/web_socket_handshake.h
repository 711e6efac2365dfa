// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/net/address.h"
#include "chrona/net/http.h"

#include <string>
#include <string_view>

/// The HTTP exchange with which a WebSocket begins. Pure.
namespace chrona::net {

inline constexpr std::size_t kUpgradeHeadBytesMax = 16 << 10;

/// What the server must answer to a key.
[[nodiscard]] std::string acceptKeyFor(std::string_view key);

struct Upgrade {
    UrlParts parts;
    std::string target; ///< path and query
    Headers headers;
    std::string key; ///< 16 random bytes in Base64
};
/// Fails with InvalidInput for headers that hold line ends or that this exchange sets itself.
[[nodiscard]] Result<std::string> upgradeRequest(const Upgrade &upgrade);

/// `head` is the server's answer up to and without the empty line. Statuses fail as HttpClient's
/// do; an answer that does not agree to exactly what was asked is Corrupt.
[[nodiscard]] Status judgeUpgrade(std::string_view head, std::string_view key);

} // namespace chrona::net
