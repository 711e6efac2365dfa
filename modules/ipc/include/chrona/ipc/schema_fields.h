// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/fields.h"
#include "chrona/schema/boundary.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/event.h"
#include "chrona/schema/series.h"
#include "chrona/schema/source.h"

/// Field lists of the world model. Hash128, Geometry's nested points, Attributes and EventColumns
/// have encodings of their own in the codec.
namespace chrona::ipc {

#define CHRONA_LAST(Enum, Last)                                                                    \
    template <> struct LastOf<schema::Enum> {                                                      \
        static constexpr schema::Enum value = schema::Enum::Last;                                  \
    }
CHRONA_LAST(AvailabilityBasis, Assumed);
CHRONA_LAST(EventType, Health);
CHRONA_LAST(EntityRole, Publisher);
CHRONA_LAST(EventState, Retracted);
CHRONA_LAST(EntityKind, Person);
CHRONA_LAST(Geometry::Kind, Areas);
CHRONA_LAST(Frequency, Irregular);
CHRONA_LAST(VintageRule, Rebased);
CHRONA_LAST(InstrumentClass, Volatility);
CHRONA_LAST(IngestMode, OwnKeyLocal);
CHRONA_LAST(Redistribution, Forbidden);
CHRONA_LAST(RetentionClass, Hours24);
CHRONA_LAST(AuthNeed, UserAgentContact);
CHRONA_LAST(SourceState, Refused);
#undef CHRONA_LAST

template <> struct FieldsOf<schema::FactTimes> {
    static constexpr auto fields()
    {
        using T = schema::FactTimes;
        return fieldList(required("observed_at", &T::observedAt),
                         field("published_at", &T::publishedAt),
                         required("ingested_at", &T::ingestedAt), field("basis", &T::basis),
                         field("assumed_lag", &T::assumedLag));
    }
};

template <> struct FieldsOf<schema::GeoPoint> {
    static constexpr auto fields()
    {
        using T = schema::GeoPoint;
        return fieldList(required("longitude", &T::longitude), required("latitude", &T::latitude));
    }
};

template <> struct FieldsOf<schema::GeoBox> {
    static constexpr auto fields()
    {
        using T = schema::GeoBox;
        return fieldList(required("west", &T::west), required("south", &T::south),
                         required("east", &T::east), required("north", &T::north));
    }
};

template <> struct FieldsOf<schema::Geometry> {
    static constexpr auto fields()
    {
        using T = schema::Geometry;
        return fieldList(required("kind", &T::kind), field("points", &T::points),
                         field("lines", &T::lines), field("areas", &T::areas));
    }
};

template <> struct FieldsOf<schema::EventEntity> {
    static constexpr auto fields()
    {
        using T = schema::EventEntity;
        return fieldList(required("entity", &T::entity), field("role", &T::role),
                         field("weight", &T::weight));
    }
};

template <> struct FieldsOf<schema::Event> {
    static constexpr auto fields()
    {
        using T = schema::Event;
        return fieldList(required("id", &T::id), required("type", &T::type),
                         field("title", &T::title), field("summary", &T::summary),
                         required("times", &T::times), field("ends_at", &T::endsAt),
                         field("geometry", &T::geometry), field("region", &T::region),
                         field("entities", &T::entities), field("source", &T::source),
                         field("source_ref", &T::sourceRef), field("url", &T::url),
                         field("content_hash", &T::contentHash),
                         field("confidence", &T::confidence), field("severity", &T::severity),
                         field("attributes", &T::attributes), field("state", &T::state),
                         field("revision", &T::revision), field("synthetic", &T::synthetic));
    }
};

template <> struct FieldsOf<schema::ExternalId> {
    static constexpr auto fields()
    {
        using T = schema::ExternalId;
        return fieldList(required("scheme", &T::scheme), required("value", &T::value));
    }
};

template <> struct FieldsOf<schema::Entity> {
    static constexpr auto fields()
    {
        using T = schema::Entity;
        return fieldList(required("id", &T::id), field("kind", &T::kind), field("key", &T::key),
                         field("name", &T::name), field("aliases", &T::aliases),
                         field("external_ids", &T::externalIds), field("location", &T::location),
                         field("attributes", &T::attributes), field("synthetic", &T::synthetic));
    }
};

template <> struct FieldsOf<schema::RatePolicy> {
    static constexpr auto fields()
    {
        using T = schema::RatePolicy;
        return fieldList(field("requests_per_second", &T::requestsPerSecond),
                         field("burst", &T::burst), field("requests_per_day", &T::requestsPerDay),
                         field("concurrent_max", &T::concurrentMax));
    }
};

template <> struct FieldsOf<schema::Source> {
    static constexpr auto fields()
    {
        using T = schema::Source;
        return fieldList(required("id", &T::id), required("key", &T::key), field("name", &T::name),
                         field("connector", &T::connector), field("homepage", &T::homepage),
                         field("licence", &T::licence), field("terms_url", &T::termsUrl),
                         field("terms_checked_on", &T::termsCheckedOn),
                         field("redistribution", &T::redistribution),
                         field("retention", &T::retention), field("attribution", &T::attribution),
                         field("rate", &T::rate), field("user_agent_rule", &T::userAgentRule),
                         field("auth", &T::auth), field("publisher_family", &T::publisherFamily),
                         field("cadence", &T::cadence), field("mode", &T::mode),
                         field("hosts", &T::hosts), field("address", &T::address),
                         field("keeps_to_robots", &T::keepsToRobots),
                         field("enabled", &T::enabled), field("synthetic", &T::synthetic));
    }
};

template <> struct FieldsOf<schema::SourceHealth> {
    static constexpr auto fields()
    {
        using T = schema::SourceHealth;
        return fieldList(
            required("source", &T::source), field("state", &T::state),
            field("last_success_at", &T::lastSuccessAt),
            field("last_attempt_at", &T::lastAttemptAt), field("next_run_at", &T::nextRunAt),
            field("last_error", &T::lastError), field("failures_in_row", &T::failuresInRow),
            field("items_total", &T::itemsTotal), field("requests_today", &T::requestsToday));
    }
};

template <> struct FieldsOf<schema::Series> {
    static constexpr auto fields()
    {
        using T = schema::Series;
        return fieldList(required("id", &T::id), required("key", &T::key), field("name", &T::name),
                         field("unit", &T::unit), field("frequency", &T::frequency),
                         field("region", &T::region), field("vintage_rule", &T::vintageRule),
                         field("source", &T::source), field("metric", &T::metric),
                         field("synthetic", &T::synthetic));
    }
};

template <> struct FieldsOf<schema::Instrument> {
    static constexpr auto fields()
    {
        using T = schema::Instrument;
        return fieldList(required("id", &T::id), required("symbol", &T::symbol),
                         field("name", &T::name), field("instrument_class", &T::instrumentClass),
                         field("currency", &T::currency), field("calendar", &T::calendar),
                         field("entity", &T::entity), field("is_target", &T::isTarget),
                         field("synthetic", &T::synthetic));
    }
};

template <> struct FieldsOf<schema::Boundary> {
    static constexpr auto fields()
    {
        using T = schema::Boundary;
        return fieldList(required("id", &T::id), required("set", &T::set),
                         required("code", &T::code), field("name", &T::name),
                         field("areas", &T::areas), field("label_at", &T::labelAt));
    }
};

} // namespace chrona::ipc
