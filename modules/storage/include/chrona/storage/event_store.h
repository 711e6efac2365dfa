// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/event.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <span>
#include <vector>

namespace chrona::storage {

struct StoreReport {
    std::int64_t accepted = 0;   ///< new
    std::int64_t duplicates = 0; ///< known, and unchanged
    std::int64_t revised = 0;    ///< known, and the source now says something else

    StoreReport &operator+=(const StoreReport &other);
    friend bool operator==(const StoreReport &, const StoreReport &) = default;
};

/// Stores a batch in one transaction, or as part of the caller's. Idempotent: the same batch again
/// is all duplicates. Give validated events with id, source and content hash filled in; one that
/// the database refuses fails the whole batch with InvalidInput.
///
/// An event is known by its source and schema::eventKeyFor(). Known with another content hash, it
/// becomes the current revision and the earlier one is kept in event_revision; nothing is erased, a
/// retraction is a revision too. Events of one key within a batch are taken in order.
/// Parallel writers are safe; a deadlock between them comes back retryable.
[[nodiscard]] Result<StoreReport> storeEvents(Connection &connection,
                                              std::span<const schema::Event> events);

/// The same for many: batches of 20,000, each its own transaction (all in the caller's where there
/// is one), so that a failure keeps what was reported before it.
[[nodiscard]] Result<StoreReport> bulkStoreEvents(Connection &connection,
                                                  std::span<const schema::Event> events);

/// Retracts by key: a new revision with state Retracted, the content as it was. NotFound for an
/// unknown event; success when it is retracted already.
[[nodiscard]] Status retractEvent(Connection &connection, schema::EventId id, Instant at);

} // namespace chrona::storage
