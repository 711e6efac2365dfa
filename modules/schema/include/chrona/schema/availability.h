// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace chrona::schema {

/// How we know since when a fact could have been known.
enum class AvailabilityBasis : std::uint8_t {
    Measured, ///< we saw it arrive
    Stated,   ///< the source says when it was published
    Assumed,  ///< observed_at plus a lag that somebody assumed
};

[[nodiscard]] std::string_view toString(AvailabilityBasis basis);
[[nodiscard]] std::optional<AvailabilityBasis> availabilityBasisFrom(std::string_view text);

/// The times of one fact. Whatever is computed for a past moment uses only what was available then.
struct FactTimes {
    Instant observedAt;                 ///< when it happened
    std::optional<Instant> publishedAt; ///< when the source said so
    Instant ingestedAt;                 ///< when we had it
    AvailabilityBasis basis = AvailabilityBasis::Measured;
    Duration assumedLag{0}; ///< with Assumed only

    [[nodiscard]] Instant availableAt() const
    {
        switch (basis) {
        case AvailabilityBasis::Stated: return publishedAt.value_or(ingestedAt);
        case AvailabilityBasis::Assumed: return observedAt + assumedLag;
        case AvailabilityBasis::Measured: break;
        }
        return ingestedAt;
    }

    friend bool operator==(const FactTimes &, const FactTimes &) = default;
};

} // namespace chrona::schema
