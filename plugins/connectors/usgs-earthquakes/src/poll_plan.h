// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace chrona::usgs {

/// What the last polls covered; the connector's cursor.
struct Covered {
    std::optional<Instant> feed;      ///< when any summary feed was read
    std::optional<Instant> revisions; ///< when a feed long enough to hold revisions was read
    std::optional<Instant> deletions; ///< when the deleted events were asked for
    friend bool operator==(const Covered &, const Covered &) = default;
};

/// A cursor that cannot be read counts as none: the week is read again and nothing is lost.
[[nodiscard]] Covered readCursor(std::string_view cursor);
[[nodiscard]] std::string writeCursor(const Covered &covered);

/// The shortest summary feed that leaves no gap since the last poll.
[[nodiscard]] std::string_view feedFor(const Covered &covered, Instant now);
/// Deleted events vanish from the summary feeds, so they are asked for beside them, once an hour.
[[nodiscard]] bool isDeletionQueryDue(const Covered &covered, Instant now);
[[nodiscard]] std::string deletionQuery(const Covered &covered, Instant now);

/// What is covered after that feed was read.
[[nodiscard]] Covered afterFeed(Covered covered, std::string_view feed, Instant now);

} // namespace chrona::usgs
