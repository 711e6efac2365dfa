// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/ipc/messages.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string_view>

/// Parts of the graph as text.
namespace chrona::cli {

enum class GraphFormat : std::uint8_t { Table, Json, GraphMl, Gexf, Csv, CsvNodes };
[[nodiscard]] Result<GraphFormat> graphFormatFrom(std::string_view word);

/// "together", "part_of".
[[nodiscard]] std::string_view graphEdgeTypeName(ipc::GraphEdgeType type);
[[nodiscard]] std::optional<ipc::GraphEdgeType> graphEdgeTypeFrom(std::string_view word);

[[nodiscard]] Status printGraph(std::ostream &out, const ipc::GraphReply &reply,
                                const ipc::GraphEdgeColumns &edges, GraphFormat format);
/// JSON where that is the format, else a table.
void printGraphCounts(std::ostream &out, const ipc::GraphCountsReply &counts, GraphFormat format);
void printGraphEvents(std::ostream &out, const ipc::GraphEventsReply &events, GraphFormat format);

} // namespace chrona::cli
