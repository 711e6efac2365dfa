// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/fields.h"

#include <cstdint>
#include <optional>
#include <string>

/// The lists that a signal is doubted by. Days are their midnight in UTC.
namespace chrona::ipc {

struct SignalBlock {
    Instant begin, end;
    std::optional<double> effect;
    static constexpr auto fields()
    {
        using T = SignalBlock;
        return fieldList(field("begin", &T::begin), field("end", &T::end),
                         field("effect", &T::effect));
    }
    friend bool operator==(const SignalBlock &, const SignalBlock &) = default;
};

struct SignalRegime {
    std::string regime;
    std::optional<double> effect, rows;
    static constexpr auto fields()
    {
        using T = SignalRegime;
        return fieldList(required("regime", &T::regime), field("effect", &T::effect),
                         field("rows", &T::rows));
    }
    friend bool operator==(const SignalRegime &, const SignalRegime &) = default;
};

/// A walk-forward fold: the window was chosen by what ended before `trainedUntil`.
struct SignalFold {
    Instant trainedUntil, begin, end;
    std::uint16_t lag = 0, horizon = 1;
    std::optional<double> effect, rows;
    static constexpr auto fields()
    {
        using T = SignalFold;
        return fieldList(field("trained_until", &T::trainedUntil), field("begin", &T::begin),
                         field("end", &T::end), field("lag", &T::lag),
                         field("horizon", &T::horizon), field("effect", &T::effect),
                         field("rows", &T::rows));
    }
    friend bool operator==(const SignalFold &, const SignalFold &) = default;
};

struct SignalControl {
    std::string control, outcome;          ///< outcome: passed, refused or not_run
    std::optional<double> measured, limit; ///< absent: not measured; there is none
    static constexpr auto fields()
    {
        using T = SignalControl;
        return fieldList(required("control", &T::control), field("outcome", &T::outcome),
                         field("measured", &T::measured), field("limit", &T::limit));
    }
    friend bool operator==(const SignalControl &, const SignalControl &) = default;
};

struct SignalFailure {
    std::string mode;
    std::optional<double> measured;
    static constexpr auto fields()
    {
        using T = SignalFailure;
        return fieldList(required("mode", &T::mode), field("measured", &T::measured));
    }
    friend bool operator==(const SignalFailure &, const SignalFailure &) = default;
};

struct SignalEpisode {
    Instant begin, end;
    double featureValue = 0, robustZ = 0;
    std::optional<double> forwardReturn, returnPercentile; ///< absent: not yet known
    static constexpr auto fields()
    {
        using T = SignalEpisode;
        return fieldList(field("begin", &T::begin), field("end", &T::end),
                         field("feature_value", &T::featureValue), field("robust_z", &T::robustZ),
                         field("forward_return", &T::forwardReturn),
                         field("return_percentile", &T::returnPercentile));
    }
    friend bool operator==(const SignalEpisode &, const SignalEpisode &) = default;
};

} // namespace chrona::ipc
