// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/evidence_charts.h"

#include "signals/evidence_plots.h"
#include "signals/signal_words.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kTimePlotHeight = 132;
constexpr int kSmallPlotHeight = 150;

} // namespace

TitledPlot::TitledPlot(const Theme &theme, int height, QWidget *parent)
    : QWidget(parent), m_name(new QLabel(this)), m_plot(makePlot(theme, this))
{
    m_name->setFont(theme.font(TextSize::Tiny, TextWeight::Strong));
    m_name->setProperty("tone", u"secondary"_s);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_name->setContentsMargins(metric::kGap, metric::kGrid, metric::kGap, 0);
    m_plot->setFixedHeight(height);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_name);
    column->addWidget(m_plot);
}

void TitledPlot::setContent(const PlotContent &content)
{
    m_name->setText(content.yName.isEmpty() ? content.name
                                            : tr("%1 · %2").arg(content.name, content.yName));
    m_name->setToolTip(m_name->text());
    m_plot->setContent(content);
}

EvidenceCharts::EvidenceCharts(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_featurePlot(new TitledPlot(theme, kTimePlotHeight, this)),
      m_targetPlot(new TitledPlot(theme, kTimePlotHeight, this)),
      m_lagPlot(new TitledPlot(theme, kSmallPlotHeight, this)),
      m_blockPlot(new TitledPlot(theme, kSmallPlotHeight, this)),
      m_effectPlot(new TitledPlot(theme, kSmallPlotHeight, this)),
      m_returnPlot(new TitledPlot(theme, kSmallPlotHeight, this)),
      m_lag(new QSlider(Qt::Horizontal, this)), m_lagText(new QLabel(this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(0);
    grid->setVerticalSpacing(metric::kGrid);
    grid->addWidget(m_featurePlot, 0, 0, 1, 6);
    grid->addWidget(m_targetPlot, 1, 0, 1, 6);
    grid->addWidget(m_lagPlot, 2, 0, 1, 3);
    grid->addWidget(m_blockPlot, 2, 3, 1, 3);
    grid->addWidget(m_effectPlot, 4, 0, 1, 3);
    grid->addWidget(m_returnPlot, 4, 3, 1, 3);
    for (int column = 0; column < 6; ++column)
        grid->setColumnStretch(column, 1);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(metric::kGap, 0, metric::kGap, 0);
    row->setSpacing(metric::kGap);
    m_lag->setAccessibleName(tr("Lag in sessions"));
    m_lag->setFixedWidth(220);
    m_lagText->setFont(theme.font(TextSize::Small));
    row->addWidget(m_lag);
    row->addWidget(m_lagText, 1);
    grid->addLayout(row, 3, 0, 1, 6);
    connect(m_lag, &QSlider::valueChanged, this, &EvidenceCharts::showLag);
    connect(&m_lagPlot->plot(), &Plot::clicked, this,
            [this](double lag) { m_lag->setValue(qRound(lag)); });
    connect(&m_featurePlot->plot(), &Plot::clicked, this, &EvidenceCharts::clickedAt);
    connect(&m_targetPlot->plot(), &Plot::clicked, this, &EvidenceCharts::clickedAt);
}

void EvidenceCharts::setSignal(const ipc::SignalEntry &signal)
{
    m_signal = signal;
    m_chosen = -1;
    m_feature.clear();
    m_prices.clear();
    {
        const QSignalBlocker quiet(m_lag);
        m_lag->setRange(0, std::max(0, static_cast<int>(signal.lagCurve.size()) - 1));
        m_lag->setValue(signal.lag);
    }
    m_featurePlot->setContent(featurePlot(signal, {}));
    m_lagPlot->setContent(lagPlot(signal, signal.lag));
    m_blockPlot->setContent(blockPlot(signal));
    m_effectPlot->setContent(effectPlot(signal));
    m_returnPlot->setContent(returnPlot(signal));
    showLag(m_lag->value());
}

void EvidenceCharts::setFeature(const QList<QPointF> &values)
{
    m_feature = values;
    m_featurePlot->setContent(featurePlot(m_signal, values));
    setChosenEpisode(m_chosen);
}

void EvidenceCharts::setPrices(const QList<QPointF> &prices)
{
    m_prices = prices;
    showTarget();
}

void EvidenceCharts::setChosenEpisode(int episode)
{
    m_chosen = episode;
    const auto at = static_cast<std::size_t>(episode);
    const bool isOne = episode >= 0 && at < m_signal.episodes.size();
    if (!isOne) {
        m_featurePlot->plot().setChosen(std::nullopt);
        m_targetPlot->plot().setChosen(std::nullopt);
        return;
    }
    const ipc::SignalEpisode &chosen = m_signal.episodes[at];
    m_featurePlot->plot().setChosen(stretchOf(chosen));
    m_targetPlot->plot().setChosen(
        followingStretch(m_prices, chosen, m_lag->value(), m_signal.horizon));
}

QList<const Plot *> EvidenceCharts::plots() const
{
    return {&m_featurePlot->plot(), &m_targetPlot->plot(), &m_lagPlot->plot(),
            &m_blockPlot->plot(),   &m_effectPlot->plot(), &m_returnPlot->plot()};
}

QString EvidenceCharts::lagText() const
{
    return m_lagText->text();
}

void EvidenceCharts::showLag(int lag)
{
    m_lagPlot->plot().setMarker(lag);
    const auto at = static_cast<std::size_t>(lag);
    const double effect = at < m_signal.lagCurve.size() ? m_signal.lagCurve[at]
                                                        : std::numeric_limits<double>::quiet_NaN();
    const double band = noiseBand(m_signal.sampleSizeEffective);
    const QString sentence = std::abs(effect) > band
                                 ? tr("Lag %1: %2, outside what noise fills (±%3)")
                                 : tr("Lag %1: %2, inside what noise fills (±%3)");
    const QString text =
        sentence.arg(sessionsText(lag), effectText(effect), QLocale().toString(band, 'f', 3));
    m_lagText->setText(lag == m_signal.lag ? tr("%1 · the lag that was found").arg(text) : text);
    showTarget();
}

void EvidenceCharts::showTarget()
{
    m_targetPlot->setContent(targetPlot(m_signal, m_prices, m_lag->value()));
    setChosenEpisode(m_chosen);
}

void EvidenceCharts::clickedAt(double ms)
{
    // The nearest one: episodes are a few pixels wide where years are shown.
    int nearest = -1;
    double distance = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < m_signal.episodes.size(); ++i) {
        const PlotStretch stretch = stretchOf(m_signal.episodes[i]);
        const double away = ms < stretch.begin ? stretch.begin - ms
                            : ms > stretch.end ? ms - stretch.end
                                               : 0;
        if (away < distance) {
            distance = away;
            nearest = static_cast<int>(i);
        }
    }
    if (nearest >= 0)
        Q_EMIT episodeClicked(nearest);
}

} // namespace chrona::ui
