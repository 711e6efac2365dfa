// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/ids.h"

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What depends on what: topic → commodity → sector → instrument, each step with a weight and a
/// reason, so that relevance can explain itself.
namespace chrona::briefing {

/// One step. Keys are those of entities: "topic:monetary_policy", "country:US", "type:earthquake",
/// "commodity:crude_oil", "sector:energy", "class:broad", "instrument:SPY".
struct ExposureRule {
    std::string from, to;
    double weight = 0; ///< 0–1: how much of what happens to `from` reaches `to`
    std::string why;   ///< a clause: "higher rates lower the worth of later earnings"
    friend bool operator==(const ExposureRule &, const ExposureRule &) = default;
};

/// The table that ships; a user's rules replace those with the same ends and add to the rest.
[[nodiscard]] std::span<const ExposureRule> defaultExposureRules();

struct ExposurePath {
    double weight = 0;                       ///< product of its steps; 0: there is none
    std::vector<const ExposureRule *> steps; ///< from the event's side; of the graph that was asked
};

/// Immutable once made; any thread.
class ExposureGraph {
public:
    /// Fails with InvalidInput where a weight is not within 0–1, a key is empty, or there are more
    /// than 20,000 rules.
    [[nodiscard]] static Result<ExposureGraph> from(std::span<const ExposureRule> rules);
    /// The shipped table with a user's rules over it.
    [[nodiscard]] static Result<ExposureGraph> withDefaults(std::span<const ExposureRule> own);

    /// Strongest paths of at most three steps from any node to one of `ends`.
    class Reach {
    public:
        [[nodiscard]] ExposurePath from(schema::EntityId node) const;

    private:
        friend class ExposureGraph;
        struct Step {
            double weight = 0;
            std::vector<const ExposureRule *> steps;
        };
        std::unordered_map<schema::EntityId, Step> m_best;
    };
    [[nodiscard]] Reach reachOf(std::span<const std::string> ends) const;
    [[nodiscard]] std::span<const ExposureRule> rules() const { return m_rules; }

private:
    std::vector<ExposureRule> m_rules;
};

/// "monetary policy", from "topic:monetary_policy".
[[nodiscard]] std::string spokenNode(std::string_view key);

} // namespace chrona::briefing
