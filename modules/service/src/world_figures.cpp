// SPDX-License-Identifier: AGPL-3.0-or-later
#include "world_figures.h"

#include "chrona/storage/connection.h"

namespace chrona::service {

Result<WorldFigures> loadWorldFigures(storage::Connection &connection)
{
    // event_key holds one narrow row an event. The newest moments come from the indexes on time:
    // the future is open, because calendars and forecasts are events too.
    const auto rows =
        connection.query("SELECT pg_database_size(current_database()),"
                         " (SELECT count(*) FROM chrona_world.event_key),"
                         " (SELECT count(*) FROM chrona_world.entity),"
                         " (SELECT max(observed_at) FROM chrona_world.event),"
                         " (SELECT max(ingested_at) FROM chrona_world.event),"
                         " EXISTS (SELECT 1 FROM chrona_world.source WHERE synthetic),"
                         " (SELECT max(stored_at) FROM chrona_brief.briefing),"
                         " (SELECT coalesce(checksum_failures, 0) FROM pg_stat_database"
                         "  WHERE datname = current_database())");
    if (!rows)
        return std::unexpected(rows.error());
    const storage::Row row = rows->first();
    WorldFigures figures;
    figures.sizeBytes = row.int64(0);
    figures.events = row.int64(1);
    figures.entities = row.int64(2);
    figures.newestObservedAt = row.optionalInstant(3);
    figures.newestIngestedAt = row.optionalInstant(4);
    figures.hasSynthetic = row.boolean(5);
    figures.lastBriefingAt = row.optionalInstant(6);
    figures.damagedReads = row.int64(7);
    return figures;
}

} // namespace chrona::service
