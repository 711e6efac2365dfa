// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/correction_fields.h"
#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"
#include "chrona/schema/source.h"

#include <string>
#include <vector>

namespace chrona::ipc {

/// Comes after the columns. Rows are ordered by observed_at.
struct EventSnapshotReply {
    static constexpr std::uint16_t kType = 0x0101;
    std::uint64_t sequence = 0; ///< of Topic::Events: subscribe after this and nothing is missed
    std::uint64_t rows = 0;
    std::vector<std::string> sources; ///< keys, by EventColumns::source
    std::vector<std::string> regions; ///< ISO 3166 codes, by EventColumns::region
    std::optional<Instant> since{};   ///< older events stay in the database; absent: all are here
    std::uint64_t older = 0;          ///< about so many
    static constexpr auto fields()
    {
        using T = EventSnapshotReply;
        return fieldList(required("sequence", &T::sequence), required("rows", &T::rows),
                         field("sources", &T::sources), field("regions", &T::regions),
                         field("since", &T::since), field("older", &T::older));
    }
    friend bool operator==(const EventSnapshotReply &, const EventSnapshotReply &) = default;
};

/// The events that the service holds in memory, as columns: all, or the newest (`since`).
struct EventSnapshotRequest {
    static constexpr std::uint16_t kType = 0x0100;
    using Reply = EventSnapshotReply;
    using Columns = schema::EventColumns;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const EventSnapshotRequest &, const EventSnapshotRequest &) = default;
};

struct EventText {
    schema::EventId id;
    std::string title;
    static constexpr auto fields()
    {
        return fieldList(required("id", &EventText::id), field("title", &EventText::title));
    }
    friend bool operator==(const EventText &, const EventText &) = default;
};

struct EventTextsReply {
    static constexpr std::uint16_t kType = 0x0103;
    std::vector<EventText> texts; ///< in any order; ids that do not exist are left out
    static constexpr auto fields() { return fieldList(field("texts", &EventTextsReply::texts)); }
    friend bool operator==(const EventTextsReply &, const EventTextsReply &) = default;
};

struct EventTextsRequest {
    static constexpr std::uint16_t kType = 0x0102;
    static constexpr std::size_t kIdsMax = 1000;
    using Reply = EventTextsReply;
    std::vector<schema::EventId> ids;
    std::optional<Instant> asOf; ///< as they were called then; absent: now
    static constexpr auto fields()
    {
        return fieldList(required("ids", &EventTextsRequest::ids),
                         field("as_of", &EventTextsRequest::asOf));
    }
    friend bool operator==(const EventTextsRequest &, const EventTextsRequest &) = default;
};

struct EventDetailReply {
    static constexpr std::uint16_t kType = 0x0105;
    schema::Event event;
    std::vector<schema::Entity> entities; ///< those that the event names
    schema::Source source;                ///< with its terms and attribution
    std::vector<schema::Correction> corrections;
    std::optional<ModelSuggestion> suggestion;
    std::optional<schema::ClusterId> story; ///< that it was put into
    static constexpr auto fields()
    {
        return fieldList(required("event", &EventDetailReply::event),
                         field("entities", &EventDetailReply::entities),
                         field("source", &EventDetailReply::source),
                         field("corrections", &EventDetailReply::corrections),
                         field("suggestion", &EventDetailReply::suggestion),
                         field("story", &EventDetailReply::story));
    }
    friend bool operator==(const EventDetailReply &, const EventDetailReply &) = default;
};

struct EventDetailRequest {
    static constexpr std::uint16_t kType = 0x0104;
    using Reply = EventDetailReply;
    schema::EventId id;
    static constexpr auto fields() { return fieldList(required("id", &EventDetailRequest::id)); }
    friend bool operator==(const EventDetailRequest &, const EventDetailRequest &) = default;
};

struct EventQueryReply {
    static constexpr std::uint16_t kType = 0x0107;
    std::vector<schema::Event> events; ///< newest first
    std::string nextCursor; ///< give it with the same query for what follows; empty: the end
    static constexpr auto fields()
    {
        return fieldList(field("events", &EventQueryReply::events),
                         field("next_cursor", &EventQueryReply::nextCursor));
    }
    friend bool operator==(const EventQueryReply &, const EventQueryReply &) = default;
};

/// Complete events by filter, one page at a time. Absent filters let everything pass.
struct EventQuery {
    static constexpr std::uint16_t kType = 0x0106;
    static constexpr std::uint32_t kLimitMax = 5000; ///< of one page
    using Reply = EventQueryReply;
    std::optional<Instant> from; ///< observed_at, inclusive
    std::optional<Instant> to;   ///< exclusive
    std::optional<schema::GeoBox> box;
    std::vector<schema::EventType> types;
    std::string entity; ///< key ("country:US"), or a name
    std::string text;   ///< words in title or summary
    double confidenceMin = 0;
    std::optional<Instant> asOf; ///< only what was available then
    std::uint32_t limit = 1000;
    std::string cursor;
    static constexpr auto fields()
    {
        return fieldList(field("from", &EventQuery::from), field("to", &EventQuery::to),
                         field("box", &EventQuery::box), field("types", &EventQuery::types),
                         field("entity", &EventQuery::entity), field("text", &EventQuery::text),
                         field("confidence_min", &EventQuery::confidenceMin),
                         field("as_of", &EventQuery::asOf), field("limit", &EventQuery::limit),
                         field("cursor", &EventQuery::cursor));
    }
    friend bool operator==(const EventQuery &, const EventQuery &) = default;
};

struct EntityQueryReply {
    static constexpr std::uint16_t kType = 0x0109;
    std::vector<schema::Entity> entities; ///< best match first
    std::string nextCursor;
    static constexpr auto fields()
    {
        return fieldList(field("entities", &EntityQueryReply::entities),
                         field("next_cursor", &EntityQueryReply::nextCursor));
    }
    friend bool operator==(const EntityQueryReply &, const EntityQueryReply &) = default;
};

struct EntityQuery {
    static constexpr std::uint16_t kType = 0x0108;
    static constexpr std::uint32_t kLimitMax = 10'000;
    using Reply = EntityQueryReply;
    std::string text;                      ///< in name, alias, key or external id; empty: all
    std::vector<schema::EntityKind> kinds; ///< empty: all
    std::vector<schema::EntityId> ids;     ///< empty: by text
    std::uint32_t limit = 100;
    std::string cursor;
    static constexpr auto fields()
    {
        return fieldList(field("text", &EntityQuery::text), field("kinds", &EntityQuery::kinds),
                         field("ids", &EntityQuery::ids), field("limit", &EntityQuery::limit),
                         field("cursor", &EntityQuery::cursor));
    }
    friend bool operator==(const EntityQuery &, const EntityQuery &) = default;
};

/// New or changed events, in the order in which the service took them in.
struct EventsAppended {
    static constexpr std::uint16_t kType = 0x0180;
    static constexpr Topic kTopic = Topic::Events;
    std::vector<schema::EventId> removed; ///< take these out first: revised or deleted
    schema::EventColumns rows;            ///< at most 20,000; ordered by observed_at
    std::vector<std::string> sources;     ///< the whole table where it grew, else empty
    std::vector<std::string> regions;     ///< the whole table where it grew, else empty
    static constexpr auto fields()
    {
        return fieldList(
            field("removed", &EventsAppended::removed), field("rows", &EventsAppended::rows),
            field("sources", &EventsAppended::sources), field("regions", &EventsAppended::regions));
    }
};

} // namespace chrona::ipc
