// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_painter.h"

#include "graph/graph_paint_job.h"
#include "graph/graph_shapes.h"
#include "map/map_style.h"

#include "chrona/geo/label_placer.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace chrona::ui {

namespace {

constexpr std::size_t kArrowsMax = 4'000; ///< more only cover each other
constexpr std::size_t kLabelsMax = 400;   ///< tried, from the most important
constexpr qsizetype kWordsKeptMax = 3'000;
constexpr double kLabelRoom = 4;                ///< around a label's letters, for its halo
constexpr std::size_t kWorthTwoThreads = 2'000; ///< lines
constexpr int kTile = 128;                      ///< pixels, that a cache holds with ease

} // namespace

QImage GraphPainter::picture(const GraphScene &scene)
{
    QImage image(scene.camera.size * scene.scale, QImage::Format_RGB32);
    image.fill(scene.style->ground);
    if (!scene.drawing || image.isNull())
        return image;
    Job job(scene);
    job.image = &image;
    for (const std::uint32_t row : scene.marks.selected)
        job.isLit[row] = true;
    if (scene.marks.hovered)
        job.isLit[*scene.marks.hovered] = true;
    forgetOld(scene);
    paintLines(job);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.scale(scene.scale, scene.scale);
    job.painter = &painter;
    paintArrows(job);
    paintNodes(job);
    paintSelection(job);
    paintLabels(job);
    return image;
}

void GraphPainter::paint(QPainter &painter, const GraphScene &scene)
{
    Job job(scene);
    job.painter = &painter;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRect({}, scene.camera.size), scene.style->ground);
    paintLines(job);
    paintArrows(job);
    paintNodes(job);
    paintLabels(job);
}

/// Tone by tone: coverage first, colour once, so that crossings are no darker than lines.
void GraphPainter::paintLines(Job &job)
{
    const GraphDrawing &drawing = job.drawing;
    const std::array<QColor, 3> colours{job.style.edgeFaded, job.style.edgeWeak, job.style.edge};
    if (!job.image) {
        for (std::size_t line = 0; line < drawing.from.size(); ++line) {
            job.painter->setPen(QPen(colours[drawing.tone[line]], job.lineWidth(line)));
            job.painter->drawLine(job.at[drawing.from[line]], job.at[drawing.to[line]]);
        }
        return;
    }
    m_mask.reset(job.image->width(), job.image->height());
    std::size_t line = 0;
    for (std::uint8_t tone = 0; tone < colours.size(); ++tone) {
        const std::size_t begin = line;
        while (line < drawing.from.size() && drawing.tone[line] == tone)
            ++line;
        paintMany(job, begin, line, colours[tone]);
    }
    // The ties of what is selected or under the pointer, then a path that was found.
    const double scale = job.scene.scale;
    const auto draw = [&](std::uint32_t from, std::uint32_t to, double width) {
        m_mask.addSegment(job.at[from] * scale, job.at[to] * scale, width * scale);
    };
    if (!job.scene.marks.selected.empty() || job.scene.marks.hovered)
        for (std::size_t at = 0; at < drawing.from.size(); ++at)
            if (drawing.tone[at] > 0 && (job.isLit[drawing.from[at]] || job.isLit[drawing.to[at]]))
                draw(drawing.from[at], drawing.to[at], job.lineWidth(at));
    m_mask.paintOn(*job.image, mixed(job.style.ground, job.style.focus, 0.62));
    for (const auto &[from, to] : job.scene.marks.path)
        draw(from, to, 3.5);
    m_mask.paintOn(*job.image, job.style.focus);
}

/// Lines of one colour. Many are shared by two threads, each with a mask of its own.
void GraphPainter::paintMany(Job &job, std::size_t begin, std::size_t end, const QColor &colour)
{
    const GraphDrawing &drawing = job.drawing;
    const double scale = job.scene.scale;
    const auto draw = [&](LineMask &mask, std::size_t line) {
        mask.addSegment(job.at[drawing.from[line]] * scale, job.at[drawing.to[line]] * scale,
                        job.lineWidth(line) * scale);
    };
    if (end - begin < kWorthTwoThreads) {
        for (std::size_t line = begin; line < end; ++line)
            draw(m_mask, line);
        return m_mask.paintOn(*job.image, colour);
    }
    const QSize tiles = job.image->size() / kTile + QSize(1, 1);
    const auto ordered =
        tileByTile(end - begin, std::size_t(tiles.width()) * tiles.height(), [&](std::size_t at) {
            const QPointF middle =
                (job.at[drawing.from[begin + at]] + job.at[drawing.to[begin + at]]) *
                (scale / 2 / kTile);
            const auto x = std::clamp<double>(middle.x(), 0, tiles.width() - 1);
            const auto y = std::clamp<double>(middle.y(), 0, tiles.height() - 1);
            return int(y) * tiles.width() + int(x);
        });
    m_otherMask.reset(job.image->width(), job.image->height());
    const std::size_t middle = ordered.size() / 2;
    inHalves([&](int half) {
        LineMask &mask = half == 0 ? m_mask : m_otherMask;
        for (std::size_t at = half == 0 ? 0 : middle, stop = half == 0 ? middle : ordered.size();
             at < stop; ++at)
            draw(mask, begin + ordered[at]);
    });
    m_mask.take(m_otherMask);
    job.image->detach(); // here, and not in the threads
    inHalves([&](int half) {
        const auto [from, to] = rowsOf(*job.image, half);
        m_mask.paintOn(*job.image, colour, from, to);
    });
    m_mask.clear();
}

void GraphPainter::paintArrows(Job &job)
{
    const GraphDrawing &drawing = job.drawing;
    if (drawing.from.size() > kArrowsMax || job.shrink < 0.6)
        return;
    for (std::size_t line = 0; line < drawing.from.size(); ++line) {
        const std::uint32_t ends[] = {drawing.from[line], drawing.to[line]};
        for (int end = 0; end < 2; ++end) {
            const int bit = end == 1 ? 1 : 2;
            if (!(drawing.arrows[line] & bit) || !job.isSeen(ends[end]))
                continue;
            const QColor colour = drawing.tone[line] == 0                    ? job.style.edgeFaded
                                  : job.isLit[ends[0]] || job.isLit[ends[1]] ? job.style.focus
                                                                             : job.style.edge;
            paintArrow(*job.painter, job.at[ends[1 - end]], job.at[ends[end]],
                       job.radius(ends[end]) + 2, drawing.width[line], colour);
        }
    }
}

void GraphPainter::paintSelection(Job &job)
{
    for (const std::uint32_t row : job.scene.marks.selected)
        if (job.isSeen(row))
            paintRing(*job.painter, job.at[row], job.radius(row) + 2.5, job.style.focus, 2,
                      job.scene.marks.current == row);
    if (const auto row = job.scene.marks.hovered; row && job.isSeen(*row))
        paintRing(*job.painter, job.at[*row], job.radius(*row) + 2.5, job.style.focus, 1.25, false);
}

const GraphPainter::Word &GraphPainter::word(const Job &job, std::uint32_t row, bool isStrong)
{
    const QString &text = job.drawing.label[row];
    const QChar kind(u'0' + (job.isLit[row] ? 2 : 0) + (isStrong ? 1 : 0));
    const QString key = kind + text;
    const auto found = m_words.constFind(key);
    if (found != m_words.constEnd())
        return *found;
    if (m_words.size() > kWordsKeptMax)
        m_words.clear();
    const QFont &font = isStrong ? job.style.labelStrong : job.style.labelFont;
    const QFontMetricsF metrics(font);
    Word made;
    made.width = metrics.horizontalAdvance(text);
    made.corner = {-kLabelRoom, -metrics.ascent() - kLabelRoom};
    const QSizeF size(made.width + 2 * kLabelRoom, metrics.height() + 2 * kLabelRoom);
    const double scale = job.scene.scale;
    made.picture =
        QImage((size * scale).toSize() + QSize(1, 1), QImage::Format_ARGB32_Premultiplied);
    made.picture.fill(Qt::transparent);
    QPainter painter(&made.picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    paintLabel(painter, -made.corner, text, font,
               job.isLit[row] ? job.style.focus
               : isStrong     ? job.style.text
                              : job.style.textQuiet,
               job.style.halo);
    painter.end();
    return *m_words.insert(key, std::move(made));
}

void GraphPainter::putLabel(Job &job, QPointF base, std::uint32_t row, bool isStrong)
{
    if (job.image) {
        const Word &made = word(job, row, isStrong);
        const QPointF corner = (base + made.corner) * job.scene.scale;
        return putSprite(
            *job.image, {&made.picture, int(std::lround(corner.x())), int(std::lround(corner.y()))},
            0, job.image->height());
    }
    paintLabel(*job.painter, base, job.drawing.label[row],
               isStrong ? job.style.labelStrong : job.style.labelFont,
               job.isLit[row] ? job.style.focus
               : isStrong     ? job.style.text
                              : job.style.textQuiet,
               job.style.halo);
}

/// Selected ones first, then by importance; a label that finds no room is left out.
void GraphPainter::paintLabels(Job &job)
{
    const QSize size = job.scene.camera.size;
    geo::LabelPlacer placer(size.width(), size.height());
    for (const QRectF &area : job.scene.keepClear)
        placer.block({area.left(), area.top(), area.right(), area.bottom()});
    const GraphDrawing &drawing = job.drawing;
    std::vector<std::uint32_t> order = job.scene.marks.selected;
    if (job.scene.marks.hovered)
        order.insert(order.begin(), *job.scene.marks.hovered);
    if (order.size() > kLabelsMax / 4)
        order.resize(kLabelsMax / 4);
    // The large ones keep their discs free of the labels of others.
    std::size_t tried = 0;
    for (std::size_t at = drawing.size(); at-- > 0 && tried < kLabelsMax;) {
        if (!job.isSeen(at))
            continue;
        ++tried;
        const double r = job.radius(at);
        if (r > 7)
            placer.block(
                {job.at[at].x() - r, job.at[at].y() - r, job.at[at].x() + r, job.at[at].y() + r});
        if (!job.isLit[at] && !(drawing.flags[at] & GraphDrawing::kFaded))
            order.push_back(std::uint32_t(at));
    }
    const QFontMetricsF plain(job.style.labelFont), strong(job.style.labelStrong);
    for (const std::uint32_t row : order) {
        if (!job.isSeen(row) || drawing.label[row].isEmpty())
            continue;
        const bool isStrong = job.isLit[row] || drawing.radius[row] > 15;
        const QFontMetricsF &metrics = isStrong ? strong : plain;
        const double width = job.image ? word(job, row, isStrong).width
                                       : metrics.horizontalAdvance(drawing.label[row]);
        const double gap = job.radius(row) + 4;
        // Right of the node, left, below, above: where there is room.
        const QPointF places[] = {{gap, metrics.capHeight() / 2},
                                  {-gap - width, metrics.capHeight() / 2},
                                  {-width / 2, gap + metrics.capHeight() + 1},
                                  {-width / 2, -gap}};
        for (const QPointF &place : places) {
            const QPointF base = job.at[row] + place;
            if (!placer.tryPlace({base.x() - 2, base.y() - metrics.capHeight() - 2,
                                  base.x() + width + 2, base.y() + 4}))
                continue;
            putLabel(job, base, row, isStrong);
            break;
        }
    }
}

} // namespace chrona::ui
