// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/base/result.h"
#include "chrona/discovery/panel.h"
#include "chrona/discovery/signal.h"

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::discovery {

/// What is searched and what is asked of a signal. The defaults are those of the specification.
struct Parameters {
    std::vector<std::size_t> horizons{1, 3, 5, 10, 15};
    std::size_t lagMax = 20;
    double q = 0.10;
    std::size_t blocks = 8;
    std::size_t embargoDays = 10;
    std::size_t serialLags = 20; ///< of the second look
    double shortListQ = 0.5;     ///< pairs that get it

    std::size_t knownDaysMin = 504;
    double missingShareMax = 0.40;
    std::size_t valuesMin = 30; ///< away from the most frequent value
    std::size_t valuesInBlockMin = 5;
    std::size_t blocksMin = 6;
    std::size_t episodesMin = 20; ///< of event counts
    double effectiveRowsMin = 60;
    double influenceMax = 0.20;
};

struct Report {
    Parameters parameters;
    std::string engineVersion;
    std::string kernel;          ///< which instruction set the sweep ran on
    std::size_t pairsTested = 0; ///< the family of the q values
    std::size_t testsRun = 0;
    double nullShare = 1;          ///< Storey's pi0 over pairs; reported, never used
    std::vector<Signal> signals;   ///< best first
    std::vector<Refusal> refusals; ///< by feature, then target
};

/// Called now and then with the part that is done, 0 to 1, from any of the executor's threads.
using Progress = std::function<void(double part)>;

/// Tests every feature against every target at every lag and horizon and keeps what survives.
///
/// Deterministic: the result depends on the panel and the parameters, not on threads or instruction
/// set. Fails with InvalidInput for parameters or panels it cannot work on, and with Cancelled soon
/// after a stop is requested; then nothing has been kept.
[[nodiscard]] Result<Report> discover(const AsOfPanel &panel, const Parameters &parameters,
                                      Executor &executor, std::stop_token stop = {},
                                      const Progress &progress = {});

} // namespace chrona::discovery
