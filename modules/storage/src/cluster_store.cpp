// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/storage/cluster_store.h"

#include "conditions.h"

#include "chrona/schema/correction.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace chrona::storage {
namespace {

/// Types whose titles are headlines: what news and statements of public bodies come as.
const std::vector<std::int16_t> kReportTypes = {
    static_cast<std::int16_t>(schema::EventType::News),
    static_cast<std::int16_t>(schema::EventType::PolicyDecision),
    static_cast<std::int16_t>(schema::EventType::RateDecision),
    static_cast<std::int16_t>(schema::EventType::Speech),
    static_cast<std::int16_t>(schema::EventType::Legislation),
};

constexpr std::uint32_t kClustersMax = 10'000;

constexpr const char *kSumUp =
    "INSERT INTO chrona_world.cluster (id, title, representative, type, region, first_at, last_at, "
    "first_seen_at, publisher_families, member_count, confidence, novelty, synthetic) "
    "SELECT m.cluster_id, "
    "(array_agg(e.title ORDER BY m.duplicate_of IS NOT NULL, m.similarity DESC, m.observed_at, "
    "m.event_id))[1], "
    "(array_agg(m.event_id ORDER BY m.duplicate_of IS NOT NULL, m.similarity DESC, m.observed_at, "
    "m.event_id))[1], "
    "mode() WITHIN GROUP (ORDER BY e.type), "
    "coalesce(mode() WITHIN GROUP (ORDER BY e.region) FILTER (WHERE e.region <> ''), ''), "
    "min(m.observed_at), max(m.observed_at), min(m.known_at), count(DISTINCT m.family), count(*), "
    "1 - 0.5 ^ count(DISTINCT m.family), "
    "(array_agg(m.novelty ORDER BY m.observed_at, m.event_id))[1], bool_or(e.synthetic) "
    "FROM chrona_world.cluster_member m JOIN chrona_world.event e "
    "ON e.id = m.event_id AND e.observed_at = m.observed_at "
    "WHERE m.cluster_id = ANY($1) GROUP BY m.cluster_id "
    "ON CONFLICT (id) DO UPDATE SET (title, representative, type, region, first_at, last_at, "
    "first_seen_at, publisher_families, member_count, confidence, novelty, synthetic) = "
    "(EXCLUDED.title, EXCLUDED.representative, EXCLUDED.type, EXCLUDED.region, EXCLUDED.first_at, "
    "EXCLUDED.last_at, EXCLUDED.first_seen_at, EXCLUDED.publisher_families, EXCLUDED.member_count, "
    "EXCLUDED.confidence, EXCLUDED.novelty, EXCLUDED.synthetic)";

std::vector<std::int64_t> valuesOf(const std::set<schema::ClusterId> &ids)
{
    std::vector<std::int64_t> values;
    for (const schema::ClusterId id : ids)
        values.push_back(id.value);
    return values;
}

StoredMember readMember(const Row &row)
{
    StoredMember member;
    member.event = {row.int64(0)};
    member.cluster = {row.int64(1)};
    member.observedAt = row.instant(2);
    member.knownAt = row.instant(3);
    member.family = row.string(4);
    member.similarity = row.float32(5);
    member.novelty = row.float32(6);
    if (!row.isNull(7))
        member.duplicateOf = {row.int64(7)};
    return member;
}

constexpr const char *kMemberColumns =
    "event_id, cluster_id, observed_at, known_at, family, similarity, novelty, duplicate_of";

Status insertMembers(Connection &connection, const std::vector<StoredMember> &members)
{
    for (const StoredMember &member : members) {
        const std::optional<std::int64_t> original =
            member.duplicateOf.isNull() ? std::nullopt : std::optional(member.duplicateOf.value);
        auto done = connection.exec(
            "INSERT INTO chrona_world.cluster_member (event_id, cluster_id, observed_at, known_at, "
            "family, similarity, novelty, duplicate_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            {member.event, member.cluster, member.observedAt, member.knownAt, member.family,
             member.similarity, member.novelty, original});
        if (!done)
            return std::unexpected(done.error());
    }
    return {};
}

Status sumUp(Connection &connection, const std::set<schema::ClusterId> &touched)
{
    const auto ids = valuesOf(touched);
    if (auto done = connection.exec(kSumUp, {ids}); !done)
        return std::unexpected(done.error());
    return connection
        .exec("DELETE FROM chrona_world.cluster c WHERE id = ANY($1) AND NOT EXISTS "
              "(SELECT FROM chrona_world.cluster_member m WHERE m.cluster_id = c.id)",
              {ids})
        .transform([](std::int64_t) {});
}

Status markMade(Connection &connection, const StaleDay &day)
{
    auto done =
        day.reports == 0
            ? connection.exec("DELETE FROM chrona_world.cluster_day WHERE day = $1", {day.day})
            : connection.exec("INSERT INTO chrona_world.cluster_day (day, reports, fingerprint) "
                              "VALUES ($1, $2, $3) ON CONFLICT (day) DO UPDATE SET (reports, "
                              "fingerprint, made_at) = (EXCLUDED.reports, EXCLUDED.fingerprint, "
                              "now())",
                              {day.day, day.reports, day.fingerprint});
    return done.transform([](std::int64_t) {});
}

/// What one report of a story must fulfil, all of it together.
Conditions reportConditions(const ClusterQuery &query)
{
    Conditions where;
    where.add("m.cluster_id = c.id");
    if (query.from)
        where.add("m.observed_at >= ?", *query.from);
    if (query.to)
        where.add("m.observed_at < ?", *query.to);
    if (query.asOf)
        where.add("m.known_at <= ?", *query.asOf);
    if (!query.events.empty()) {
        std::vector<std::int64_t> ids;
        for (const schema::EventId id : query.events)
            ids.push_back(id.value);
        where.add("m.event_id = ANY(?)", ids);
    }
    if (!query.types.empty()) {
        std::vector<std::int16_t> types;
        for (const schema::EventType type : query.types)
            types.push_back(static_cast<std::int16_t>(type));
        where.add("e.type = ANY(?)", types);
    }
    if (!query.text.empty())
        where.add("e.title ILIKE ?", likeAnywhere(query.text));
    if (query.entity)
        where.add("EXISTS (SELECT FROM chrona_world.event_entity x WHERE x.event_id = e.id "
                  "AND x.observed_at = e.observed_at "
                  "AND x.entity_id = ANY((SELECT chrona_world.names_of(?))::int8[]))",
                  *query.entity);
    if (const auto &box = query.box) {
        where.add("e.latitude >= ?", box->south);
        where.add("e.latitude <= ?", box->north);
        const std::string west = where.placeholder(box->west);
        where.add(std::format("(e.longitude >= {} {} e.longitude <= ?)", west,
                              box->west <= box->east ? "AND" : "OR"),
                  box->east);
    }
    return where;
}

schema::Cluster readCluster(const Row &row)
{
    schema::Cluster cluster;
    cluster.id = {row.int64(0)};
    cluster.title = row.string(1);
    cluster.representative = {row.int64(2)};
    cluster.type = static_cast<schema::EventType>(row.int16(3));
    cluster.region = row.string(4);
    cluster.firstAt = row.instant(5);
    cluster.lastAt = row.instant(6);
    cluster.firstSeenAt = row.instant(7);
    cluster.publisherFamilies = static_cast<std::uint32_t>(row.int32(8));
    cluster.confidence = row.float32(9);
    cluster.novelty = row.float32(10);
    cluster.synthetic = row.boolean(11);
    return cluster;
}

/// The story as its members tell it: at a past moment there were fewer of them.
void sumUp(schema::Cluster &cluster, const std::vector<StoredMember> &members)
{
    std::set<std::string> families;
    cluster.firstAt = cluster.lastAt = members.front().observedAt;
    cluster.firstSeenAt = members.front().knownAt;
    bool hasRepresentative = false;
    for (const StoredMember &member : members) {
        cluster.members.push_back({member.event, member.similarity, member.duplicateOf});
        families.insert(member.family);
        cluster.firstAt = std::min(cluster.firstAt, member.observedAt);
        cluster.lastAt = std::max(cluster.lastAt, member.observedAt);
        cluster.firstSeenAt = std::min(cluster.firstSeenAt, member.knownAt);
        hasRepresentative = hasRepresentative || member.event == cluster.representative;
    }
    if (!hasRepresentative)
        cluster.representative = members.front().event;
    cluster.novelty = members.front().novelty;
    cluster.publisherFamilies = static_cast<std::uint32_t>(families.size());
    cluster.confidence = static_cast<float>(1 - std::exp2(-static_cast<double>(families.size())));
}

using MembersByCluster = std::map<schema::ClusterId, std::vector<StoredMember>>;

Result<MembersByCluster> loadMembersOf(Connection &connection,
                                       const std::vector<schema::Cluster> &clusters,
                                       const std::optional<Instant> &asOf)
{
    std::vector<std::int64_t> ids;
    for (const schema::Cluster &cluster : clusters)
        ids.push_back(cluster.id.value);
    const auto rows = connection.query(
        std::format("SELECT {} FROM chrona_world.cluster_member WHERE cluster_id = ANY($1) "
                    "AND ($2::timestamptz IS NULL OR known_at <= $2) "
                    "ORDER BY observed_at, event_id",
                    kMemberColumns)
            .c_str(),
        {ids, asOf});
    if (!rows)
        return std::unexpected(rows.error());
    MembersByCluster members;
    for (const Row row : *rows) {
        StoredMember member = readMember(row);
        members[member.cluster].push_back(std::move(member));
    }
    return members;
}

/// A story whose best report was not known yet is called by its first.
Status renameEarlier(Connection &connection, std::vector<schema::Cluster> &clusters,
                     const std::map<schema::ClusterId, schema::EventId> &before)
{
    std::vector<std::int64_t> ids;
    for (const schema::Cluster &cluster : clusters)
        if (before.at(cluster.id) != cluster.representative)
            ids.push_back(cluster.representative.value);
    if (ids.empty())
        return {};
    const auto rows =
        connection.query("SELECT id, title FROM chrona_world.event WHERE id = ANY($1)", {ids});
    if (!rows)
        return std::unexpected(rows.error());
    for (const Row row : *rows)
        for (schema::Cluster &cluster : clusters)
            if (cluster.representative.value == row.int64(0))
                cluster.title = row.string(1);
    return {};
}

} // namespace

Result<std::vector<Report>> loadReports(Connection &connection, Instant from, Instant to)
{
    const auto rows = connection.query(
        "SELECT e.id, e.type, e.observed_at, e.ingested_at, e.title, "
        "coalesce(e.attributes->>'first_published_by', e.attributes->>'publisher', ''), e.region, "
        "coalesce(s.publisher_family, ''), e.synthetic FROM chrona_world.event e "
        "LEFT JOIN chrona_world.source s ON s.id = e.source_id "
        "WHERE e.type = ANY($1) AND e.state <> 2 AND e.observed_at >= $2 AND e.observed_at < $3 "
        "ORDER BY e.observed_at, e.id",
        {kReportTypes, from, to});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<Report> reports;
    for (const Row row : *rows)
        reports.push_back({{row.int64(0)},
                           static_cast<schema::EventType>(row.int16(1)),
                           row.instant(2),
                           row.instant(3),
                           row.string(4),
                           row.string(5),
                           row.string(6),
                           row.string(7),
                           row.boolean(8)});
    return reports;
}

Result<std::vector<StaleDay>> findStaleDays(Connection &connection, Instant from)
{
    const auto rows = connection.query(
        "SELECT coalesce(n.day, d.day), coalesce(n.reports, 0), coalesce(n.fingerprint, 0) FROM "
        "(SELECT date_trunc('day', observed_at, 'UTC') AS day, count(*) AS reports, "
        "bit_xor(hashtextextended(id::text || encode(content_hash, 'hex') || "
        "coalesce(c.value, ''), 0)) AS fingerprint FROM chrona_world.event e "
        "LEFT JOIN chrona_world.correction c ON c.event_id = e.id AND c.kind = $3 "
        "WHERE type = ANY($1) AND state <> 2 AND observed_at >= $2 GROUP BY 1) n FULL JOIN "
        "(SELECT day, reports, fingerprint FROM chrona_world.cluster_day WHERE day >= $2) d "
        "ON n.day = d.day WHERE n.reports IS DISTINCT FROM d.reports "
        "OR n.fingerprint IS DISTINCT FROM d.fingerprint ORDER BY 1",
        {kReportTypes, from, static_cast<std::int16_t>(schema::CorrectionKind::Story)});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StaleDay> days;
    for (const Row row : *rows)
        days.push_back({row.instant(0), row.int64(1), row.int64(2)});
    return days;
}

Result<std::vector<StoredMember>> loadMembers(Connection &connection, Instant from, Instant to)
{
    const auto rows = connection.query(
        std::format("SELECT {} FROM chrona_world.cluster_member WHERE observed_at >= $1 "
                    "AND observed_at < $2 ORDER BY observed_at, event_id",
                    kMemberColumns)
            .c_str(),
        {from, to});
    if (!rows)
        return std::unexpected(rows.error());
    std::vector<StoredMember> members;
    for (const Row row : *rows)
        members.push_back(readMember(row));
    return members;
}

Status storeClusterDay(Connection &connection, const ClusterDay &day)
{
    auto transaction = JoinedTransaction::begin(connection);
    if (!transaction)
        return std::unexpected(transaction.error());
    const Instant next = day.day + std::chrono::days(1);
    const auto before = connection.query("DELETE FROM chrona_world.cluster_member WHERE "
                                         "observed_at >= $1 AND observed_at < $2 "
                                         "RETURNING cluster_id",
                                         {day.day, next});
    if (!before)
        return std::unexpected(before.error());
    std::set<schema::ClusterId> touched;
    for (const Row row : *before)
        touched.insert({row.int64(0)});
    std::vector<std::int64_t> events;
    for (const StoredMember &member : day.members) {
        touched.insert(member.cluster);
        events.push_back(member.event.value);
    }
    const auto moved = connection.query(
        "DELETE FROM chrona_world.cluster_member WHERE event_id = ANY($1) RETURNING cluster_id",
        {events});
    if (!moved)
        return std::unexpected(moved.error());
    for (const Row row : *moved)
        touched.insert({row.int64(0)});
    if (auto done = insertMembers(connection, day.members); !done)
        return done;
    if (auto done = sumUp(connection, touched); !done)
        return done;
    if (auto done = day.madeOf ? markMade(connection, *day.madeOf) : Status(); !done)
        return done;
    return transaction->commit();
}

Result<ClusterPage> findClusters(Connection &connection, const ClusterQuery &query)
{
    const std::uint32_t limit = std::clamp(query.limit, 1U, kClustersMax);
    Conditions where = reportConditions(query);
    std::string outer;
    const auto require = [&](std::string text) { outer += " AND " + text; };
    if (query.from)
        require("c.last_at >= " + where.placeholder(*query.from));
    if (query.to)
        require("c.first_at < " + where.placeholder(*query.to));
    if (query.confidenceMin > 0 && !query.asOf)
        require("c.confidence >= " + where.placeholder(query.confidenceMin));
    require("c.member_count >= " + where.placeholder(std::int64_t{query.membersMin}));
    if (query.after)
        require(std::format("(c.last_at, c.id) < ({}, {})", where.placeholder(query.after->lastAt),
                            where.placeholder(query.after->id)));
    const std::string most = where.placeholder(std::int64_t{limit});
    const std::string sql = std::format(
        "SELECT c.id, c.title, c.representative, c.type, c.region, c.first_at, c.last_at, "
        "c.first_seen_at, c.publisher_families, c.confidence, c.novelty, c.synthetic "
        "FROM chrona_world.cluster c WHERE EXISTS (SELECT FROM chrona_world.cluster_member m "
        "JOIN chrona_world.event e ON e.id = m.event_id AND e.observed_at = m.observed_at{}){} "
        "ORDER BY c.last_at DESC, c.id DESC LIMIT {}",
        where.sql(), outer, most);
    const auto rows = connection.query(sql.c_str(), where.parameters());
    if (!rows)
        return std::unexpected(rows.error());
    ClusterPage page;
    std::vector<schema::Cluster> &clusters = page.clusters;
    std::map<schema::ClusterId, schema::EventId> representatives;
    for (const Row row : *rows) {
        clusters.push_back(readCluster(row));
        representatives[clusters.back().id] = clusters.back().representative;
    }
    if (clusters.size() == limit)
        page.next = ClusterPosition{clusters.back().lastAt, clusters.back().id};
    const auto members = loadMembersOf(connection, clusters, query.asOf);
    if (!members)
        return std::unexpected(members.error());
    for (schema::Cluster &cluster : clusters)
        if (const auto found = members->find(cluster.id); found != members->end())
            sumUp(cluster, found->second);
    if (auto done = renameEarlier(connection, clusters, representatives); !done)
        return std::unexpected(done.error());
    std::erase_if(clusters, [&](const schema::Cluster &cluster) {
        return cluster.members.size() < query.membersMin ||
               cluster.confidence < query.confidenceMin;
    });
    return page;
}

} // namespace chrona::storage
