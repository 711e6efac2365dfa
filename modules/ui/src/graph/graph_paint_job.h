// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "graph/graph_painter.h"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

namespace chrona::ui {

/// One picture on its way.
struct GraphPainter::Job {
    static constexpr double kZoomSmall = 26; ///< below this, nodes shrink with the zoom

    explicit Job(const GraphScene &shown)
        : scene(shown), drawing(*shown.drawing), style(*shown.style), isLit(drawing.size()),
          shrink(std::clamp(shown.camera.zoom / kZoomSmall, 0.3, 1.0))
    {
        at.reserve(drawing.size());
        for (std::size_t row = 0; row < drawing.size(); ++row)
            at.push_back(scene.camera.toView({drawing.x[row], drawing.y[row]}));
    }

    const GraphScene &scene;
    const GraphDrawing &drawing;
    const GraphStyle &style;
    QPainter *painter = nullptr;
    QImage *image = nullptr; ///< null: lines go to the painter as well
    std::vector<QPointF> at; ///< of each node, in the view's pixels
    std::vector<bool> isLit; ///< selected or hovered
    double shrink;

    [[nodiscard]] double radius(std::size_t row) const { return drawing.radius[row] * shrink; }
    [[nodiscard]] double lineWidth(std::size_t line) const
    {
        return std::max(0.6, drawing.width[line] * std::clamp(shrink, 0.4, 1.0));
    }
    [[nodiscard]] bool hasPin(std::size_t row) const
    {
        return (drawing.flags[row] & GraphDrawing::kPinned) != 0 && shrink > 0.5;
    }
    [[nodiscard]] bool isSeen(std::size_t row) const
    {
        const double reach = radius(row) + 2;
        const QSize &size = scene.camera.size;
        return at[row].x() > -reach && at[row].y() > -reach && at[row].x() < size.width() + reach &&
               at[row].y() < size.height() + reach;
    }
};

/// Both halves of some work at once.
template <class Work> void inHalves(const Work &work)
{
    const auto later = std::async(std::launch::async, [&work] { work(1); });
    work(0);
    later.wait();
}

/// Rows of the upper or the lower half of a picture.
inline std::pair<int, int> rowsOf(const QImage &image, int half)
{
    const int middle = image.height() / 2;
    return half == 0 ? std::pair(0, middle) : std::pair(middle, image.height());
}

/// Numbers below `count`, those of one tile after those of another: what is drawn one after another
/// then lies in the processor's cache.
template <class TileOf>
std::vector<std::uint32_t> tileByTile(std::size_t count, std::size_t tiles, const TileOf &tileOf)
{
    std::vector<std::uint32_t> tileAt(count), places(tiles + 1, 0), ordered(count);
    for (std::size_t at = 0; at < count; ++at)
        ++places[(tileAt[at] = std::uint32_t(tileOf(at))) + 1];
    for (std::size_t tile = 1; tile < places.size(); ++tile)
        places[tile] += places[tile - 1];
    for (std::size_t at = 0; at < count; ++at)
        ordered[places[tileAt[at]]++] = std::uint32_t(at);
    return ordered;
}

/// Where a small picture goes, in pixels.
struct Stamp {
    const QImage *sprite;
    int left, top;
};

/// Puts it on those of an image's rows, both premultiplied. What a general painter does for
/// thousands of small pictures takes longer than their pixels. Nobody else holds the image.
void putSprite(QImage &image, const Stamp &stamp, int fromRow, int toRow);

} // namespace chrona::ui
