// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/event_queries.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// All events of the database as the rows of one long table that nobody holds: where its pages
/// begin, and a page. Every question begins at a key and goes along the index of (observed_at, id);
/// none counts rows from the top (docs/adr/0125).
namespace chrona::storage {

/// Which events: what the filter language of the workstation can say. All must hold; an empty list
/// lets all pass. Values only: none of it becomes part of a statement. Retracted ones never pass.
struct EventPick {
    std::optional<Instant> from{}, to{}; ///< observed_at in [from, to)
    std::optional<schema::GeoBox> box{};
    std::vector<schema::EventType> types{};
    std::vector<schema::SourceId> sources{};
    std::vector<std::string> regions{};   ///< exactly these codes, or
    std::vector<std::string> countries{}; ///< one of these with all their parts
    std::vector<std::string> words{};     ///< all in the title, in any case
    float severityMin = 0;                ///< as columns round it, to 255ths
    float confidenceMin = 0;
    std::optional<Instant> availableBy{}; ///< only what was available then
};

/// A stretch of the table, in its order.
struct EventStretch {
    Order order = Order::NewestFirst;
    std::optional<EventPosition> from{};   ///< its first row; absent: from the top
    std::optional<EventPosition> before{}; ///< the row after its last; absent: as far as it goes
};

/// Where pages begin.
struct EventSteps {
    std::vector<EventPosition> keys;     ///< the first row of each page that begins in the walk
    std::uint64_t rows = 0;              ///< walked: the last page may be shorter
    std::optional<EventPosition> next{}; ///< where to go on; absent: that was the end
};

struct EventStride {
    std::uint32_t rowsPerPage = 512;
    std::uint32_t pages = 512; ///< of one walk, at most 8192
};
[[nodiscard]] Result<EventSteps> walkEvents(Connection &connection, const EventPick &pick,
                                            const EventStretch &stretch, EventStride stride);

/// Rows in the order of the stretch, at most `limit` (10,000).
struct EventPage {
    schema::EventColumns columns;
    EventTables tables; ///< that the columns point into
    std::vector<std::string> titles;
};
[[nodiscard]] Result<EventPage> loadEventPage(Connection &connection, const EventPick &pick,
                                              const EventStretch &stretch, std::uint32_t limit);

/// What the server's planner believes: from samples that it takes now and then, so only about
/// right. Costs no reading.
[[nodiscard]] Result<std::uint64_t> estimateEvents(Connection &connection, const EventPick &pick);

/// The time of the event before which there are `count` newer ones; none where there are fewer in
/// all. Goes through the index from the newest, where the planner believes that it pays.
[[nodiscard]] Result<std::optional<Instant>> timeOfNewest(Connection &connection,
                                                          std::uint64_t count);

} // namespace chrona::storage
