// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph_floor.h"

namespace chrona::service {

/// Reads what a floor needs besides the events. `links` are those that are held already (null: read
/// them), `news` the links of events stored since then. On a worker.
[[nodiscard]] Result<FloorParts>
loadFloorParts(storage::Connection &connection, const EventSnapshot &events,
               std::shared_ptr<const storage::EventLinkColumns> links,
               const std::unordered_map<std::int64_t, std::vector<schema::EventEntity>> &news);

} // namespace chrona::service
