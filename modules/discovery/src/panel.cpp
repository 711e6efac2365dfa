// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/panel.h"

#include "missing.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <unordered_set>

namespace chrona::discovery {

namespace {

Status checkDays(std::span<const DecisionDay> days)
{
    if (days.size() > AsOfPanel::kDaysMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("the calendar has {} days, at most {} are handled", days.size(),
                                AsOfPanel::kDaysMax));
    for (std::size_t t = 1; t < days.size(); ++t)
        if (days[t].date <= days[t - 1].date || days[t].decisionAt <= days[t - 1].decisionAt)
            return fail(
                ErrorCode::InvalidInput,
                std::format("the calendar is not ascending at {}", formatDate(days[t].date)),
                "give each decision day once, in order");
    return {};
}

template <class Named> Status checkNames(std::span<const Named> items, std::string_view kind)
{
    std::unordered_set<std::string_view> seen;
    seen.reserve(items.size());
    for (const auto &item : items) {
        if (item.name.empty())
            return fail(ErrorCode::InvalidInput, std::format("a {} has no name", kind));
        if (!seen.insert(item.name).second)
            return fail(ErrorCode::InvalidInput,
                        std::format("the {} {} appears twice", kind, item.name));
    }
    return {};
}

Status checkValues(std::span<const FeatureHistory> features, std::span<const TargetHistory> targets,
                   std::size_t days)
{
    for (const auto &feature : features)
        for (const auto &vintage : feature.vintages)
            if (std::isinf(vintage.value))
                return fail(ErrorCode::InvalidInput,
                            std::format("the feature {} has an infinite value", feature.name));
    for (const auto &target : targets)
        if (target.prices.size() != days)
            return fail(ErrorCode::InvalidInput,
                        std::format("the target {} has {} prices for {} decision days", target.name,
                                    target.prices.size(), days));
    return {};
}

} // namespace

Result<AsOfPanel> AsOfPanel::build(std::vector<DecisionDay> days,
                                   std::vector<FeatureHistory> features,
                                   std::vector<TargetHistory> targets)
{
    if (features.size() > kFeaturesMax ||
        features.size() * std::max<std::size_t>(days.size(), 1) > kCellsMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} features over {} days are more than one run handles",
                                features.size(), days.size()),
                    "split the features over several runs");
    for (const Status &checked : {checkDays(days), checkNames<FeatureHistory>(features, "feature"),
                                  checkNames<TargetHistory>(targets, "target"),
                                  checkValues(features, targets, days.size())})
        if (!checked)
            return std::unexpected(checked.error());
    AsOfPanel panel;
    panel.m_known.reserve(days.size() * features.size());
    std::vector<std::int64_t> decisions;
    for (const auto &day : days)
        decisions.push_back(day.decisionAt.time_since_epoch().count());
    for (const auto &feature : features) {
        for (const auto &known : stats::asOf(feature.vintages, decisions))
            panel.m_known.push_back(known.known ? known.latest : kMissing);
    }
    panel.m_days = std::move(days);
    panel.m_features = std::move(features);
    panel.m_targets = std::move(targets);
    return panel;
}

std::vector<double> AsOfPanel::byObservation(std::size_t feature) const
{
    // The last vintage of an observation, as if it had been known when it happened.
    std::vector<stats::Vintage> vintages = m_features[feature].vintages;
    std::ranges::stable_sort(vintages, {}, &stats::Vintage::knownAt);
    for (auto &vintage : vintages)
        vintage.knownAt = vintage.observedAt;
    std::vector<double> result;
    for (const auto &known : stats::asOf(vintages, decisionTimes()))
        result.push_back(known.known ? known.latest : kMissing);
    return result;
}

std::vector<double> AsOfPanel::firstPrints(std::size_t feature) const
{
    std::vector<double> result;
    for (const auto &known : stats::asOf(m_features[feature].vintages, decisionTimes()))
        result.push_back(known.known ? known.firstPrint : kMissing);
    return result;
}

std::vector<std::int64_t> AsOfPanel::decisionTimes() const
{
    std::vector<std::int64_t> times;
    for (const auto &day : m_days)
        times.push_back(day.decisionAt.time_since_epoch().count());
    return times;
}

} // namespace chrona::discovery
