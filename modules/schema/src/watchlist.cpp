// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/watchlist.h"

#include "checks.h"
#include "enum_names.h"

#include <format>

namespace chrona::schema {
namespace {

constexpr auto kExposureKinds = enumNames<ExposureKind>(
    "revenue", "facility", "supplier", "customer", "holding", "regulation", "input");
constexpr auto kOrigins = enumNames<ExposureOrigin>("user", "filing", "derived");
constexpr std::size_t kNoteBytesMax = 4000;

} // namespace

std::string_view toString(ExposureKind kind)
{
    return kExposureKinds.nameOf(kind);
}

std::optional<ExposureKind> exposureKindFrom(std::string_view text)
{
    return kExposureKinds.valueOf(text);
}

std::string_view toString(ExposureOrigin origin)
{
    return kOrigins.nameOf(origin);
}

Faults validate(const Watchlist &watchlist)
{
    Checks checks;
    checks.require(!watchlist.id.isNull(), "id", "is missing");
    checks.text("name", watchlist.name, 200, Presence::Required);
    checks.require(watchlist.items.size() <= 10'000, "items", "are more than 10,000");
    checks.require(watchlist.revision >= 1, "revision", "is 0, counting begins at 1");
    for (std::size_t i = 0; i < watchlist.items.size(); ++i) {
        const WatchItem &item = watchlist.items[i];
        const std::string field = std::format("items[{}]", i);
        checks.require(!item.instrument.isNull() || !item.entity.isNull(), field, "names nothing");
        checks.text(field + ".note", item.note, kNoteBytesMax, Presence::Optional);
    }
    return checks.take();
}

Faults validate(const Exposure &exposure)
{
    Checks checks;
    checks.require(!exposure.instrument.isNull(), "instrument", "is missing");
    checks.require(!exposure.entity.isNull(), "entity", "is missing");
    checks.require(kExposureKinds.has(exposure.kind), "kind", "is unknown");
    checks.require(kOrigins.has(exposure.origin), "origin", "is unknown");
    if (!(exposure.weight >= -1 && exposure.weight <= 1))
        checks.add("weight", std::format("is {}, must be between -1 and 1", exposure.weight));
    checks.require(exposure.origin != ExposureOrigin::Filing || !exposure.evidence.isNull(),
                   "evidence", "is missing: the filing that says so");
    checks.text("note", exposure.note, kNoteBytesMax, Presence::Optional);
    checks.require(!exposure.validFrom || !exposure.validUntil ||
                       *exposure.validFrom < *exposure.validUntil,
                   "valid_until", "is not after valid_from");
    return checks.take();
}

} // namespace chrona::schema
