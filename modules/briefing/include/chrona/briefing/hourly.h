// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/briefing/exposure_graph.h"
#include "chrona/briefing/relevance.h"
#include "chrona/schema/alert.h"
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

/// What has been told.
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
    std::span<const schema::Alert> alerts; ///< announced in the hour, newest first
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
    HourlyState state; ///< for the next call
};

/// Fails with InvalidInput where `hour` is not the begin of an hour or lies after `knownAt`.
[[nodiscard]] Result<HourlyResult> hourlyUpdate(const HourlyInputs &inputs,
                                                const HourlyState &before,
                                                const HourlyPolicy &policy = {});

} // namespace chrona::briefing
