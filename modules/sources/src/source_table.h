// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "fetch_run.h"

#include "chrona/connect/connector_library.h"
#include "chrona/sources/acquisition.h"
#include "chrona/storage/connection.h"

#include <map>
#include <string>

namespace chrona::sources {

/// What is known of one source while the service runs.
struct Known {
    schema::Source source;
    schema::SourceHealth health;
    const connect::Connector *connector =
        nullptr; ///< null: imports, or a connector that is not loaded
    bool isRunning = false;
    bool isGone = false; ///< a person took it out
};
using SourceTable = std::map<std::string, Known, std::less<>>; ///< by key

/// Registers what the connectors bring, then reads everything that the database knows.
[[nodiscard]] Result<SourceTable> loadTable(storage::Connection &connection,
                                            const connect::ConnectorLibrary &library, Instant now);

[[nodiscard]] SourceView viewOf(const Known &known, Instant now);

/// What settles when a source is asked again.
struct SettleTime {
    Instant now;
    Pace pace = Pace::Normal;
    double chance = 0; ///< uniform in [0, 1)
};
/// What a run means for the source's health and next time.
void settle(Known &known, const FetchOutcome &outcome, const SettleTime &at);

/// The source that has waited longest past its time; null when none is due. `next` becomes the time
/// at which the next one is.
[[nodiscard]] Known *takeDue(SourceTable &table, Instant now, Instant &next);

} // namespace chrona::sources
