// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/window_menu.h"

#include "chrona/workspace/investigations.h"
#include "shell/commands.h"
#include "shell/main_window.h"

#include <QApplication>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// The window and what it has put beside itself: floating views, dialogs.
QList<QWidget *> openWindows(QMainWindow &window)
{
    QList<QWidget *> open{&window};
    for (QWidget *one : QApplication::topLevelWidgets()) {
        const Qt::WindowType type = one->windowType();
        const bool isWindow = type == Qt::Window || type == Qt::Dialog || type == Qt::Tool;
        if (one != &window && isWindow && one->isVisible() && !one->windowTitle().isEmpty())
            open += one;
    }
    return open;
}

void bringForward(QWidget &window)
{
    if (window.isMinimized())
        window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    window.raise();
    window.activateWindow();
}

QAction *offerOne(QMenu &menu, const QString &text, bool isInFront)
{
    // A name is no place for a mnemonic.
    QAction *action = menu.addAction(QString(text).replace(u'&', u"&&"_s));
    action->setMenuRole(QAction::NoRole);
    action->setCheckable(true);
    action->setChecked(isInFront);
    return action;
}

} // namespace

void addWindowCommands(Commands &commands, QMainWindow &window)
{
    const auto add = [&](const QString &id, const QString &text, const QKeySequence &keys,
                         std::function<void()> run) {
        commands.add({id, text, MainWindow::tr("Window"), keys, u"layout"_s}, window,
                     std::move(run));
    };
#ifdef Q_OS_MACOS
    const QKeySequence minimise(Qt::CTRL | Qt::Key_M);
#else
    const QKeySequence minimise; // the desktop's own keys do it
#endif
    add(u"window.minimise"_s, MainWindow::tr("Minimise"), minimise,
        [&window] { window.showMinimized(); });
    add(u"window.zoom"_s, MainWindow::tr("Zoom"), {},
        [&window] { window.setWindowState(window.windowState() ^ Qt::WindowMaximized); });
    add(u"window.allToFront"_s, MainWindow::tr("Bring all to front"), {}, [&window] {
        for (QWidget *one : openWindows(window))
            one->raise();
        window.activateWindow();
    });
}

void fillWindowMenu(QMenu &menu, const Commands &commands, QMainWindow &window,
                    workspace::Investigations &cases,
                    std::function<void(schema::InvestigationId)> showCase)
{
    for (const QString &id : {u"window.minimise"_s, u"window.zoom"_s})
        menu.addAction(commands.action(id));
    menu.addSeparator();
    menu.addAction(commands.action(u"window.allToFront"_s));
    const qsizetype kept = menu.actions().size();
    const auto fill = [&menu, kept, &window, &cases, showCase = std::move(showCase)] {
        for (QAction *action : menu.actions().sliced(kept))
            delete action;
        menu.addSeparator();
        for (QWidget *one : openWindows(window))
            QObject::connect(offerOne(menu, one->windowTitle(), one->isActiveWindow()),
                             &QAction::triggered, one, [one] { bringForward(*one); });
        if (!cases.open().empty())
            menu.addSeparator();
        for (const workspace::Investigation *one : cases.open())
            QObject::connect(offerOne(menu, one->title(), one == cases.current()),
                             &QAction::triggered, &window,
                             [showCase, id = one->id()] { showCase(id); });
    };
    QObject::connect(&menu, &QMenu::aboutToShow, &window, fill);
}

} // namespace chrona::ui
