// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/events/canonical_event.h"
#include "chrona/sources/normaliser.h"

/// The engine of events as the service hands it over.
inline chrona::Result<chrona::schema::Event> canonicalise(chrona::schema::Event draft,
                                                          const chrona::schema::Source &source,
                                                          chrona::Instant ingestedAt)
{
    return chrona::events::canonicalEvent(std::move(draft), {source.id, source.mode, ingestedAt});
}
