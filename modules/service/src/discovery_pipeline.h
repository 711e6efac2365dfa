// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

namespace chrona::service {

inline constexpr const char *kDiscoveryRun = "discovery.run";

/// The search for features that lead targets: daily after the features, and when a person asks. A
/// run is stored whole in the transaction that ends its job, so a cancelled or killed one leaves
/// nothing; it takes seconds to do again.
[[nodiscard]] std::vector<JobRunner::Kind> discoveryKinds();
[[nodiscard]] Status scheduleDiscovery(storage::Connection &connection, Instant now);

} // namespace chrona::service
