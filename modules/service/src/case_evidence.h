// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/investigation.h"
#include "chrona/storage/connection.h"

#include <optional>

namespace chrona::service {

/// What a pin points at, as it is stored now, with the terms of its source. nullopt: nothing of the
/// database (a region, a time window), or nothing that is still there.
[[nodiscard]] Result<std::optional<schema::CaseEvidence>>
takeEvidence(storage::Connection &connection, const schema::PinTarget &target, Instant now);

} // namespace chrona::service
