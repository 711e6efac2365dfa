// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/features/buckets.h"
#include "chrona/features/definition.h"
#include "chrona/features/event_history.h"
#include "chrona/stats/as_of.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// From events and series to feature values that are never changed, only followed by later ones.
namespace chrona::features {

/// A value of one bucket as it was known from knownAt on.
struct FeatureVintage {
    Instant bucketAt; ///< Buckets::label
    Instant knownAt;  ///< not before the bucket's end
    double value = 0; ///< NaN: taken back
    schema::AvailabilityBasis basis = schema::AvailabilityBasis::Measured;
    friend bool operator==(const FeatureVintage &a, const FeatureVintage &b)
    {
        return a.bucketAt == b.bucketAt && a.knownAt == b.knownAt && a.basis == b.basis &&
               (a.value == b.value || (a.value != a.value && b.value != b.value));
    }
};

/// One feature: a definition, or one member of its axis.
struct FeatureVintages {
    std::string member; ///< value of the axis or key of the series; empty: neither
    std::vector<FeatureVintage> vintages; ///< by bucket, then by knownAt
    friend bool operator==(const FeatureVintages &, const FeatureVintages &) = default;
};

/// A definition with an axis makes at most so many features; those with most events are kept.
inline constexpr std::size_t kMembersMax = 2'000;

/// Everything that was ever known about each bucket, by one walk through the statements in the
/// order of their availability. Depends on what was said and when, never on the order of arrival:
/// a rebuild gives the same bytes. Members by name. Quiet buckets get what `emptyBucket` says:
/// a zero known at their end, or nothing.
///
/// Fails with InvalidInput for a definition that is not one of events, or whose figure the history
/// does not hold.
[[nodiscard]] Result<std::vector<FeatureVintages>>
buildVintages(const Definition &definition, const EventTimeline &timeline, const Buckets &buckets);

/// What one feature of a definition has to be computed again for.
struct DirtyBucket {
    std::string member;
    std::size_t bucket = 0;
    friend auto operator<=>(const DirtyBucket &, const DirtyBucket &) = default;
};
/// The buckets that the statements of `changed` events touch: where they are now said to lie and
/// wherever they were said to lie before. Ordered, each once.
[[nodiscard]] Result<std::vector<DirtyBucket>>
dirtyBuckets(const Definition &definition, const EventTimeline &timeline, const Buckets &buckets,
             std::span<const schema::EventId> changed);
/// buildVintages for those buckets only.
[[nodiscard]] Result<std::vector<FeatureVintages>>
rebuildVintages(const Definition &definition, const EventTimeline &timeline, const Buckets &buckets,
                std::span<const DirtyBucket> dirty);
/// What is in `after` and not in `before`, both of the same buckets: the rows to append. Fails with
/// Conflict where `after` lacks or contradicts something that was already told; then the store and
/// the events do not belong together.
[[nodiscard]] Result<std::vector<FeatureVintage>>
appendedVintages(std::span<const FeatureVintage> before, std::span<const FeatureVintage> after);

/// Every vintage of one series, in microseconds: prices are observed and known at the close.
struct SeriesHistory {
    std::string key;
    std::vector<stats::Vintage> vintages;
    std::vector<stats::Vintage>
        expectations; ///< consensus by observation, for Surprise; may be empty
    schema::AvailabilityBasis basis = schema::AvailabilityBasis::Measured;
};
/// One feature for each series that the definition names. A bucket has the value of the newest
/// observation in it, computed anew whenever one that it rests on becomes known or, with
/// LatestKnown, is revised. Values that are not finite are as if they were not there, and so are
/// those that are not positive where a logarithm is taken. Buckets without an observation get
/// nothing: the last value holds.
[[nodiscard]] Result<std::vector<FeatureVintages>>
buildVintages(const Definition &definition, std::span<const SeriesHistory> series,
              const Buckets &buckets);

/// All vintages of a feature as the discovery engine's panel takes them: times in microseconds, by
/// bucket. One that was taken back stays in as NaN.
[[nodiscard]] std::vector<stats::Vintage> historyOf(std::span<const FeatureVintage> vintages);
/// The newest bucket's newest value on each decision; NaN while nothing is known.
[[nodiscard]] std::vector<double> asOf(std::span<const FeatureVintage> vintages,
                                       std::span<const Decision> decisions);
[[nodiscard]] schema::FeatureValue toFeatureValue(const schema::Feature &feature,
                                                  const FeatureVintage &vintage);

} // namespace chrona::features
