// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/ids.h"
#include "chrona/schema/topic.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

/// News of a topic matters to one of the default targets, and how much. A rule, not a finding.
struct TopicExposure {
    Topic topic;
    std::string_view symbol;
    float weight;
};
[[nodiscard]] std::span<const TopicExposure> topicExposures();

/// Weaker links to a target are not made.
inline constexpr float kExposureMin = 0.15F;

/// A default target that an event is linked to because of its topic.
struct ExposedTarget {
    EntityId instrument;
    std::string key; ///< of the instrument's entity: "instrument:SPY"
    std::string_view symbol, name;
    float weight = 0; ///< 0–1, of the rule and the confidence
};
/// By the rules; none where there is no topic, or it is too unsure to expose anything. Pure.
[[nodiscard]] std::vector<ExposedTarget> targetsExposedTo(Topic topic, float confidence);

} // namespace chrona::schema
