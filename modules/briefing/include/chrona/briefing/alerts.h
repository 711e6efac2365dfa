// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/inputs.h"
#include "chrona/briefing/relevance.h"
#include "chrona/schema/alert.h"

#include <span>
#include <string>
#include <vector>

/// What crosses a person's own rules. Pure; any thread. What has crossed before, quiet hours and
/// the time until a rule speaks again are the caller's: they need what is stored.
namespace chrona::briefing {

/// A signal with the names that a rule and a reader know it by.
struct NamedSignal {
    std::string key; ///< the same from search to search
    std::string title;
    std::string target; ///< "SPY"
    schema::SignalId id;
    double robustZ = 0;
    bool elevated = false;
    Instant dataUntil, computedAt;
    bool synthetic = false;
};

struct AlertInputs {
    Instant now; ///< nothing that was available later is looked at
    std::span<const schema::AlertRule> rules;
    std::span<const schema::Event> events;
    std::span<const schema::Cluster> clusters;
    std::span<const TargetSeries> targets;
    std::span<const NamedSignal> signals;
    std::span<const std::string> watched;     ///< nodes of the graph: for relevance
    const ExposureGraph *exposures = nullptr; ///< nullptr: the shipped one
    UsualRates usual{};                       ///< for relevance
    /// Subjects of signals that crossed and last, by rule.
    std::span<const std::pair<schema::AlertRuleId, std::string>> held;
    bool synthetic = false;   ///< the targets' prices
    bool withSignals = false; ///< `signals` are all there are: what is missing has ended
};

struct AlertPolicy {
    Duration freshFor = std::chrono::hours(26);     ///< from being available: older is no news
    Duration happenedWithin = std::chrono::days(3); ///< a history that is imported is none either
    BriefingPolicy moves{};
};

struct Crossing {
    const schema::AlertRule *rule = nullptr; ///< of the inputs
    std::string group;                       ///< as the rule groups
    schema::AlertCrossing what;
    bool holds = false; ///< lasts until it is among `ended`
    bool synthetic = false;
};

struct AlertFindings {
    std::vector<Crossing> crossings; ///< by rule, in the order of the inputs
    std::vector<std::pair<schema::AlertRuleId, std::string>> ended;
};

/// Rules that are switched off are not looked at.
[[nodiscard]] AlertFindings findCrossings(const AlertInputs &inputs,
                                          const AlertPolicy &policy = {});

/// An alert as a sentence of a document: "Rule: what crossed it (0.72 of 0.30) and 3 more."
[[nodiscard]] schema::Statement alertStatement(const schema::Alert &alert);

} // namespace chrona::briefing
