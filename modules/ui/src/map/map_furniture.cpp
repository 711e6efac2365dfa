// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_furniture.h"

#include "map_names.h"
#include "own_boundaries.h"

#include "chrona/geo/shipped.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr double kPad = 10, kRow = 18, kMarkWidth = 18, kSectionGap = 8;

QString text(const char *source)
{
    return QCoreApplication::translate("MapLegend", source);
}

QFont titleFont(const Theme &theme)
{
    QFont font = theme.font(TextSize::Tiny, TextWeight::Strong);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    return font;
}

void paintEntryMark(QPainter &painter, QPointF at, const MapLegend::Entry &entry)
{
    painter.setPen(Qt::NoPen);
    switch (entry.mark) {
    case MapLegend::Mark::Dot:
        painter.setBrush(entry.color);
        painter.drawEllipse(at, 3.5, 3.5);
        break;
    case MapLegend::Mark::Swatch:
        painter.setBrush(entry.color);
        painter.drawRect(QRectF(at.x() - 5, at.y() - 6, 11, 12));
        break;
    case MapLegend::Mark::Hatch:
        painter.setBrush(QBrush(entry.color, Qt::BDiagPattern));
        painter.drawRect(QRectF(at.x() - 5, at.y() - 6, 11, 12));
        break;
    }
}

QString boundText(double value)
{
    const QLocale locale;
    const double magnitude = std::abs(value);
    const int digits = magnitude >= 100 || value == std::round(value) ? 0 : magnitude >= 10 ? 1 : 2;
    return locale.toString(value, 'f', digits);
}

} // namespace

namespace {

MapLegend::Section eventSection(const Theme &theme, const LegendFacts &facts)
{
    MapLegend::Section events{text(QT_TRANSLATE_NOOP("MapLegend", "EVENTS IN VIEW")), {}};
    for (std::size_t i = 0; i < facts.events.size(); ++i) {
        const auto mapTheme = static_cast<workspace::MapTheme>(i);
        if (facts.events[i] > 0)
            events.entries.push_back(
                {MapLegend::Mark::Dot, themeColor(theme, mapTheme),
                 text(QT_TRANSLATE_NOOP("MapLegend", "%1  %2"))
                     .arg(mapThemeName(mapTheme), shortCountText(qint64(facts.events[i])))});
    }
    if (facts.outlines < facts.outlinesInAll)
        events.entries.push_back(
            {MapLegend::Mark::Hatch, theme.color(Role::Text3),
             text(QT_TRANSLATE_NOOP("MapLegend", "newest %1 of %2 outlines"))
                 .arg(countText(qint64(facts.outlines)), countText(qint64(facts.outlinesInAll)))});
    return events;
}

MapLegend::Section storySection(const Theme &theme, const LegendFacts &facts)
{
    const QColor colour = themeColor(theme, workspace::MapTheme::News);
    MapLegend::Section stories{
        text(QT_TRANSLATE_NOOP("MapLegend", "STORIES, REPORTS OF EACH")),
        {{MapLegend::Mark::Dot, colour,
          text(QT_TRANSLATE_NOOP("MapLegend", "%1 in this window; two rings: several publishers"))
              .arg(countText(qint64(facts.stories)))}}};
    const auto note = [&](const QString &words) {
        stories.entries.push_back({MapLegend::Mark::Hatch, theme.color(Role::Text3), words});
    };
    if (facts.storiesUnder > 0)
        note(text(QT_TRANSLATE_NOOP("MapLegend", "%1 under others; enlarge the map"))
                 .arg(countText(qint64(facts.storiesUnder))));
    if (facts.storiesNowhere > 0)
        note(text(QT_TRANSLATE_NOOP("MapLegend", "%1 of no known place"))
                 .arg(countText(qint64(facts.storiesNowhere))));
    if (facts.areStoriesCut)
        note(text(QT_TRANSLATE_NOOP("MapLegend", "older ones are not shown")));
    return stories;
}

MapLegend::Section surfaceSection(const SurfaceScale &surface)
{
    const QString unit = surface.drawing == workspace::MapDrawing::Heat
                             ? text(QT_TRANSLATE_NOOP("MapLegend", "%1, events per million km²"))
                         : surface.drawing == workspace::MapDrawing::Hexagons
                             ? text(QT_TRANSLATE_NOOP("MapLegend", "%1, events per hexagon"))
                             : text(QT_TRANSLATE_NOOP("MapLegend", "%1, events per country"));
    MapLegend::Section section{unit.arg(mapThemeName(surface.theme)), {}};
    const bool isCount = surface.drawing != workspace::MapDrawing::Heat;
    for (std::size_t i = surface.colors.size(); i-- > 0;) {
        const double from = surface.bounds[i];
        // Counts end before the next class begins.
        const bool isLast = i + 1 == surface.colors.size();
        const double to = surface.bounds[i + 1] - (isCount && !(isLast && i > 0) ? 1 : 0);
        section.entries.push_back({MapLegend::Mark::Swatch, surface.colors[i],
                                   from == to ? boundText(from)
                                              : text(QT_TRANSLATE_NOOP("MapLegend", "%1 – %2"))
                                                    .arg(boundText(from), boundText(to))});
    }
    return section;
}

MapLegend::Section regionSection(const Theme &theme, const MapStyle &style,
                                 const RegionLayer &regions)
{
    const RegionValues &values = regions.values;
    MapLegend::Section classes{
        values.unit.isEmpty()
            ? values.title
            : text(QT_TRANSLATE_NOOP("MapLegend", "%1, %2")).arg(values.title, values.unit),
        {}};
    const auto &bounds = regions.classes.bounds;
    for (std::size_t i = regions.classes.count(); i-- > 0;)
        classes.entries.push_back(
            {MapLegend::Mark::Swatch,
             mixed(style.land, regions.colorOf(i, style), style.isDark ? 0.8 : 0.9),
             text(QT_TRANSLATE_NOOP("MapLegend", "%1 – %2"))
                 .arg(boundText(bounds[i]), boundText(bounds[i + 1]))});
    classes.entries.push_back({MapLegend::Mark::Hatch, theme.color(Role::Text3),
                               text(QT_TRANSLATE_NOOP("MapLegend", "no data"))});
    return classes;
}

MapLegend::Section boundarySection(const MapStyle &style, const OwnBoundaries &own)
{
    const auto shown = std::ssize(own.areas());
    const QString areas =
        text(QT_TRANSLATE_NOOP("MapLegend", "%1 areas")).arg(countOfText(shown, own.total));
    MapLegend::Section section{
        text(QT_TRANSLATE_NOOP("MapLegend", "Boundaries: %1")).arg(own.set),
        {{MapLegend::Mark::Swatch, style.labelText, areas}}};
    if (own.step > 0)
        section.entries.push_back(
            {MapLegend::Mark::Hatch, style.labelText,
             text(QT_TRANSLATE_NOOP("MapLegend", "outlines drawn to %1°"))
                 .arg(QLocale().toString(own.step))});
    return section;
}

} // namespace

MapLegend legendFor(const Theme &theme, const MapStyle &style, const LegendFacts &facts)
{
    MapLegend legend;
    if (auto events = eventSection(theme, facts); !events.entries.empty())
        legend.sections.push_back(std::move(events));
    if (facts.stories + facts.storiesNowhere > 0)
        legend.sections.push_back(storySection(theme, facts));
    for (const SurfaceScale &surface : facts.surfaces)
        legend.sections.push_back(surfaceSection(surface));
    if (facts.regions)
        legend.sections.push_back(regionSection(theme, style, *facts.regions));
    if (facts.boundaries)
        legend.sections.push_back(boundarySection(style, *facts.boundaries));
    return legend;
}

QSizeF legendSize(const MapLegend &legend, const Theme &theme)
{
    if (legend.isEmpty())
        return {};
    const QFontMetricsF titles(titleFont(theme)), entries(theme.font(TextSize::Tiny));
    double width = 0, height = kPad - 4;
    for (const auto &section : legend.sections) {
        width = std::max(width, titles.horizontalAdvance(section.title));
        for (const auto &entry : section.entries)
            width = std::max(width, kMarkWidth + entries.horizontalAdvance(entry.text));
        height += kRow * double(section.entries.size() + 1) + kSectionGap;
    }
    return {std::ceil(width + 2 * kPad), std::ceil(height + kPad - 4 - kSectionGap)};
}

void paintLegend(QPainter &painter, QPointF topLeft, const MapLegend &legend, const Theme &theme)
{
    const QRectF panel(topLeft, legendSize(legend, theme));
    if (panel.isEmpty())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.color(Role::Line));
    painter.setBrush(theme.color(Role::Surface1, 0.88));
    painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadius, metric::kRadius);
    double y = topLeft.y() + kPad - 4;
    const auto writeRow = [&](double x, const QFont &font, const QColor &color,
                              const QString &words) {
        painter.setFont(font);
        painter.setPen(color);
        painter.drawText(QRectF(x, y, panel.right() - x, kRow), Qt::AlignVCenter | Qt::AlignLeft,
                         words);
    };
    for (const auto &section : legend.sections) {
        writeRow(topLeft.x() + kPad, titleFont(theme), theme.color(Role::Text3), section.title);
        y += kRow;
        for (const auto &entry : section.entries) {
            paintEntryMark(painter, {topLeft.x() + kPad + 5, y + kRow / 2}, entry);
            writeRow(topLeft.x() + kPad + kMarkWidth, theme.font(TextSize::Tiny),
                     theme.color(Role::Text2), entry.text);
            y += kRow;
        }
        y += kSectionGap;
    }
}

MapScale scaleFor(const MapCamera &camera)
{
    const double latitude = geo::unproject(camera.centre).latitude;
    const double metres = geo::metresPerPixel(latitude, camera.zoom);
    if (!(metres > 0))
        return {};
    const double wanted = 130 * metres;
    const double power = std::pow(10, std::floor(std::log10(wanted)));
    const double length = wanted >= 5 * power ? 5 * power : wanted >= 2 * power ? 2 * power : power;
    const QLocale locale;
    return {
        length / metres,
        length >= 1'000
            ? text(QT_TRANSLATE_NOOP("MapLegend", "%1 km"))
                  .arg(locale.toString(qint64(length / 1'000)))
            : text(QT_TRANSLATE_NOOP("MapLegend", "%1 m")).arg(locale.toString(qint64(length)))};
}

namespace {

QString creditText(const QString &tilesCredit)
{
    const QString shipped = fromUtf8(geo::shippedAttribution());
    return tilesCredit.isEmpty()
               ? shipped
               : text(QT_TRANSLATE_NOOP("MapLegend", "Tiles: %1 · %2")).arg(tilesCredit, shipped);
}

} // namespace

QSizeF footerSize(const MapCamera &camera, const Theme &theme, const QString &tilesCredit)
{
    const QFontMetricsF metrics(theme.font(TextSize::Tiny));
    const MapScale scale = scaleFor(camera);
    return {std::ceil(metrics.horizontalAdvance(creditText(tilesCredit)) +
                      metrics.horizontalAdvance(scale.text) + 140 + 4 * 8),
            22};
}

void paintFooter(QPainter &painter, QPointF bottomRight, const MapCamera &camera,
                 const Theme &theme, const QString &tilesCredit)
{
    const QFont font = theme.font(TextSize::Tiny);
    const QFontMetricsF metrics(font);
    const MapScale scale = scaleFor(camera);
    const QString credit = creditText(tilesCredit);
    const double creditWidth = std::ceil(metrics.horizontalAdvance(credit));
    const double middle = bottomRight.y() - 11;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(font);
    // A veil keeps the words readable over whatever shines below them.
    const QRectF creditBox(bottomRight.x() - creditWidth - 12, bottomRight.y() - 18,
                           creditWidth + 12, 18);
    painter.fillRect(creditBox, theme.color(Role::Surface0, 0.62));
    painter.setPen(theme.color(Role::Text3));
    painter.drawText(creditBox, Qt::AlignCenter, credit);

    const double right = std::round(creditBox.left() - 16), left = std::round(right - scale.pixels);
    painter.setPen(theme.color(Role::Text2));
    painter.drawLine(QPointF(left, middle + 5), QPointF(right, middle + 5));
    painter.drawLine(QPointF(left, middle + 1), QPointF(left, middle + 5));
    painter.drawLine(QPointF(right, middle + 1), QPointF(right, middle + 5));
    painter.drawText(QRectF(left, middle - 11, right - left, 13), Qt::AlignCenter, scale.text);
}

} // namespace chrona::ui
