// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/features/vintages.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <limits>

namespace chrona::features {

Result<std::vector<FeatureVintage>> appendedVintages(std::span<const FeatureVintage> before,
                                                     std::span<const FeatureVintage> after)
{
    std::vector<FeatureVintage> appended;
    std::size_t known = 0;
    for (const auto &vintage : after) {
        if (known < before.size() && before[known] == vintage)
            ++known;
        else
            appended.push_back(vintage);
    }
    if (known < before.size())
        return fail(ErrorCode::Conflict,
                    std::format("the value of {} known at {} does not follow from the events",
                                formatInstant(before[known].bucketAt),
                                formatInstant(before[known].knownAt)),
                    "events are missing from the store or were changed in place; rebuild the "
                    "feature under a new version");
    return appended;
}

std::vector<stats::Vintage> historyOf(std::span<const FeatureVintage> vintages)
{
    std::vector<stats::Vintage> history;
    history.reserve(vintages.size());
    for (const auto &vintage : vintages)
        history.push_back({vintage.bucketAt.time_since_epoch().count(),
                           vintage.knownAt.time_since_epoch().count(), vintage.value});
    return history;
}

std::vector<double> asOf(std::span<const FeatureVintage> vintages,
                         std::span<const Decision> decisions)
{
    std::vector<std::int64_t> times;
    for (const auto &decision : decisions)
        times.push_back(decision.at.time_since_epoch().count());
    std::vector<double> values;
    for (const auto &known : stats::asOf(historyOf(vintages), times))
        values.push_back(known.known ? known.latest : std::numeric_limits<double>::quiet_NaN());
    return values;
}

schema::FeatureValue toFeatureValue(const schema::Feature &feature, const FeatureVintage &vintage)
{
    return {feature.id, vintage.bucketAt, vintage.knownAt, vintage.value, vintage.basis};
}

} // namespace chrona::features
