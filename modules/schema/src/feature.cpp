// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/feature.h"

#include "chrona/base/hash.h"

#include "checks.h"
#include "enum_names.h"

#include <algorithm>

namespace chrona::schema {
namespace {

constexpr auto kFeatureKinds =
    enumNames<FeatureKind>("event_count", "event_intensity", "sentiment", "series_level",
                           "series_change", "series_surprise", "price", "calendar");
constexpr auto kEmptyBuckets = enumNames<EmptyBucket>("missing", "zero", "carried");
constexpr auto kVintageChoices = enumNames<VintageChoice>("first_print", "latest_known");

} // namespace

std::string_view toString(FeatureKind kind)
{
    return kFeatureKinds.nameOf(kind);
}

std::optional<FeatureKind> featureKindFrom(std::string_view text)
{
    return kFeatureKinds.valueOf(text);
}

std::string_view toString(EmptyBucket rule)
{
    return kEmptyBuckets.nameOf(rule);
}

std::optional<EmptyBucket> emptyBucketFrom(std::string_view text)
{
    return kEmptyBuckets.valueOf(text);
}

std::string_view toString(VintageChoice choice)
{
    return kVintageChoices.nameOf(choice);
}

std::optional<VintageChoice> vintageChoiceFrom(std::string_view text)
{
    return kVintageChoices.valueOf(text);
}

AvailabilityBasis weaker(AvailabilityBasis left, AvailabilityBasis right)
{
    return std::max(left, right); // Measured < Stated < Assumed
}

FeatureId featureIdFor(std::string_view key)
{
    return {idFrom(hashOf({"feature", key}))};
}

Faults validate(const Feature &feature)
{
    Checks checks;
    checks.key("key", feature.key, Presence::Required);
    checks.require(feature.id == featureIdFor(feature.key), "id", "does not follow from the key");
    checks.text("name", feature.name, 500, Presence::Required);
    checks.text("rule", feature.rule, 4000, Presence::Required);
    checks.require(kFeatureKinds.has(feature.kind), "kind", "is unknown");
    checks.require(feature.frequency == Frequency::Hour || feature.frequency == Frequency::Day,
                   "frequency", "is neither hour nor day");
    checks.require(kEmptyBuckets.has(feature.emptyBucket), "empty_bucket", "is unknown");
    checks.require(kVintageChoices.has(feature.vintages), "vintages", "is unknown");
    checks.text("unit", feature.unit, 100, Presence::Optional);
    checks.regionCode("region", feature.region, Presence::Optional);
    checks.require(feature.version >= 1, "version", "is 0, counting begins at 1");
    return checks.take();
}

Faults validate(const FeatureValue &value, Frequency frequency)
{
    using namespace std::chrono;
    Checks checks;
    checks.require(!value.feature.isNull(), "feature", "is missing");
    checks.instant("bucket_at", value.bucketAt);
    checks.instant("known_at", value.knownAt);
    checks.nanOrFinite("value", value.value);
    if (frequency != Frequency::Hour && frequency != Frequency::Day) {
        checks.add("frequency", "is neither hour nor day");
        return checks.take();
    }
    const Duration width = frequency == Frequency::Hour ? Duration(hours(1)) : Duration(days(1));
    checks.require(value.bucketAt.time_since_epoch() % width == Duration{0}, "bucket_at",
                   "is not the begin of a bucket");
    checks.require(value.knownAt >= value.bucketAt + width, "known_at",
                   "is before the end of the bucket");
    return checks.take();
}

} // namespace chrona::schema
