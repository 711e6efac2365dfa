// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/exposure_graph.h"

#include "chrona/schema/entity.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <map>

namespace chrona::briefing {
namespace {

constexpr std::size_t kRulesMax = 20'000;
constexpr int kStepsMax = 3;

} // namespace

Result<ExposureGraph> ExposureGraph::from(std::span<const ExposureRule> rules)
{
    if (rules.size() > kRulesMax)
        return fail(ErrorCode::InvalidInput,
                    std::format("there are {} exposure rules, at most {} are taken", rules.size(),
                                kRulesMax));
    for (const ExposureRule &rule : rules) {
        if (rule.from.empty() || rule.to.empty() || rule.from == rule.to)
            return fail(ErrorCode::InvalidInput, "an exposure rule does not name two ends");
        if (!(rule.weight >= 0 && rule.weight <= 1))
            return fail(
                ErrorCode::InvalidInput,
                std::format("the exposure of {} to {} is not within 0 and 1", rule.to, rule.from));
    }
    ExposureGraph graph;
    graph.m_rules.assign(rules.begin(), rules.end());
    return graph;
}

Result<ExposureGraph> ExposureGraph::withDefaults(std::span<const ExposureRule> own)
{
    std::map<std::pair<std::string, std::string>, ExposureRule> byEnds;
    for (const ExposureRule &rule : defaultExposureRules())
        byEnds[{rule.from, rule.to}] = rule;
    for (const ExposureRule &rule : own)
        byEnds[{rule.from, rule.to}] = rule;
    std::vector<ExposureRule> rules;
    for (auto &[ends, rule] : byEnds)
        rules.push_back(std::move(rule));
    return from(rules);
}

ExposureGraph::Reach ExposureGraph::reachOf(std::span<const std::string> ends) const
{
    Reach reach;
    for (const std::string &end : ends)
        reach.m_best[schema::entityIdFor(end)] = {1, {}};
    // One round a step. Rules are walked in their order and only a strictly better path replaces
    // another, so that the answer does not depend on anything else.
    for (int round = 0; round < kStepsMax; ++round) {
        const auto before = reach.m_best;
        for (const ExposureRule &rule : m_rules) {
            const auto onward = before.find(schema::entityIdFor(rule.to));
            if (onward == before.end() || int(onward->second.steps.size()) != round)
                continue;
            const double weight = rule.weight * onward->second.weight;
            auto &best = reach.m_best[schema::entityIdFor(rule.from)];
            if (weight <= best.weight)
                continue;
            best.weight = weight;
            best.steps = {&rule};
            best.steps.insert(best.steps.end(), onward->second.steps.begin(),
                              onward->second.steps.end());
        }
    }
    return reach;
}

ExposurePath ExposureGraph::Reach::from(schema::EntityId node) const
{
    const auto best = m_best.find(node);
    return best == m_best.end() ? ExposurePath{}
                                : ExposurePath{best->second.weight, best->second.steps};
}

std::string spokenNode(std::string_view key)
{
    const std::size_t colon = key.find(':');
    const std::string_view kind = key.substr(0, colon == std::string_view::npos ? 0 : colon);
    std::string name(colon == std::string_view::npos ? key : key.substr(colon + 1));
    std::ranges::replace(name, '_', ' ');
    if (kind == "class")
        return name == "broad" ? "broad equities" : name;
    return name;
}

} // namespace chrona::briefing
