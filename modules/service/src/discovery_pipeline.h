// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"
#include "settings.h"

namespace chrona::service {

inline constexpr const char *kDiscoveryRun = "discovery.run";

/// The search for features that lead targets: daily after the features, and when a person asks. A
/// run is stored whole in the transaction that ends its job. What a killed one had worked out is
/// kept by part, and it goes on there with what was known when it began: the result is the same to
/// the last bit. The settings must outlive the kinds.
[[nodiscard]] std::vector<JobRunner::Kind> discoveryKinds(const Settings &settings);
[[nodiscard]] Status scheduleDiscovery(storage::Connection &connection, Instant now);

} // namespace chrona::service
