// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/cluster.h"
#include "chrona/schema/geometry.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Stories, made day by day of the reports of that day and the three before it, so that the same
/// reports give the same stories whatever way they came in (docs/adr/0070-clusters-kept.md).
namespace chrona::storage {

/// A report as the engine of stories sees it.
struct Report {
    schema::EventId event;
    schema::EventType type = schema::EventType::News;
    Instant observedAt, ingestedAt;
    std::string title, publisher, region;
    std::string sourceFamily; ///< of the source's entry, where the report names no publisher
    bool synthetic = false;
};
/// Those that are not retracted, by (observed_at, id).
[[nodiscard]] Result<std::vector<Report>> loadReports(Connection &connection, Instant from,
                                                      Instant to);

/// Days from `from` on whose reports, or what a person said about their stories, are not those of
/// which the stories were made, in order. A day that has lost all its reports is among them.
struct StaleDay {
    Instant day;
    std::int64_t reports = 0, fingerprint = 0;
};
[[nodiscard]] Result<std::vector<StaleDay>> findStaleDays(Connection &connection, Instant from);

struct StoredMember {
    schema::EventId event;
    schema::ClusterId cluster;
    Instant observedAt, knownAt;
    std::string family;
    float similarity = 1, novelty = 1;
    schema::EventId duplicateOf; ///< null: says something of its own
    friend bool operator==(const StoredMember &, const StoredMember &) = default;
};
/// Of a time by observed_at: what is known when the next day is made.
[[nodiscard]] Result<std::vector<StoredMember>> loadMembers(Connection &connection, Instant from,
                                                            Instant to);

struct ClusterDay {
    Instant day;
    std::vector<StoredMember> members; ///< of the day, in order
    std::optional<StaleDay> madeOf;    ///< nullopt: of the same reports as before
};
/// Replaces the day's members, sums up the stories that they belong or belonged to, and says of
/// which reports the day was made. One transaction, or part of the caller's.
[[nodiscard]] Status storeClusterDay(Connection &connection, const ClusterDay &day);

struct ClusterPosition {
    Instant lastAt;
    schema::ClusterId id;
};
struct ClusterQuery {
    std::optional<Instant> from{}, to{}; ///< of a report in [from, to)
    std::optional<schema::GeoBox> box{}; ///< of a report's place
    std::vector<schema::EventType> types{};
    std::optional<schema::EntityId> entity{}; ///< that a report names
    std::vector<schema::EventId> events{};    ///< one of these is a report; empty: any
    std::string text{};                       ///< part of a report's title, in any case
    float confidenceMin = 0;
    std::uint32_t membersMin = 1;
    std::optional<Instant> asOf{}; ///< with the reports that had been taken in by then
    std::optional<ClusterPosition> after{};
    std::uint32_t limit = 1000;
};
struct ClusterPage {
    std::vector<schema::Cluster> clusters;
    std::optional<ClusterPosition> next; ///< there may be more
};
/// Newest first, with members.
[[nodiscard]] Result<ClusterPage> findClusters(Connection &connection, const ClusterQuery &query);

} // namespace chrona::storage
