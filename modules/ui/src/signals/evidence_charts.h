// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "charts/plot.h"
#include "chrona/workspace/signals_model.h"

#include <QWidget>

class QLabel;
class QSlider;

namespace chrona::ui {

/// A chart with its name and unit above it.
class TitledPlot final : public QWidget {
    Q_OBJECT
public:
    TitledPlot(const Theme &theme, int height, QWidget *parent);
    void setContent(const PlotContent &content);
    [[nodiscard]] Plot &plot() const { return *m_plot; }

private:
    QLabel *m_name;
    Plot *m_plot;
};

/// The charts of one signal: feature and target over time, effect by lag with a slider, effect by
/// block, how effects are spread, what followed. UI thread only.
class EvidenceCharts final : public QWidget {
    Q_OBJECT
public:
    EvidenceCharts(const Theme &theme, QWidget *parent);

    void setSignal(const ipc::SignalEntry &signal);
    void setFeature(const QList<QPointF> &values);
    void setPrices(const QList<QPointF> &prices);
    /// An episode in the colour of the selection; -1: none.
    void setChosenEpisode(int episode);
    /// Of the signal that is shown; 0: none.
    [[nodiscard]] qint64 signalId() const { return m_signal.id.value; }
    [[nodiscard]] QSlider &lagSlider() const { return *m_lag; }
    [[nodiscard]] QList<const Plot *> plots() const;
    [[nodiscard]] const QList<QPointF> &feature() const { return m_feature; }
    [[nodiscard]] const QList<QPointF> &prices() const { return m_prices; }
    [[nodiscard]] QString lagText() const;

Q_SIGNALS:
    /// A click on the time charts fell into or beside this episode.
    void episodeClicked(int episode);

private:
    void showLag(int lag);
    void showTarget();
    void clickedAt(double ms);

    ipc::SignalEntry m_signal;
    QList<QPointF> m_feature, m_prices;
    int m_chosen = -1;
    TitledPlot *m_featurePlot;
    TitledPlot *m_targetPlot;
    TitledPlot *m_lagPlot;
    TitledPlot *m_blockPlot;
    TitledPlot *m_effectPlot;
    TitledPlot *m_returnPlot;
    QSlider *m_lag;
    QLabel *m_lagText;
};

} // namespace chrona::ui
