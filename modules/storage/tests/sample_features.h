// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/feature_store.h"

#include <limits>

/// One feature with a value that was taken back later.
namespace chrona::storage::testing {

using schema::AvailabilityBasis;
using schema::Feature;
using schema::FeatureId;
using schema::featureIdFor;
using schema::FeatureValue;

inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

inline Instant at(const char *text)
{
    return parseInstant(text).value();
}

inline FeatureValue value(FeatureId feature, const char *bucket, const char *known, double number)
{
    return {feature, at(bucket), at(known), number, AvailabilityBasis::Stated};
}

inline FeatureRows rowsOf(double first)
{
    Feature feature;
    feature.key = "events.count.JP";
    feature.id = featureIdFor(feature.key);
    feature.name = "Events (JP)";
    feature.unit = "events";
    feature.region = "JP";
    feature.synthetic = true;
    FeatureRows rows{"events.count", {feature}, {"JP"}, {}, at("2026-03-01")};
    rows.values = {value(feature.id, "2026-01-05", "2026-01-06T21:00:00Z", first),
                   value(feature.id, "2026-01-05", "2026-01-09T21:00:00Z", kNone)};
    return rows;
}

} // namespace chrona::storage::testing
