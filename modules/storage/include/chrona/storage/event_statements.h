// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/storage/connection.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

/// Everything that sources ever said about events: the current revision and those before it. For
/// what must not depend on what was said later.
namespace chrona::storage {

/// Events that say something new, with the stretch of time that they lie in or ever lay in.
struct ChangedEvents {
    std::vector<schema::EventId> ids; ///< ascending, each once
    Instant from, to;                 ///< observed_at in [from, to]; meaningless without ids
};
struct ChangeQuery {
    Instant ingestedFrom; ///< taken in at or after
    Instant observedFrom; ///< or happened at or after
};
[[nodiscard]] Result<ChangedEvents> findChangedEvents(Connection &connection,
                                                      const ChangeQuery &query);

struct StatementScope {
    std::optional<Instant> from, to; ///< events that lie or ever lay in [from, to); empty: all
};
using StatementSink = std::function<Status(std::span<const schema::Event> statements)>;
/// Gives every statement about the events of the scope in batches, in no particular order.
/// Retracted ones too. Ends early with the sink's error.
[[nodiscard]] Status forEachStatement(Connection &connection, const StatementScope &scope,
                                      const StatementSink &sink);

} // namespace chrona::storage
