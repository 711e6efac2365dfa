// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/event_store.h"

/// Who an event is: the claim on its key, which comes before anything is stored of it.
namespace chrona::storage {

/// An event on its way in. What batches are sorted by lies here: the events are far apart.
struct Arrival {
    const schema::Event *event;
    schema::SourceId source;
    Hash128 key;
    schema::EventId id;
    Instant observedAt;
    std::uint32_t revision = 1;
    enum class Claim : std::uint8_t { Free, Repeat, Changed } claim = Claim::Free;
};
using Arrivals = std::vector<Arrival>;

/// Cuts a batch into rounds in which each key occurs once, because a statement cannot meet one row
/// twice. Nearly always one round. Repeats of what was said just before are dropped and counted.
[[nodiscard]] std::vector<Arrivals> roundsOf(std::span<const schema::Event> events,
                                             StoreReport &report);

/// The columns of chrona_world.event_key, as arrays.
struct KeyColumns {
    std::vector<std::int64_t> sources, ids;
    std::vector<Hash128> keys, contents;
    std::vector<Instant> times;

    explicit KeyColumns(const Arrivals &arrivals);
};

/// Claims what is not known yet, in order of the key so that parallel writers meet in one order.
/// Repeats of what is known are dropped and counted; known ones that may say something else come
/// back, and the rest, now ours, is left in `arrivals`.
[[nodiscard]] Result<Arrivals> claimKeys(Connection &connection, Arrivals &arrivals,
                                         StoreReport &report);

/// Leaves of the known ones those that say something new: neither what stands now nor, when the raw
/// log is read again, what stood before. Locks their keys.
[[nodiscard]] Status dropRepeats(Connection &connection, Arrivals &known, StoreReport &report);

} // namespace chrona::storage
