// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_export.h"

#include "graph/graph_view.h"

#include "chrona/graph/graph_files.h"

#include <QBuffer>
#include <QFileInfo>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr double kPictureScale = 2; ///< of a PNG, against the view

Status write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::Unavailable,
                    "the file cannot be written: " + file.errorString().toStdString(),
                    "choose another folder");
    return {};
}

Status writeText(const QString &path, const Result<std::string> &text)
{
    if (!text)
        return std::unexpected(text.error());
    return write(path, QByteArray::fromStdString(*text));
}

QByteArray asPng(const GraphView &view)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    view.picture(view.size(), kPictureScale).save(&buffer, "PNG");
    return bytes;
}

QByteArray asSvg(const GraphView &view)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96); // of a pixel in a browser
    generator.setSize(view.size());
    generator.setViewBox(QRect({}, view.size()));
    generator.setTitle(u"Chrona"_s);
    QPainter painter(&generator);
    view.paintOn(painter, view.size());
    painter.end();
    return bytes;
}

QByteArray asPdf(const GraphView &view)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageMargins({});
    writer.setResolution(96);
    writer.setPageSize(QPageSize(QSizeF(view.size()) * 72 / 96, QPageSize::Point));
    QPainter painter(&writer);
    view.paintOn(painter, view.size());
    painter.end();
    return bytes;
}

} // namespace

Status exportGraph(const workspace::GraphState &state, const GraphView &view, const QString &path)
{
    const QFileInfo target(path);
    const QString ending = target.suffix().toLower();
    if (ending == u"png"_s)
        return write(path, asPng(view));
    if (ending == u"svg"_s)
        return write(path, asSvg(view));
    if (ending == u"pdf"_s)
        return write(path, asPdf(view));
    const auto drawn = workspace::drawnGraph(state);
    if (!drawn)
        return std::unexpected(drawn.error());
    if (ending == u"graphml"_s)
        return writeText(path, graph::toGraphMl(drawn->graph, drawn->positions));
    if (ending == u"gexf"_s)
        return writeText(path, graph::toGexf(drawn->graph, drawn->positions));
    if (ending != u"csv"_s)
        return fail(ErrorCode::InvalidInput, "nobody knows that kind of file",
                    "end its name in graphml, gexf, csv, svg, png or pdf");
    const QString nodes = target.path() + u'/' + target.completeBaseName() + u"-nodes.csv"_s;
    if (const Status written = writeText(nodes, graph::toNodeCsv(drawn->graph, drawn->positions));
        !written)
        return written;
    return writeText(path, graph::toEdgeCsv(drawn->graph));
}

} // namespace chrona::ui
