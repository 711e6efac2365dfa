// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/stop_button.h"

#include "shell/main_window.h"

#include <QPushButton>
#include <QStatusBar>

namespace chrona::ui {

QPushButton &offerStop(QStatusBar &bar, const QObject &work, const QString &what)
{
    auto *stop = new QPushButton(MainWindow::tr("Stop"));
    stop->setToolTip(what);
    stop->setAccessibleName(what);
    bar.addWidget(stop);
    QObject::connect(stop, &QPushButton::clicked, &bar, &QStatusBar::clearMessage);
    QObject::connect(&work, &QObject::destroyed, stop, &QObject::deleteLater);
    return *stop;
}

} // namespace chrona::ui
