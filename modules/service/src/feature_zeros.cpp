// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feature_zeros.h"

namespace chrona::service {

bool isImpliedZero(const schema::Feature &feature, const schema::FeatureValue &value, Instant end)
{
    return feature.emptyBucket == schema::EmptyBucket::Zero && value.value == 0 &&
           value.knownAt == end && value.basis == schema::AvailabilityBasis::Measured;
}

std::vector<schema::FeatureValue> withZeros(const schema::Feature &feature,
                                            std::span<const schema::FeatureValue> stored,
                                            const features::Buckets &buckets, Instant until)
{
    if (feature.emptyBucket != schema::EmptyBucket::Zero)
        return {stored.begin(), stored.end()};
    std::vector<schema::FeatureValue> values;
    values.reserve(stored.size() + buckets.count());
    std::size_t next = 0;
    for (std::size_t bucket = 0; bucket < buckets.count(); ++bucket) {
        const Instant label = buckets.label(bucket);
        const Instant end = buckets.end(bucket);
        while (next < stored.size() && stored[next].bucketAt < label)
            values.push_back(stored[next++]);
        const bool isToldAtEnd =
            next < stored.size() && stored[next].bucketAt == label && stored[next].knownAt == end;
        if (!isToldAtEnd && end <= until)
            values.push_back({feature.id, label, end, 0, schema::AvailabilityBasis::Measured});
        while (next < stored.size() && stored[next].bucketAt == label)
            values.push_back(stored[next++]);
    }
    values.insert(values.end(), stored.begin() + static_cast<std::ptrdiff_t>(next), stored.end());
    return values;
}

} // namespace chrona::service
