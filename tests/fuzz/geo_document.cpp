// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/geo_feature.h"

#include <algorithm>

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

/// Whatever is accepted is valid, within the limits, and has a place on the globe.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr GeoLimits kLimits{.featuresMax = 100, .pointsMax = 10'000, .faultsMax = 10};
    const auto document = readGeoDocument(fuzz::textOf(data, size), kLimits);
    if (!document)
        return 0;
    mustHold(document->features.size() <= kLimits.featuresMax);
    mustHold(document->faults.size() <= kLimits.faultsMax);
    mustHold(document->numbers.size() == document->features.size());
    std::size_t points = 0;
    for (const GeoFeature &feature : document->features) {
        mustHold(schema::validate(feature.geometry).empty());
        mustHold(std::ranges::is_sorted(feature.properties, {}, &schema::Attribute::key));
        points += schema::pointCount(feature.geometry);
        const schema::GeoPoint anchor = schema::anchorOf(feature.geometry);
        mustHold(anchor.longitude >= -180 && anchor.longitude <= 180);
        mustHold(anchor.latitude >= -90 && anchor.latitude <= 90);
        const schema::GeoBox box = schema::boundsOf(feature.geometry);
        mustHold(box.south <= box.north);
    }
    mustHold(points <= kLimits.pointsMax);
    return 0;
}
