// SPDX-License-Identifier: AGPL-3.0-or-later
// The graph as files, written and read.
#include "graph/graph_export.h"
#include "graph/graph_pane.h"
#include "graph/graph_view.h"
#include "text/names.h"
#include "text/time_text.h"

#include "chrona/workspace/graph_explorer.h"
#include "chrona/workspace/graph_file.h"

#include <QFile>
#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace chrona::ui {

Status GraphPane::exportTo(const QString &path) const
{
    return exportGraph(m_model->state(), *m_view, path);
}

void GraphPane::askExport()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the graph"), u"graph.graphml"_s,
        tr("GraphML (*.graphml);;GEXF (*.gexf);;Ties as CSV (*.csv);;SVG (*.svg);;PNG (*.png);;"
           "PDF (*.pdf)"));
    if (path.isEmpty())
        return;
    const Status done = exportTo(path);
    if (done)
        return say(tr("Written to %1").arg(path));
    const FailureText text = failureText(done.error());
    say(text.cause + u' ' + text.remedy);
}

Status GraphPane::importFrom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unavailable,
                    "the file cannot be read: " + file.errorString().toStdString(),
                    "look whether it is still there and may be read");
    // One byte more than may be read tells that there are too many.
    const QByteArray bytes = file.read(qint64(workspace::GraphFile::kBytesMax) + 1);
    const auto graph = workspace::GraphFile::read(
        {bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!graph)
        return std::unexpected(graph.error());
    return m_explorer->open(*graph);
}

void GraphPane::askImport()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a graph's file"), {},
                                                      tr("Graphs (*.graphml *.gexf)"));
    if (!path.isEmpty())
        openFile(path);
}

void GraphPane::openFile(const QString &path)
{
    if (const Status done = importFrom(path); !done) {
        const FailureText text = failureText(done.error());
        say(text.cause + u' ' + text.remedy);
    }
}

} // namespace chrona::ui
