// SPDX-License-Identifier: AGPL-3.0-or-later
#include "region_painter.h"

#include "text/names.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <vector>

namespace chrona::ui {

namespace {

constexpr QRgb kRedBlue = 0x00ff00ff, kGreen = 0x0000ff00;
constexpr int kHatchStep = 8; ///< pixels

/// What becomes of a pixel of an area, in 256ths.
struct Fill {
    std::uint32_t redBlue = 0, green = 0; ///< of the colour, already multiplied
    std::uint32_t rest = 256;             ///< of what is below
    bool isHatched = false;
};

Fill fillOf(const QColor &colour, double opacity)
{
    const auto share = static_cast<std::uint32_t>(std::lround(256 * opacity));
    const QRgb rgb = colour.rgb();
    return {(rgb & kRedBlue) * share, (rgb & kGreen) * share, 256 - share};
}

QRgb filled(QRgb below, const Fill &fill)
{
    const QRgb redBlue = (((below & kRedBlue) * fill.rest + fill.redBlue) >> 8) & kRedBlue;
    const QRgb green = (((below & kGreen) * fill.rest + fill.green) >> 8) & kGreen;
    return redBlue | green;
}

/// `over` is premultiplied.
QRgb covered(QRgb below, QRgb over)
{
    const std::uint32_t rest = 256 - (qAlpha(over) + (qAlpha(over) >> 7));
    const QRgb redBlue = (((below & kRedBlue) * rest) >> 8) & kRedBlue;
    const QRgb green = (((below & kGreen) * rest) >> 8) & kGreen;
    return (redBlue | green) + (over & (kRedBlue | kGreen));
}

} // namespace

void RegionPainter::begin(const QImage &below, RegionSet set, double zoom, ShapeTracer &tracer)
{
    m_set = set;
    const geo::BaseMap *map = &m_data.regions(set, zoom);
    if (map != m_map || !m_names) {
        auto names = std::make_shared<std::vector<Name>>();
        for (const geo::Area &area : map->areas(MapData::layerOf(set)))
            names->push_back({fromUtf8(area.code), fromUtf8(area.name)});
        m_names = std::move(names);
    }
    m_map = map;
    m_below = below.copy();
    m_above = {};
    m_numbers = QImage(below.size(), QImage::Format_RGB32);
    m_numbers.fill(0);
    QPainter painter(&m_numbers);
    painter.setRenderHint(QPainter::Antialiasing, false); // a pixel shows one area
    QRgb number = 0;
    for (const geo::Area &area : m_map->areas(MapData::layerOf(set))) {
        ++number;
        if (!tracer.isVisible(area.box))
            continue;
        QPainterPath path;
        tracer.addArea(*m_map, area, path);
        painter.fillPath(path, QColor::fromRgb(number));
    }
}

void RegionPainter::cover(const QImage &onBlack, const QImage &onWhite)
{
    m_above = QImage(onBlack.size(), QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < m_above.height(); ++y) {
        const auto *black = reinterpret_cast<const QRgb *>(onBlack.constScanLine(y));
        const auto *white = reinterpret_cast<const QRgb *>(onWhite.constScanLine(y));
        auto *above = reinterpret_cast<QRgb *>(m_above.scanLine(y));
        for (int x = 0; x < m_above.width(); ++x) {
            const int rest = qGreen(white[x]) - qGreen(black[x]);
            above[x] = (black[x] & 0x00ffffffU) | static_cast<QRgb>(255 - std::clamp(rest, 0, 255))
                                                      << 24;
        }
    }
}

bool RegionPainter::isKept(RegionSet set, QSize size) const
{
    return m_map && set == m_set && size == m_below.size() && !m_above.isNull();
}

void RegionPainter::forget()
{
    m_map = nullptr;
    m_below = m_numbers = m_above = {};
    m_names.reset();
}

void RegionPainter::paint(QImage &image, const RegionLayer &regions, const MapStyle &style) const
{
    std::vector<Fill> classes;
    for (std::size_t number = 0; number < regions.classes.count(); ++number)
        classes.push_back(fillOf(regions.colorOf(number, style), style.isDark ? 0.62 : 0.78));
    Fill hatched = fillOf(style.hatch, style.hatch.alphaF());
    hatched.isHatched = true;
    std::vector<Fill> fills(1);
    for (const geo::Area &area : m_map->areas(MapData::layerOf(m_set))) {
        const auto number = regions.classOf(area.code);
        fills.push_back(number ? classes[*number] : hatched);
    }
    for (int y = 0; y < image.height(); ++y) {
        const auto *below = reinterpret_cast<const QRgb *>(m_below.constScanLine(y));
        const auto *numbers = reinterpret_cast<const QRgb *>(m_numbers.constScanLine(y));
        const auto *above = reinterpret_cast<const QRgb *>(m_above.constScanLine(y));
        auto *pixels = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            QRgb pixel = below[x] & 0x00ffffffU;
            if (const QRgb number = numbers[x] & 0x00ffffffU; number != 0) {
                const Fill &fill = fills[number];
                if (!fill.isHatched || (x + y) % kHatchStep == 0)
                    pixel = filled(pixel, fill);
            }
            if (above[x] != 0)
                pixel = covered(pixel, above[x]);
            pixels[x] = pixel | 0xff000000U;
        }
    }
}

} // namespace chrona::ui
