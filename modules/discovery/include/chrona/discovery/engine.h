// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/executor.h"
#include "chrona/base/result.h"
#include "chrona/discovery/panel.h"
#include "chrona/discovery/signal.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::discovery {

/// Everything that was ever tried on this history: the more trials, the better the best of them
/// looks by chance.
struct TrialLedger {
    std::uint64_t runs = 0, pairs = 0, tests = 0;
    double squaredT = 0; ///< sum over tests
};

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
    double rowsOverHorizonMin = 40;
    double leaveOutTMin = 2; ///< t that must be left without the three strongest episodes

    std::size_t bootstrapDraws = 4'999;
    double bootstrapPMax = 0.05;

    enum class Targets : std::uint8_t { Returns, ReturnsAndVolatility };
    Targets targets = Targets::Returns;
    std::string
        rateFeature;     ///< whose change over 63 days tells rising from falling rates; empty: none
    TrialLedger earlier; ///< of runs before this one
};

/// Calls visit(name, value) for each parameter that a report states; the horizons come as a vector.
template <class Visit> void forEachParameter(const Parameters &parameters, Visit visit)
{
    visit("horizons", parameters.horizons);
    visit("lag_max", parameters.lagMax);
    visit("q", parameters.q);
    visit("blocks", parameters.blocks);
    visit("embargo_days", parameters.embargoDays);
    visit("serial_lags", parameters.serialLags);
    visit("short_list_q", parameters.shortListQ);
    visit("known_days_min", parameters.knownDaysMin);
    visit("missing_share_max", parameters.missingShareMax);
    visit("values_min", parameters.valuesMin);
    visit("values_in_block_min", parameters.valuesInBlockMin);
    visit("blocks_min", parameters.blocksMin);
    visit("episodes_min", parameters.episodesMin);
    visit("effective_rows_min", parameters.effectiveRowsMin);
    visit("influence_max", parameters.influenceMax);
    visit("rows_over_horizon_min", parameters.rowsOverHorizonMin);
    visit("leave_out_t_min", parameters.leaveOutTMin);
    visit("bootstrap_draws", parameters.bootstrapDraws);
    visit("bootstrap_p_max", parameters.bootstrapPMax);
    visit("volatility_targets", parameters.targets == Parameters::Targets::ReturnsAndVolatility);
    visit("rate_feature", parameters.rateFeature);
}

struct Report {
    Parameters parameters;
    std::string engineVersion;
    std::string kernel;          ///< which instruction set the sweep ran on
    std::size_t pairsTested = 0; ///< the family of the q values
    std::size_t testsRun = 0;
    TrialLedger ledger; ///< the earlier one and this run
    double overfit =
        0; ///< share of half splits in which the best pair of the short list fell behind
    double nullShare = 1;          ///< Storey's pi0 over pairs; reported, never used
    std::vector<Signal> signals;   ///< best first
    std::vector<Refusal> refusals; ///< by feature, then target
};

/// Called now and then with the part that is done, 0 to 1, from any of the executor's threads.
using Progress = std::function<void(double part)>;

/// Keeps what a search has worked out, so that one of the same panel, parameters and engine goes on
/// where this one was broken off. Called from the thread that called discover(), never at once.
class Checkpoint {
public:
    virtual ~Checkpoint() = default;
    /// What was kept of a part, to the last bit; nullopt: nothing.
    [[nodiscard]] virtual std::optional<std::vector<double>> load(std::string_view part) = 0;
    virtual void keep(std::string_view part, const std::vector<double> &worked) = 0;
};

/// The engine's version: what another one kept is not taken up.
inline constexpr std::string_view kEngineVersion = "4";

/// Tests every feature against every target at every lag and horizon and keeps what survives.
///
/// Deterministic: the result depends on the panel and the parameters, not on threads, instruction
/// set, or how often it was broken off and taken up by a checkpoint. Fails with InvalidInput for
/// parameters or panels it cannot work on, and with Cancelled soon after a stop is requested; then
/// nothing has been kept but what the checkpoint has.
[[nodiscard]] Result<Report> discover(const AsOfPanel &panel, const Parameters &parameters,
                                      Executor &executor, std::stop_token stop = {},
                                      const Progress &progress = {},
                                      Checkpoint *checkpoint = nullptr);

} // namespace chrona::discovery
