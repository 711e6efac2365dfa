// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/service/service.h"

#include <string>

namespace chrona::service {

/// chronad --upgrade-database: moves the private database of a data folder to the newest Postgres
/// installed, and says what was done. Waits for its end, which takes as long as copying the data;
/// killed at any moment, the service starts with the old database or the new one.
///
/// Conflict while a service holds the data folder; else as storage::upgradeCluster().
[[nodiscard]] Result<std::string> upgradeDatabase(const ServiceOptions &options);

} // namespace chrona::service
