// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/workspace/graph_state.h"

#include <QString>

namespace chrona::ui {

class GraphView;

/// Writes what is drawn. The ending decides: graphml, gexf, csv (nodes beside it in
/// NAME-nodes.csv), svg, png, pdf. A file is whole or not there. Fails with InvalidInput on another
/// ending, with Unavailable where it cannot be written.
[[nodiscard]] Status exportGraph(const workspace::GraphState &state, const GraphView &view,
                                 const QString &path);

} // namespace chrona::ui
