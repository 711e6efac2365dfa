// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/event.h"
#include "chrona/schema/source.h"

namespace chrona::events {

/// How a draft came to us.
struct Arrival {
    schema::SourceId source;
    schema::IngestMode mode = schema::IngestMode::Full;
    Instant
        ingestedAt; ///< when its raw item was fetched, so that doing it again gives the same event
};

/// Makes a connector's draft the canonical event: texts cleaned and bounded, address canonical,
/// severity and confidence held to 0–1, attributes and entity links ordered and without repeats,
/// source, times, key, id and content hash filled in. A source that allows metadata only keeps a
/// teaser.
///
/// Pure and deterministic: the same draft and arrival give the same event, and the same source_ref
/// the same id on every machine. Refuses with InvalidInput and every reason what cannot be a fact:
/// no title, a moment that is no moment or lies more than ten years ahead, a place that is not on
/// Earth.
[[nodiscard]] Result<schema::Event> canonicalEvent(schema::Event draft, const Arrival &arrival);

/// What the source says, without when and how we heard it: a source that only touches its time
/// stamp has not revised anything.
[[nodiscard]] Hash128 contentHashOf(const schema::Event &event);

/// What a statement is in the light of what was known about the same event.
enum class Standing : std::uint8_t {
    New,
    Unchanged,
    Revision, ///< says something else; supersedes and never erases
    Retraction,
    Outdated, ///< an older statement that comes late, from a cache for instance
};
/// `known` is null where nothing was. Both must be canonical and of one key.
[[nodiscard]] Standing standingOf(const schema::Event &said, const schema::Event *known);

/// Of statements about one event within a batch, in the order of the batch: leaves out those that
/// repeat or are outdated by what stands before them.
void foldBatch(std::vector<schema::Event> &events);

} // namespace chrona::events
