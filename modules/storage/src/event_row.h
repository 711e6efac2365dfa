// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/storage/copy.h"
#include "chrona/storage/event_queries.h"
#include "chrona/storage/rows.h"

#include <string>

/// How an event lies in chrona_world.event: the one place that knows the order of its columns.
namespace chrona::storage::event_row {

inline constexpr const char *kColumns =
    "id, observed_at, available_at, ingested_at, published_at, ends_at, source_id, assumed_lag_us, "
    "longitude, latitude, confidence, severity, revision, type, basis, state, synthetic, region, "
    "title, summary, source_ref, url, content_hash, attributes, geometry";

/// Behind kColumns in a row that is written: packed_event.h.
inline constexpr const char *kPackedColumn = "packed";

/// Three arrays of a current event, in order of position, that readers expect behind the columns.
/// `e` is the event.
[[nodiscard]] std::string linksOfCurrent(Naming naming);

struct Standing {
    schema::EventId id;
    schema::EventState state;
    std::uint32_t revision;
};

/// A row of kColumns and kPackedColumn. InvalidInput for attributes that cannot be stored.
[[nodiscard]] Status write(CopyIn &copy, const schema::Event &event, const Standing &standing);

/// From a row of kColumns followed by the three arrays.
[[nodiscard]] Result<schema::Event> read(const Row &row);

} // namespace chrona::storage::event_row
