// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "query.h"

#include "chrona/schema/event.h"

namespace chrona::cli {

/// What the queries of events and of stories can be asked for alike, as --from, --to, --bbox,
/// --type, --entity, --text, --min-confidence and --as-of say it.
struct EventFilter {
    std::optional<Instant> from, to, asOf;
    std::optional<schema::GeoBox> box;
    std::vector<schema::EventType> types;
    std::string entity, text;
    double confidenceMin = 0;
};
[[nodiscard]] Result<EventFilter> eventFilterFrom(const Arguments &arguments);

template <class Query> void setFilter(EventFilter filter, Query &query)
{
    query.from = filter.from;
    query.to = filter.to;
    query.asOf = filter.asOf;
    query.box = filter.box;
    query.types = std::move(filter.types);
    query.entity = std::move(filter.entity);
    query.text = std::move(filter.text);
    query.confidenceMin = filter.confidenceMin;
}

[[nodiscard]] Result<schema::EventId> eventIdFrom(std::string_view word);

// The other things that `events` does, each by its word.
[[nodiscard]] ExitCode runCorrect(Invocation &invocation);
[[nodiscard]] ExitCode runCorrections(Invocation &invocation);
[[nodiscard]] ExitCode runSearch(Invocation &invocation);

} // namespace chrona::cli
