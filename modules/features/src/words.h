// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/features/definition.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

/// The words in which definitions are written; one table serves reading and writing.
namespace chrona::features {

template <class Enum, std::size_t Count> struct Words {
    std::array<std::string_view, Count> names;

    [[nodiscard]] constexpr std::string_view nameOf(Enum value) const
    {
        const auto index = static_cast<std::size_t>(value);
        return index < Count ? names[index] : std::string_view("unknown");
    }
    [[nodiscard]] constexpr std::optional<Enum> valueOf(std::string_view name) const
    {
        for (std::size_t i = 0; i < Count; ++i)
            if (names[i] == name)
                return static_cast<Enum>(i);
        return std::nullopt;
    }
};

inline constexpr Words<Aggregation, 8> kAggregations{{"count", "severity_sum", "severity_max",
                                                      "confidence_sum", "share", "figure_sum",
                                                      "figure_mean", "figure_max"}};
inline constexpr Words<Axis, 5> kAxes{{"none", "region", "country", "topic", "entity"}};
inline constexpr Words<Transform, 7> kTransforms{
    {"level", "difference", "log_change", "mean", "z_score", "realised_volatility", "surprise"}};
inline constexpr Words<Definition::Source, 2> kSources{{"events", "series"}};

} // namespace chrona::features
