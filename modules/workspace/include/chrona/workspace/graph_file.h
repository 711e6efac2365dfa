// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/graph/layout.h"
#include "chrona/ipc/messages_graph.h"

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

namespace chrona::workspace {

/// What a GraphML or a GEXF file says of a working graph: which nodes, and where they stood. What
/// they are and what ties them the service knows better than any file.
struct GraphFile {
    static constexpr std::size_t kBytesMax = 64U << 20;

    std::vector<ipc::GraphNodeKey> nodes; ///< in the order of the file, each once
    std::map<ipc::GraphNodeKey, graph::Point> places; ///< of those that have one
    std::size_t strangers = 0; ///< nodes that no program like this one wrote

    /// InvalidInput with the line and column where the bytes are neither, and with the reason where
    /// none of its nodes can be looked up. Any bytes; any thread.
    [[nodiscard]] static Result<GraphFile> read(std::string_view bytes);
};

} // namespace chrona::workspace
