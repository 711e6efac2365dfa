// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"

/// Graphs as other programs read them, as UTF-8 text. A node's id is its key, "entity:12"; times
/// are ISO 8601; evidence is a list of keys with blanks between them, evidence_count how much there
/// is, of which a list may name the newest only. What a format cannot hold
/// (control characters, broken UTF-8) becomes U+FFFD. The same graph gives the same bytes.
namespace chrona::graph {

/// "entity:12"
[[nodiscard]] std::string keyText(NodeKey key);

/// `positions`: one for each node, or empty. Fails with InvalidInput on any other number.
[[nodiscard]] Result<std::string> toGraphMl(const Graph &graph,
                                            std::span<const Point> positions = {});
/// GEXF 1.3, with time spans and positions.
[[nodiscard]] Result<std::string> toGexf(const Graph &graph, std::span<const Point> positions = {});

/// RFC 4180 with a header. A text that a spreadsheet would take for a formula gets an apostrophe in
/// front.
[[nodiscard]] Result<std::string> toNodeCsv(const Graph &graph,
                                            std::span<const Point> positions = {});
[[nodiscard]] std::string toEdgeCsv(const Graph &graph);

} // namespace chrona::graph
