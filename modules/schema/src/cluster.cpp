// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/cluster.h"

#include "chrona/base/hash.h"

#include "checks.h"
#include "enum_names.h"

#include <algorithm>
#include <format>

namespace chrona::schema {
namespace {

constexpr auto kRelationKinds = enumNames<RelationKind>(
    "mentioned_with", "part_of", "located_in", "owns", "supplies", "regulates", "sanctions",
    "member_of", "competes_with", "exposed_to", "leads");

} // namespace

std::string_view toString(RelationKind kind)
{
    return kRelationKinds.nameOf(kind);
}

std::optional<RelationKind> relationKindFrom(std::string_view text)
{
    return kRelationKinds.valueOf(text);
}

ClusterId clusterIdFor(EventId first)
{
    return {idFrom(hashOf({"cluster", std::to_string(first.value)}))};
}

Faults validate(const Cluster &cluster)
{
    Checks checks;
    checks.require(!cluster.id.isNull(), "id", "is missing");
    checks.text("title", cluster.title, 2000, Presence::Required);
    checks.regionCode("region", cluster.region, Presence::Optional);
    checks.instant("first_at", cluster.firstAt);
    checks.instant("last_at", cluster.lastAt);
    checks.require(cluster.firstAt <= cluster.lastAt, "last_at", "is before first_at");
    checks.require(
        std::ranges::contains(cluster.members, cluster.representative, &ClusterMember::event),
        "representative", "is not a member");
    for (std::size_t i = 0; i < cluster.members.size(); ++i) {
        const ClusterMember &member = cluster.members[i];
        const std::string field = std::format("members[{}]", i);
        checks.require(!member.event.isNull(), field, "names nothing");
        checks.share(field + ".similarity", member.similarity);
        checks.require(member.duplicateOf.isNull() || member.duplicateOf != member.event,
                       field + ".duplicate_of", "is itself");
    }
    checks.require(cluster.publisherFamilies >= 1 &&
                       cluster.publisherFamilies <= cluster.members.size(),
                   "publisher_families", "must be between 1 and the number of members");
    checks.share("confidence", cluster.confidence);
    checks.share("novelty", cluster.novelty);
    checks.require(cluster.mergedInto.isNull() || cluster.mergedInto != cluster.id, "merged_into",
                   "is itself");
    return checks.take();
}

Faults validate(const Relation &relation)
{
    Checks checks;
    checks.require(!relation.from.isNull(), "from", "is missing");
    checks.require(!relation.to.isNull(), "to", "is missing");
    checks.require(relation.from != relation.to, "to", "is the same as from");
    checks.require(kRelationKinds.has(relation.kind), "kind", "is unknown");
    checks.share("weight", relation.weight);
    checks.instant("first_at", relation.firstAt);
    checks.instant("last_at", relation.lastAt);
    checks.require(relation.firstAt <= relation.lastAt, "last_at", "is before first_at");
    checks.require(relation.evidence.size() <= relation.evidenceCount, "evidence_count",
                   "is less than the evidence listed");
    checks.require(relation.evidenceCount > 0 || !relation.source.isNull(), "evidence",
                   "is missing, and no source states the relation");
    return checks.take();
}

} // namespace chrona::schema
