// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/entity.h"

#include "chrona/base/hash.h"

#include "checks.h"
#include "enum_names.h"

#include <format>

namespace chrona::schema {
namespace {

constexpr auto kEntityKinds =
    enumNames<EntityKind>("market_instrument", "sector", "organization", "country", "region",
                          "location", "regulatory_body", "event_topic", "person");
constexpr std::size_t kEntityNameBytesMax = 500;
constexpr std::size_t kAliasesMax = 500;

} // namespace

std::string_view toString(EntityKind kind)
{
    return kEntityKinds.nameOf(kind);
}

std::optional<EntityKind> entityKindFrom(std::string_view text)
{
    return kEntityKinds.valueOf(text);
}

EntityId entityIdFor(std::string_view key)
{
    return {idFrom(hashOf({"entity", key}))};
}

Faults validate(const Entity &entity)
{
    Checks checks;
    checks.require(kEntityKinds.has(entity.kind), "kind", "is unknown");
    checks.text("key", entity.key, 200, Presence::Required);
    checks.require(entity.key.find(':') != std::string::npos, "key",
                   "does not begin with its kind and a colon");
    checks.require(entity.id == entityIdFor(entity.key), "id", "does not follow from the key");
    checks.text("name", entity.name, kEntityNameBytesMax, Presence::Required);
    checks.require(entity.aliases.size() <= kAliasesMax, "aliases", "are more than 500");
    for (std::size_t i = 0; i < entity.aliases.size(); ++i)
        checks.text(std::format("aliases[{}]", i), entity.aliases[i], kEntityNameBytesMax,
                    Presence::Required);
    for (std::size_t i = 0; i < entity.externalIds.size(); ++i) {
        checks.key(std::format("external_ids[{}].scheme", i), entity.externalIds[i].scheme,
                   Presence::Required);
        checks.text(std::format("external_ids[{}].value", i), entity.externalIds[i].value,
                    kEntityNameBytesMax, Presence::Required);
    }
    if (entity.location)
        checks.point("location", *entity.location);
    checks.attributes(entity.attributes);
    return checks.take();
}

} // namespace chrona::schema
