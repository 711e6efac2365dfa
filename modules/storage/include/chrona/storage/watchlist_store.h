// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/ids.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chrona::storage {

/// Something that is watched, by the key of its node in the exposure graph: "instrument:SPY",
/// "country:JP".
struct WatchedNode {
    std::string node;
    std::string note;
    Instant addedAt;
    friend bool operator==(const WatchedNode &, const WatchedNode &) = default;
};
struct WatchlistRecord {
    schema::WatchlistId id;
    std::string name;
    std::vector<WatchedNode> items; ///< in the user's order
    std::uint32_t revision = 1;     ///< a stale write is refused
    Instant updatedAt;
    friend bool operator==(const WatchlistRecord &, const WatchlistRecord &) = default;
};

/// Lists that ship: each is added under its name unless it was there before, also when a person
/// changed or removed it since.
[[nodiscard]] Status seedWatchlists(Connection &connection,
                                    std::span<const WatchlistRecord> shipped);
/// All that are not removed, in the order in which they were made.
[[nodiscard]] Result<std::vector<WatchlistRecord>> loadWatchlists(Connection &connection);

/// A null id makes a new list (Conflict where its name is taken), another replaces name and items
/// where the revision is the stored one (Conflict where it is not, NotFound where there is none).
/// The list with its new revision. A node that comes twice keeps its first place.
[[nodiscard]] Result<WatchlistRecord> saveWatchlist(Connection &connection,
                                                      const WatchlistRecord &watchlist);
/// NotFound where there is none.
[[nodiscard]] Status removeWatchlist(Connection &connection, schema::WatchlistId id);

/// A person's own rule about what depends on what.
struct ExposureRecord {
    std::string from, to; ///< keys of nodes
    double weight = 0;    ///< 0–1; 0 switches a shipped rule with these ends off
    std::string why;
    friend bool operator==(const ExposureRecord &, const ExposureRecord &) = default;
};
/// By their ends.
[[nodiscard]] Result<std::vector<ExposureRecord>> loadExposures(Connection &connection);
/// Adds the rule or replaces the one with its ends.
[[nodiscard]] Status saveExposure(Connection &connection, const ExposureRecord &rule);
/// NotFound where there is no own rule with these ends.
[[nodiscard]] Status removeExposure(Connection &connection, const ExposureRecord &ends);

} // namespace chrona::storage
