// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "pair_test.h"
#include "preparation.h"

#include <span>
#include <vector>

namespace chrona::discovery {

/// Whether a feature passed against what all targets share, and may use that view.
enum class SharedView : std::uint8_t { Closed, Open };

/// What a feature is tested against: the return of each target, then, if asked for, the volatility
/// of each. Immutable; any thread.
class TargetColumns {
public:
    TargetColumns(const AsOfPanel &panel, const CalendarBasis &basis, Parameters::Targets targets);

    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] std::size_t targetOf(std::size_t column) const { return column % m_targets; }
    [[nodiscard]] Measure measureOf(std::size_t column) const
    {
        return column < m_targets ? Measure::Return : Measure::Volatility;
    }
    /// Enough targets for the views less and of what they share.
    [[nodiscard]] bool hasViews() const { return m_prepared.hasViews; }
    /// All series that are swept.
    [[nodiscard]] const std::vector<ReturnView> &series() const { return m_prepared.views; }
    /// Which of them belong to a column in the first look; `shared` is always open there.
    [[nodiscard]] std::vector<std::size_t> seriesOf(std::size_t column) const;
    [[nodiscard]] std::size_t sharedSeries() const { return 2 * m_targets; } ///< with hasViews only
    [[nodiscard]] PairViews viewsOf(std::size_t column, SharedView shared) const;
    [[nodiscard]] std::span<const double> volatility(std::size_t column) const
    {
        return m_prepared.volatility[targetOf(column)];
    }

private:
    [[nodiscard]] bool carriesShared(std::size_t target) const;

    std::size_t m_targets;
    PreparedTargets m_prepared;
};

/// The scores of one view, signed as for the target.
[[nodiscard]] std::vector<double> scoresOf(const PairViews &views, View view);

} // namespace chrona::discovery
