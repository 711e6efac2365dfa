// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "charts/plot.h"
#include "chrona/workspace/signals_model.h"

#include <vector>

/// What the charts of a signal show, as values. Pure.
namespace chrona::ui {

/// Values over time: milliseconds since 1970 and the value; what is not a number is left out.
[[nodiscard]] QList<QPointF> pointsOf(const ipc::ObservationColumns &values);
/// Adjusted closes where there are any.
[[nodiscard]] QList<QPointF> pointsOf(const ipc::BarColumns &bars);

[[nodiscard]] double msOf(Instant instant);
[[nodiscard]] PlotStretch stretchOf(const ipc::SignalEpisode &episode);
/// The sessions over which the return runs that a lag later follows the begin of the episode;
/// nullopt where the prices do not reach so far.
[[nodiscard]] std::optional<PlotStretch> followingStretch(const QList<QPointF> &prices,
                                                          const ipc::SignalEpisode &episode,
                                                          int lag, int horizon);

/// How wide noise alone spreads a correlation of so many independent days, 95 of 100 times.
[[nodiscard]] double noiseBand(double sampleSizeEffective);

/// The feature over time with its episodes shaded.
[[nodiscard]] PlotContent featurePlot(const ipc::SignalEntry &signal, const QList<QPointF> &values);
/// The target's prices with what followed each episode at this lag shaded.
[[nodiscard]] PlotContent targetPlot(const ipc::SignalEntry &signal, const QList<QPointF> &prices,
                                     int lag);
/// Effect by lag with the band of noise; the marker at `lag`.
[[nodiscard]] PlotContent lagPlot(const ipc::SignalEntry &signal, int lag);
/// Effect of each block of the history.
[[nodiscard]] PlotContent blockPlot(const ipc::SignalEntry &signal);
/// How often which effect was measured, over blocks, regimes and folds; the marker at the whole.
[[nodiscard]] PlotContent effectPlot(const ipc::SignalEntry &signal);
/// How often which return followed an episode.
[[nodiscard]] PlotContent returnPlot(const ipc::SignalEntry &signal);
/// Lag curves of two signals in one.
[[nodiscard]] PlotContent comparedLagPlot(const ipc::SignalEntry &first,
                                          const ipc::SignalEntry &second);

/// Even bins over the values, round edges, at most `binsMax`.
[[nodiscard]] QList<PlotBar> histogramOf(const std::vector<double> &values, int binsMax);

} // namespace chrona::ui
