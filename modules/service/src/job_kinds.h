// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "job_runner.h"

namespace chrona::service {

class Settings;

/// Everything that jobs do, one line of work after another.
[[nodiscard]] std::vector<JobRunner::Kind> jobKinds(const Settings &settings);
/// What of it runs by the clock.
[[nodiscard]] Status scheduleJobs(storage::Connection &connection, const Settings &settings,
                                  Instant now);

} // namespace chrona::service
