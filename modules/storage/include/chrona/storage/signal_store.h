// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/signal.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Searches, what they found and what they refused. A run is stored whole and never changed.
namespace chrona::storage {

/// Everything that was ever tried on a history.
struct Trials {
    std::int64_t runs = 0, pairs = 0, tests = 0;
    double squaredT = 0;
    friend bool operator==(const Trials &, const Trials &) = default;
};

struct DiscoveryRun {
    schema::DiscoveryRunId id;
    Instant startedAt, finishedAt, dataUntil;
    std::string engineVersion, kernel;
    std::string parameters; ///< a JSON object
    std::string inputHash;  ///< of every value and price that went in
    std::string searchHash; ///< of what was searched for: the same on a further day is no new trial
    std::int64_t features = 0, targets = 0, days = 0, pairsTested = 0, testsRun = 0;
    double overfit = 0, nullShare = 1;
    Trials before, after;
    bool synthetic = false;
    std::int64_t signals = 0, refused = 0; ///< counted when read
};

/// A signal with what is kept of it beyond the world model.
struct SignalRecord {
    schema::Signal signal;
    std::string view;     ///< of the target's return
    bool isSplit = false; ///< its regimes disagree
    double bootstrapP = 1, deflatedSharpe = 0, overfit = 0;
    std::vector<double> lagCurve; ///< effect by lag, from 0, at the window's horizon

    // Filled in when read:
    std::string feature, featureName, featureUnit, target, targetName;
    double relevance = 1; ///< 0.5 where there are watchlists and the target is on none; in the rank
};

struct RefusedPair {
    schema::FeatureId feature;
    schema::InstrumentId target; ///< null: the feature, whatever the target
    schema::TargetMeasure measure = schema::TargetMeasure::Return;
    std::string rule;
    double measured = 0, limit = 0;

    // Filled in when read:
    std::string featureKey, featureName, targetSymbol;
};

/// Signals best first. One transaction; what was refused in runs before the last thirty goes.
[[nodiscard]] Result<schema::DiscoveryRunId> storeDiscovery(Connection &connection,
                                                            const DiscoveryRun &run,
                                                            std::span<const SignalRecord> signals,
                                                            std::span<const RefusedPair> refused);

/// What an unfinished search has worked out, by part. `search` names its input and parameters.
[[nodiscard]] Status keepSearchPart(Connection &connection, std::string_view search,
                                    std::string_view part, const std::vector<double> &kept);
[[nodiscard]] Result<std::optional<std::vector<double>>>
loadSearchPart(Connection &connection, std::string_view search, std::string_view part);
/// Forgets the parts of every search but one; empty: of all.
[[nodiscard]] Status dropSearchParts(Connection &connection, std::string_view butOf = {});

/// The newest run that had ended then; nullopt where there is none.
[[nodiscard]] Result<std::optional<DiscoveryRun>> latestRun(Connection &connection,
                                                            std::optional<Instant> asOf = {});

struct SignalQuery {
    schema::DiscoveryRunId run;
    std::string text{};     ///< part of the feature's key or name, any case
    std::string target{};   ///< symbol; empty: all
    std::int64_t first = 0; ///< so many are left out
    std::uint32_t limit = 1'000;
};
/// Best first by rank with relevance, complete with episodes.
[[nodiscard]] Result<std::vector<SignalRecord>> findSignals(Connection &connection,
                                                            const SignalQuery &query);

struct RefusedQuery {
    schema::DiscoveryRunId run;
    std::string text{};
    std::string target{};
    std::string rule{};
    std::int64_t first = 0;
    std::uint32_t limit = 1'000;
};
/// By rule, then feature and target.
[[nodiscard]] Result<std::vector<RefusedPair>> findRefused(Connection &connection,
                                                           const RefusedQuery &query);

struct RuleCount {
    std::string rule;
    std::int64_t count = 0;
};
[[nodiscard]] Result<std::vector<RuleCount>> countRefused(Connection &connection,
                                                          schema::DiscoveryRunId run);

} // namespace chrona::storage
