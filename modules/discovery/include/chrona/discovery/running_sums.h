// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/engine.h"

#include <cstddef>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace chrona::discovery {

/// The sums behind the first look, by block of time, kept from one night to the next: a new day
/// costs milliseconds where a sweep costs seconds. It tells which pairs to look at; what is kept as
/// a signal is decided by discover() alone.
///
/// What the preparation learned from the history (trend and season, scales) stays as it was when
/// the sums were built, and the volatility goes on from day to day; so build anew now and then.
/// Not thread-safe; append() uses the executor for itself.
class RunningSums {
public:
    /// One more decision day.
    struct Day {
        Date date;
        std::span<const double> known;  ///< by feature, NaN: nothing known
        std::span<const double> prices; ///< by target, NaN: none
    };

    /// Fails as discover() does, and with Exhausted where the sums would need more than 4 GiB.
    [[nodiscard]] static Result<RunningSums> build(const AsOfPanel &panel,
                                                   const Parameters &parameters, Executor &executor,
                                                   std::stop_token stop = {});
    ~RunningSums();
    RunningSums(RunningSums &&) noexcept;
    RunningSums &operator=(RunningSums &&) noexcept;

    /// Adds a day to the last block. Fails with InvalidInput for a date that is not later than the
    /// last, or another number of values than was built; then nothing has changed.
    [[nodiscard]] Status append(const Day &day, Executor &executor);

    [[nodiscard]] std::size_t dayCount() const;
    /// t of the whole returns of one feature, by target, then horizon, then lag. Over all blocks,
    /// or over the first `blocks` of them.
    [[nodiscard]] std::vector<float> tOf(std::size_t feature) const;
    [[nodiscard]] std::vector<float> tOf(std::size_t feature, std::size_t blocks) const;

private:
    struct State;
    explicit RunningSums(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::discovery
