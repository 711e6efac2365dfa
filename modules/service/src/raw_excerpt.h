// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::service {

/// The part of a payload around where it names the event: by the source's reference, its address or
/// the beginning of its title. Whole lines where they are short; UTF-8 without control characters
/// but line ends, at most bytesMax. nullopt: it is not named there. Pure.
[[nodiscard]] std::optional<std::string> excerptOf(std::string_view payload,
                                                   const schema::Event &event,
                                                   std::size_t bytesMax);

} // namespace chrona::service
