// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/tab_order.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QToolBar>

#include <algorithm>

namespace chrona::ui {

namespace {

/// Where the key stops, as the chain has it now.
QList<QWidget *> tabStops(QMainWindow &window)
{
    QList<QWidget *> stops;
    for (QWidget *widget = window.nextInFocusChain(); widget && widget != &window;
         widget = widget->nextInFocusChain())
        if ((widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget->focusProxy() &&
            widget->window() == &window)
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

void orderTabs(QMainWindow &window)
{
    const QList<QWidget *> before = tabStops(window);
    QList<QWidget *> after = before;
    std::ranges::stable_sort(after, {},
                             [&window](const QWidget *stop) { return placeOf(stop, window); });
    if (after == before)
        return;
    for (qsizetype i = 1; i < after.size(); ++i)
        QWidget::setTabOrder(after[i - 1], after[i]);
}

} // namespace chrona::ui
