// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/discovery/running_sums.h"

#include "check.h"
#include "kernel.h"
#include "preparation.h"
#include "sweep.h"

#include "chrona/stats/folds.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::discovery {

namespace {

constexpr std::size_t kBytesMax = std::size_t{4} << 30;
constexpr std::size_t kFeaturesInATask = 64;

} // namespace

/// Sums of a feature lie block after block, each: numerators by target and shift, then variances by
/// target, horizon and lag. New days go to the last block, so that a night touches one block only.
struct RunningSums::State {
    Windows windows;
    std::size_t blocks = 0, targets = 0, features = 0, days = 0, builtDays = 0;
    Date last;
    std::vector<float> sums;
    std::vector<float> recent; ///< by feature: its last shifts() values, newest first
    std::vector<FeatureScale> scales;
    std::vector<TargetScale> targetScales;
    KernelChoice kernel = chooseKernel();

    [[nodiscard]] std::size_t numerators() const { return targets * windows.shifts(); }
    [[nodiscard]] std::size_t blockSize() const { return numerators() + targets * windows.count(); }
    [[nodiscard]] float *block(std::size_t feature, std::size_t number)
    {
        return sums.data() + (feature * blocks + number) * blockSize();
    }
    [[nodiscard]] float *history(std::size_t feature)
    {
        return recent.data() + feature * windows.shifts();
    }

    /// Adds what the return of one day says to a block. values: of the days before it, newest
    /// first.
    void addDay(float *into, const float *values, std::span<const float> scores) const
    {
        const std::size_t shifts = windows.shifts();
        std::vector<float> until(shifts + 1); // sums of the values: a window is a difference
        for (std::size_t k = 0; k < shifts; ++k)
            until[k + 1] = until[k] + values[k];
        std::vector<float> squares;
        squares.reserve(windows.count());
        for (const std::size_t horizon : windows.horizons) {
            for (std::size_t lag = 0; lag < windows.lags(); ++lag) {
                const float sum = until[lag + horizon] - until[lag];
                squares.push_back(sum * sum);
            }
        }
        for (std::size_t target = 0; target < targets; ++target) {
            const float score = scores[target];
            kernel.addTimes(values, score, into + target * shifts, shifts);
            kernel.addTimes(squares.data(), score * score,
                            into + numerators() + target * windows.count(), squares.size());
        }
    }

    static void push(float *values, std::size_t count, double value)
    {
        std::copy_backward(values, values + count - 1, values + count);
        values[0] = static_cast<float>(value);
    }

    /// The new value of a feature by what was learned from its history.
    [[nodiscard]] double prepared(std::size_t feature, double value,
                                  std::span<const double> columns) const
    {
        const auto &scale = scales[feature];
        const auto &own = scale.weights;
        if (std::isnan(value) || own.empty() || !(scale.deviation > 0))
            return 0;
        double rest = scale.isCount ? std::log1p(std::max(value, 0.0)) : value;
        for (std::size_t i = 0; i < own.size(); ++i)
            rest -= own[i] * columns[i];
        return std::clamp(rest / scale.deviation, -FeatureScale::kCut, FeatureScale::kCut);
    }

    void buildFeature(const AsOfPanel &panel, const CalendarBasis &basis,
                      const std::vector<std::vector<float>> &scores, std::size_t feature)
    {
        const auto known = panel.known(feature);
        const auto x = preparedFeature(known, basis, &scales[feature]);
        const auto edges = stats::blockEdges(days, blocks);
        float *values = history(feature);
        std::size_t number = 0;
        for (std::size_t t = 0; t < days; ++t) {
            while (number + 1 < blocks && t >= edges[number + 1])
                ++number;
            addDay(block(feature, number), values, scores[t]);
            push(values, windows.shifts(), x[t]);
        }
    }
};

RunningSums::RunningSums(std::unique_ptr<State> state) : m_state(std::move(state)) {}
RunningSums::~RunningSums() = default;
RunningSums::RunningSums(RunningSums &&) noexcept = default;
RunningSums &RunningSums::operator=(RunningSums &&) noexcept = default;

Result<RunningSums> RunningSums::build(const AsOfPanel &panel, const Parameters &parameters,
                                       Executor &executor, std::stop_token stop)
{
    if (auto checked = checkSearch(panel, parameters); !checked)
        return std::unexpected(checked.error());
    auto state = std::make_unique<State>();
    state->windows = {parameters.horizons, parameters.lagMax};
    state->blocks = parameters.blocks;
    state->targets = panel.targetCount();
    state->features = panel.featureCount();
    state->days = state->builtDays = panel.dayCount();
    const std::size_t size = state->features * state->blocks * state->blockSize();
    if (size > kBytesMax / sizeof(float))
        return fail(ErrorCode::Exhausted,
                    std::format("the sums of {} features need {} MiB", state->features,
                                size * sizeof(float) >> 20),
                    "keep sums of fewer features or targets");
    if (panel.dayCount() == 0)
        return fail(ErrorCode::InvalidInput, "a panel without days has nothing to add to");
    const CalendarBasis basis(panel.days());
    const auto prepared = preparedTargets(panel, basis);
    for (std::size_t target = 0; target < state->targets; ++target) {
        auto scale = scaleOf(panel.prices(target), basis);
        if (!scale)
            return fail(
                ErrorCode::InvalidInput,
                std::format("the prices of {} are too few to build on", panel.targetName(target)));
        state->targetScales.push_back(std::move(*scale));
    }
    std::vector<std::vector<float>> scores(state->days, std::vector<float>(state->targets));
    for (std::size_t target = 0; target < state->targets; ++target)
        for (std::size_t t = 0; t < state->days; ++t)
            scores[t][target] = static_cast<float>(prepared.views[target].scores[t]);
    state->last = panel.days().back().date;
    state->sums.resize(size);
    state->recent.resize(state->features * state->windows.shifts());
    state->scales.resize(state->features);
    executor.forEach(
        state->features,
        [&](std::size_t feature) { state->buildFeature(panel, basis, scores, feature); }, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "building the sums was cancelled");
    return RunningSums(std::move(state));
}

Status RunningSums::append(const Day &day, Executor &executor)
{
    State &state = *m_state;
    if (day.date <= state.last)
        return fail(ErrorCode::InvalidInput,
                    std::format("{} is not later than the last day", formatDate(day.date)));
    if (day.known.size() != state.features || day.prices.size() != state.targets)
        return fail(ErrorCode::InvalidInput, "a day needs a value a feature and a price a target");
    const auto columns =
        CalendarBasis::columnsOn(day.date, static_cast<double>(state.days), state.builtDays);
    std::vector<float> scores;
    for (std::size_t target = 0; target < state.targets; ++target)
        scores.push_back(
            static_cast<float>(nextScore(state.targetScales[target], day.prices[target], columns)));
    const std::size_t tasks = (state.features + kFeaturesInATask - 1) / kFeaturesInATask;
    executor.forEach(tasks, [&](std::size_t task) {
        const std::size_t end = std::min(state.features, (task + 1) * kFeaturesInATask);
        for (std::size_t feature = task * kFeaturesInATask; feature < end; ++feature) {
            float *values = state.history(feature);
            state.addDay(state.block(feature, state.blocks - 1), values, scores);
            State::push(values, state.windows.shifts(),
                        state.prepared(feature, day.known[feature], columns));
        }
    });
    state.last = day.date;
    ++state.days;
    return {};
}

std::size_t RunningSums::dayCount() const
{
    return m_state->days;
}

std::vector<float> RunningSums::tOf(std::size_t feature) const
{
    return tOf(feature, m_state->blocks);
}

std::vector<float> RunningSums::tOf(std::size_t feature, std::size_t blocks) const
{
    State &state = *m_state;
    std::vector<float> sums(state.blockSize());
    for (std::size_t number = 0; number < std::min(blocks, state.blocks); ++number)
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i] += state.block(feature, number)[i];
    std::vector<float> result;
    for (std::size_t target = 0; target < state.targets; ++target) {
        const float *product = sums.data() + target * state.windows.shifts();
        const float *variance = sums.data() + state.numerators() + target * state.windows.count();
        for (const std::size_t horizon : state.windows.horizons) {
            for (std::size_t lag = 0; lag < state.windows.lags(); ++lag, ++variance) {
                float sum = 0;
                for (std::size_t k = 0; k < horizon; ++k)
                    sum += product[lag + k];
                result.push_back(*variance > 0 ? sum / std::sqrt(*variance) : 0);
            }
        }
    }
    return result;
}

} // namespace chrona::discovery
