// SPDX-License-Identifier: AGPL-3.0-or-later
#include "citation_numbers.h"
#include "figures.h"
#include "page_style.h"

#include "chrona/geo/base_map.h"
#include "chrona/geo/mercator.h"
#include "chrona/geo/shipped.h"
#include "chrona/stats/quantiles.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace chrona::report {
namespace {

constexpr double kStepMin = 5; ///< half a point: finer outlines are bytes that nobody sees
constexpr std::size_t kLabelsMax = 8;
constexpr std::size_t kClasses = 5;

const Result<geo::BaseMap> &shippedMap()
{
    static const Result<geo::BaseMap> map =
        geo::readBaseMap(geo::shippedData(geo::ShippedData::World));
    return map;
}

/// Degrees as they are: at the size of a note no projection is missed, and poles stay small.
struct Projection {
    QRectF area;
    schema::GeoBox extent;

    [[nodiscard]] QPointF at(schema::GeoPoint point) const
    {
        return {area.left() +
                    (point.longitude - extent.west) / (extent.east - extent.west) * area.width(),
                area.top() + (extent.north - point.latitude) / (extent.north - extent.south) *
                                 area.height()};
    }
    [[nodiscard]] QPointF at(geo::MapPoint point) const
    {
        return at(geo::unproject({point.x, point.y}));
    }
};

QPainterPath pathOf(const geo::BaseMap &map, const geo::Area &area, const Projection &projection)
{
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    std::vector<geo::MapPoint> outline;
    for (std::uint32_t r = area.firstRing; r < area.firstRing + area.ringCount; ++r) {
        const geo::AreaRing &ring = map.rings[r];
        const QPointF corner = projection.at(geo::MapPoint{ring.box.left, ring.box.top});
        const QPointF opposite = projection.at(geo::MapPoint{ring.box.right, ring.box.bottom});
        const QRectF box = QRectF(corner, opposite).normalized();
        if (!box.intersects(projection.area) || std::max(box.width(), box.height()) < 2 * kStepMin)
            continue;
        outline.clear();
        map.outline(ring, outline);
        QPolygonF polygon;
        for (const geo::MapPoint point : outline) {
            const QPointF at = projection.at(point);
            // The anti-meridian comes back on the other side: keep it where the ring is.
            if (polygon.isEmpty() || std::max(std::abs(at.x() - polygon.back().x()),
                                              std::abs(at.y() - polygon.back().y())) >= kStepMin)
                polygon << at;
        }
        if (polygon.size() >= 3) {
            path.addPolygon(polygon);
            path.closeSubpath();
        }
    }
    return path;
}

/// Light to dark, even in grey.
QColor shadeOf(std::size_t which)
{
    static const std::array<QColor, kClasses> kShades{
        QColor(0xDC, 0xE6, 0xF0), QColor(0xB4, 0xC9, 0xDE), QColor(0x86, 0xA6, 0xC6),
        QColor(0x52, 0x7F, 0xAA), QColor(0x1F, 0x4E, 0x86)};
    return kShades[std::min(which, kClasses - 1)];
}

struct Classes {
    std::map<std::string, double> values;
    std::array<double, kClasses - 1> breaks{};

    [[nodiscard]] std::optional<std::size_t> of(const std::string &code) const
    {
        const auto found = values.find(code);
        if (found == values.end())
            return std::nullopt;
        return std::size_t(std::ranges::upper_bound(breaks, found->second) - breaks.begin());
    }
};

Classes classesOf(const schema::Map &map)
{
    Classes classes;
    std::vector<double> values;
    for (const schema::MapArea &area : map.areas) {
        classes.values[area.code] = area.value;
        values.push_back(area.value);
    }
    for (std::size_t i = 0; i < classes.breaks.size(); ++i)
        classes.breaks[i] = stats::quantile(values, double(i + 1) / kClasses);
    return classes;
}

void paintAreas(QPainter &painter, const geo::BaseMap &base, const Projection &projection,
                const schema::Map &map)
{
    const Classes classes = classesOf(map);
    const bool isStates = std::ranges::any_of(
        map.areas, [](const schema::MapArea &area) { return area.code.contains('-'); });
    painter.setPen(QPen(Qt::white, 4));
    for (const geo::Area &area : base.areas(geo::AreaLayer::Countries)) {
        const auto which = classes.of(area.code);
        painter.setBrush(which ? shadeOf(*which) : ink::kLand);
        painter.drawPath(pathOf(base, area, projection));
    }
    if (!isStates)
        return;
    for (const geo::Area &area : base.areas(geo::AreaLayer::States)) {
        if (const auto which = classes.of(area.code)) {
            painter.setBrush(shadeOf(*which));
            painter.drawPath(pathOf(base, area, projection));
        }
    }
}

void paintLegend(QPainter &painter, const Projection &projection, const schema::Map &map)
{
    if (map.areas.empty())
        return;
    const Classes classes = classesOf(map);
    painter.setFont(fontOf(Face::Note));
    double x = projection.area.left() + 60;
    const double y = projection.area.bottom() - 150;
    for (std::size_t i = 0; i < kClasses; ++i, x += 430) {
        painter.setPen(QPen(Qt::white, 4));
        painter.setBrush(shadeOf(i));
        painter.drawRect(QRectF(x, y, 430, 60));
        painter.setPen(ink::kSecondary);
        if (i > 0)
            paintLabel(painter, {{x - 200, y + 65, 400, 90}, Side::Centre},
                       QString::fromStdString(schema::formatQuantity(
                           {classes.breaks[i - 1], "", 1, schema::SignRule::MinusOnly})));
    }
    painter.setPen(ink::kSecondary);
    paintLabel(painter, {{projection.area.left() + 60, y - 100, 2'100, 90}, Side::Left},
               QString::fromStdString(shown(map.unit)));
}

double radiusOf(const schema::MapMark &mark)
{
    return 22 + 60 * std::sqrt(std::clamp(mark.size, 0.0, 1.0));
}

/// Where a label may stand beside its mark: on no mark, on no other label, within the map.
std::optional<QRectF> freeBoxBeside(const QRectF &mark, const QSizeF &size,
                                    const std::vector<QRectF> &taken, const QRectF &within)
{
    constexpr double kBeside = 20;
    const double middle = mark.center().y() - size.height() / 2;
    for (const QPointF corner :
         {QPointF(mark.right() + kBeside, middle),
          QPointF(mark.left() - kBeside - size.width(), middle),
          QPointF(mark.center().x() - size.width() / 2, mark.top() - kBeside - size.height()),
          QPointF(mark.center().x() - size.width() / 2, mark.bottom() + kBeside)}) {
        const QRectF box(corner, size);
        if (within.contains(box) && std::ranges::none_of(taken, [&box](const QRectF &other) {
                return other.intersects(box);
            }))
            return box;
    }
    return std::nullopt;
}

/// All marks first: none hides a label. The largest have their labels first.
void paintMarks(QPainter &painter, const Projection &projection, const schema::Map &map)
{
    std::vector<QRectF> taken = markBoxes(map, projection.area);
    painter.setPen(QPen(Qt::white, 8));
    painter.setBrush(QColor(0xB8, 0x52, 0x0B, 190));
    for (const QRectF &box : taken)
        if (!box.isNull())
            painter.drawEllipse(box);
    painter.setFont(fontOf(Face::NoteStrong));
    painter.setPen(ink::kText);
    const QFontMetricsF metrics(painter.font());
    std::size_t labels = 0;
    for (std::size_t i = 0; i < map.marks.size() && labels < kLabelsMax; ++i) {
        const QRectF mark = taken[i];
        if (mark.isNull() || map.marks[i].label.empty())
            continue;
        const QString text = metrics.elidedText(QString::fromStdString(shown(map.marks[i].label)),
                                                Qt::ElideRight, 1'500);
        const auto box =
            freeBoxBeside(mark, {metrics.horizontalAdvance(text), 100}, taken, projection.area);
        if (!box)
            continue;
        paintLabel(painter, {box->adjusted(0, 0, 10, 0), Side::Left}, text);
        taken.push_back(*box);
        ++labels;
    }
}

} // namespace

double mapHeightFor(const schema::Map &map, double width)
{
    const double ratio =
        (map.extent.north - map.extent.south) / std::max(map.extent.east - map.extent.west, 1.0);
    return std::clamp(width * ratio, width * 0.25, width * 0.5);
}

std::vector<QRectF> markBoxes(const schema::Map &map, const QRectF &area)
{
    const Projection projection{area, map.extent};
    std::vector<QRectF> boxes;
    for (const schema::MapMark &mark : map.marks) {
        const QPointF at = projection.at(mark.at);
        const double radius = radiusOf(mark);
        boxes.push_back(area.contains(at)
                            ? QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
                            : QRectF());
    }
    return boxes;
}

Status paintMap(QPainter &painter, const QRectF &area, const schema::Map &map)
{
    const auto &base = shippedMap();
    if (!base)
        return std::unexpected(base.error());
    const Projection projection{area, map.extent};
    painter.save();
    painter.setClipRect(area);
    paintAreas(painter, *base, projection, map);
    painter.restore();
    painter.setPen(QPen(ink::kHairline, 5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area);
    paintMarks(painter, projection, map);
    paintLegend(painter, projection, map);
    return {};
}

} // namespace chrona::report
