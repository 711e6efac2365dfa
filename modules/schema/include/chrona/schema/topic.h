// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chrona::schema {

/// What a headline is about. Numbers are stored and sent: append only.
enum class Topic : std::uint8_t {
    None = 0, ///< none of the sixteen: sport, entertainment, or nothing that can be told
    MonetaryPolicy = 1,
    Inflation = 2,
    Employment = 3,
    Growth = 4,
    Fiscal = 5, ///< budgets, taxes, public debt
    Trade = 6,
    Sanctions = 7,
    Conflict = 8,
    Diplomacy = 9,
    Politics = 10, ///< elections, parliaments, courts, protest
    Energy = 11,
    Disasters = 12, ///< with weather
    Health = 13,
    Technology = 14, ///< with science
    Companies = 15,
    Markets = 16,
};
inline constexpr std::size_t kTopicCount = 17; ///< with None

[[nodiscard]] std::string_view toString(Topic topic); ///< snake_case: "monetary_policy", "none"
[[nodiscard]] std::optional<Topic> topicFrom(std::string_view text);
[[nodiscard]] EventCategory categoryOf(Topic topic);
/// Key of the entity that stands for it: "topic:monetary_policy".
[[nodiscard]] std::string entityKeyOf(Topic topic);

} // namespace chrona::schema
