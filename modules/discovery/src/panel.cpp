// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/panel.h"

#include "missing.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <format>

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

Status checkName(std::string_view name, std::string_view kind,
                 std::unordered_set<std::string> &seen)
{
    if (name.empty())
        return fail(ErrorCode::InvalidInput, std::format("a {} has no name", kind));
    if (!seen.emplace(name).second)
        return fail(ErrorCode::InvalidInput, std::format("the {} {} appears twice", kind, name));
    return {};
}

Status checkTargets(std::span<const TargetHistory> targets, std::size_t days)
{
    std::unordered_set<std::string> seen;
    for (const auto &target : targets) {
        if (Status named = checkName(target.name, "target", seen); !named)
            return named;
        if (target.prices.size() != days)
            return fail(ErrorCode::InvalidInput,
                        std::format("the target {} has {} prices for {} decision days", target.name,
                                    target.prices.size(), days));
    }
    return {};
}

Status checkSize(std::size_t features, std::size_t days, const ColumnSpace &space)
{
    const std::size_t bytes = features * std::max<std::size_t>(days, 1) * sizeof(double);
    if (features <= AsOfPanel::kFeaturesMax && bytes <= space.bytesMax())
        return {};
    return fail(
        ErrorCode::InvalidInput,
        std::format("{} features over {} days are more than one run handles", features, days),
        "split the features over several runs");
}

/// A copy in the space.
template <class Number>
Result<std::span<Number>> placed(std::span<const Number> numbers, ColumnSpace &space)
{
    if (numbers.empty())
        return std::span<Number>();
    return space.take(numbers.size_bytes()).transform([&](std::byte *at) {
        std::memcpy(at, numbers.data(), numbers.size_bytes());
        return std::span(reinterpret_cast<Number *>(at), numbers.size());
    });
}

} // namespace

Result<AsOfPanel> AsOfPanel::build(std::vector<DecisionDay> days,
                                   std::vector<FeatureHistory> features,
                                   std::vector<TargetHistory> targets)
{
    auto builder = PanelBuilder::begin(std::move(days), std::move(targets), features.size(),
                                       std::make_shared<ColumnsInMemory>());
    if (!builder)
        return std::unexpected(builder.error());
    for (auto &feature : features) {
        if (Status added = builder->addColumn(std::move(feature.name), feature.vintages); !added)
            return std::unexpected(added.error());
        Feature &made = builder->m_panel.m_features.back();
        made.owned = std::move(feature.vintages); // not twice in memory
        made.vintages = made.owned;
    }
    return std::move(*builder).finish();
}

Result<PanelBuilder> PanelBuilder::begin(std::vector<DecisionDay> days,
                                         std::vector<TargetHistory> targets, std::size_t features,
                                         std::shared_ptr<ColumnSpace> space)
{
    for (const Status &checked : {checkDays(days), checkSize(features, days.size(), *space),
                                  checkTargets(targets, days.size())})
        if (!checked)
            return std::unexpected(checked.error());
    PanelBuilder builder;
    AsOfPanel &panel = builder.m_panel;
    for (const auto &day : days)
        panel.m_decisions.push_back(day.decisionAt.time_since_epoch().count());
    panel.m_days = std::move(days);
    panel.m_targets = std::move(targets);
    panel.m_features.reserve(features);
    panel.m_space = std::move(space);
    return builder;
}

Status PanelBuilder::add(std::string name, std::span<const stats::Vintage> vintages)
{
    return addColumn(std::move(name), vintages).and_then([&]() -> Status {
        const auto kept = placed<stats::Vintage>(vintages, *m_panel.m_space);
        if (!kept)
            return std::unexpected(kept.error());
        m_panel.m_features.back().vintages = *kept;
        return {};
    });
}

Status PanelBuilder::addColumn(std::string name, std::span<const stats::Vintage> vintages)
{
    if (Status named = checkName(name, "feature", m_names); !named)
        return named;
    if (std::ranges::any_of(vintages, [](const auto &each) { return std::isinf(each.value); }))
        return fail(ErrorCode::InvalidInput,
                    std::format("the feature {} has an infinite value", name));
    std::vector<double> values;
    values.reserve(m_panel.m_days.size());
    for (const auto &known : stats::asOf(vintages, m_panel.m_decisions))
        values.push_back(known.known ? known.latest : kMissing);
    const auto known = placed<double>(values, *m_panel.m_space);
    if (!known)
        return std::unexpected(known.error());
    m_panel.m_features.push_back({std::move(name), *known, {}});
    return {};
}

std::vector<double> AsOfPanel::byObservation(std::size_t feature) const
{
    // The last vintage of an observation, as if it had been known when it happened.
    const auto kept = m_features[feature].vintages;
    std::vector<stats::Vintage> vintages(kept.begin(), kept.end());
    std::ranges::stable_sort(vintages, {}, &stats::Vintage::knownAt);
    for (auto &vintage : vintages)
        vintage.knownAt = vintage.observedAt;
    std::vector<double> result;
    for (const auto &known : stats::asOf(vintages, m_decisions))
        result.push_back(known.known ? known.latest : kMissing);
    return result;
}

std::vector<double> AsOfPanel::firstPrints(std::size_t feature) const
{
    std::vector<double> result;
    for (const auto &known : stats::asOf(m_features[feature].vintages, m_decisions))
        result.push_back(known.known ? known.firstPrint : kMissing);
    return result;
}

} // namespace chrona::discovery
