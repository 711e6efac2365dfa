// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/engine.h"

#include <optional>
#include <span>
#include <vector>

/// From panel columns to the series that are multiplied: trend, season and weekday taken out, heavy
/// tails cut, missing values at zero. In-sample, hence for screening statistics only.
namespace chrona::discovery {

/// Orthonormal trend, annual harmonic and weekdays over the decision days.
class CalendarBasis {
public:
    explicit CalendarBasis(std::span<const DecisionDay> days);
    /// Takes the basis out of the values that are not NaN; those that are become 0. A series that
    /// the calendar explains wholly becomes 0.
    [[nodiscard]] std::vector<double> residual(std::span<const double> values) const;

private:
    /// Least squares over the days that are not missing; false where they do not determine it.
    [[nodiscard]] bool takeOutWithout(std::span<const std::size_t> missing,
                                      std::vector<double> &values) const;
    void takeOutSlowly(std::span<const std::size_t> missing, std::vector<double> &values) const;

    std::size_t m_days;
    std::vector<std::vector<double>> m_raw; ///< columns before they are made orthonormal
    std::vector<std::vector<double>> m_orthonormal;
};

/// The series of one feature as the sweep takes it.
[[nodiscard]] std::vector<double> preparedFeature(std::span<const double> known,
                                                  const CalendarBasis &basis);

/// One return series: scores[t] stands for the return of day t, scaled by the volatility that was
/// known the day before and cut, so that a few wild days do not decide. 0 where there is none.
struct ReturnView {
    std::size_t target;
    View view;
    std::vector<double> scores;
};

struct PreparedTargets {
    std::vector<ReturnView> views;  ///< whole returns by target, then own, then the shared one
    std::vector<double> sharedPart; ///< by target: correlation with what the targets share, signed
    std::vector<std::vector<double>> volatility; ///< by target and day, known the day before
};
[[nodiscard]] PreparedTargets preparedTargets(const AsOfPanel &panel, const CalendarBasis &basis);

/// Why a feature cannot be judged at all, if so.
[[nodiscard]] std::optional<Refusal> minimumRules(const AsOfPanel &panel, std::size_t feature,
                                                  const Parameters &parameters);

} // namespace chrona::discovery
