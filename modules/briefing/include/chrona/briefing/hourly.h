// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/briefing/exposure_graph.h"
#include "chrona/schema/briefing.h"
#include "chrona/schema/cluster.h"
#include "chrona/schema/signal.h"
#include "chrona/schema/source.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

/// What one hour changed, each thing told once. Pure: what was told is a value that goes in and
/// comes out, so that a restart or a second machine tells nothing twice.
namespace chrona::briefing {

/// Why an event is told, factor by factor.
struct Relevance {
    double exposure = 0; ///< of the watchlist: strongest path
    double severity = 0;
    double novelty = 0; ///< 1: nothing like it in three days; shrinks with what came before
    double confidence = 0;
    ExposurePath path;
    [[nodiscard]] double score() const { return exposure * severity * novelty * confidence; }
};

/// A user's rule: tell me of this at once.
struct AlertRule {
    std::string id, name;
    double relevanceMin = 0.3;
    std::vector<schema::EventCategory> categories; ///< empty: all
    std::string regionPrefix;                      ///< "US"; empty: anywhere
    Duration rearmAfter = std::chrono::hours(1);   ///< silent for so long after it spoke
};

/// Minutes of the user's day without alerts, from begin to end, over midnight where begin > end.
struct QuietHours {
    int beginMinute = 0, endMinute = 0; ///< equal: none
    Duration utcOffset{0};
    [[nodiscard]] bool covers(Instant instant) const;
};

/// One notice for all events of a rule that came together.
struct Alert {
    std::string rule, name;
    std::vector<schema::EventId> events; ///< most relevant first
    std::string text;
    double relevance = 0; ///< the highest
    friend bool operator==(const Alert &, const Alert &) = default;
};

/// What has been told, and what waits for the end of quiet hours.
struct HourlyState {
    struct Told {
        std::uint32_t revision = 0;
        float severity = 0;
        Instant at;
        friend bool operator==(const Told &, const Told &) = default;
    };
    std::map<schema::EventId, Told> events;
    std::map<schema::ClusterId, Instant> clusters;
    std::map<schema::SignalId, Instant> signals;
    std::map<schema::SourceId, schema::SourceState> sources;
    std::map<std::string, Instant> armedFrom; ///< rule id → since when it may speak again
    std::vector<Alert> waiting;
    friend bool operator==(const HourlyState &, const HourlyState &) = default;
};

struct HourlyInputs {
    Instant hour, knownAt;
    std::span<const schema::Event> events; ///< of the last days; what was known later is left out
    std::span<const schema::Cluster> clusters;
    std::span<const schema::Signal> signals;
    std::span<const schema::Source> sources;
    std::span<const schema::SourceHealth> health;
    std::vector<std::string> watched; ///< nodes of the graph: "instrument:SPY", "country:JP"
    const ExposureGraph *exposures = nullptr;
    std::span<const AlertRule> rules;
    QuietHours quiet;
    bool synthetic = false;
};

struct HourlyPolicy {
    double relevanceMin = 0.02;
    std::size_t changesMax = 12; ///< short enough to be read
    double clusterRarity = 3;    ///< events against the type's hourly mean of three days
    std::size_t clusterMembersMin = 3;
    Duration remember = std::chrono::days(7);
};

struct HourlyResult {
    schema::HourlyUpdate update;
    std::vector<Alert> alerts; ///< to be shown now
    HourlyState state;         ///< for the next call
};

/// Fails with InvalidInput where `hour` is not the begin of an hour or lies after `knownAt`.
[[nodiscard]] Result<HourlyResult> hourlyUpdate(const HourlyInputs &inputs,
                                                const HourlyState &before,
                                                const HourlyPolicy &policy = {});

} // namespace chrona::briefing
