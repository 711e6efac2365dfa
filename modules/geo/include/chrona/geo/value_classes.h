// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chrona::geo {

enum class ClassMethod : std::uint8_t {
    Quantile,      ///< as many areas in each class
    EqualInterval, ///< as much value in each class
    NaturalBreaks, ///< least variance within classes (Fisher's exact form of Jenks)
    Diverging,     ///< equal steps away from a midpoint, the same on both sides
};

struct ClassRequest {
    ClassMethod method = ClassMethod::Quantile;
    std::size_t classCount = 7; ///< 1 to 16
    double midpoint = 0;        ///< for Diverging
};

/// The classes of a choropleth: bounds[i] to bounds[i + 1], the last one closed above.
struct ValueClasses {
    std::vector<double> bounds; ///< ascending, one more than there are classes

    [[nodiscard]] std::size_t count() const { return bounds.size() - 1; }
    /// nullopt for NaN: "no data" is never a class. Values beyond the bounds go to the outer
    /// classes.
    [[nodiscard]] std::optional<std::size_t> classOf(double value) const;
};

/// NaN and infinite values are left out; fewer classes come back where there are fewer distinct
/// values. Refuses a request without one finite value.
[[nodiscard]] Result<ValueClasses> classify(std::span<const double> values,
                                            const ClassRequest &request);

} // namespace chrona::geo
