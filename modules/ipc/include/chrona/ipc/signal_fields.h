// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/signal_evidence.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/ids.h"

#include <optional>
#include <string>
#include <vector>

/// What is told of features and signals. Rules, regimes, controls and failure modes travel as their
/// keys; the client has the words. Days are their midnight in UTC.
namespace chrona::ipc {

struct FeatureEntry {
    std::string key, name, rule, kind, frequency, unit, region;
    std::uint32_t version = 1;
    bool synthetic = false;
    static constexpr auto fields()
    {
        using T = FeatureEntry;
        return fieldList(required("key", &T::key), field("name", &T::name), field("rule", &T::rule),
                         field("kind", &T::kind), field("frequency", &T::frequency),
                         field("unit", &T::unit), field("region", &T::region),
                         field("version", &T::version), field("synthetic", &T::synthetic));
    }
    friend bool operator==(const FeatureEntry &, const FeatureEntry &) = default;
};

struct DiscoveryRunEntry {
    std::int64_t id = 0;
    Instant startedAt, finishedAt, dataUntil;
    std::string engineVersion, kernel, parameters, inputHash; ///< parameters: a JSON object
    std::int64_t features = 0, targets = 0, days = 0, pairsTested = 0, testsRun = 0;
    std::int64_t signals = 0, refused = 0;
    double overfit = 0, nullShare = 1;
    bool synthetic = false;
    static constexpr auto fields()
    {
        using T = DiscoveryRunEntry;
        return fieldList(required("id", &T::id), field("started_at", &T::startedAt),
                         field("finished_at", &T::finishedAt), field("data_until", &T::dataUntil),
                         field("engine_version", &T::engineVersion), field("kernel", &T::kernel),
                         field("parameters", &T::parameters), field("input_hash", &T::inputHash),
                         field("features", &T::features), field("targets", &T::targets),
                         field("days", &T::days), field("pairs_tested", &T::pairsTested),
                         field("tests_run", &T::testsRun), field("signals", &T::signals),
                         field("refused", &T::refused), field("overfit", &T::overfit),
                         field("null_share", &T::nullShare), field("synthetic", &T::synthetic));
    }
    friend bool operator==(const DiscoveryRunEntry &, const DiscoveryRunEntry &) = default;
};

/// A signal with everything needed to doubt it.
struct SignalEntry {
    schema::SignalId id;
    std::string feature, featureName, featureUnit, target, targetName;
    std::string measure = "return"; ///< what of the target is led: return or volatility
    std::uint16_t lag = 0, horizon = 1;
    std::string view, label, regime; ///< regime: all or split
    double effect = 0, t = 0, p = 1, q = 1;
    bool survivesDependence = false;
    std::uint32_t sampleSize = 0, familySize = 0;
    double sampleSizeEffective = 0;
    double median = 0, lowerQuartile = 0, upperQuartile = 0, worst = 0, signShare = 0;
    double standardError = 0; ///< of a block, from noise alone
    double stability = 0, consistency = 0, dispersion = 0, generality = 0, outOfSample = 0;
    double bootstrapP = 1, deflatedSharpe = 0, overfit = 0;
    double noveltyZ = 0, noveltyPercentile = 0, noveltyBaseRate = 0;
    bool elevated = false, newlyElevated = false;
    double rank = 0;
    double relevance = 1; ///< of the target for the watchlists, 0–1; part of the rank
    schema::AvailabilityBasis basis = schema::AvailabilityBasis::Measured;
    bool synthetic = false;
    std::vector<double> lagCurve; ///< effect by lag from 0
    std::vector<SignalBlock> blocks;
    std::vector<SignalRegime> regimes;
    std::vector<SignalFold> folds; ///< oldest first
    std::vector<SignalControl> controls;
    std::vector<SignalFailure> failures;
    std::vector<SignalEpisode> episodes; ///< newest first
    static constexpr auto fields()
    {
        using T = SignalEntry;
        return fieldList(
            required("id", &T::id), required("feature", &T::feature),
            field("feature_name", &T::featureName), field("feature_unit", &T::featureUnit),
            required("target", &T::target), field("target_name", &T::targetName),
            field("measure", &T::measure), field("lag", &T::lag), field("horizon", &T::horizon),
            field("view", &T::view), field("label", &T::label), field("regime", &T::regime),
            field("effect", &T::effect), field("t", &T::t), field("p", &T::p), field("q", &T::q),
            field("survives_dependence", &T::survivesDependence),
            field("sample_size", &T::sampleSize), field("family_size", &T::familySize),
            field("sample_size_effective", &T::sampleSizeEffective), field("median", &T::median),
            field("lower_quartile", &T::lowerQuartile), field("upper_quartile", &T::upperQuartile),
            field("worst", &T::worst), field("sign_share", &T::signShare),
            field("standard_error", &T::standardError), field("stability", &T::stability),
            field("consistency", &T::consistency), field("dispersion", &T::dispersion),
            field("generality", &T::generality), field("out_of_sample", &T::outOfSample),
            field("bootstrap_p", &T::bootstrapP), field("deflated_sharpe", &T::deflatedSharpe),
            field("overfit", &T::overfit), field("novelty_z", &T::noveltyZ),
            field("novelty_percentile", &T::noveltyPercentile),
            field("novelty_base_rate", &T::noveltyBaseRate), field("elevated", &T::elevated),
            field("newly_elevated", &T::newlyElevated), field("rank", &T::rank),
            field("relevance", &T::relevance), field("folds", &T::folds), field("basis", &T::basis),
            field("synthetic", &T::synthetic), field("lag_curve", &T::lagCurve),
            field("blocks", &T::blocks), field("regimes", &T::regimes),
            field("controls", &T::controls), field("failures", &T::failures),
            field("episodes", &T::episodes));
    }
    friend bool operator==(const SignalEntry &, const SignalEntry &) = default;
};

struct RuleCount {
    std::string rule;
    std::int64_t count = 0;
    static constexpr auto fields()
    {
        return fieldList(required("rule", &RuleCount::rule), field("count", &RuleCount::count));
    }
    friend bool operator==(const RuleCount &, const RuleCount &) = default;
};

struct RefusedEntry {
    std::string feature, featureName;
    std::string target; ///< empty: the feature, whatever the target
    std::string rule;
    std::optional<double> measured, limit;
    std::string measure = "return"; ///< as of a signal
    static constexpr auto fields()
    {
        using T = RefusedEntry;
        return fieldList(required("feature", &T::feature), field("feature_name", &T::featureName),
                         field("target", &T::target), field("measure", &T::measure),
                         required("rule", &T::rule), field("measured", &T::measured),
                         field("limit", &T::limit));
    }
    friend bool operator==(const RefusedEntry &, const RefusedEntry &) = default;
};

} // namespace chrona::ipc
