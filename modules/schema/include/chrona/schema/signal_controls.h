// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chrona::schema {

/// What a candidate must stand up to before it is called a signal. Numbers are stored: append only.
enum class Control : std::uint8_t {
    History,            ///< enough decision days
    NonBaselineValues,  ///< enough values that differ from the usual one, in enough blocks
    EpisodeCount,       ///< enough separate episodes
    SampleOverHorizon,  ///< enough days for the horizon
    EffectiveSample,    ///< enough independent days
    MissingShare,       ///< not too much missing
    Influence,          ///< no day or episode carries it alone
    LeaveEpisodesOut,   ///< stands without its most influential episodes
    FalseDiscoveryRate, ///< Benjamini-Hochberg over the family
    DependentRate,      ///< Benjamini-Yekutieli over the family
    SecondLook,         ///< Newey-West errors where returns are themselves persistent
    Bootstrap,          ///< stationary bootstrap
    WalkForward,        ///< holds out of sample
    TrendAndSeason,     ///< remains when trends, seasons and weekdays are taken out
    CommonFactor,       ///< remains when the market as a whole is taken out
    LookAheadProbe,     ///< does not live on alignment by observation time
    RevisionProbe,      ///< does not live on later vintages
};
inline constexpr std::size_t kControlCount = 17;
[[nodiscard]] std::string_view toString(Control control);
[[nodiscard]] std::optional<Control> controlFrom(std::string_view text);

enum class ControlOutcome : std::uint8_t { Passed, Refused, NotRun };
[[nodiscard]] std::string_view toString(ControlOutcome outcome);

struct ControlResult {
    Control control = Control::History;
    ControlOutcome outcome = ControlOutcome::NotRun;
    double measured = 0; ///< NaN where the control was not run
    double limit = 0;    ///< that measured was held against; NaN where there is none
    friend bool operator==(const ControlResult &, const ControlResult &) = default;
};

/// How a signal could be wrong though it was admitted. Numbers are stored: append only.
enum class FailureMode : std::uint8_t {
    SharedTrend,
    Season,
    CommonFactor,
    FewEpisodes,
    OneRegime,
    Decaying,
    RevisionSensitive,
    LookAhead,
    AssumedAvailability,
    ThinTarget,
};
inline constexpr std::size_t kFailureModeCount = 10;
[[nodiscard]] std::string_view toString(FailureMode mode);
[[nodiscard]] std::optional<FailureMode> failureModeFrom(std::string_view text);

struct FailureFinding {
    FailureMode mode = FailureMode::SharedTrend;
    double measured = 0; ///< e.g. the share of the effect that is left
    friend bool operator==(const FailureFinding &, const FailureFinding &) = default;
};

} // namespace chrona::schema
