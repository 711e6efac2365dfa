// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/evidence_plots.h"

#include "charts/axis_range.h"
#include "signals/signal_words.h"
#include "text/names.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

struct PlotWords {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::EvidencePlots)
};

PlotLine lagLine(const ipc::SignalEntry &signal, const QString &name, Role role)
{
    PlotLine line{name, {}, role};
    for (std::size_t lag = 0; lag < signal.lagCurve.size(); ++lag)
        line.points.append({static_cast<double>(lag), signal.lagCurve[lag]});
    return line;
}

void addBand(PlotContent &content, double lags, double band)
{
    content.bandLow = {{0, -band}, {lags, -band}};
    content.bandHigh = {{0, band}, {lags, band}};
}

} // namespace

double msOf(Instant instant)
{
    return static_cast<double>(instant.time_since_epoch().count()) / 1000;
}

QList<QPointF> pointsOf(const ipc::ObservationColumns &values)
{
    QList<QPointF> points;
    points.reserve(static_cast<qsizetype>(values.value.size()));
    for (std::size_t i = 0; i < values.value.size(); ++i) {
        if (std::isfinite(values.value[i]))
            points.append({static_cast<double>(values.observedAt[i]) / 1000, values.value[i]});
    }
    return points;
}

QList<QPointF> pointsOf(const ipc::BarColumns &bars)
{
    QList<QPointF> points;
    points.reserve(static_cast<qsizetype>(bars.close.size()));
    for (std::size_t i = 0; i < bars.close.size(); ++i) {
        const double close =
            std::isfinite(bars.adjustedClose[i]) ? bars.adjustedClose[i] : bars.close[i];
        if (std::isfinite(close))
            points.append({static_cast<double>(bars.observedAt[i]) / 1000, close});
    }
    return points;
}

PlotStretch stretchOf(const ipc::SignalEpisode &episode)
{
    return {msOf(episode.begin), msOf(episode.end)};
}

std::optional<PlotStretch> followingStretch(const QList<QPointF> &prices,
                                            const ipc::SignalEpisode &episode, int lag, int horizon)
{
    const auto first = std::ranges::lower_bound(prices, msOf(episode.begin), {}, &QPointF::x);
    const auto at = (first - prices.begin()) + lag;
    if (at >= prices.size())
        return std::nullopt;
    const auto until = std::min<qsizetype>(at + horizon, prices.size() - 1);
    return PlotStretch{prices[at].x(), prices[until].x()};
}

double noiseBand(double sampleSizeEffective)
{
    return sampleSizeEffective > 1 ? 1.96 / std::sqrt(sampleSizeEffective) : 1;
}

PlotContent featurePlot(const ipc::SignalEntry &signal, const QList<QPointF> &values)
{
    PlotContent content;
    content.yName = fromUtf8(signal.featureUnit);
    content.name = PlotWords::tr("%1 over time, episodes shaded").arg(featureText(signal));
    content.lines = {{featureText(signal), values, Role::Accent}};
    for (const ipc::SignalEpisode &episode : signal.episodes)
        content.shaded.append(stretchOf(episode));
    return content;
}

PlotContent targetPlot(const ipc::SignalEntry &signal, const QList<QPointF> &prices, int lag)
{
    PlotContent content;
    content.name = PlotWords::tr("%1 over time, what followed each episode shaded")
                       .arg(fromUtf8(signal.target));
    content.yName = PlotWords::tr("adjusted close");
    content.lines = {{fromUtf8(signal.target), prices, Role::Text2}};
    for (const ipc::SignalEpisode &episode : signal.episodes)
        if (const auto stretch = followingStretch(prices, episode, lag, signal.horizon))
            content.shaded.append(*stretch);
    return content;
}

PlotContent lagPlot(const ipc::SignalEntry &signal, int lag)
{
    PlotContent content;
    content.axis = PlotAxis::Number;
    content.name = PlotWords::tr("Effect by lag");
    content.xName = PlotWords::tr("lag, sessions");
    content.yName = PlotWords::tr("correlation");
    content.lines = {lagLine(signal, content.name, Role::Accent)};
    if (signal.lagCurve.size() > 1)
        addBand(content, static_cast<double>(signal.lagCurve.size() - 1),
                noiseBand(signal.sampleSizeEffective));
    content.marker = lag;
    content.showsZero = true;
    return content;
}

PlotContent comparedLagPlot(const ipc::SignalEntry &first, const ipc::SignalEntry &second)
{
    PlotContent content;
    content.axis = PlotAxis::Number;
    content.name = PlotWords::tr("Effect by lag of both signals");
    content.xName = PlotWords::tr("lag, sessions");
    content.yName = PlotWords::tr("correlation");
    content.lines = {lagLine(first, pairText(first), Role::Accent),
                     lagLine(second, pairText(second), Role::Warning)};
    const auto lags = std::max(first.lagCurve.size(), second.lagCurve.size());
    if (lags > 1)
        addBand(content, static_cast<double>(lags - 1),
                noiseBand(std::min(first.sampleSizeEffective, second.sampleSizeEffective)));
    content.showsZero = true;
    return content;
}

PlotContent blockPlot(const ipc::SignalEntry &signal)
{
    PlotContent content;
    content.name = PlotWords::tr("Effect by block");
    content.yName = PlotWords::tr("correlation");
    content.showsZero = true;
    for (const ipc::SignalBlock &block : signal.blocks) {
        if (!block.effect)
            continue;
        const double begin = msOf(block.begin);
        const double end = msOf(block.end);
        const double gap = (end - begin) * 0.06;
        content.bars.append({{begin + gap, end - gap}, *block.effect});
    }
    if (!signal.blocks.empty() && signal.standardError > 0) {
        const double band = 1.96 * signal.standardError;
        const double begin = msOf(signal.blocks.front().begin);
        const double end = msOf(signal.blocks.back().end);
        content.bandLow = {{begin, -band}, {end, -band}};
        content.bandHigh = {{begin, band}, {end, band}};
    }
    return content;
}

PlotContent effectPlot(const ipc::SignalEntry &signal)
{
    std::vector<double> effects;
    const auto add = [&effects](const auto &parts) {
        for (const auto &part : parts)
            if (part.effect)
                effects.push_back(*part.effect);
    };
    add(signal.blocks);
    add(signal.regimes);
    add(signal.folds);
    PlotContent content;
    content.axis = PlotAxis::Number;
    content.name = PlotWords::tr("How effects are spread");
    content.xName = PlotWords::tr("correlation");
    content.yName = PlotWords::tr("blocks, regimes and folds");
    content.bars = histogramOf(effects, 13);
    content.showsZero = true;
    content.marker = signal.effect;
    return content;
}

PlotContent returnPlot(const ipc::SignalEntry &signal)
{
    std::vector<double> returns;
    for (const ipc::SignalEpisode &episode : signal.episodes)
        if (episode.forwardReturn)
            returns.push_back(*episode.forwardReturn * 100);
    PlotContent content;
    content.axis = PlotAxis::Number;
    content.name = PlotWords::tr("What followed");
    content.xName = (isOfVolatility(signal) ? PlotWords::tr("a day's usual move over %1, %")
                                            : PlotWords::tr("return after %1, %"))
                        .arg(sessionsText(signal.horizon));
    content.yName = PlotWords::tr("episodes");
    content.bars = histogramOf(returns, 13);
    content.showsZero = true;
    if (!returns.empty()) {
        const auto middle = returns.begin() + std::ssize(returns) / 2;
        std::ranges::nth_element(returns, middle);
        content.marker = *middle;
    }
    return content;
}

QList<PlotBar> histogramOf(const std::vector<double> &values, int binsMax)
{
    if (values.empty() || binsMax < 1)
        return {};
    const auto [low, high] = std::ranges::minmax(values);
    // Round steps until few enough bins cover everything.
    double step = niceStep(std::max(high - low, 1e-6)) / 4;
    while (std::floor(high / step) - std::floor(low / step) + 1 > binsMax)
        step *= 2;
    const double first = std::floor(low / step);
    const auto bins = static_cast<std::size_t>(std::floor(high / step) - first) + 1;
    std::vector<int> counts(bins);
    for (const double value : values)
        ++counts[std::min(static_cast<std::size_t>(std::floor(value / step) - first), bins - 1)];
    QList<PlotBar> bars;
    for (std::size_t i = 0; i < bins; ++i) {
        const double begin = (first + static_cast<double>(i)) * step;
        bars.append({{begin + step * 0.05, begin + step * 0.95}, static_cast<double>(counts[i])});
    }
    return bars;
}

} // namespace chrona::ui
