// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/file_door.h"

#include "chrona/workspace/session.h"
#include "graph/graph_pane.h"
#include "shell/layouts.h"
#include "shell/main_window.h"

#include <QApplication>
#include <QDropEvent>
#include <QFileInfo>
#include <QFileOpenEvent>
#include <QMimeData>
#include <QStatusBar>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

enum class FileKind : std::uint8_t { Unknown, Case, Table, Graph, Tiles };

FileKind kindOf(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == "chrona"_L1)
        return FileKind::Case;
    if (ending == "graphml"_L1 || ending == "gexf"_L1)
        return FileKind::Graph;
    if (ending == "pmtiles"_L1)
        return FileKind::Tiles;
    const bool isTable = ending == "csv"_L1 || ending == "json"_L1 || ending == "geojson"_L1 ||
                         ending == "topojson"_L1;
    return isTable ? FileKind::Table : FileKind::Unknown;
}

/// The one file that a drag brings; empty: none, or several, of which nobody said what is meant.
QString fileOf(const QMimeData &data)
{
    const QList<QUrl> urls = data.urls();
    return urls.size() == 1 && urls.first().isLocalFile() ? urls.first().toLocalFile() : QString();
}

} // namespace

FileDoor::FileDoor(MainWindow &window, workspace::Session &session)
    : QObject(&window), m_window(window), m_session(session)
{
    window.setAcceptDrops(true);
    qApp->installEventFilter(this);
}

bool FileDoor::knows(const QString &path)
{
    return kindOf(path) != FileKind::Unknown;
}

void FileDoor::open(const QString &path)
{
    switch (kindOf(path)) {
    case FileKind::Case: return m_window.readCaseFrom(path);
    case FileKind::Table: return m_window.importFile(path);
    case FileKind::Graph:
        m_window.layouts().showPerspective(u"graph"_s);
        if (auto *graph = m_window.findChild<GraphPane *>())
            graph->openFile(path);
        return;
    case FileKind::Tiles: {
        workspace::MapLayers layers = m_session.focus().layers();
        layers.tilesFile = path;
        layers.tilesSource.clear();
        layers.showTiles = true;
        m_session.focus().setLayers(std::move(layers));
        return;
    }
    case FileKind::Unknown: break;
    }
    m_window.statusBar()->showMessage(tr("Nothing here opens %1").arg(QFileInfo(path).fileName()),
                                      8000);
}

bool FileDoor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FileOpen && watched == qApp) {
        open(static_cast<QFileOpenEvent *>(event)->file());
        return true;
    }
    if (watched != &m_window)
        return false;
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove) {
        auto *drag = static_cast<QDropEvent *>(event);
        if (knows(fileOf(*drag->mimeData())))
            drag->acceptProposedAction();
        return true;
    }
    if (event->type() == QEvent::Drop) {
        auto *drop = static_cast<QDropEvent *>(event);
        drop->acceptProposedAction();
        open(fileOf(*drop->mimeData()));
        return true;
    }
    return false;
}

} // namespace chrona::ui
