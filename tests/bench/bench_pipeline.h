// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "report.h"

#include <string>

namespace chrona::bench {

/// From payloads in the raw log to stored events: connector, engine of events, enrichment,
/// database. How many a second, and how long an item waits at the live rate. The database is
/// migrated.
[[nodiscard]] Result<Report> measurePipeline(const std::string &connectionString);

} // namespace chrona::bench
