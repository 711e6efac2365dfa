// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_status.h"
#include "chrona/schema/cluster.h"

#include <string>
#include <vector>

/// A person's own feeds, and the stories that reports tell together.
namespace chrona::ipc {

template <> struct FieldsOf<schema::ClusterMember> {
    static constexpr auto fields()
    {
        using T = schema::ClusterMember;
        return fieldList(required("event", &T::event), field("similarity", &T::similarity),
                         field("duplicate_of", &T::duplicateOf));
    }
};

template <> struct FieldsOf<schema::Cluster> {
    static constexpr auto fields()
    {
        using T = schema::Cluster;
        return fieldList(required("id", &T::id), field("title", &T::title),
                         field("representative", &T::representative), field("type", &T::type),
                         field("region", &T::region), required("first_at", &T::firstAt),
                         required("last_at", &T::lastAt), field("members", &T::members),
                         field("publisher_families", &T::publisherFamilies),
                         field("confidence", &T::confidence), field("merged_into", &T::mergedInto),
                         field("synthetic", &T::synthetic), field("first_seen_at", &T::firstSeenAt),
                         field("novelty", &T::novelty));
    }
};

/// What came of SourceAdd.
struct SourceAdded {
    static constexpr std::uint16_t kType = 0x0901;
    SourceEntry entry;
    static constexpr auto fields() { return fieldList(required("entry", &SourceAdded::entry)); }
    friend bool operator==(const SourceAdded &, const SourceAdded &) = default;
};

/// A feed of the person's own. The answers about its terms are the person's: without them it is
/// refused.
struct SourceAdd {
    static constexpr std::uint16_t kType = 0x0900;
    using Reply = SourceAdded;
    std::string address;   ///< of the feed, or in a system of the person's own
    std::string connector; ///< that reads that system; empty: it is a feed
    std::string name;    ///< empty: its host
    std::string licence; ///< what the terms are called: "CC-BY-4.0", "terms of use"
    std::string termsUrl;
    schema::Redistribution redistribution = schema::Redistribution::Forbidden;
    schema::RetentionClass retention = schema::RetentionClass::Days30;
    schema::IngestMode mode = schema::IngestMode::MetadataOnly;
    std::string attribution;
    std::string publisherFamily;   ///< empty: found from the host
    std::optional<Duration> every; ///< absent: half an hour
    static constexpr auto fields()
    {
        return fieldList(
            required("address", &SourceAdd::address), field("name", &SourceAdd::name),
            field("licence", &SourceAdd::licence), required("terms_url", &SourceAdd::termsUrl),
            required("redistribution", &SourceAdd::redistribution),
            required("retention", &SourceAdd::retention), field("mode", &SourceAdd::mode),
            field("attribution", &SourceAdd::attribution),
            field("publisher_family", &SourceAdd::publisherFamily),
            field("every", &SourceAdd::every), field("connector", &SourceAdd::connector));
    }
    friend bool operator==(const SourceAdd &, const SourceAdd &) = default;
};

/// Takes a person's own feed out. What came from it stays, and with it the entry that says under
/// which terms. Denied for a source that a connector brings: that can be switched off.
struct SourceRemove {
    static constexpr std::uint16_t kType = 0x0902;
    using Reply = Done;
    std::string source; ///< key
    static constexpr auto fields() { return fieldList(required("source", &SourceRemove::source)); }
    friend bool operator==(const SourceRemove &, const SourceRemove &) = default;
};

/// What came of DraftPublish.
struct DraftPublished {
    static constexpr std::uint16_t kType = 0x0904;
    std::string id; ///< in the system
    static constexpr auto fields() { return fieldList(required("id", &DraftPublished::id)); }
    friend bool operator==(const DraftPublished &, const DraftPublished &) = default;
};

/// Lays a text down as a draft in a content system of the person's own.
struct DraftPublish {
    static constexpr std::uint16_t kType = 0x0903;
    using Reply = DraftPublished;
    std::string source; ///< key
    std::string title;
    std::string body; ///< HTML or Markdown
    std::string titleField = "title", bodyField = "body";
    static constexpr auto fields()
    {
        return fieldList(required("source", &DraftPublish::source),
                         required("title", &DraftPublish::title),
                         required("body", &DraftPublish::body),
                         field("title_field", &DraftPublish::titleField),
                         field("body_field", &DraftPublish::bodyField));
    }
    friend bool operator==(const DraftPublish &, const DraftPublish &) = default;
};

struct ClusterQueryReply {
    static constexpr std::uint16_t kType = 0x0911;
    std::vector<schema::Cluster> clusters; ///< newest first
    std::string nextCursor;                ///< empty: that was all
    static constexpr auto fields()
    {
        return fieldList(field("clusters", &ClusterQueryReply::clusters),
                         field("next_cursor", &ClusterQueryReply::nextCursor));
    }
    friend bool operator==(const ClusterQueryReply &, const ClusterQueryReply &) = default;
};

/// Stories of which one report fulfils all that is asked.
struct ClusterQuery {
    static constexpr std::uint16_t kType = 0x0910;
    static constexpr std::uint32_t kLimitMax = 1'000;
    using Reply = ClusterQueryReply;
    std::optional<Instant> from, to; ///< observed_at in [from, to)
    std::optional<Instant> asOf;     ///< with the reports that had been taken in by then
    std::optional<schema::GeoBox> box;
    std::vector<schema::EventType> types; ///< empty: all
    std::vector<schema::EventId> events;  ///< one of these; empty: any
    std::string entity;                   ///< key or name
    std::string text;
    double confidenceMin = 0;
    std::uint32_t membersMin = 1;
    std::uint32_t limit = 200;
    std::string cursor; ///< nextCursor of the page before
    static constexpr auto fields()
    {
        return fieldList(
            field("from", &ClusterQuery::from), field("to", &ClusterQuery::to),
            field("as_of", &ClusterQuery::asOf), field("box", &ClusterQuery::box),
            field("types", &ClusterQuery::types), field("events", &ClusterQuery::events),
            field("entity", &ClusterQuery::entity), field("text", &ClusterQuery::text),
            field("confidence_min", &ClusterQuery::confidenceMin),
            field("members_min", &ClusterQuery::membersMin), field("limit", &ClusterQuery::limit),
            field("cursor", &ClusterQuery::cursor));
    }
    friend bool operator==(const ClusterQuery &, const ClusterQuery &) = default;
};

} // namespace chrona::ipc
