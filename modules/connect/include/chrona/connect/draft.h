// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/oracle.h"
#include "chrona/schema/series.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace chrona::connect {

/// One payload as the source served it.
struct RawItem {
    std::string sourceRef; ///< the source's name for this payload; empty: its URL
    std::string kind;      ///< one of the connector's kinds: tells normalize() what it reads
    std::string url;
    std::string contentType;
    std::string payload;
    std::optional<Instant> publishedAt;
    Instant fetchedAt;
};

/// A part of a payload that cannot become a fact, and why. The rest of the payload stands.
struct Rejected {
    std::string sourceRef; ///< which part, where the source names it
    std::string reason;    ///< one sentence without a full stop
    friend bool operator==(const Rejected &, const Rejected &) = default;
};

/// What a connector makes of a payload. Ids, hashes, source and ingestion time are left empty: the
/// events engine fills them. Events name their entities by entityIdFor(key); an entity that others
/// may not know yet goes in front of them as a draft of its own.
using Draft = std::variant<schema::Event, schema::Observation, schema::PriceBar, schema::Quote,
                           schema::Entity, schema::Series, schema::Instrument, Rejected>;

/// The `type` of a draft in its JSON form: event, observation, bar, quote, entity, series,
/// instrument, rejected.
[[nodiscard]] std::string_view typeOf(const Draft &draft);

/// One line of JSON with every field of the canonical record, keys in snake_case, times ISO 8601
/// UTC, ids as strings (they exceed what a double holds). Pure.
[[nodiscard]] std::string draftToJson(const Draft &draft);

} // namespace chrona::connect
