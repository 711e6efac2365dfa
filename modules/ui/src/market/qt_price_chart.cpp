// SPDX-License-Identifier: AGPL-3.0-or-later
// With charts/qt_plot.cpp the only file that knows Qt Charts, deprecated since Qt 6.10 (ADR 0027).
#include "chrona/ui/theme.h"
#include "charts/axis_range.h"
#include "market/decimate.h"
#include "market/price_chart.h"

#include <QAreaSeries>
#include <QChart>
#include <QChartView>
#include <QDateTimeAxis>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QLinearGradient>
#include <QResizeEvent>
#include <QTimeZone>
#include <QValueAxis>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

class QtPriceChart final : public PriceChart {
    Q_OBJECT
public:
    QtPriceChart(const Theme &theme, QWidget *parent);

    void setLine(const ChartLine &line) override;
    void setShaded(std::optional<std::pair<qint64, qint64>> stretch) override;
    void setTimeText(const TimeText &times) override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void refreshColors();
    void refreshPoints();
    void refreshShade();

    const Theme &m_theme;
    ChartLine m_line;
    std::optional<std::pair<qint64, qint64>> m_stretch;
    QChart *m_chart;
    QChartView *m_view;
    QLineSeries *m_series;
    QLineSeries *m_floor;
    QLineSeries *m_top; ///< the same line again: an area draws its border all around
    QAreaSeries *m_area;
    QLineSeries *m_shadeTop;
    QLineSeries *m_shadeFloor;
    QAreaSeries *m_shade;
    QDateTimeAxis *m_time;
    QValueAxis *m_value;
};

QtPriceChart::QtPriceChart(const Theme &theme, QWidget *parent) :
    PriceChart(parent), m_theme(theme), m_chart(new QChart), m_view(new QChartView(m_chart, this)),
    m_series(new QLineSeries(this)), m_floor(new QLineSeries(this)), m_top(new QLineSeries(this)),
    m_area(new QAreaSeries(m_top, m_floor)), m_shadeTop(new QLineSeries(this)),
    m_shadeFloor(new QLineSeries(this)), m_shade(new QAreaSeries(m_shadeTop, m_shadeFloor)),
    m_time(new QDateTimeAxis), m_value(new QValueAxis)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    m_view->setFocusPolicy(Qt::NoFocus); // there is nothing in it that keys could do
    m_view->viewport()->setFocusPolicy(Qt::NoFocus);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_chart->legend()->hide();
    m_chart->setBackgroundRoundness(0);
    m_chart->setLocalizeNumbers(true);
    m_chart->setMargins(QMargins(4, 4, 8, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addSeries(m_shade);
    m_chart->addSeries(m_area);
    m_chart->addSeries(m_series);
    m_chart->addAxis(m_time, Qt::AlignBottom);
    m_chart->addAxis(m_value, Qt::AlignRight);
    for (QAbstractSeries *series : {static_cast<QAbstractSeries *>(m_shade),
                                    static_cast<QAbstractSeries *>(m_area),
                                    static_cast<QAbstractSeries *>(m_series)}) {
        series->attachAxis(m_time);
        series->attachAxis(m_value);
    }
    m_value->setTickType(QValueAxis::TicksDynamic);
    m_time->setFormat(u"MMM yyyy"_s);
    connect(&theme, &Theme::changed, this, &QtPriceChart::refreshColors);
    refreshColors();
}

void QtPriceChart::setLine(const ChartLine &line)
{
    m_line = line;
    m_view->setAccessibleName(tr("Chart of %1").arg(line.name));
    refreshPoints();
}

void QtPriceChart::setShaded(std::optional<std::pair<qint64, qint64>> stretch)
{
    m_stretch = stretch;
    refreshShade();
}

void QtPriceChart::setTimeText(const TimeText &)
{
    // Daily bars: dates read the same in every zone.
}

void QtPriceChart::refreshPoints()
{
    if (m_line.points.size() < 2)
        return;
    const QList<QPointF> points = decimate(m_line.points, std::max(width(), 200));
    const auto [low, high] = std::ranges::minmax(points, {}, &QPointF::y);
    const double step = niceStep(std::max(high.y() - low.y(), 1e-9));
    const double floor = std::floor(low.y() / step) * step;
    const double ceiling = std::ceil(high.y() / step) * step;
    const double begin = points.first().x();
    const double end = points.last().x();
    m_series->replace(points);
    m_top->replace(points);
    m_floor->replace({{begin, floor}, {end, floor}});
    m_value->setRange(floor, ceiling);
    m_value->setTickInterval(step);
    m_value->setTickAnchor(floor);
    m_value->setLabelFormat(labelFormat(step));
    m_time->setRange(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(begin), QTimeZone::UTC),
                     QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(end), QTimeZone::UTC));
    m_time->setTickCount(std::clamp(width() / 110, 3, 9));
    m_time->setFormat(end - begin > 400.0 * 86'400'000 ? u"MMM yyyy"_s : u"d MMM"_s);
    refreshShade();
}

void QtPriceChart::refreshShade()
{
    const double begin = m_line.points.isEmpty() ? 0 : m_line.points.first().x();
    const double end = m_line.points.isEmpty() ? 0 : m_line.points.last().x();
    const bool shows = m_stretch && m_stretch->first < end && m_stretch->second > begin
                       && (m_stretch->first > begin || m_stretch->second < end);
    m_shade->setVisible(shows);
    if (!shows)
        return;
    const double from = std::max(begin, static_cast<double>(m_stretch->first));
    const double to = std::min(end, static_cast<double>(m_stretch->second));
    m_shadeTop->replace({{from, m_value->max()}, {to, m_value->max()}});
    m_shadeFloor->replace({{from, m_value->min()}, {to, m_value->min()}});
}

void QtPriceChart::refreshColors()
{
    m_chart->setBackgroundBrush(m_theme.color(Role::Surface1));
    m_view->setBackgroundBrush(m_theme.color(Role::Surface1));
    QLinearGradient fade(0, 0, 0, 1);
    fade.setCoordinateMode(QGradient::ObjectBoundingMode);
    fade.setColorAt(0, m_theme.color(Role::Accent, 0.22));
    fade.setColorAt(1, m_theme.color(Role::Accent, 0.0));
    m_area->setBrush(fade);
    m_area->setPen(QPen(Qt::NoPen));
    m_series->setPen(QPen(m_theme.color(Role::Accent), 1.25));
    m_shade->setBrush(m_theme.color(Role::Focus, 0.10));
    m_shade->setPen(QPen(m_theme.color(Role::Focus, 0.7), 1));
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(m_time),
                                static_cast<QAbstractAxis *>(m_value)}) {
        axis->setLabelsColor(m_theme.color(Role::Text3));
        axis->setLabelsFont(m_theme.font(TextSize::Tiny));
        axis->setGridLinePen(QPen(m_theme.color(Role::Line, 0.6), 1));
        axis->setLinePen(QPen(m_theme.color(Role::Line), 1));
    }
    m_time->setGridLineVisible(false);
}

void QtPriceChart::resizeEvent(QResizeEvent *event)
{
    PriceChart::resizeEvent(event);
    refreshPoints();
}

} // namespace

PriceChart *makePriceChart(const Theme &theme, QWidget *parent)
{
    return new QtPriceChart(theme, parent);
}

} // namespace chrona::ui

#include "qt_price_chart.moc"
