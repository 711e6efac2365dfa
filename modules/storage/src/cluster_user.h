// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <string>

#include <sys/types.h>

namespace chrona::storage {

/// The name under which a user owns a private cluster, also the name of its database role. Denied
/// for root, which Postgres refuses, and for a number without a name.
[[nodiscard]] Result<std::string> clusterUser(uid_t user);

} // namespace chrona::storage
