// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/stats/as_of.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chrona::discovery {

/// One decision: what was available by `decisionAt` may be used on `date`.
struct DecisionDay {
    Date date;
    Instant decisionAt;
};

/// Everything that was ever said about one feature: each vintage of each observation, with the time
/// since which it was available. Times in microseconds since 1970. NaN: the observation was taken
/// back, and nothing is known of it from then on.
struct FeatureHistory {
    std::string name;
    std::vector<stats::Vintage> vintages;
};

/// A target's price on each decision day. NaN or not positive: none that day.
struct TargetHistory {
    std::string name;
    std::vector<double> prices;
};

/// The only input of the engine: what was known on each decision day. It can be made from vintages
/// and a decision clock alone, so that no caller can hand in values by observation date.
///
/// Immutable after build(): any thread.
class AsOfPanel {
public:
    static constexpr std::size_t kDaysMax = 100'000;
    static constexpr std::size_t kFeaturesMax = 1'000'000;
    static constexpr std::size_t kCellsMax = 400'000'000;

    /// Fails with InvalidInput where days are not ascending, a name is empty or appears twice, a
    /// target's prices are not one a day, or a value is infinite.
    [[nodiscard]] static Result<AsOfPanel> build(std::vector<DecisionDay> days,
                                                 std::vector<FeatureHistory> features,
                                                 std::vector<TargetHistory> targets);

    [[nodiscard]] std::size_t dayCount() const { return m_days.size(); }
    [[nodiscard]] std::size_t featureCount() const { return m_features.size(); }
    [[nodiscard]] std::size_t targetCount() const { return m_targets.size(); }
    [[nodiscard]] std::span<const DecisionDay> days() const { return m_days; }
    [[nodiscard]] const std::string &featureName(std::size_t feature) const
    {
        return m_features[feature].name;
    }
    [[nodiscard]] const std::string &targetName(std::size_t target) const
    {
        return m_targets[target].name;
    }
    [[nodiscard]] std::span<const double> prices(std::size_t target) const
    {
        return m_targets[target].prices;
    }

    /// The newest known value on each day; NaN while nothing is known.
    [[nodiscard]] std::span<const double> known(std::size_t feature) const
    {
        return std::span(m_known).subspan(feature * m_days.size(), m_days.size());
    }
    /// The newest vintage of all on its own day: what a panel blind to availability holds. For the
    /// look-ahead probe alone.
    [[nodiscard]] std::vector<double> byObservation(std::size_t feature) const;
    /// The oldest vintage of the newest known observation: what a panel without revisions holds.
    [[nodiscard]] std::vector<double> firstPrints(std::size_t feature) const;

private:
    AsOfPanel() = default;
    [[nodiscard]] std::vector<std::int64_t> decisionTimes() const;
    std::vector<DecisionDay> m_days;
    std::vector<FeatureHistory> m_features;
    std::vector<TargetHistory> m_targets;
    std::vector<double> m_known; ///< feature after feature
};

} // namespace chrona::discovery
