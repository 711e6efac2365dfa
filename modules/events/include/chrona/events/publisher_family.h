// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace chrona::events {

/// Who stands behind a publisher's name or host, in lower case: "Reuters India" and
/// "in.reuters.com" are "reuters", "MarketWatch" is "dow jones". Ten feeds of one owner confirm a
/// report once. What no table knows is its own family. Pure, any thread.
[[nodiscard]] std::string publisherFamily(std::string_view publisher);

} // namespace chrona::events
