// SPDX-License-Identifier: AGPL-3.0-or-later
#include "canvas_renderer.h"

#include <QDir>
#include <QQuickWindow>

#include <mutex>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// Asking OpenGL itself would load it, which takes longer than the rest of the window.
bool hasGraphicsProcessor()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIntValue("LIBGL_ALWAYS_SOFTWARE") == 0 &&
           !QDir(u"/dev/dri"_s).entryList({u"renderD*"_s}, QDir::System).isEmpty();
#else
    return true;
#endif
}

} // namespace

void chooseCanvasRenderer()
{
    // Qt takes the choice of the first window for all.
    static std::once_flag isChosen;
    std::call_once(isChosen, [] {
        if (!qEnvironmentVariableIsSet("QT_QUICK_BACKEND") && !hasGraphicsProcessor())
            QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    });
}

bool drawsEventsOnGraphics()
{
    const QByteArray wish = qgetenv("CHRONA_MAP_POINTS");
    if (wish == "cpu" || QQuickWindow::graphicsApi() == QSGRendererInterface::Software ||
        qgetenv("QT_QUICK_BACKEND") == "software")
        return false;
    return wish == "gpu" || hasGraphicsProcessor();
}

} // namespace chrona::ui
