// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/features/buckets.h"
#include "chrona/schema/feature.h"

#include <span>
#include <vector>

/// Most days of most event features are empty. The zero that is known at the end of such a bucket
/// follows from the calendar, so it is not stored; here it is left out and put back.
namespace chrona::service {

/// Whether it need not be stored. `end`: of the bucket that the value belongs to.
[[nodiscard]] bool isImpliedZero(const schema::Feature &feature, const schema::FeatureValue &value,
                                 Instant end);

/// The stored values (by bucket, then by knownAt) with the zeros of all buckets that had closed by
/// `until`. Values outside the buckets stay as they are. Of other features: the values as they are.
[[nodiscard]] std::vector<schema::FeatureValue>
withZeros(const schema::Feature &feature, std::span<const schema::FeatureValue> stored,
          const features::Buckets &buckets, Instant until);

} // namespace chrona::service
