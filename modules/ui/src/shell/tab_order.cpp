// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/tab_order.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QToolBar>

#include <algorithm>

namespace chrona::ui {

namespace {

/// In a dock whose tab is not the current one: Qt moves it out of the window.
bool isBehindAnother(const QWidget &stop)
{
    for (const QWidget *widget = &stop; widget; widget = widget->parentWidget())
        if (qobject_cast<const QDockWidget *>(widget))
            return widget->visibleRegion().isEmpty();
    return false;
}

/// Where the key may stop, as the toolkit's chain has it.
QList<QWidget *> tabStops(QMainWindow &window)
{
    QList<QWidget *> stops;
    for (QWidget *widget = window.nextInFocusChain(); widget && widget != &window;
         widget = widget->nextInFocusChain())
        if ((widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget->focusProxy() &&
            widget->window() == &window && widget->isVisible() && widget->isEnabled() &&
            !isBehindAnother(*widget))
            stops += widget;
    return stops;
}

/// Smaller ones come first.
struct TabPlace {
    int part = 3; ///< 0: a bar, 1: a dock, 3: the rest
    int row = 0, column = 0;
    int within = 0; ///< 0: the header of a dock, 1: its content
    friend auto operator<=>(const TabPlace &, const TabPlace &) = default;
};

TabPlace placeOf(const QWidget *stop, const QMainWindow &window)
{
    for (const QWidget *widget = stop; widget && widget != &window;
         widget = widget->parentWidget()) {
        if (qobject_cast<const QToolBar *>(widget))
            return {0, 0, 0, 0};
        const auto *dock = qobject_cast<const QDockWidget *>(widget->parentWidget());
        if (!dock)
            continue;
        return {1, dock->y(), dock->x(), dock->titleBarWidget() == widget ? 0 : 1};
    }
    return {};
}

} // namespace

bool moveTabFocus(QMainWindow &window, bool forwards)
{
    QList<QWidget *> stops = tabStops(window);
    if (stops.isEmpty())
        return false;
    std::ranges::stable_sort(stops, {},
                             [&window](const QWidget *stop) { return placeOf(stop, window); });
    qsizetype at = -1; // of the stop in focus, or of the one that holds what is in focus
    for (const QWidget *widget = window.focusWidget(); widget && at < 0;
         widget = widget->parentWidget())
        at = stops.indexOf(widget);
    const qsizetype count = stops.size();
    if (at < 0)
        at = forwards ? count - 1 : 0;
    QWidget *stop = stops[(at + (forwards ? 1 : count - 1)) % count];
    stop->setFocus(forwards ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

} // namespace chrona::ui
