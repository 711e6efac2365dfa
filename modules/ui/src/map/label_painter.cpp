// SPDX-License-Identifier: AGPL-3.0-or-later
#include "label_painter.h"

#include "chrona/geo/label_placer.h"
#include "text/known_names.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <array>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr qsizetype kWordsMax = 4'000;
constexpr double kHaloPixels = 1.5;
constexpr double kDotGap = 5; ///< from a place's dot to its name
constexpr double kPortReach = 3.2;

double largestExtent(const geo::BaseMap &map, const geo::Area &area)
{
    double largest = 0;
    for (std::uint32_t i = 0; i < area.ringCount; ++i) {
        const geo::MapBox &box = map.rings[area.firstRing + i].box;
        largest = std::max(largest, double(box.right - box.left) * double(box.bottom - box.top));
    }
    return std::sqrt(largest);
}

QString labelOf(const geo::Area &area, bool isCountry)
{
    return isCountry ? entityName("country:" + area.code, area.name)
                     : QString::fromStdString(area.name);
}

} // namespace

double zoomForRank(int rank)
{
    constexpr std::array<double, 10> kZooms{3.0, 3.4, 3.9, 4.5, 5.2, 6.0, 6.8, 7.6, 8.4, 9.2};
    return kZooms[std::size_t(std::clamp(rank, 0, 9))];
}

void paintPortMark(QPainter &painter, QPointF at, double scale, const MapStyle &style)
{
    const double reach = kPortReach * scale;
    painter.setPen(
        QPen(style.themes[static_cast<std::size_t>(workspace::MapTheme::Ports)], 1.25 * scale));
    painter.setBrush(style.labelHalo);
    painter.drawPolygon(QPolygonF({at + QPointF(0, -reach), at + QPointF(reach, 0),
                                   at + QPointF(0, reach), at + QPointF(-reach, 0)}));
}

struct LabelPainter::Job {
    QPainter &painter;
    const MapCamera &camera;
    double scale;
    const MapStyle &style;
    ShapeTracer tracer;
    geo::LabelPlacer placer;
};

const LabelPainter::Word &LabelPainter::word(const Job &job, const QString &text, Kind kind)
{
    const QString key = QChar(u'0' + int(kind)) + text;
    const auto found = m_words.constFind(key);
    if (found != m_words.constEnd())
        return *found;
    if (m_words.size() > kWordsMax)
        m_words.clear();

    const bool isArea = kind == Kind::Country || kind == Kind::State;
    const QFont &font = isArea ? job.style.labelFont : job.style.placeFont;
    const QFontMetricsF metrics(font);
    Word made;
    made.size = {metrics.horizontalAdvance(text), metrics.capHeight()};
    const QSizeF padded = (made.size + QSizeF(8, 10)) * job.scale;
    made.picture = QImage(int(std::ceil(padded.width())), int(std::ceil(padded.height())),
                          QImage::Format_ARGB32_Premultiplied);
    made.picture.fill(Qt::transparent);
    QPainterPath outline;
    outline.addText(4, 5 + made.size.height(), font, text);
    QPainter painter(&made.picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(job.scale, job.scale);
    QColor halo = job.style.labelHalo;
    halo.setAlphaF(0.6f);
    painter.strokePath(outline,
                       QPen(halo, 2 * kHaloPixels, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(kind == Kind::Country ? mixed(job.style.labelText, job.style.placeText, 0.35)
                   : kind == Kind::State ? mixed(job.style.labelText, job.style.land, 0.25)
                                         : job.style.placeText);
    painter.setFont(font);
    painter.drawText(QPointF(4, 5 + made.size.height()), text);
    return *m_words.insert(key, std::move(made));
}

void LabelPainter::paint(QImage &image, const MapCamera &camera, double scale,
                         const MapStyle &style, const std::vector<QRectF> &keepClear,
                         PortMarks ports)
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    Job job{painter,
            camera,
            scale,
            style,
            ShapeTracer(camera, scale, image.width(), image.height()),
            geo::LabelPlacer(image.width(), image.height())};
    for (const QRectF &area : keepClear)
        job.placer.block({area.left(), area.top(), area.right(), area.bottom()});
    if (camera.zoom < 7)
        paintAreas(job, geo::AreaLayer::Countries, Kind::Country);
    paintPlaces(job);
    if (ports == PortMarks::Shown)
        paintPorts(job);
    if (camera.zoom >= 4.2 && camera.zoom < 8)
        paintAreas(job, geo::AreaLayer::States, Kind::State);
}

void LabelPainter::paintAreas(Job &job, geo::AreaLayer layer, Kind kind)
{
    const geo::BaseMap &map = m_data.base(job.camera.zoom);
    struct Named {
        const geo::Area *area;
        double extent; ///< of its largest part: islands far away give a name no room
    };
    std::vector<Named> areas;
    for (const geo::Area &area : map.areas(layer))
        if (!area.name.empty() && job.tracer.isVisible(area.box))
            areas.push_back({&area, largestExtent(map, area)});
    std::ranges::sort(areas, std::greater<>(), &Named::extent);
    for (const auto &[area, extent] : areas) {
        // A name that is much wider than its country belongs to a closer look.
        const double room = extent * job.tracer.worldPixels();
        if (room < 26 * job.scale)
            break;
        const QString text = labelOf(*area, kind == Kind::Country).toUpper();
        const Word &name = word(job, text, kind);
        const double width = name.size.width() * job.scale, height = name.size.height() * job.scale;
        if (room * 1.25 < width)
            continue;
        for (int copy = job.tracer.firstCopy(); copy <= job.tracer.lastCopy(); ++copy) {
            const QPointF at = job.tracer.place(area->label, copy);
            const double pad = 6 * job.scale;
            if (job.placer.tryPlace({at.x() - width / 2 - pad, at.y() - height / 2 - pad,
                                     at.x() + width / 2 + pad, at.y() + height / 2 + pad}))
                job.painter.drawImage(QPointF(std::round(at.x() - name.picture.width() / 2.0),
                                              std::round(at.y() - name.picture.height() / 2.0)),
                                      name.picture);
        }
    }
}

void LabelPainter::paintPlaces(Job &job)
{
    const geo::Places &places = m_data.places();
    for (const geo::Place &place : places.all()) {
        if (job.camera.zoom < zoomForRank(place.rank))
            break; // they are in the order of their ranks
        if (!job.tracer.isVisible({place.at.x, place.at.y, place.at.x, place.at.y}))
            continue;
        const auto name = places.nameOf(place);
        const Kind kind = place.isCapital ? Kind::Capital : Kind::Place;
        const Word &text = word(job, QString::fromUtf8(name.data(), qsizetype(name.size())), kind);
        for (int copy = job.tracer.firstCopy(); copy <= job.tracer.lastCopy(); ++copy)
            paintPlace(job, text, job.tracer.place(place.at, copy), kind);
    }
}

/// A port is marked even where there is no room for its name: often its town stands there already.
void LabelPainter::paintPorts(Job &job)
{
    const geo::Places &ports = m_data.ports();
    for (const geo::Place &port : ports.all()) {
        if (job.camera.zoom < zoomForRank(port.rank))
            break;
        if (!job.tracer.isVisible({port.at.x, port.at.y, port.at.x, port.at.y}))
            continue;
        const auto name = ports.nameOf(port);
        const Word &text =
            word(job, QString::fromUtf8(name.data(), qsizetype(name.size())), Kind::Port);
        for (int copy = job.tracer.firstCopy(); copy <= job.tracer.lastCopy(); ++copy) {
            const QPointF at = job.tracer.place(port.at, copy);
            paintPlace(job, text, at, Kind::Port);
            paintPortMark(job.painter, at, job.scale, job.style);
        }
    }
}

/// The dot and, on the side where there is room, the name.
bool LabelPainter::paintPlace(Job &job, const Word &word, QPointF at, Kind kind)
{
    const double s = job.scale;
    const double width = word.size.width() * s, height = word.size.height() * s;
    for (const int side : {1, -1}) {
        const double left = side > 0 ? at.x() + kDotGap * s : at.x() - kDotGap * s - width;
        const double pad = 4 * s;
        const geo::LabelBox box{std::min(left, at.x()) - pad, at.y() - height / 2 - pad,
                                std::max(left + width, at.x()) + pad, at.y() + height / 2 + pad};
        if (!job.placer.tryPlace(box))
            continue;
        job.painter.drawImage(
            QPointF(std::round(left - 4 * s), std::round(at.y() - height / 2 - 5 * s)),
            word.picture);
        if (kind == Kind::Port)
            return true;
        const double radius = (kind == Kind::Capital ? 2.0 : 1.5) * s;
        job.painter.setPen(kind == Kind::Capital ? QPen(job.style.placeText, s) : QPen(Qt::NoPen));
        job.painter.setBrush(kind == Kind::Capital ? job.style.labelHalo : job.style.placeText);
        job.painter.drawEllipse(at, radius, radius);
        return true;
    }
    return false;
}

} // namespace chrona::ui
