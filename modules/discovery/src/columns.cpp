// SPDX-License-Identifier: AGPL-3.0-or-later
#include "columns.h"

#include <cmath>

namespace chrona::discovery {

namespace {

/// From here on a target carries so much of what all share that an effect on the one is one on the
/// other.
constexpr double kSharedMin = 0.45;

} // namespace

TargetColumns::TargetColumns(const AsOfPanel &panel, const CalendarBasis &basis,
                             Parameters::Targets targets)
    : m_targets(panel.targetCount()), m_prepared(preparedTargets(panel, basis))
{
    if (targets == Parameters::Targets::ReturnsAndVolatility)
        addVolatilityViews(panel, basis, m_prepared);
}

std::size_t TargetColumns::count() const
{
    return m_targets * (m_prepared.volatilityFrom > 0 ? 2 : 1);
}

bool TargetColumns::carriesShared(std::size_t target) const
{
    return std::abs(m_prepared.sharedPart[target]) >= kSharedMin;
}

std::vector<std::size_t> TargetColumns::seriesOf(std::size_t column) const
{
    if (measureOf(column) == Measure::Volatility)
        return {m_prepared.volatilityFrom + column - m_targets};
    std::vector<std::size_t> series{column};
    if (hasViews())
        series.push_back(m_targets + column);
    if (hasViews() && carriesShared(column))
        series.push_back(sharedSeries());
    return series;
}

PairViews TargetColumns::viewsOf(std::size_t column, SharedView shared) const
{
    const auto series = seriesOf(column);
    PairViews views{m_prepared.views[series[0]].scores, {}, {}, 1};
    if (series.size() > 1)
        views.own = m_prepared.views[series[1]].scores;
    if (series.size() > 2 && shared == SharedView::Open) {
        views.shared = m_prepared.views[series[2]].scores;
        views.sharedSign = m_prepared.sharedPart[column] > 0 ? 1 : -1;
    }
    return views;
}

std::vector<double> scoresOf(const PairViews &views, View view)
{
    const auto series = view == View::Whole ? views.whole
                        : view == View::Own ? views.own
                                            : views.shared;
    std::vector<double> scores(series.begin(), series.end());
    if (view == View::Shared)
        for (auto &score : scores)
            score *= views.sharedSign;
    return scores;
}

} // namespace chrona::discovery
