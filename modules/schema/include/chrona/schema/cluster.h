// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/event.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

struct ClusterMember {
    EventId event;
    float similarity = 1; ///< to the cluster, 0–1
    EventId duplicateOf;  ///< null: says something of its own
    friend bool operator==(const ClusterMember &, const ClusterMember &) = default;
};

/// Events that tell one story.
struct Cluster {
    ClusterId id;
    std::string title;      ///< of the event that stands for it
    EventId representative; ///< one of the members
    EventType type = EventType::News;
    std::string region;
    Instant firstAt, lastAt; ///< of its members, by observed_at
    std::vector<ClusterMember> members;
    std::uint32_t publisherFamilies = 1; ///< corroboration: independent publishers, not feeds
    float confidence = 0;                ///< 0–1, grows with independent publishers
    ClusterId mergedInto;                ///< null: stands for itself
    bool synthetic = false;
    Instant firstSeenAt{}; ///< when the first of it was taken in here
    float novelty = 1;     ///< of the first report: 1 when nothing like it had been seen lately
    friend bool operator==(const Cluster &, const Cluster &) = default;
};

/// How two entities belong together. Numbers are stored: append only.
enum class RelationKind : std::uint8_t {
    MentionedWith,
    PartOf,
    LocatedIn,
    Owns,
    Supplies,
    Regulates,
    Sanctions,
    MemberOf,
    CompetesWith,
    ExposedTo,
    Leads, ///< found by discovery
};
[[nodiscard]] std::string_view toString(RelationKind kind);
[[nodiscard]] std::optional<RelationKind> relationKindFrom(std::string_view text);

/// A directed, dated edge of the entity graph. It keeps the events that it rests on.
struct Relation {
    EntityId from, to;
    RelationKind kind = RelationKind::MentionedWith;
    float weight = 1; ///< 0–1
    Instant firstAt, lastAt;
    std::uint32_t evidenceCount = 0;
    std::vector<EventId> evidence; ///< newest first; the strongest few
    SourceId source;               ///< null: derived from several
    bool synthetic = false;
    friend bool operator==(const Relation &, const Relation &) = default;
};

/// A cluster is named after its first event and keeps that name while it grows.
[[nodiscard]] ClusterId clusterIdFor(EventId first);
[[nodiscard]] Faults validate(const Cluster &cluster);
[[nodiscard]] Faults validate(const Relation &relation);

} // namespace chrona::schema
