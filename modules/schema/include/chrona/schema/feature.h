// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/availability.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/ids.h"
#include "chrona/schema/series.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::schema {

enum class FeatureKind : std::uint8_t {
    EventCount,     ///< events of a rule in a bucket
    EventIntensity, ///< their severities, summed
    Sentiment,      ///< tone of texts
    SeriesLevel,    ///< newest known value of a series
    SeriesChange,   ///< against an earlier value of the same series
    SeriesSurprise, ///< actual less expected, in units of its own history
    Price,          ///< returns, volatility, spreads of instruments
    Calendar,       ///< time to or since a scheduled event
};
[[nodiscard]] std::string_view toString(FeatureKind kind);
[[nodiscard]] std::optional<FeatureKind> featureKindFrom(std::string_view text);

/// What an empty bucket means.
enum class EmptyBucket : std::uint8_t {
    Missing, ///< nothing is known
    Zero,    ///< nothing happened, and the source was running
    Carried, ///< the last known value still holds
};
[[nodiscard]] std::string_view toString(EmptyBucket rule);
[[nodiscard]] std::optional<EmptyBucket> emptyBucketFrom(std::string_view text);

/// Which vintage of a revised series a feature reads.
enum class VintageChoice : std::uint8_t { FirstPrint, LatestKnown };
[[nodiscard]] std::string_view toString(VintageChoice choice);
[[nodiscard]] std::optional<VintageChoice> vintageChoiceFrom(std::string_view text);

/// A number for each bucket of time, computed by a rule from events or series.
struct Feature {
    FeatureId id;
    std::string key;  ///< unique: "events.count.earthquake.JP"
    std::string name; ///< as it is shown
    std::string rule; ///< how it is computed, as the features engine reads it
    FeatureKind kind = FeatureKind::EventCount;
    Frequency frequency = Frequency::Day; ///< Hour or Day: width of a bucket
    EmptyBucket emptyBucket = EmptyBucket::Zero;
    VintageChoice vintages = VintageChoice::FirstPrint;
    std::string unit;
    std::string region;             ///< empty: not of one place
    std::vector<EntityId> entities; ///< what it is about
    std::vector<SourceId> sources;  ///< what it rests on
    std::uint32_t version = 1; ///< counts changes of the rule; values of different ones never mix
    bool synthetic = false;
    friend bool operator==(const Feature &, const Feature &) = default;
};

/// A feature's value of one bucket as it was known from knownAt on. When late events change a
/// bucket, another value with a later knownAt is added; none is changed.
struct FeatureValue {
    FeatureId feature;
    Instant bucketAt;                                      ///< begin of the bucket
    Instant knownAt;                                       ///< not before the bucket's end
    double value = 0;                                      ///< NaN: taken back
    AvailabilityBasis basis = AvailabilityBasis::Measured; ///< the weakest of what it rests on
    friend bool operator==(const FeatureValue &, const FeatureValue &) = default;
};

/// The weaker of two: what rests on an assumption is itself assumed.
[[nodiscard]] AvailabilityBasis weaker(AvailabilityBasis left, AvailabilityBasis right);
[[nodiscard]] FeatureId featureIdFor(std::string_view key);
[[nodiscard]] Faults validate(const Feature &feature);
/// frequency: of the feature that the value belongs to.
[[nodiscard]] Faults validate(const FeatureValue &value, Frequency frequency);

} // namespace chrona::schema
