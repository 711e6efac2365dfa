// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/alerts.h"
#include "chrona/briefing/hourly.h"
#include "chrona/briefing/inputs.h"
#include "chrona/briefing/steps.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <string>
#include <vector>

namespace chrona::service {

/// Whether the sources are being read now: without that, nobody is late.
enum class SourcesAre : std::uint8_t { Unread, Read };

/// What is told, and what was known when it is told.
struct BriefMoment {
    Date day;
    Instant knownAt;
};

/// What the engine looks at, read from the database as it stood at a moment. Owns what the engine's
/// inputs point into, so it outlives them.
struct BriefMaterial {
    std::vector<briefing::TargetSeries> targets;
    std::vector<schema::Event> events;
    std::vector<schema::Cluster> clusters;
    std::vector<schema::Source> sources;
    std::vector<schema::SourceHealth> health;
    briefing::ExposureGraph exposures;
    std::vector<std::string> watched;                ///< nodes of the graph
    std::vector<schema::Signal> signals;             ///< of the newest search that had ended
    std::vector<briefing::FeatureState> features;    ///< that they rest on
    std::vector<briefing::NamedSignal> namedSignals; ///< the same, as a person's rules know them
    bool hasSearch = false;                          ///< there was one by then
    std::vector<std::string> notices;
    bool synthetic = false; ///< some of it is

    [[nodiscard]] briefing::BriefingInputs inputsFor(const BriefMoment &moment) const;
};

/// Of a day: all prices up to it, two years of events, and what lies ahead. Each table and each
/// market is a step; it expects them.
[[nodiscard]] Result<BriefMaterial> gatherDay(storage::Connection &connection,
                                              const BriefMoment &moment, SourcesAre sources,
                                              briefing::Steps &steps);
/// Of an hour: the events of the last days, no prices.
[[nodiscard]] Result<BriefMaterial> gatherHour(storage::Connection &connection, Instant knownAt,
                                               SourcesAre sources);

/// Of a stretch of time, as it is known now: what a rule would have seen.
[[nodiscard]] Result<BriefMaterial> gatherWindow(storage::Connection &connection, Instant from,
                                                 Instant until);
/// Adds the targets with the prices of the last months: enough for a move in its own volatility.
[[nodiscard]] Status addRecentTargets(storage::Connection &connection, Instant knownAt,
                                      BriefMaterial &material);
/// The nodes of the graph for all that is on a watchlist.
[[nodiscard]] Result<std::vector<std::string>> loadWatchedNodes(storage::Connection &connection);

/// A person's rules over those that ship; weight 0 switches one off.
[[nodiscard]] Result<briefing::ExposureGraph> loadExposureGraph(storage::Connection &connection);

} // namespace chrona::service
