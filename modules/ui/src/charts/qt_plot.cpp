// SPDX-License-Identifier: AGPL-3.0-or-later
// With market/qt_price_chart.cpp the only file that knows Qt Charts (ADR 0027).
#include "charts/axis_range.h"
#include "charts/plot.h"
#include "market/decimate.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QDateTimeAxis>
#include <QGraphicsLayout>
#include <QGraphicsScene>
#include <QLegendMarker>
#include <QLineSeries>
#include <QMouseEvent>
#include <QTimeZone>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kDayMs = 86'400'000;

/// Stretches and bars as one outline over x, so that hundreds of them are one series.
QList<QPointF> outline(const QList<PlotBar> &bars, double rest)
{
    QList<QPointF> points;
    for (const PlotBar &bar : bars)
        points << QPointF(bar.over.begin, rest) << QPointF(bar.over.begin, bar.y)
               << QPointF(bar.over.end, bar.y) << QPointF(bar.over.end, rest);
    return points;
}

/// Smallest box around everything that is drawn.
class Extent {
public:
    void add(double x, double y)
    {
        if (!std::isfinite(x) || !std::isfinite(y))
            return;
        m_left = std::min(m_left, x);
        m_right = std::max(m_right, x);
        m_low = std::min(m_low, y);
        m_high = std::max(m_high, y);
    }
    void add(const QList<QPointF> &points)
    {
        for (const QPointF &point : points)
            add(point.x(), point.y());
    }
    [[nodiscard]] bool isEmpty() const { return m_left >= m_right; }
    [[nodiscard]] double left() const { return m_left; }
    [[nodiscard]] double right() const { return m_right; }
    [[nodiscard]] double low() const { return m_low; }
    [[nodiscard]] double high() const { return m_high; }

private:
    static constexpr double kFar = std::numeric_limits<double>::infinity();
    double m_left = kFar, m_right = -kFar, m_low = kFar, m_high = -kFar;
};

Extent extentOf(const PlotContent &content)
{
    Extent extent;
    for (const PlotLine &line : content.lines)
        extent.add(line.points);
    extent.add(content.bandLow);
    extent.add(content.bandHigh);
    for (const PlotBar &bar : content.bars) {
        extent.add(bar.over.begin, bar.y);
        extent.add(bar.over.end, 0);
    }
    if (content.showsZero && !extent.isEmpty())
        extent.add(extent.left(), 0);
    return extent;
}

class QtPlot final : public Plot {
    Q_OBJECT
public:
    QtPlot(const Theme &theme, QWidget *parent);

    void setContent(const PlotContent &content) override;
    [[nodiscard]] const PlotContent &content() const override { return m_content; }
    void setChosen(std::optional<PlotStretch> stretch) override;
    void setMarker(std::optional<double> x) override;
    void renderTo(QPainter &painter, const QRectF &box) const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// An area of a colour, with nothing around it.
    void addArea(const QList<QPointF> &top, const QList<QPointF> &bottom, const QColor &color);
    void addLine(const QList<QPointF> &points, const QPen &pen, const QString &name = {});
    void addStretches(const QList<PlotStretch> &stretches, const QColor &color);
    void attach(QAbstractSeries *series);
    void rebuild();
    void buildAxes(double left, double right);
    void styleAxis(QAbstractAxis *axis);
    [[nodiscard]] QPen linePen(const PlotLine &line) const;

    const Theme &m_theme;
    PlotContent m_content;
    QChart *m_chart;
    QChartView *m_view;
    QAbstractAxis *m_x = nullptr;
    QValueAxis *m_y = nullptr;
    AxisRange m_range;
    double m_left = 0, m_right = 1;
};

QtPlot::QtPlot(const Theme &theme, QWidget *parent)
    : Plot(parent), m_theme(theme), m_chart(new QChart), m_view(new QChartView(m_chart, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    m_view->setFocusPolicy(Qt::NoFocus); // what can be clicked in it stands in a table as well
    m_view->viewport()->setFocusPolicy(Qt::NoFocus);
    m_view->viewport()->installEventFilter(this);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_chart->setBackgroundRoundness(0);
    m_chart->setLocalizeNumbers(true);
    m_chart->setMargins(QMargins(4, 2, 8, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    connect(&theme, &Theme::changed, this, &QtPlot::rebuild);
    rebuild();
}

void QtPlot::setContent(const PlotContent &content)
{
    m_content = content;
    setAccessibleName(content.name);
    m_view->setAccessibleName(content.name);
    rebuild();
}

void QtPlot::setChosen(std::optional<PlotStretch> stretch)
{
    if (m_content.chosen == stretch)
        return;
    m_content.chosen = stretch;
    rebuild();
}

void QtPlot::setMarker(std::optional<double> x)
{
    if (m_content.marker == x)
        return;
    m_content.marker = x;
    rebuild();
}

void QtPlot::renderTo(QPainter &painter, const QRectF &box) const
{
    m_chart->scene()->render(&painter, box, m_chart->scene()->sceneRect(), Qt::IgnoreAspectRatio);
}

void QtPlot::attach(QAbstractSeries *series)
{
    m_chart->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
    for (QLegendMarker *marker : m_chart->legend()->markers(series))
        marker->setVisible(!series->name().isEmpty());
}

void QtPlot::addArea(const QList<QPointF> &top, const QList<QPointF> &bottom, const QColor &color)
{
    if (top.isEmpty())
        return;
    auto *upper = new QLineSeries;
    upper->replace(top);
    auto *lower = new QLineSeries;
    lower->replace(bottom);
    auto *area = new QAreaSeries(upper, lower);
    upper->setParent(area);
    lower->setParent(area);
    area->setPen(QPen(Qt::NoPen));
    area->setBrush(color);
    attach(area);
}

void QtPlot::addLine(const QList<QPointF> &points, const QPen &pen, const QString &name)
{
    if (points.isEmpty())
        return;
    auto *line = new QLineSeries;
    line->replace(points);
    line->setPen(pen);
    line->setName(name);
    attach(line);
}

void QtPlot::addStretches(const QList<PlotStretch> &stretches, const QColor &color)
{
    QList<PlotBar> bars;
    for (const PlotStretch &stretch : stretches) {
        const double begin = std::clamp(stretch.begin, m_left, m_right);
        const double end = std::clamp(stretch.end, m_left, m_right);
        if (begin < end)
            bars += {{begin, end}, m_range.high};
    }
    std::ranges::sort(bars, {}, [](const PlotBar &bar) { return bar.over.begin; });
    addArea(outline(bars, m_range.low), {{m_left, m_range.low}, {m_right, m_range.low}}, color);
}

QPen QtPlot::linePen(const PlotLine &line) const
{
    return QPen(m_theme.color(line.role), 1.25);
}

void QtPlot::rebuild()
{
    m_chart->removeAllSeries();
    m_chart->setBackgroundBrush(m_theme.color(Role::Surface1));
    m_view->setBackgroundBrush(m_theme.color(Role::Surface1));
    const Extent extent = extentOf(m_content);
    for (QAbstractAxis *axis : m_chart->axes()) {
        m_chart->removeAxis(axis);
        delete axis;
    }
    m_x = nullptr;
    m_y = nullptr;
    m_chart->legend()->setVisible(m_content.lines.size() > 1);
    m_chart->legend()->setAlignment(Qt::AlignTop);
    m_chart->legend()->setFont(m_theme.font(TextSize::Tiny));
    m_chart->legend()->setLabelColor(m_theme.color(Role::Text2));
    m_chart->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    if (extent.isEmpty())
        return;
    m_range = niceRange(extent.low(), extent.high());
    m_left = extent.left();
    m_right = extent.right();
    buildAxes(m_left, m_right);
    addStretches(m_content.shaded, m_theme.color(Role::Accent, 0.18));
    if (m_content.chosen)
        addStretches({*m_content.chosen}, m_theme.color(Role::Focus, 0.35));
    addArea(m_content.bandHigh, m_content.bandLow, m_theme.color(Role::Text3, 0.22));
    QList<PlotBar> bars = m_content.bars;
    addArea(outline(bars, 0), {{m_left, 0}, {m_right, 0}}, m_theme.color(Role::Accent, 0.65));
    if (m_content.showsZero)
        addLine({{m_left, 0}, {m_right, 0}}, QPen(m_theme.color(Role::Text3), 1));
    for (const PlotLine &line : m_content.lines)
        addLine(decimate(line.points, std::max(width(), 200)), linePen(line), line.name);
    if (m_content.marker)
        addLine({{*m_content.marker, m_range.low}, {*m_content.marker, m_range.high}},
                QPen(m_theme.color(Role::Focus), 1.5));
}

void QtPlot::buildAxes(double left, double right)
{
    if (m_content.axis == PlotAxis::Time) {
        auto *time = new QDateTimeAxis;
        const auto at = [](double ms) {
            return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(ms), QTimeZone::UTC);
        };
        time->setRange(at(left), at(right));
        time->setTickCount(std::clamp(width() / 110, 2, 9));
        time->setFormat(right - left > 400 * kDayMs ? u"MMM yyyy"_s : u"d MMM yyyy"_s);
        m_x = time;
    } else {
        auto *number = new QValueAxis;
        number->setRange(left, right);
        number->setTickType(QValueAxis::TicksDynamic);
        const double step = niceStep(std::max(right - left, 1e-9));
        number->setTickAnchor(std::ceil(left / step) * step);
        number->setTickInterval(step);
        number->setLabelFormat(labelFormat(step));
        number->setTitleText(m_content.xName);
        number->setTitleFont(m_theme.font(TextSize::Tiny));
        number->setTitleBrush(m_theme.color(Role::Text3));
        m_x = number;
    }
    m_y = new QValueAxis;
    m_y->setRange(m_range.low, m_range.high);
    m_y->setTickType(QValueAxis::TicksDynamic);
    m_y->setTickAnchor(m_range.low);
    m_y->setTickInterval(m_range.step);
    m_y->setLabelFormat(labelFormat(m_range.step));
    m_chart->addAxis(m_x, Qt::AlignBottom);
    m_chart->addAxis(m_y, Qt::AlignRight);
    styleAxis(m_x);
    styleAxis(m_y);
    m_x->setGridLineVisible(false);
}

void QtPlot::styleAxis(QAbstractAxis *axis)
{
    axis->setLabelsColor(m_theme.color(Role::Text3));
    axis->setTruncateLabels(false); // a cut number is none
    axis->setLabelsFont(m_theme.font(TextSize::Tiny));
    axis->setGridLinePen(QPen(m_theme.color(Role::Line, 0.6), 1));
    axis->setLinePen(QPen(m_theme.color(Role::Line), 1));
}

void QtPlot::resizeEvent(QResizeEvent *event)
{
    Plot::resizeEvent(event);
    rebuild();
}

bool QtPlot::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress && m_x) {
        const auto *press = static_cast<QMouseEvent *>(event);
        const QPointF inChart =
            m_chart->mapFromScene(m_view->mapToScene(press->position().toPoint()));
        if (press->button() == Qt::LeftButton && m_chart->plotArea().contains(inChart))
            Q_EMIT clicked(m_chart->mapToValue(inChart).x());
    }
    return Plot::eventFilter(watched, event);
}

} // namespace

Plot *makePlot(const Theme &theme, QWidget *parent)
{
    return new QtPlot(theme, parent);
}

} // namespace chrona::ui

#include "qt_plot.moc"
