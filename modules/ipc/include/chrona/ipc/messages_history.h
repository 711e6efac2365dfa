// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/columns.h"
#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/event.h"
#include "chrona/schema/event_columns.h"

#include <optional>
#include <string>
#include <vector>

/// What was said of events before: of one, with what was fetched; of all, at a past moment.
namespace chrona::ipc {

/// Why there is, or is not, a piece of what was fetched. Append only.
enum class ExcerptState : std::uint8_t {
    Shown,
    NotKept,  ///< never fetched (imported, made up), or gone by its source's rule
    Withheld, ///< its source's terms do not let it be shown
};
template <> struct LastOf<ExcerptState> {
    static constexpr ExcerptState value = ExcerptState::Withheld;
};

struct EventHistoryReply {
    static constexpr std::uint16_t kType = 0x0111;
    static constexpr std::size_t kRevisionsMax = 200;
    static constexpr std::size_t kExcerptBytesMax = 4'000;
    std::vector<schema::Event> revisions; ///< oldest first, the current one last; the newest 200
    ExcerptState excerptState = ExcerptState::NotKept;
    std::string excerpt; ///< the lines around where the payload names the event; any UTF-8
    std::string contentType;
    std::optional<Instant> fetchedAt;
    static constexpr auto fields()
    {
        using T = EventHistoryReply;
        return fieldList(field("revisions", &T::revisions),
                         field("excerpt_state", &T::excerptState), field("excerpt", &T::excerpt),
                         field("content_type", &T::contentType),
                         field("fetched_at", &T::fetchedAt));
    }
    friend bool operator==(const EventHistoryReply &, const EventHistoryReply &) = default;
};

struct EventHistoryRequest {
    static constexpr std::uint16_t kType = 0x0110;
    using Reply = EventHistoryReply;
    schema::EventId id;
    static constexpr auto fields() { return fieldList(required("id", &EventHistoryRequest::id)); }
    friend bool operator==(const EventHistoryRequest &, const EventHistoryRequest &) = default;
};

/// Comes after the columns.
struct FormerEventsReply {
    static constexpr std::uint16_t kType = 0x0113;
    std::vector<std::string> sources; ///< keys, by EventColumns::source
    std::vector<std::string> regions; ///< ISO 3166 codes, by EventColumns::region
    static constexpr auto fields()
    {
        return fieldList(field("sources", &FormerEventsReply::sources),
                         field("regions", &FormerEventsReply::regions));
    }
    friend bool operator==(const FormerEventsReply &, const FormerEventsReply &) = default;
};

/// Events that were revised or retracted after a moment, as they stood then: put in the place of
/// what stands now, with what was not available yet left out, they make the world as it was known.
struct FormerEventsRequest {
    static constexpr std::uint16_t kType = 0x0112;
    using Reply = FormerEventsReply;
    using Columns = schema::EventColumns;
    Instant asOf;
    static constexpr auto fields()
    {
        return fieldList(required("as_of", &FormerEventsRequest::asOf));
    }
    friend bool operator==(const FormerEventsRequest &, const FormerEventsRequest &) = default;
};

} // namespace chrona::ipc
