// SPDX-License-Identifier: AGPL-3.0-or-later
#include "graph/graph_paint_job.h"
#include "graph/graph_shapes.h"
#include "map/four.h"

#include <QPainter>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>

namespace chrona::ui {

namespace {

constexpr std::size_t kSpritesMax = 2'000;
constexpr std::size_t kManyNodes = 2'000; ///< from here on whole pixels are near enough

/// The part of a picture that is not empty.
QRect inkOf(const QImage &picture)
{
    QRect ink;
    for (int y = 0; y < picture.height(); ++y) {
        const auto *pixels = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
        for (int x = 0; x < picture.width(); ++x)
            if (qAlpha(pixels[x]) != 0)
                ink |= QRect(x, y, 1, 1);
    }
    return ink.isEmpty() ? QRect(0, 0, 1, 1) : ink;
}

QRgb putOver(QRgb under, QRgb over)
{
    constexpr QRgb kRedBlue = 0x00ff00ffU, kGreen = 0x0000ff00U;
    const std::uint32_t rest = 256 - (qAlpha(over) + (qAlpha(over) >> 7));
    const QRgb redBlue = (((under & kRedBlue) * rest) >> 8) & kRedBlue;
    const QRgb green = (((under & kGreen) * rest) >> 8) & kGreen;
    return 0xFF000000U | ((redBlue | green) + (over & (kRedBlue | kGreen)));
}

/// Four pixels at once.
void putFour(QRgb *under, const QRgb *over)
{
    constexpr std::uint32_t kEven = 0x00FF00FFU;
    FourWords from{}, to{};
    std::memcpy(&from, over, sizeof from);
    std::memcpy(&to, under, sizeof to);
    const FourWords alpha = from >> 24;
    const FourWords rest = 256 - (alpha + (alpha >> 7));
    // In halves of 16 bits: two channels of a pixel.
    const auto dimmed = [share =
                             reinterpret_cast<EightShorts>(rest | rest << 16)](FourWords channels) {
        return reinterpret_cast<FourWords>(reinterpret_cast<EightShorts>(channels) * share);
    };
    const FourWords redBlue = dimmed(to & kEven) >> 8 & kEven;
    const FourWords green = dimmed(to >> 8 & kEven) & ~kEven;
    to = 0xFF000000U | ((redBlue | green) + from);
    std::memcpy(under, &to, sizeof to);
}

} // namespace

void putSprite(QImage &image, const Stamp &stamp, int fromRow, int toRow)
{
    const QImage &sprite = *stamp.sprite;
    const int left = stamp.left, top = stamp.top;
    const int fromX = std::max(0, -left), toX = std::min(sprite.width(), image.width() - left);
    const int fromY = std::max(0, fromRow - top), toY = std::min(sprite.height(), toRow - top);
    const qsizetype step = image.bytesPerLine(), spriteStep = sprite.bytesPerLine();
    uchar *const pixels = image.bits();
    const uchar *const over = sprite.constBits();
    for (int y = fromY; y < toY; ++y) {
        const auto *from = reinterpret_cast<const QRgb *>(over + y * spriteStep);
        auto *to = reinterpret_cast<QRgb *>(pixels + (top + y) * step) + left;
        int x = fromX;
        for (; x + 4 <= toX; x += 4)
            putFour(to + x, from + x);
        for (; x < toX; ++x)
            to[x] = putOver(to[x], from[x]);
    }
}

/// What was made for other looks, or grew without end.
void GraphPainter::forgetOld(const GraphScene &scene)
{
    if (m_spriteStyle == scene.style && m_spriteScale == scene.scale &&
        m_sprites.size() <= kSpritesMax)
        return;
    m_spriteAt.clear();
    m_sprites.clear();
    m_words.clear();
    m_spriteStyle = scene.style;
    m_spriteScale = scene.scale;
}

/// The number of a node's sprite; those before keep theirs.
std::size_t GraphPainter::spriteOf(const Job &job, std::size_t row)
{
    const GraphDrawing &drawing = job.drawing;
    const double radius = std::max(1.5, std::round(job.radius(row) * 4) / 4);
    const bool isFaded = drawing.flags[row] & GraphDrawing::kFaded;
    const quint64 key = quint64(radius * 4) | quint64(drawing.look[row]) << 12 |
                        quint64(drawing.colourKind[row]) << 16 |
                        quint64(std::min(drawing.colourOf[row], 0xFFU)) << 20 |
                        quint64(isFaded) << 30 | quint64(drawing.members[row] > 1) << 31;
    const auto found = m_spriteAt.constFind(key);
    if (found != m_spriteAt.constEnd())
        return *found;
    const GraphNodeShape shape{GraphLook(drawing.look[row]), radius,
                               drawing.colourAt(row, job.style), isFaded, drawing.members[row] > 1};
    const QImage whole = nodeSprite(shape, job.style, job.scene.scale);
    const QRect ink = inkOf(whole);
    m_sprites.push_back(
        {whole.copy(ink), QPointF(ink.topLeft()) - QPointF(whole.width(), whole.height()) / 2});
    return *m_spriteAt.insert(key, m_sprites.size() - 1);
}

void GraphPainter::paintNodes(Job &job)
{
    const GraphDrawing &drawing = job.drawing;
    if (job.image && drawing.size() > kManyNodes) {
        putManyNodes(job);
    } else {
        for (std::size_t row = 0; row < drawing.size(); ++row)
            if (job.isSeen(row))
                putNode(job, row);
    }
}

void GraphPainter::putNode(Job &job, std::size_t row)
{
    const GraphDrawing &drawing = job.drawing;
    if (!job.image) {
        job.painter->save();
        job.painter->translate(job.at[row]);
        paintNode(*job.painter,
                  {GraphLook(drawing.look[row]), job.radius(row), drawing.colourAt(row, job.style),
                   bool(drawing.flags[row] & GraphDrawing::kFaded), drawing.members[row] > 1},
                  job.style);
        job.painter->restore();
    } else {
        const Sprite &sprite = m_sprites[spriteOf(job, row)];
        const double scale = job.scene.scale;
        job.painter->drawImage(
            QRectF(job.at[row] + sprite.corner / scale, QSizeF(sprite.picture.size()) / scale),
            sprite.picture);
    }
    if (job.hasPin(row))
        paintPin(*job.painter, job.at[row], job.radius(row), job.style);
}

/// In whole pixels, and by two threads, band by band of the picture: so their order is kept, and
/// what is drawn on lies in the processor's cache.
void GraphPainter::putManyNodes(Job &job)
{
    struct Put {
        std::uint32_t sprite;
        int left, top;
    };
    constexpr int kBand = 64; // rows
    const int height = job.image->height();
    std::vector<std::vector<Put>> bands(std::size_t(height + kBand - 1) / kBand);
    for (std::size_t row = 0; row < job.drawing.size(); ++row) {
        if (!job.isSeen(row))
            continue;
        const std::size_t sprite = spriteOf(job, row);
        const QPointF corner = job.at[row] * job.scene.scale + m_sprites[sprite].corner;
        const Put put{std::uint32_t(sprite), int(std::lround(corner.x())),
                      int(std::lround(corner.y()))};
        const int last = std::min(height, put.top + m_sprites[sprite].picture.height()) - 1;
        for (int band = std::max(0, put.top) / kBand; band <= last / kBand && last >= 0; ++band)
            bands[std::size_t(band)].push_back(put);
    }
    job.image->detach(); // here, and not in the threads
    std::atomic<std::size_t> next{0};
    inHalves([&](int) {
        for (std::size_t band = 0; (band = next++) < bands.size();)
            for (const Put &put : bands[band])
                putSprite(*job.image, {&m_sprites[put.sprite].picture, put.left, put.top},
                          int(band) * kBand, std::min(height, int(band + 1) * kBand));
    });
    for (std::size_t row = 0; row < job.drawing.size(); ++row)
        if (job.hasPin(row) && job.isSeen(row))
            paintPin(*job.painter, job.at[row], job.radius(row), job.style);
}

} // namespace chrona::ui
