// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"
#include "chrona/discovery/column_space.h"
#include "chrona/stats/as_of.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
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

    /// Fails with InvalidInput where days are not ascending, a name is empty or appears twice, a
    /// target's prices are not one a day, a value is infinite, or it is more than memory may hold.
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
        return m_features[feature].known;
    }
    /// The newest vintage of all on its own day: what a panel blind to availability holds. For the
    /// look-ahead probe alone.
    [[nodiscard]] std::vector<double> byObservation(std::size_t feature) const;
    /// The oldest vintage of the newest known observation: what a panel without revisions holds.
    [[nodiscard]] std::vector<double> firstPrints(std::size_t feature) const;

private:
    friend class PanelBuilder;
    struct Feature {
        std::string name;
        std::span<const double> known;
        std::span<const stats::Vintage> vintages;
        std::vector<stats::Vintage>
            owned{}; ///< what `vintages` is of, where it is not in the space
    };

    AsOfPanel() = default;
    std::vector<DecisionDay> m_days;
    std::vector<std::int64_t> m_decisions; ///< by day
    std::vector<Feature> m_features;
    std::vector<TargetHistory> m_targets;
    std::shared_ptr<ColumnSpace> m_space; ///< what the features' spans lie in
};

/// Makes a panel feature by feature, so that no more than one of them need be in memory beside what
/// the column space holds. Not thread-safe.
class PanelBuilder {
public:
    /// features: how many there will be. Fails as AsOfPanel::build() does, before any is read.
    [[nodiscard]] static Result<PanelBuilder> begin(std::vector<DecisionDay> days,
                                                    std::vector<TargetHistory> targets,
                                                    std::size_t features,
                                                    std::shared_ptr<ColumnSpace> space);
    /// The next one; its vintages in any order.
    [[nodiscard]] Status add(std::string name, std::span<const stats::Vintage> vintages);
    [[nodiscard]] AsOfPanel finish() && { return std::move(m_panel); }

private:
    friend class AsOfPanel;
    PanelBuilder() = default;
    /// Its column goes into the space, its vintages stay with whoever called.
    [[nodiscard]] Status addColumn(std::string name, std::span<const stats::Vintage> vintages);
    AsOfPanel m_panel;
    std::unordered_set<std::string> m_names;
};

} // namespace chrona::discovery
