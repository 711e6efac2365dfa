// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/events/topics.h"

#include <cstdint>
#include <vector>

namespace chrona::events {

struct Feature {
    std::uint32_t index = 0;
    float value = 0;
};
using Features = std::vector<Feature>;

/// First a constant, then what the built-in words say of the text and of its publisher, then hashed
/// words and pairs of words.
inline constexpr std::size_t kHashedBegin = 128;
inline constexpr std::size_t kFeatureCount = 1 << 16;

/// At most one feature of each index, in their order.
[[nodiscard]] Features featuresOf(const TopicText &text);

} // namespace chrona::events
