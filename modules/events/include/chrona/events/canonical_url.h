// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace chrona::events {

/// One form for all addresses of the same page: scheme and host in lower case, without default
/// port, fragment, tracking parameters and AMP variants, dot segments resolved, percent-encoding in
/// one way. Other parameters keep their order, because servers may care.
///
/// Empty for what is not an http(s) address, carries user information, or is longer than 2000
/// bytes. canonicalUrl(canonicalUrl(x)) == canonicalUrl(x).
[[nodiscard]] std::string canonicalUrl(std::string_view url);

} // namespace chrona::events
