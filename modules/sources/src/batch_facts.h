// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/sources/known_events.h"
#include "chrona/sources/normaliser.h"
#include "chrona/storage/raw_log.h"

#include <map>
#include <span>
#include <unordered_map>

namespace chrona::sources {

/// The registry, as the items of a batch need it.
using SourcesById = std::map<schema::SourceId, schema::Source>;

/// The facts of a batch of the log, ready to be stored.
struct Facts {
    std::map<schema::SourceId, std::vector<schema::Event>> events;
    std::vector<schema::Entity> entities;
    std::unordered_map<std::int64_t, schema::Entity> named; ///< found in texts: only introduced
    std::vector<schema::Series> series;
    std::vector<schema::Instrument> instruments;
    std::vector<schema::Observation> observations;
    std::vector<schema::PriceBar> bars;
    std::vector<schema::Quote> quotes;
    std::vector<std::pair<const storage::LoggedItem *, std::string>> poison;
    std::int64_t rejected = 0;
    std::int64_t repeats = 0; ///< events that say what was said last, by `known`
};

/// Pure computing: nothing is asked of the database. `known` is null where every event goes on to
/// it. The items must outlive the facts.
[[nodiscard]] Facts factsOf(std::span<const storage::LoggedItem> items, const SourcesById &sources,
                            const Normaliser::Parts &parts, KnownEvents *known);

/// Everything but events, whose report is told.
[[nodiscard]] Status storeOthers(storage::Connection &connection, Facts &facts);

} // namespace chrona::sources
