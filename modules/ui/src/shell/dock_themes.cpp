// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/dock_themes.h"

#include <QDockWidget>
#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

QString zoomKey(const QString &id)
{
    return u"zoom/"_s + id;
}

} // namespace

Theme &DockThemes::of(const QString &id)
{
    Theme *&theme = m_themes[id];
    if (theme == nullptr)
        theme = new Theme(m_base, &m_owner);
    return *theme;
}

void DockThemes::setZoom(QDockWidget &dock, double zoom)
{
    apply(dock, zoom);
    m_settings.setValue(zoomKey(dock.objectName()), this->zoom(dock.objectName()));
}

void DockThemes::restore(QDockWidget &dock)
{
    const double kept = m_settings.value(zoomKey(dock.objectName()), 1.0).toDouble();
    if (kept > 0 && !qFuzzyCompare(kept, 1.0))
        apply(dock, kept);
}

/// What is painted asks the theme each time; labels and buttons keep the font that they were given.
void DockThemes::apply(QDockWidget &dock, double zoom)
{
    Theme &theme = of(dock.objectName());
    const double before = theme.zoom();
    const double after = std::clamp(zoom, Theme::kZoomMin, Theme::kZoomMax);
    if (qFuzzyCompare(before, after) || !dock.widget())
        return;
    QList<QWidget *> widgets = dock.widget()->findChildren<QWidget *>();
    widgets.prepend(dock.widget());
    for (QWidget *widget : std::as_const(widgets)) {
        QFont font = widget->font();
        if (font.pixelSize() <= 0)
            continue;
        const QVariant known = widget->property("chronaPixels");
        const double pixels = known.isValid() ? known.toDouble() : font.pixelSize() / before;
        widget->setProperty("chronaPixels", pixels);
        font.setPixelSize(qRound(pixels * after));
        widget->setFont(font);
    }
    theme.setZoom(after);
}

} // namespace chrona::ui
