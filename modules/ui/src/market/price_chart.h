// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include <QList>
#include <QPointF>
#include <QWidget>

#include <optional>

namespace chrona::ui {

class Theme;

/// One line over time: x in milliseconds since 1970 UTC, y in unit.
struct ChartLine {
    QString name;
    QString unit;
    QList<QPointF> points;
};

/// A chart as the rest of the program sees it; which library draws it is known in one source file.
class PriceChart : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void setLine(const ChartLine &line) = 0;
    /// A stretch of time to shade: the focus window. Milliseconds since 1970.
    virtual void setShaded(std::optional<std::pair<qint64, qint64>> stretch) = 0;
    virtual void setTimeText(const TimeText &times) = 0;
};

/// The caller's parent owns the chart.
[[nodiscard]] PriceChart *makePriceChart(const Theme &theme, QWidget *parent);

} // namespace chrona::ui
