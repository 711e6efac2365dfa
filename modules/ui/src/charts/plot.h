// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"

#include <QList>
#include <QPointF>
#include <QString>
#include <QWidget>

#include <optional>

class QPainter;

namespace chrona::ui {

/// What x counts. Time: milliseconds since 1970 UTC.
enum class PlotAxis : std::uint8_t { Time, Number };

struct PlotLine {
    QString name;
    QList<QPointF> points; ///< by x
    Role role = Role::Accent;
};

struct PlotStretch {
    double begin = 0, end = 0;
    friend bool operator==(const PlotStretch &, const PlotStretch &) = default;
};

/// A bar from zero: y over [begin, end).
struct PlotBar {
    PlotStretch over;
    double y = 0;
};

/// One chart as values; what is empty is not drawn.
struct PlotContent {
    QString name; ///< what it shows, for people who cannot see it and for exports
    PlotAxis axis = PlotAxis::Time;
    QString xName, yName; ///< with their units
    QList<PlotLine> lines;
    QList<PlotBar> bars;
    QList<QPointF> bandLow, bandHigh;  ///< what lies between is tinted
    QList<PlotStretch> shaded;         ///< along x
    std::optional<PlotStretch> chosen; ///< one of them, in the colour of the selection
    std::optional<double> marker;      ///< a vertical line
    bool showsZero = false;            ///< zero is in the picture, with a line
};

/// A chart as the views see it; which library draws it is known in one source file (ADR 0027).
/// Lines are thinned to what the width can show.
class Plot : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void setContent(const PlotContent &content) = 0;
    [[nodiscard]] virtual const PlotContent &content() const = 0;
    virtual void setChosen(std::optional<PlotStretch> stretch) = 0;
    virtual void setMarker(std::optional<double> x) = 0;
    /// As it looks now, into a box of any painter: a picture, an SVG.
    virtual void renderTo(QPainter &painter, const QRectF &box) const = 0;

Q_SIGNALS:
    void clicked(double x);
};

/// The parent owns the plot.
[[nodiscard]] Plot *makePlot(const Theme &theme, QWidget *parent);

} // namespace chrona::ui
