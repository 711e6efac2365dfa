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

    /// What was taken out, as weights of the bare columns, so that it can be continued past the
    /// last day. Empty where the days do not determine it.
    [[nodiscard]] std::vector<double> weights(std::span<const double> takenOut) const;
    /// The bare columns on a day; `day` counts on from the first one.
    [[nodiscard]] static std::vector<double> columnsOn(Date date, double day, std::size_t days);

private:
    /// Least squares over the days that are not missing; false where they do not determine it.
    [[nodiscard]] bool takeOutWithout(std::span<const std::size_t> missing,
                                      std::vector<double> &values) const;
    void takeOutSlowly(std::span<const std::size_t> missing, std::vector<double> &values) const;

    std::size_t m_days;
    std::vector<std::vector<double>> m_raw; ///< columns before they are made orthonormal
    std::vector<std::vector<double>> m_orthonormal;
};

/// How a feature's values become the series that is swept: counts by logarithm, the calendar taken
/// out, one deviation as the unit, tails cut.
struct FeatureScale {
    bool isCount = false;
    double deviation = 1;        ///< 0: nothing is left of the feature
    std::vector<double> weights; ///< of the calendar's bare columns; empty: not determined
    static constexpr double kCut = 4;
};

/// The series of one feature as the sweep takes it.
[[nodiscard]] std::vector<double> preparedFeature(std::span<const double> known,
                                                  const CalendarBasis &basis,
                                                  FeatureScale *scale = nullptr);

/// A series less its mean and nothing else, missing values at 0: for the question what was taken
/// out.
[[nodiscard]] std::vector<double> bareSeries(std::span<const double> values);

/// One return series: scores[t] stands for the return of day t, scaled by the volatility that was
/// known the day before and cut, so that a few wild days do not decide. 0 where there is none.
struct ReturnView {
    std::size_t target;
    View view;
    std::vector<double> scores;
};

struct PreparedTargets {
    /// Whole returns by target; then, with enough targets, own ones and the shared one; then, from
    /// volatilityFrom on, the volatility of each.
    std::vector<ReturnView> views;
    bool hasViews = false;
    std::size_t volatilityFrom = 0; ///< 0: none
    std::vector<double> sharedPart; ///< by target: correlation with what the targets share, signed
    std::vector<std::vector<double>> volatility; ///< by target and day, known the day before
};
[[nodiscard]] PreparedTargets preparedTargets(const AsOfPanel &panel, const CalendarBasis &basis);

/// What the preparation of one target's returns learned, so that it can go on day by day.
struct TargetScale {
    std::vector<double> weights; ///< of the calendar's bare columns
    double variance = 0, usualVariance = 0;
    double unit = 1;
    double lastPrice = 0; ///< NaN or not positive: none on the last day
};
/// nullopt: the days do not determine the calendar's part.
[[nodiscard]] std::optional<TargetScale> scaleOf(std::span<const double> prices,
                                                 const CalendarBasis &basis);
/// The score of the next day's return, 0 where there is none; moves the scale on.
[[nodiscard]] double nextScore(TargetScale &scale, double price, std::span<const double> columns);

/// Volatility as a target: see Measure.
void addVolatilityViews(const AsOfPanel &panel, const CalendarBasis &basis,
                        PreparedTargets &prepared);

/// Scales by the deviation of what is not 0 and cuts. The deviation; 0 where nothing is there.
double standardise(std::vector<double> &values, double cut);

/// Why a feature cannot be judged at all, if so.
[[nodiscard]] std::optional<Refusal> minimumRules(const AsOfPanel &panel, std::size_t feature,
                                                  const Parameters &parameters);

} // namespace chrona::discovery
