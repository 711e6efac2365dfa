// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/call.h"

#include <functional>
#include <stop_token>

namespace chrona::storage {
class Pool;
}

namespace chrona::service {

using StepProgress = std::function<void(const ipc::Progress &)>;

/// Generates the sample world and stores it as everything else is stored. Every part is idempotent,
/// so loading again, or after a crash, completes what is there. Call on a worker for long work.
[[nodiscard]] Result<ipc::DemoReport> loadSampleWorld(const ipc::DemoLoad &load,
                                                      storage::Pool &pool,
                                                      const StepProgress &progress,
                                                      std::stop_token stop);

/// Takes away everything that is marked synthetic, and nothing else.
[[nodiscard]] Result<ipc::DemoReport> clearSampleWorld(storage::Pool &pool);

} // namespace chrona::service
