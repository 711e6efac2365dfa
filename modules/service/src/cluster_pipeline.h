// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

#include <functional>

namespace chrona::service {

class Settings;

inline constexpr const char *kClustersRefresh = "clusters.refresh";

struct ClustersMade {
    std::int64_t days = 0;    ///< made or made anew
    std::int64_t reports = 0; ///< of these days
};
/// Brings the stories of the days from `from` on up to date with the reports that are stored: days
/// whose reports are others now, and what follows from them. A day is one transaction, so what was
/// broken off goes on where it was. Cancelled on a stop request.
[[nodiscard]] Result<ClustersMade>
refreshClusters(storage::Connection &connection, Instant from, const std::stop_token &stop,
                const std::function<void(float share)> &report = {});

[[nodiscard]] std::vector<JobRunner::Kind> clusterKinds(const Settings &settings);
[[nodiscard]] Status scheduleClusters(storage::Connection &connection, Instant now);

} // namespace chrona::service
