// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <cstdint>

namespace chrona::storage {

/// What went.
struct RetentionReport {
    std::int64_t rawItems = 0;    ///< payloads whose source's terms allow them no longer
    std::int64_t quarantined = 0; ///< the same, of those that could not be read
    std::int64_t modelTexts = 0;  ///< what language models made of a briefing's facts
    int rangesDropped = 0;        ///< days and months of the raw log, of ticks and of finished jobs
};

/// Lets go what the sources' terms and our own rules no longer keep: raw payloads after their
/// source's retention class, ticks and their bars after two years, the oracle's seconds after days,
/// finished jobs after 90 days, a model's words after two years (those that a stored briefing bears
/// stay in it; a day that is made again after that is asked about anew).
/// Canonical events, observations and bars are kept for good, and nothing goes that a consumer of
/// the raw log has not read yet. Call once an hour; every call is whole by itself.
[[nodiscard]] Result<RetentionReport> applyRetention(Connection &connection, Instant now);

} // namespace chrona::storage
