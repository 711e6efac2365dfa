// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/boundary.h"

#include "chrona/base/hash.h"

#include "checks.h"
#include "enum_names.h"

namespace chrona::schema {
namespace {

constexpr auto kPlaceKinds = enumNames<PlaceKind>("city", "capital", "port", "airport", "facility");

} // namespace

std::string_view toString(PlaceKind kind)
{
    return kPlaceKinds.nameOf(kind);
}

std::optional<PlaceKind> placeKindFrom(std::string_view text)
{
    return kPlaceKinds.valueOf(text);
}

BoundaryId boundaryIdFor(std::string_view set, std::string_view code)
{
    return {idFrom(hashOf({"boundary", set, code}))};
}

PlaceId placeIdFor(std::string_view key)
{
    return {idFrom(hashOf({"place", key}))};
}

Faults validate(const Place &place)
{
    Checks checks;
    checks.require(!place.id.isNull(), "id", "is missing");
    checks.require(kPlaceKinds.has(place.kind), "kind", "is unknown");
    checks.text("name", place.name, 500, Presence::Required);
    checks.regionCode("region", place.region, Presence::Optional);
    checks.point("location", place.location);
    checks.require(place.population >= 0, "population", "is negative");
    return checks.take();
}

Faults validate(const Boundary &boundary)
{
    Checks checks;
    checks.key("set", boundary.set, Presence::Required);
    checks.key("code", boundary.code, Presence::Required);
    checks.require(boundary.id == boundaryIdFor(boundary.set, boundary.code), "id",
                   "does not follow from the set and the code");
    checks.text("name", boundary.name, 500, Presence::Required);
    checks.part("geometry", validate(Geometry{Geometry::Kind::Areas, {}, {}, boundary.areas}));
    checks.point("label_at", boundary.labelAt);
    return checks.take();
}

} // namespace chrona::schema
