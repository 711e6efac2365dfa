// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace chrona::storage {
class Connection;
}

namespace chrona::service {

/// What the status page says about the contents of the database.
struct WorldFigures {
    std::int64_t sizeBytes = 0;
    std::int64_t events = 0;
    std::int64_t entities = 0;
    std::optional<Instant> newestObservedAt;
    std::optional<Instant> newestIngestedAt;
    bool hasSynthetic = false;
    std::optional<Instant> lastBriefingAt;
    std::int64_t damagedReads = 0; ///< of blocks whose checksum did not fit
};

/// One statement; some milliseconds per 100,000 events, so callers keep the answer for a while.
[[nodiscard]] Result<WorldFigures> loadWorldFigures(storage::Connection &connection);

} // namespace chrona::service
