// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/exact_json.h"
#include "chrona/connect/venue_message.h"

#include <string>
#include <string_view>

/// Comparing what a venue read with what a case expects. Each function says what differs, or
/// nothing. Every expected field is compared; one that is not known here is a difference.
namespace chrona::conformance {

[[nodiscard]] std::string differenceOf(std::string_view kind, const connect::Reading &reading,
                                       connect::JsonRef expected);

[[nodiscard]] std::string differenceOfFault(const connect::Reading &reading,
                                            connect::JsonRef expected);

} // namespace chrona::conformance
