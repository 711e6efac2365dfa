// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"

#include <optional>
#include <string>
#include <vector>

/// The events of the whole database as one long table: where its pages begin, and a page at a time
/// (docs/adr/0125). What a client shows of it is never all of it.
namespace chrona::ipc {

/// Append only.
enum class RowOrder : std::uint8_t { NewestFirst, OldestFirst };
template <> struct LastOf<RowOrder> {
    static constexpr RowOrder value = RowOrder::OldestFirst;
};

/// Which events; all must hold, an empty list lets all pass. Retracted ones never pass.
struct EventPick {
    static constexpr std::size_t kWordsMax = 16;
    std::optional<Instant> from; ///< observed_at, inclusive
    std::optional<Instant> to;   ///< exclusive
    std::optional<schema::GeoBox> box;
    std::vector<schema::EventType> types;
    std::vector<std::string> sources;   ///< keys
    std::vector<std::string> regions;   ///< exactly these codes, or
    std::vector<std::string> countries; ///< one of these with all their parts
    std::vector<std::string> words;     ///< all in the title, in any case
    double severityMin = 0;
    double confidenceMin = 0;
    std::optional<Instant> availableBy; ///< only what was available then
    static constexpr auto fields()
    {
        using T = EventPick;
        return fieldList(field("from", &T::from), field("to", &T::to), field("box", &T::box),
                         field("types", &T::types), field("sources", &T::sources),
                         field("regions", &T::regions), field("countries", &T::countries),
                         field("words", &T::words), field("severity_min", &T::severityMin),
                         field("confidence_min", &T::confidenceMin),
                         field("available_by", &T::availableBy));
    }
    friend bool operator==(const EventPick &, const EventPick &) = default;
};

/// Where a row stands in the order of the table.
struct RowKey {
    Instant observedAt;
    schema::EventId id;
    static constexpr auto fields()
    {
        return fieldList(required("observed_at", &RowKey::observedAt), required("id", &RowKey::id));
    }
    friend bool operator==(const RowKey &, const RowKey &) = default;
};

struct EventStepsReply {
    static constexpr std::uint16_t kType = 0x0115;
    std::vector<RowKey> keys;           ///< the first row of each page that begins in the walk
    std::uint64_t rows = 0;             ///< that were walked
    std::optional<RowKey> next;         ///< where to go on; absent: the table ends here
    std::optional<std::uint64_t> about; ///< rows of the whole table, as the planner believes
    static constexpr auto fields()
    {
        using T = EventStepsReply;
        return fieldList(field("keys", &T::keys), field("rows", &T::rows), field("next", &T::next),
                         field("about", &T::about));
    }
    friend bool operator==(const EventStepsReply &, const EventStepsReply &) = default;
};

/// Walks some way along the table and tells where its pages begin. `about` comes with a walk from
/// the top that does not reach the end.
struct EventStepsQuery {
    static constexpr std::uint16_t kType = 0x0114;
    static constexpr std::uint32_t kPagesMax = 4096; ///< of one walk
    static constexpr std::uint32_t kRowsPerPageMax = 1024;
    using Reply = EventStepsReply;
    EventPick pick;
    RowOrder order = RowOrder::NewestFirst;
    std::optional<RowKey> from; ///< absent: the top
    std::uint32_t rowsPerPage = 512;
    std::uint32_t pages = 512;
    static constexpr auto fields()
    {
        using T = EventStepsQuery;
        return fieldList(field("pick", &T::pick), field("order", &T::order),
                         field("from", &T::from), field("rows_per_page", &T::rowsPerPage),
                         field("pages", &T::pages));
    }
    friend bool operator==(const EventStepsQuery &, const EventStepsQuery &) = default;
};

struct EventRowsReply {
    static constexpr std::uint16_t kType = 0x0117;
    schema::EventColumns rows;        ///< in the order of the table
    std::vector<std::string> titles;  ///< as many
    std::vector<std::string> sources; ///< keys, by EventColumns::source
    std::vector<std::string> regions; ///< ISO 3166 codes, by EventColumns::region
    static constexpr auto fields()
    {
        using T = EventRowsReply;
        return fieldList(required("rows", &T::rows), field("titles", &T::titles),
                         field("sources", &T::sources), field("regions", &T::regions));
    }
};

/// A stretch of the table.
struct EventRowsQuery {
    static constexpr std::uint16_t kType = 0x0116;
    static constexpr std::uint32_t kLimitMax = 4096;
    using Reply = EventRowsReply;
    EventPick pick;
    RowOrder order = RowOrder::NewestFirst;
    std::optional<RowKey> from;   ///< its first row; absent: the top
    std::optional<RowKey> before; ///< the row after its last; absent: as far as the limit goes
    std::uint32_t limit = 1024;
    static constexpr auto fields()
    {
        using T = EventRowsQuery;
        return fieldList(field("pick", &T::pick), field("order", &T::order),
                         field("from", &T::from), field("before", &T::before),
                         field("limit", &T::limit));
    }
    friend bool operator==(const EventRowsQuery &, const EventRowsQuery &) = default;
};

} // namespace chrona::ipc
