// SPDX-License-Identifier: AGPL-3.0-or-later
#include "first_look.h"

#include "missing.h"
#include "pair_test.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <format>

namespace chrona::discovery {

namespace {

/// Features that are kept together: some tenths of a second of work.
constexpr std::size_t kFeaturesInAPart = 252;
/// What is kept of a feature beside its pairs: the shared part, the squares, and of a refusal
/// whether there is one, its rule, value and limit.
constexpr std::size_t kOtherNumbers = 6;

class AllPairs {
public:
    explicit AllPairs(const Search &search)
        : m_search(search), m_layout(search.columns.series(), search.windows)
    {
        const std::size_t features = search.panel.featureCount();
        m_look.pairP.assign(features * search.columns.count(), kMissing);
        m_look.sharedP.assign(features, kMissing);
        m_look.squaredT.resize(features);
        m_look.refused.resize(features);
    }

    FirstLook look()
    {
        const std::size_t features = m_search.panel.featureCount();
        const std::size_t step = m_search.checkpoint != nullptr ? kFeaturesInAPart : features;
        for (std::size_t first = 0; first < features && !m_search.stop.stop_requested();
             first += step)
            lookAt(first, std::min(step, features - first));
        return std::move(m_look);
    }

private:
    void lookAt(std::size_t first, std::size_t count)
    {
        const std::string part = std::format("first look {}", first);
        if (m_search.checkpoint != nullptr)
            if (const auto kept = m_search.checkpoint->load(part);
                kept && takeUp(first, count, *kept)) {
                tellProgress(count);
                return;
            }
        sweep(
            m_layout, count, [&](std::size_t i) { return seriesOf(first + i); },
            [&](std::size_t i, std::span<const float> t) {
                scorePairs(first + i, t);
                tellProgress(1);
            },
            m_search.executor, m_search.stop);
        if (m_search.checkpoint != nullptr && !m_search.stop.stop_requested())
            m_search.checkpoint->keep(part, numbersOf(first, count));
    }

    std::vector<double> seriesOf(std::size_t feature)
    {
        auto &refused = m_look.refused[feature];
        refused = minimumRules(m_search.panel, feature, m_search.parameters);
        if (refused)
            return {};
        auto series = preparedFeature(m_search.panel.known(feature), m_search.basis);
        if (std::ranges::all_of(series, [](double value) { return value == 0; })) {
            refused = refusal(feature, Rule::Constant, 0, 0);
            return {};
        }
        return series;
    }

    static Refusal refusal(std::size_t feature, Rule rule, double value, double limit)
    {
        return {feature, Refusal::kEveryTarget, Measure::Return, rule, value, limit};
    }

    void scorePairs(std::size_t feature, std::span<const float> t)
    {
        const TargetColumns &columns = m_search.columns;
        const std::size_t windows = m_search.windows.count();
        std::vector<float> all;
        std::vector<double> work;
        for (std::size_t column = 0; column < columns.count(); ++column) {
            all.clear();
            for (const std::size_t series : columns.seriesOf(column)) {
                const auto part = t.subspan(series * windows, windows);
                all.insert(all.end(), part.begin(), part.end());
            }
            for (const float value : all)
                m_look.squaredT[feature] += static_cast<double>(value) * static_cast<double>(value);
            m_look.pairP[feature * columns.count() + column] = simesFromT<float>(all, work);
        }
        if (columns.hasViews())
            m_look.sharedP[feature] =
                simesFromT<float>(t.subspan(columns.sharedSeries() * windows, windows), work);
    }

    void tellProgress(std::size_t features)
    {
        const std::size_t done = m_done += features;
        if (m_search.progress)
            m_search.progress(kFirstLookShare * static_cast<double>(done) /
                              static_cast<double>(m_search.panel.featureCount()));
    }

    [[nodiscard]] std::vector<double> numbersOf(std::size_t first, std::size_t count) const
    {
        const std::size_t columns = m_search.columns.count();
        std::vector<double> numbers;
        numbers.reserve(count * (columns + kOtherNumbers));
        for (std::size_t feature = first; feature < first + count; ++feature) {
            const auto pairs = std::span(m_look.pairP).subspan(feature * columns, columns);
            numbers.insert(numbers.end(), pairs.begin(), pairs.end());
            const auto &refused = m_look.refused[feature];
            const Refusal rest = refused.value_or(Refusal{});
            numbers.insert(numbers.end(),
                           {m_look.sharedP[feature], m_look.squaredT[feature], refused ? 1.0 : 0.0,
                            static_cast<double>(rest.rule), rest.value, rest.limit});
        }
        return numbers;
    }

    /// false: that is not what was kept of this part.
    bool takeUp(std::size_t first, std::size_t count, std::span<const double> numbers)
    {
        const std::size_t columns = m_search.columns.count();
        if (numbers.size() != count * (columns + kOtherNumbers))
            return false;
        for (std::size_t feature = first; feature < first + count; ++feature) {
            std::ranges::copy(numbers.first(columns),
                              m_look.pairP.begin() +
                                  static_cast<std::ptrdiff_t>(feature * columns));
            const auto rest = numbers.subspan(columns, kOtherNumbers);
            m_look.sharedP[feature] = rest[0];
            m_look.squaredT[feature] = rest[1];
            if (rest[2] != 0)
                m_look.refused[feature] =
                    refusal(feature, static_cast<Rule>(rest[3]), rest[4], rest[5]);
            numbers = numbers.subspan(columns + kOtherNumbers);
        }
        return true;
    }

    const Search &m_search;
    SweepTargets m_layout;
    FirstLook m_look;
    std::atomic<std::size_t> m_done = 0;
};

} // namespace

FirstLook lookAtAll(const Search &search)
{
    return AllPairs(search).look();
}

} // namespace chrona::discovery
