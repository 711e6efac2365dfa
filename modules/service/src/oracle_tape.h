// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle_run.h"

#include "chrona/storage/connection.h"

#include <string>

/// The sample world's ticks as a set of venues that can be played.
namespace chrona::service {

/// Names the ticks that are loaded: another name, another tape. Empty: there are none.
[[nodiscard]] Result<std::string> tapeName(storage::Connection &connection);
/// The newest hour of them, and the plan that prices them. Marked synthetic.
[[nodiscard]] Result<OracleRun::Parts> loadTape(storage::Connection &connection);

} // namespace chrona::service
