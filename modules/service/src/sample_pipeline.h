// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/call.h"
#include "chrona/schema/event.h"

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::storage {
class Pool;
}

namespace chrona::service {

using StepProgress = std::function<void(const ipc::Progress &)>;
/// Events of a batch that is stored, by the key of their source.
using StoredPart = std::function<void(std::map<std::string, std::vector<schema::Event>>)>;

/// Generates the sample world and stores it as everything else is stored. Every part is idempotent,
/// so loading again, or after a crash, completes what is there. `stored` hears of events as they
/// come: whoever looks need not wait for the rest. Call on a worker for long work.
[[nodiscard]] Result<ipc::DemoReport>
loadSampleWorld(const ipc::DemoLoad &load, storage::Pool &pool, const StepProgress &progress,
                const StoredPart &stored, std::stop_token stop);

/// Takes away everything that is marked synthetic, and nothing else.
[[nodiscard]] Result<ipc::DemoReport> clearSampleWorld(storage::Pool &pool);

} // namespace chrona::service
