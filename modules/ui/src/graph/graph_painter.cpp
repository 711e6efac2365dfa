// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_painter.h"

#include "graph/graph_shapes.h"
#include "map/map_style.h"

#include "chrona/geo/label_placer.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <future>

namespace chrona::ui {

namespace {

constexpr std::size_t kArrowsMax = 4'000; ///< more only cover each other
constexpr std::size_t kLabelsMax = 400;   ///< tried, from the most important
constexpr std::size_t kSpritesMax = 2'000;
constexpr qsizetype kWordsKeptMax = 3'000;
constexpr double kLabelRoom = 4;                ///< around a label's letters, for its halo
constexpr std::size_t kManyNodes = 2'000;       ///< from here on whole pixels are near enough
constexpr std::size_t kWorthTwoThreads = 2'000; ///< lines
constexpr double kZoomSmall = 26;               ///< below this, nodes shrink with the zoom

/// Both premultiplied; what a general painter does for thousands of small pictures takes longer
/// than their pixels.
void putSprite(QImage &image, const QImage &sprite, int left, int top)
{
    const int fromX = std::max(0, -left), toX = std::min(sprite.width(), image.width() - left);
    const int fromY = std::max(0, -top), toY = std::min(sprite.height(), image.height() - top);
    constexpr QRgb kRedBlue = 0x00ff00ffU, kGreen = 0x0000ff00U;
    for (int y = fromY; y < toY; ++y) {
        const auto *from = reinterpret_cast<const QRgb *>(sprite.constScanLine(y));
        auto *to = reinterpret_cast<QRgb *>(image.scanLine(top + y)) + left;
        for (int x = fromX; x < toX; ++x) {
            const QRgb over = from[x];
            const std::uint32_t rest = 256 - (qAlpha(over) + (qAlpha(over) >> 7));
            if (rest == 256)
                continue;
            const QRgb redBlue = (((to[x] & kRedBlue) * rest) >> 8) & kRedBlue;
            const QRgb green = (((to[x] & kGreen) * rest) >> 8) & kGreen;
            to[x] = 0xFF000000U | ((redBlue | green) + (over & (kRedBlue | kGreen)));
        }
    }
}

} // namespace

struct GraphPainter::Job {
    const GraphScene &scene;
    const GraphDrawing &drawing;
    const GraphStyle &style;
    QPainter *painter = nullptr;
    QImage *image = nullptr;   ///< null: lines go to the painter as well
    std::vector<QPointF> at{}; ///< of each node, in the view's pixels
    std::vector<bool> isLit{}; ///< selected or hovered
    double shrink = 1;

    [[nodiscard]] double radius(std::size_t row) const { return drawing.radius[row] * shrink; }
    [[nodiscard]] bool isSeen(std::size_t row) const
    {
        const double reach = radius(row) + 2;
        const QSize &size = scene.camera.size;
        return at[row].x() > -reach && at[row].y() > -reach && at[row].x() < size.width() + reach &&
               at[row].y() < size.height() + reach;
    }
};

QImage GraphPainter::picture(const GraphScene &scene)
{
    QImage image(scene.camera.size * scene.scale, QImage::Format_RGB32);
    image.fill(scene.style->ground);
    if (!scene.drawing || image.isNull())
        return image;
    Job job{scene, *scene.drawing, *scene.style};
    job.image = &image;
    job.shrink = std::clamp(scene.camera.zoom / kZoomSmall, 0.3, 1.0);
    for (std::size_t row = 0; row < job.drawing.size(); ++row)
        job.at.push_back(scene.camera.toView({job.drawing.x[row], job.drawing.y[row]}));
    job.isLit.assign(job.drawing.size(), false);
    for (const std::uint32_t row : scene.marks.selected)
        job.isLit[row] = true;
    if (scene.marks.hovered)
        job.isLit[*scene.marks.hovered] = true;
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
    Job job{scene, *scene.drawing, *scene.style};
    job.painter = &painter;
    job.shrink = std::clamp(scene.camera.zoom / kZoomSmall, 0.3, 1.0);
    for (std::size_t row = 0; row < job.drawing.size(); ++row)
        job.at.push_back(scene.camera.toView({job.drawing.x[row], job.drawing.y[row]}));
    job.isLit.assign(job.drawing.size(), false);
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
    const auto widthOf = [&](std::size_t line) {
        return std::max(0.6, drawing.width[line] * std::clamp(job.shrink, 0.4, 1.0));
    };
    if (!job.image) {
        for (std::size_t line = 0; line < drawing.from.size(); ++line) {
            job.painter->setPen(QPen(colours[drawing.tone[line]], widthOf(line)));
            job.painter->drawLine(job.at[drawing.from[line]], job.at[drawing.to[line]]);
        }
        return;
    }
    const double scale = job.scene.scale;
    const auto draw = [&](std::uint32_t from, std::uint32_t to, double width) {
        m_mask.addSegment(job.at[from] * scale, job.at[to] * scale, width * scale);
    };
    const auto drawAll = [&](LineMask &mask, std::size_t begin, std::size_t end) {
        for (std::size_t line = begin; line < end; ++line)
            mask.addSegment(job.at[drawing.from[line]] * scale, job.at[drawing.to[line]] * scale,
                            widthOf(line) * scale);
    };
    m_mask.reset(job.image->width(), job.image->height());
    std::size_t line = 0;
    for (std::uint8_t tone = 0; tone < colours.size(); ++tone) {
        const std::size_t begin = line;
        while (line < drawing.from.size() && drawing.tone[line] == tone)
            ++line;
        if (line - begin < kWorthTwoThreads) {
            drawAll(m_mask, begin, line);
        } else {
            const std::size_t half = begin + (line - begin) / 2;
            m_otherMask.reset(job.image->width(), job.image->height());
            const auto later =
                std::async(std::launch::async, [&] { drawAll(m_otherMask, half, line); });
            drawAll(m_mask, begin, half);
            later.wait();
            m_mask.take(m_otherMask);
        }
        m_mask.paintOn(*job.image, colours[tone]);
    }
    // The ties of what is selected or under the pointer, then a path that was found.
    for (std::size_t at = 0; at < drawing.from.size(); ++at)
        if (drawing.tone[at] > 0 && (job.isLit[drawing.from[at]] || job.isLit[drawing.to[at]]))
            draw(drawing.from[at], drawing.to[at], widthOf(at));
    m_mask.paintOn(*job.image, mixed(job.style.ground, job.style.focus, 0.62));
    for (const auto &[from, to] : job.scene.marks.path)
        draw(from, to, 3.5);
    m_mask.paintOn(*job.image, job.style.focus);
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

const QImage &GraphPainter::sprite(const Job &job, std::size_t row)
{
    if (m_spriteStyle != job.scene.style || m_spriteScale != job.scene.scale ||
        m_sprites.size() > qsizetype(kSpritesMax)) {
        m_sprites.clear();
        m_words.clear();
        m_spriteStyle = job.scene.style;
        m_spriteScale = job.scene.scale;
    }
    const GraphDrawing &drawing = job.drawing;
    const double radius = std::max(1.5, std::round(job.radius(row) * 4) / 4);
    const bool isFaded = drawing.flags[row] & GraphDrawing::kFaded;
    const quint64 key = quint64(radius * 4) | quint64(drawing.look[row]) << 12 |
                        quint64(drawing.colourKind[row]) << 16 |
                        quint64(std::min(drawing.colourOf[row], 0xFFU)) << 20 |
                        quint64(isFaded) << 30 | quint64(drawing.members[row] > 1) << 31;
    const auto found = m_sprites.constFind(key);
    if (found != m_sprites.constEnd())
        return *found;
    const GraphNodeShape shape{GraphLook(drawing.look[row]), radius,
                               drawing.colourAt(row, job.style), isFaded, drawing.members[row] > 1};
    return *m_sprites.insert(key, nodeSprite(shape, job.style, job.scene.scale));
}

void GraphPainter::paintNodes(Job &job)
{
    const GraphDrawing &drawing = job.drawing;
    for (std::size_t row = 0; row < drawing.size(); ++row) {
        if (!job.isSeen(row))
            continue;
        if (!job.image) {
            job.painter->save();
            job.painter->translate(job.at[row]);
            paintNode(*job.painter,
                      {GraphLook(drawing.look[row]), job.radius(row),
                       drawing.colourAt(row, job.style),
                       bool(drawing.flags[row] & GraphDrawing::kFaded), drawing.members[row] > 1},
                      job.style);
            job.painter->restore();
        } else {
            const QImage &image = sprite(job, row);
            const QSizeF size = QSizeF(image.size()) / job.scene.scale;
            if (drawing.size() > kManyNodes) {
                const QPointF corner =
                    job.at[row] * job.scene.scale - QPointF(image.width(), image.height()) / 2;
                putSprite(*job.image, image, int(std::lround(corner.x())),
                          int(std::lround(corner.y())));
            } else {
                job.painter->drawImage(
                    QRectF(job.at[row] - QPointF(size.width(), size.height()) / 2, size), image);
            }
        }
        if (drawing.flags[row] & GraphDrawing::kPinned && job.shrink > 0.5)
            paintPin(*job.painter, job.at[row], job.radius(row), job.style);
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
        return putSprite(*job.image, made.picture, int(std::lround(corner.x())),
                         int(std::lround(corner.y())));
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
