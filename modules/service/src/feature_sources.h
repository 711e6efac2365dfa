// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/features/event_history.h"
#include "chrona/features/vintages.h"
#include "chrona/storage/event_statements.h"

#include <optional>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

/// What features are made of, read from the database.
namespace chrona::service {

/// Everything that was said about events of a stretch of time.
struct EventSource {
    features::EventHistory history;
    std::optional<Instant> firstAt; ///< the earliest observed_at; empty: no events
    bool synthetic = false;         ///< some are
};
/// figures: attributes that definitions use. Fails with Cancelled soon after a stop is requested.
[[nodiscard]] Result<EventSource> loadEventSource(storage::Connection &connection,
                                                  const storage::StatementScope &scope,
                                                  std::vector<std::string> figures,
                                                  const std::stop_token &stop);

/// The same of some events alone, whenever they were.
[[nodiscard]] Result<EventSource> loadEventSource(storage::Connection &connection,
                                                  std::span<const schema::EventId> events,
                                                  std::vector<std::string> figures);
/// Keys of the features, as the stored definitions make them, in which one of these events is
/// counted. Unknown ids are left out.
[[nodiscard]] Result<std::set<std::string>>
featuresCounting(storage::Connection &connection, std::span<const schema::EventId> events);

struct SeriesSource {
    features::SeriesHistory history;
    std::optional<Instant> firstAt;
    bool synthetic = false;
};
/// Stored series as "series:KEY", those of whole economies as "macro:KEY" too, and prices of
/// instruments as "price:SYMBOL". since: only those with something taken in at or after.
[[nodiscard]] Result<std::vector<SeriesSource>> loadSeriesSources(storage::Connection &connection,
                                                                  std::optional<Instant> since,
                                                                  const std::stop_token &stop);

/// What people call them, by the same keys; those without a name are left out.
using SourceNames = std::unordered_map<std::string, std::string>;
[[nodiscard]] Result<SourceNames> loadSourceNames(storage::Connection &connection);

} // namespace chrona::service
