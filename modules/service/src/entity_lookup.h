// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/ids.h"
#include "chrona/storage/connection.h"

#include <optional>
#include <string>

namespace chrona::service {

/// A key names exactly one entity; any other text the best match, or none.
[[nodiscard]] Result<std::optional<schema::EntityId>> entityCalled(storage::Connection &connection,
                                                                   const std::string &text);

} // namespace chrona::service
