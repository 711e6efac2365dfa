// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/daily.h"

#include <string>
#include <vector>

namespace chrona::briefing::testing {

/// Two years of three invented targets, quiet but for the last day: SPX −5 %, the ten-year yield
/// −25 bp, WTI as ever. One source, no events.
struct BriefWorld {
    BriefWorld();

    std::vector<TargetSeries> targets;
    std::vector<schema::Event> events;
    std::vector<schema::Source> sources;
    std::vector<schema::SourceHealth> health;
    std::vector<schema::Signal> signals;
    std::vector<FeatureState> features;
    std::vector<schema::Cluster> clusters;
    BriefingInputs inputs; ///< spans are set by `given`

    [[nodiscard]] const BriefingInputs &given();
    /// The briefing, or a test failure's text in its title.
    [[nodiscard]] schema::Briefing told();
    /// A timed event known a minute later.
    schema::Event &addEvent(schema::EventType type, const std::string &title, Instant at);
};

[[nodiscard]] Date day(const char *text);
[[nodiscard]] Instant at(const char *text);
/// All statements of the sections of that kind, one a line.
[[nodiscard]] std::string textOf(const schema::Briefing &briefing, schema::SectionKind kind);
/// Every word of the document that a reader may see, and its numbers: equal where it is equal.
[[nodiscard]] bool hasStatement(const schema::Briefing &briefing, const std::string &part);

} // namespace chrona::briefing::testing
