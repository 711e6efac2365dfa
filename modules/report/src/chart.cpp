// SPDX-License-Identifier: AGPL-3.0-or-later
#include "axis.h"
#include "citation_numbers.h"
#include "figures.h"
#include "page_style.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chrona::report {
namespace {

constexpr double kLeft = 420, kBottom = 170, kTop = 130, kRightPlain = 60;
constexpr double kPointsPerSeriesMax = 2'000;

struct Frame {
    QRectF plot;
    Range x, y;

    [[nodiscard]] QPointF at(double xValue, double yValue) const
    {
        return {plot.left() + (xValue - x.low) / (x.high - x.low) * plot.width(),
                plot.bottom() - (yValue - y.low) / (y.high - y.low) * plot.height()};
    }
};

Range rangeOf(const schema::Chart &chart, const std::vector<double> schema::ChartSeries::*values)
{
    Range range{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const schema::ChartSeries &series : chart.series) {
        for (const double value : series.*values) {
            if (!std::isfinite(value))
                continue;
            range.low = std::min(range.low, value);
            range.high = std::max(range.high, value);
        }
    }
    return range.low <= range.high ? range : Range{0, 1};
}

/// Lightness, dashes and width tell the lines apart without colour.
QPen penOf(std::size_t series)
{
    static const std::array<QColor, 4> kColours{ink::kFillStrong, ink::kSecondary, ink::kSecondary,
                                                ink::kRule};
    QPen pen(kColours[std::min<std::size_t>(series, 3)], series == 0 ? 13 : 9);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (series == 1 || series == 2)
        pen.setDashPattern({4, 3});
    else if (series >= 3)
        pen.setDashPattern({1, 2});
    return pen;
}

void paintGrid(QPainter &painter, const Frame &frame, const std::vector<Tick> &xTicks,
               const std::vector<Tick> &yTicks)
{
    painter.setFont(fontOf(Face::Note));
    for (const Tick &tick : yTicks) {
        const double y = frame.at(frame.x.low, tick.at).y();
        painter.setPen(QPen(tick.at == 0 ? ink::kRule : ink::kHairline, 5));
        painter.drawLine(QPointF(frame.plot.left(), y), QPointF(frame.plot.right(), y));
        painter.setPen(ink::kSecondary);
        paintLabel(painter, {{frame.plot.left() - kLeft, y - 50, kLeft - 50, 100}, Side::Right},
                   tick.label);
    }
    for (const Tick &tick : xTicks) {
        const double x = frame.at(tick.at, frame.y.low).x();
        painter.setPen(QPen(ink::kRule, 5));
        painter.drawLine(QPointF(x, frame.plot.bottom()), QPointF(x, frame.plot.bottom() + 30));
        painter.setPen(ink::kSecondary);
        paintLabel(painter, {{x - 300, frame.plot.bottom() + 45, 600, 100}, Side::Centre},
                   tick.label);
    }
    painter.setPen(QPen(ink::kRule, 5));
    painter.drawLine(frame.plot.bottomLeft(), frame.plot.bottomRight());
}

void paintSpans(QPainter &painter, const Frame &frame, const schema::Chart &chart)
{
    for (const schema::ChartSpan &span : chart.shaded) {
        const double left = frame.at(std::clamp(span.from, frame.x.low, frame.x.high), 0).x();
        const double right = frame.at(std::clamp(span.to, frame.x.low, frame.x.high), 0).x();
        const QRectF box(left, frame.plot.top(), std::max(right - left, 8.0), frame.plot.height());
        painter.fillRect(box, ink::kLand);
        painter.setPen(ink::kSecondary);
        painter.setFont(fontOf(Face::Note));
        paintLabel(painter, {{box.left() + 10, box.top(), 900, 100}, Side::Left},
                   textOf(span.label));
    }
}

/// A line of many points keeps the lowest and highest of each step, so that peaks stay.
void paintLine(QPainter &painter, const Frame &frame, const schema::ChartSeries &series)
{
    QPainterPath path;
    const std::size_t count = std::min(series.x.size(), series.y.size());
    const auto stride = std::size_t(std::max(1.0, std::ceil(double(count) / kPointsPerSeriesMax)));
    bool penDown = false;
    for (std::size_t begin = 0; begin < count; begin += stride) {
        std::size_t low = begin, high = begin;
        for (std::size_t i = begin; i < std::min(begin + stride, count); ++i) {
            if (series.y[i] < series.y[low])
                low = i;
            if (series.y[i] > series.y[high])
                high = i;
        }
        for (const std::size_t i : {std::min(low, high), std::max(low, high)}) {
            if (!std::isfinite(series.y[i])) {
                penDown = false;
                continue;
            }
            const QPointF at = frame.at(series.x[i], series.y[i]);
            penDown ? path.lineTo(at) : path.moveTo(at);
            penDown = true;
            if (stride == 1)
                break;
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

/// Names at the ends of the lines, pushed apart where they would touch: no legend to look up.
void paintNames(QPainter &painter, const Frame &frame, const schema::Chart &chart)
{
    struct Name {
        double y;
        std::size_t series;
    };
    std::vector<Name> names;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const auto &y = chart.series[i].y;
        const auto last =
            std::find_if(y.rbegin(), y.rend(), [](double v) { return std::isfinite(v); });
        if (last != y.rend())
            names.push_back({frame.at(frame.x.high, *last).y(), i});
    }
    std::ranges::stable_sort(names, {}, &Name::y);
    double free = frame.plot.top() - 60;
    painter.setFont(fontOf(Face::Note));
    for (const Name &name : names) {
        const double y = std::max(name.y, free + 50);
        free = y + 45;
        painter.setPen(name.series == 0 ? ink::kText : ink::kSecondary);
        paintLabel(painter, {{frame.plot.right() + 40, y - 50, 860, 100}, Side::Left},
                   textOf(chart.series[name.series].name));
    }
}

void paintBars(QPainter &painter, const Frame &frame, const schema::Chart &chart)
{
    const schema::ChartSeries &series = chart.series.front();
    const std::size_t count = std::min(series.x.size(), series.y.size());
    const double slot = frame.plot.width() / std::max(frame.x.high - frame.x.low, 1e-9);
    const double width = std::min(slot * 0.62, 420.0);
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isfinite(series.y[i]))
            continue;
        const QPointF top = frame.at(series.x[i], series.y[i]);
        const QPointF base = frame.at(series.x[i], std::clamp(0.0, frame.y.low, frame.y.high));
        const QRectF bar =
            QRectF(QPointF(top.x() - width / 2, top.y()), QPointF(top.x() + width / 2, base.y()))
                .normalized();
        // Falls are dark and rises light with an outline: told apart in grey too.
        const bool fell = series.y[i] < 0;
        painter.setPen(QPen(ink::kFillStrong, 6));
        painter.setBrush(fell ? ink::kFillStrong : ink::kFillWeak);
        painter.drawRect(bar);
        if (chart.x != schema::ChartAxis::Category)
            continue;
        painter.setPen(ink::kText);
        const double labelY = fell ? bar.bottom() + 12 : bar.top() - 102;
        paintLabel(painter, {{top.x() - slot / 2, labelY, slot, 90}, Side::Centre},
                   QString::fromStdString(
                       schema::formatQuantity({series.y[i], "", 1, schema::SignRule::Always})));
    }
}

void paintScatter(QPainter &painter, const Frame &frame, const schema::ChartSeries &series)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink::kFillStrong);
    for (std::size_t i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
        if (std::isfinite(series.y[i]))
            painter.drawEllipse(frame.at(series.x[i], series.y[i]), 16, 16);
    }
}

bool isBarChart(const schema::Chart &chart)
{
    return chart.kind == schema::ChartKind::Bar || chart.kind == schema::ChartKind::Histogram;
}

struct Ticks {
    std::vector<Tick> x, y;
};

std::vector<Tick> xTicksOf(const schema::Chart &chart, Frame &frame)
{
    const int wanted = std::max(2, int(frame.plot.width() / 700));
    if (chart.x == schema::ChartAxis::Time)
        return timeTicks(frame.x, wanted);
    if (chart.x == schema::ChartAxis::Number)
        return numberTicks(frame.x, wanted);
    std::vector<Tick> ticks;
    frame.x = {-0.5, double(std::max<std::size_t>(chart.categories.size(), 1)) - 0.5};
    for (std::size_t i = 0; i < chart.categories.size(); ++i)
        ticks.push_back({double(i), textOf(chart.categories[i])});
    return ticks;
}

/// The plot in its area, with ranges that end on whole steps.
Frame frameOf(const schema::Chart &chart, const QRectF &area, Ticks &ticks)
{
    const bool isBar = isBarChart(chart);
    const bool named = !isBar && chart.series.size() > 1;
    Frame frame;
    frame.plot = area.adjusted(kLeft, kTop, named ? -920 : -kRightPlain, -kBottom);
    frame.x = rangeOf(chart, &schema::ChartSeries::x);
    frame.y = rangeOf(chart, &schema::ChartSeries::y);
    if (isBar) {
        frame.y = {std::min(frame.y.low, 0.0), std::max(frame.y.high, 0.0)};
        // Room for the numbers over and under the bars.
        const double pad = (frame.y.high - frame.y.low) * 0.12;
        frame.y = {frame.y.low < 0 ? frame.y.low - pad : 0,
                   frame.y.high > 0 ? frame.y.high + pad : 0};
    }
    ticks.y = numberTicks(frame.y, std::max(2, int(frame.plot.height() / 260)));
    if (!(frame.x.high > frame.x.low))
        frame.x.high = frame.x.low + 1;
    ticks.x = xTicksOf(chart, frame);
    return frame;
}

} // namespace

void paintLabel(QPainter &painter, const Label &place, const QString &text)
{
    const QFontMetricsF metrics(painter.font());
    const QString cut = metrics.elidedText(text, Qt::ElideRight, place.box.width());
    const double width = metrics.horizontalAdvance(cut);
    double x = place.box.left();
    if (place.side == Side::Right)
        x = place.box.right() - width;
    else if (place.side == Side::Centre)
        x = place.box.center().x() - width / 2;
    const double baseline = place.box.center().y() + (metrics.capHeight()) / 2;
    painter.drawText(QPointF(x, baseline), cut);
}

double chartHeightFor(const schema::Chart &chart, double width)
{
    return chart.kind == schema::ChartKind::Bar ? std::min(width * 0.30, 1'500.0)
                                                : std::min(width * 0.34, 1'700.0);
}

ChartGeometry geometryOf(const schema::Chart &chart, const QRectF &area)
{
    Ticks ticks;
    const Frame frame = frameOf(chart, area, ticks);
    ChartGeometry geometry{frame.plot, frame.x.low, frame.x.high, {}};
    if (chart.x != schema::ChartAxis::Category)
        return geometry;
    const double width = frame.plot.width() / std::max(frame.x.high - frame.x.low, 1e-9);
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        const double centre = frame.at(double(i), frame.y.low).x();
        geometry.categories.emplace_back(centre - width / 2, frame.plot.top(), width,
                                         frame.plot.height() + kBottom);
    }
    return geometry;
}

void paintChart(QPainter &painter, const QRectF &area, const schema::Chart &chart)
{
    if (chart.series.empty())
        return;
    const bool isBar = isBarChart(chart);
    const bool named = !isBar && chart.series.size() > 1;
    Ticks ticks;
    const Frame frame = frameOf(chart, area, ticks);
    painter.setFont(fontOf(Face::Note));
    painter.setPen(ink::kSecondary);
    paintLabel(painter, {{area.left(), area.top(), area.width() / 2, 100}, Side::Left},
               textOf(chart.yUnit));
    paintSpans(painter, frame, chart);
    paintGrid(painter, frame, ticks.x, ticks.y);
    if (!chart.xUnit.empty()) {
        painter.setPen(ink::kSecondary);
        paintLabel(painter, {{frame.plot.left(), area.top(), frame.plot.width(), 100}, Side::Right},
                   textOf(chart.xUnit));
    }
    painter.setFont(fontOf(Face::Note));
    if (isBar) {
        paintBars(painter, frame, chart);
        return;
    }
    for (std::size_t i = chart.series.size(); i-- > 0;) {
        painter.setPen(penOf(i));
        if (chart.kind == schema::ChartKind::Scatter)
            paintScatter(painter, frame, chart.series[i]);
        else
            paintLine(painter, frame, chart.series[i]);
    }
    if (named)
        paintNames(painter, frame, chart);
}

} // namespace chrona::report
