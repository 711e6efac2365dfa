// SPDX-License-Identifier: AGPL-3.0-or-later
#include "map_names.h"

#include "text/names.h"

#include <QCoreApplication>

namespace chrona::ui {

namespace {

QString words(const char *source)
{
    return QCoreApplication::translate("MapNames", source);
}

} // namespace

QString mapThemeName(workspace::MapTheme theme)
{
    switch (theme) {
    case workspace::MapTheme::Sanctions: return words(QT_TRANSLATE_NOOP("MapNames", "Sanctions"));
    case workspace::MapTheme::Ports: return words(QT_TRANSLATE_NOOP("MapNames", "Ports"));
    case workspace::MapTheme::Imports: return words(QT_TRANSLATE_NOOP("MapNames", "Own imports"));
    default: return categoryName(static_cast<schema::EventCategory>(theme));
    }
}

QString drawingName(workspace::MapDrawing drawing)
{
    switch (drawing) {
    case workspace::MapDrawing::Points: return words(QT_TRANSLATE_NOOP("MapNames", "Points"));
    case workspace::MapDrawing::Heat: return words(QT_TRANSLATE_NOOP("MapNames", "Heat"));
    case workspace::MapDrawing::Hexagons: return words(QT_TRANSLATE_NOOP("MapNames", "Hexagons"));
    case workspace::MapDrawing::Countries:
        return words(QT_TRANSLATE_NOOP("MapNames", "By country"));
    }
    return {};
}

QString timeRuleName(workspace::MapTimeRule rule)
{
    return rule == workspace::MapTimeRule::UntilEnd
               ? words(QT_TRANSLATE_NOOP("MapNames", "Outlines: until they end"))
               : words(QT_TRANSLATE_NOOP("MapNames", "Outlines: begun in the window"));
}

QString classesName(workspace::MapClasses classes)
{
    switch (classes) {
    case workspace::MapClasses::Quantile: return words(QT_TRANSLATE_NOOP("MapNames", "Quantiles"));
    case workspace::MapClasses::EqualInterval:
        return words(QT_TRANSLATE_NOOP("MapNames", "Equal steps"));
    case workspace::MapClasses::NaturalBreaks:
        return words(QT_TRANSLATE_NOOP("MapNames", "Natural breaks (Jenks)"));
    case workspace::MapClasses::Diverging:
        return words(QT_TRANSLATE_NOOP("MapNames", "Diverging from"));
    }
    return {};
}

} // namespace chrona::ui
