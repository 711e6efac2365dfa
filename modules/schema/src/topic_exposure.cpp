// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/topic_exposure.h"

#include "chrona/schema/entity.h"
#include "chrona/schema/targets.h"

#include <algorithm>
#include <format>

namespace chrona::schema {
namespace {

constexpr float kTopicMin = 0.3F; ///< less sure topics expose nothing

constexpr TopicExposure kTopicRules[] = {
    {Topic::MonetaryPolicy, "TLT", 0.8F}, {Topic::MonetaryPolicy, "UUP", 0.6F},
    {Topic::MonetaryPolicy, "GLD", 0.5F}, {Topic::MonetaryPolicy, "XLF", 0.5F},
    {Topic::MonetaryPolicy, "SPY", 0.5F}, {Topic::Inflation, "TLT", 0.7F},
    {Topic::Inflation, "GLD", 0.6F},      {Topic::Inflation, "UUP", 0.4F},
    {Topic::Inflation, "XLP", 0.3F},      {Topic::Employment, "SPY", 0.5F},
    {Topic::Employment, "IWM", 0.4F},     {Topic::Employment, "TLT", 0.4F},
    {Topic::Growth, "SPY", 0.6F},         {Topic::Growth, "IWM", 0.5F},
    {Topic::Growth, "XLI", 0.4F},         {Topic::Growth, "XLY", 0.3F},
    {Topic::Fiscal, "TLT", 0.6F},         {Topic::Fiscal, "UUP", 0.3F},
    {Topic::Trade, "XLI", 0.5F},          {Topic::Trade, "SPY", 0.3F},
    {Topic::Trade, "UUP", 0.3F},          {Topic::Sanctions, "USO", 0.3F},
    {Topic::Sanctions, "XLE", 0.3F},      {Topic::Conflict, "GLD", 0.4F},
    {Topic::Conflict, "USO", 0.4F},       {Topic::Conflict, "VIXY", 0.4F},
    {Topic::Politics, "SPY", 0.2F},       {Topic::Energy, "XLE", 0.8F},
    {Topic::Energy, "USO", 0.7F},         {Topic::Disasters, "XLF", 0.2F},
    {Topic::Health, "XLV", 0.6F},         {Topic::Technology, "XLK", 0.7F},
    {Topic::Technology, "QQQ", 0.6F},     {Topic::Companies, "SPY", 0.3F},
    {Topic::Markets, "SPY", 0.6F},        {Topic::Markets, "VIXY", 0.3F},
};

/// The target of each rule, named once: finding out its id costs more than all the rest.
std::vector<ExposedTarget> rulesWithTargets()
{
    std::vector<ExposedTarget> made;
    for (const TopicExposure &rule : kTopicRules) {
        const auto target =
            std::ranges::find(defaultTargets(), rule.symbol, &DefaultTarget::symbol);
        std::string key = std::format("instrument:{}", rule.symbol);
        const EntityId id = entityIdFor(key);
        made.push_back({id, std::move(key), rule.symbol, target->name, rule.weight});
    }
    return made;
}

} // namespace

std::span<const TopicExposure> topicExposures()
{
    return kTopicRules;
}

std::vector<ExposedTarget> targetsExposedTo(Topic topic, float confidence)
{
    static const std::vector<ExposedTarget> targets = rulesWithTargets();
    std::vector<ExposedTarget> exposed;
    if (topic == Topic::None || !(confidence >= kTopicMin))
        return exposed;
    for (std::size_t i = 0; i < std::size(kTopicRules); ++i) {
        const float weight = kTopicRules[i].weight * confidence;
        if (kTopicRules[i].topic != topic || weight < kExposureMin)
            continue;
        exposed.push_back(targets[i]);
        exposed.back().weight = weight;
    }
    return exposed;
}

} // namespace chrona::schema
