// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

namespace chrona::service {

/// The upkeep of the database: partitions ahead of need, and what retention lets go.
[[nodiscard]] std::vector<JobRunner::Kind> maintenanceKinds();
[[nodiscard]] Status scheduleMaintenance(storage::Connection &connection, Instant now);

} // namespace chrona::service
