// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/briefing/inputs.h"
#include "chrona/schema/series.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// How the stored instruments and series are told of in a briefing. Pure; any thread.
namespace chrona::service {

/// Everything but the values: group, unit, sessions, and the nodes of the exposure graph.
[[nodiscard]] briefing::TargetSeries targetFor(const schema::Instrument &instrument);
/// nullopt for a series that is no market: only yields and reference rates are told of.
[[nodiscard]] std::optional<briefing::TargetSeries> targetFor(const schema::Series &series);

/// The nodes that news must reach to matter for something that is watched: the node itself and,
/// of an instrument, what it stands for ("instrument:XLE" → "sector:energy").
[[nodiscard]] std::vector<std::string> nodesFor(std::string_view watchedNode);

/// Place in the table of targets: those that ship first, in their order.
[[nodiscard]] std::size_t rankOf(std::string_view symbol);

} // namespace chrona::service
