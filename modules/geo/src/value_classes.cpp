// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/value_classes.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

namespace chrona::geo {

namespace {

constexpr std::size_t kClassCountMax = 16;

std::vector<double> quantileBounds(const std::vector<double> &sorted, std::size_t classes)
{
    std::vector<double> bounds;
    for (std::size_t i = 0; i <= classes; ++i) {
        const double at = double(i) * double(sorted.size() - 1) / double(classes);
        const auto low = static_cast<std::size_t>(at);
        const std::size_t high = std::min(low + 1, sorted.size() - 1);
        bounds.push_back(std::lerp(sorted[low], sorted[high], at - double(low)));
    }
    return bounds;
}

std::vector<double> equalBounds(double low, double high, std::size_t classes)
{
    std::vector<double> bounds;
    for (std::size_t i = 0; i <= classes; ++i)
        bounds.push_back(std::lerp(low, high, double(i) / double(classes)));
    return bounds;
}

/// Fisher's optimal grouping of sorted values by dynamic programming. The best first member of the
/// last group never moves left as values are added, which divide and conquer uses: n log n a class.
class FisherGroups {
public:
    explicit FisherGroups(const std::vector<double> &sorted) : m_sums(1, 0), m_squares(1, 0)
    {
        for (const double value : sorted) {
            // Centred on the middle value, so that large values of small spread do not cancel out.
            const double centred = value - sorted[sorted.size() / 2];
            m_sums.push_back(m_sums.back() + centred);
            m_squares.push_back(m_squares.back() + centred * centred);
        }
    }

    /// First members of the second and later groups.
    std::vector<std::size_t> breaks(std::size_t groups)
    {
        const std::size_t n = m_sums.size() - 1;
        std::vector<double> cost(n + 1);
        for (std::size_t i = 0; i <= n; ++i)
            cost[i] = spread(0, i);
        std::vector<std::vector<std::size_t>> firsts;
        for (std::size_t group = 1; group < groups; ++group) {
            m_before = cost;
            m_best.assign(n + 1, std::numeric_limits<double>::infinity());
            m_first.assign(n + 1, 0);
            solve(group + 1, n, group, n - 1);
            cost = m_best;
            firsts.push_back(m_first);
        }
        std::vector<std::size_t> found;
        for (std::size_t end = n; !firsts.empty(); firsts.pop_back()) {
            end = firsts.back()[end];
            found.insert(found.begin(), end);
        }
        return found;
    }

private:
    /// Sum of squared distances from the mean of values from … to − 1.
    double spread(std::size_t from, std::size_t to) const
    {
        if (to <= from)
            return 0;
        const double sum = m_sums[to] - m_sums[from];
        return m_squares[to] - m_squares[from] - sum * sum / double(to - from);
    }

    void solve(std::size_t low, std::size_t high, std::size_t firstLow, std::size_t firstHigh)
    {
        if (low > high)
            return;
        const std::size_t middle = (low + high) / 2;
        for (std::size_t first = firstLow; first <= std::min(firstHigh, middle - 1); ++first) {
            const double cost = m_before[first] + spread(first, middle);
            if (cost < m_best[middle]) {
                m_best[middle] = cost;
                m_first[middle] = first;
            }
        }
        const std::size_t first = m_first[middle];
        solve(low, middle - 1, firstLow, first);
        solve(middle + 1, high, first, firstHigh);
    }

    std::vector<double> m_sums, m_squares, m_before, m_best;
    std::vector<std::size_t> m_first;
};

std::vector<double> naturalBounds(const std::vector<double> &sorted, std::size_t classes)
{
    std::vector<double> bounds{sorted.front()};
    for (const std::size_t first : FisherGroups(sorted).breaks(classes))
        bounds.push_back(
            std::midpoint(sorted[first - 1], sorted[first])); // a lone maximum keeps a class
    bounds.push_back(sorted.back());
    return bounds;
}

} // namespace

std::optional<std::size_t> ValueClasses::classOf(double value) const
{
    if (std::isnan(value) || bounds.size() < 2)
        return std::nullopt;
    const auto above = std::upper_bound(bounds.begin() + 1, bounds.end() - 1, value);
    return static_cast<std::size_t>(above - (bounds.begin() + 1));
}

Result<ValueClasses> classify(std::span<const double> values, const ClassRequest &request)
{
    if (request.classCount < 1 || request.classCount > kClassCountMax)
        return fail(ErrorCode::InvalidInput, "a choropleth has 1 to 16 classes");
    std::vector<double> sorted;
    std::ranges::copy_if(values, std::back_inserter(sorted),
                         [](double v) { return std::isfinite(v); });
    if (sorted.empty())
        return fail(ErrorCode::NotFound, "there is no value to classify");
    std::ranges::sort(sorted);
    std::vector<double> distinct(sorted);
    distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());
    const std::size_t classes = std::min(request.classCount, distinct.size());

    ValueClasses result;
    switch (request.method) {
    case ClassMethod::Quantile: result.bounds = quantileBounds(sorted, classes); break;
    case ClassMethod::EqualInterval:
        result.bounds = equalBounds(sorted.front(), sorted.back(), classes);
        break;
    case ClassMethod::NaturalBreaks: result.bounds = naturalBounds(sorted, classes); break;
    case ClassMethod::Diverging: {
        const double reach = std::max(std::abs(sorted.front() - request.midpoint),
                                      std::abs(sorted.back() - request.midpoint));
        result.bounds =
            equalBounds(request.midpoint - reach, request.midpoint + reach, request.classCount);
        break;
    }
    }
    // Ties make bounds coincide; a class without width would never be drawn but be in the legend.
    const auto doubled = std::ranges::unique(result.bounds);
    result.bounds.erase(doubled.begin(), doubled.end());
    if (result.bounds.size() == 1)
        result.bounds.push_back(result.bounds.front());
    return result;
}

} // namespace chrona::geo
