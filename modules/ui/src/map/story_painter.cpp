// SPDX-License-Identifier: AGPL-3.0-or-later
#include "story_painter.h"

#include "text/time_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace chrona::ui {

namespace {

constexpr double kStoryRadiusLeast = 8, kStoryRadiusMost = 17;
constexpr double kStoryGap = 2; ///< between discs

/// Across the edge of the world the nearer way counts.
double apart(geo::MercatorPoint a, geo::MercatorPoint b)
{
    const double across = std::abs(a.x - b.x);
    return std::hypot(std::min(across, 1 - across), a.y - b.y);
}

} // namespace

double storyRadius(const ShownStory &story)
{
    const double grown = std::sqrt(double(std::max<std::size_t>(story.events.size(), 2)) / 2);
    return std::min(kStoryRadiusMost, kStoryRadiusLeast * std::pow(grown, 0.7));
}

std::vector<std::size_t> drawnStories(const StoryMarks &stories, const MapCamera &camera)
{
    std::vector<std::size_t> drawn;
    const double world = camera.worldPixels();
    // Cells at least as wide as two discs can reach: what touches lies in a cell beside.
    const auto across = std::int64_t(std::max(3.0, world / (2 * kStoryRadiusMost + kStoryGap)));
    const auto cellOf = [across](double position) {
        return std::int64_t(std::floor(position * double(across)));
    };
    std::unordered_map<std::int64_t, std::vector<std::size_t>> cells;
    const auto keyOf = [across](std::int64_t x, std::int64_t y) {
        return y * across + (x % across + across) % across; // round the world
    };
    for (std::size_t at = 0; at < stories.size(); ++at) {
        const ShownStory &story = stories[at];
        const std::int64_t x = cellOf(story.at.x), y = cellOf(story.at.y);
        const auto touches = [&](std::size_t other) {
            return apart(story.at, stories[other].at) * world <
                   storyRadius(story) + storyRadius(stories[other]) + kStoryGap;
        };
        bool isFree = true;
        for (std::int64_t cell = 0; cell < 9 && isFree; ++cell)
            if (const auto near = cells.find(keyOf(x + cell % 3 - 1, y + cell / 3 - 1));
                near != cells.end())
                isFree = std::ranges::none_of(near->second, touches);
        if (!isFree)
            continue;
        cells[keyOf(x, y)].push_back(at);
        drawn.push_back(at);
    }
    return drawn;
}

std::vector<QRectF> storyBoxes(const StoryMarks &stories, const MapCamera &camera)
{
    std::vector<QRectF> boxes;
    const QRectF view(QPointF(), camera.size);
    for (const std::size_t one : drawnStories(stories, camera)) {
        const double radius = storyRadius(stories[one]);
        const QPointF at = camera.toScreen(stories[one].at);
        const QRectF box(at - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
        if (view.intersects(box))
            boxes.push_back(box);
    }
    return boxes;
}

void paintStory(QPainter &painter, QPointF at, double scale, const MapStyle &style,
                const ShownStory &story)
{
    const double radius = storyRadius(story) * scale;
    const QColor colour = story.isSelected
                              ? style.focus
                              : style.themes[static_cast<std::size_t>(workspace::MapTheme::News)];
    QColor ground = style.ocean;
    ground.setAlphaF(0.85F);
    painter.setPen(QPen(colour, 1.5 * scale));
    painter.setBrush(ground);
    painter.drawEllipse(at, radius, radius);
    if (story.publishers > 1) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, scale));
        painter.drawEllipse(at, radius - 2.5 * scale, radius - 2.5 * scale);
    }
    QFont font = style.placeFont;
    font.setPixelSize(int(std::lround((radius > 11 * scale ? 11 : 9) * scale)));
    painter.setFont(font);
    painter.setPen(style.labelText);
    const double half = radius * 1.5;
    painter.drawText(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half), Qt::AlignCenter,
                     countText(qint64(story.events.size())));
}

void paintStories(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                  const StoryMarks &stories)
{
    const double world = camera.worldPixels() * scale;
    const double left = camera.centre.x - image.width() / 2.0 / world;
    const double top = camera.centre.y - image.height() / 2.0 / world;
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto drawn = drawnStories(stories, camera);
    const QRectF bounds = QRectF(image.rect()).adjusted(-40, -40, 40, 40);
    // The first on top: it is the one that most publishers tell.
    for (auto one = drawn.rbegin(); one != drawn.rend(); ++one) {
        const ShownStory &story = stories[*one];
        const double y = (story.at.y - top) * world;
        for (int copy = int(std::floor(left)) - 1;
             copy <= int(std::floor(left + image.width() / world)); ++copy) {
            const QPointF at((story.at.x + copy - left) * world, y);
            if (bounds.contains(at))
                paintStory(painter, at, scale, style, story);
        }
    }
}

const ShownStory *storyAt(const StoryMarks &stories, const MapCamera &camera, QPointF position)
{
    const geo::MercatorPoint at = camera.fromScreen(position);
    for (const std::size_t one : drawnStories(stories, camera)) {
        double across = std::abs(stories[one].at.x - at.x);
        across = std::abs(across - std::round(across)); // whichever copy of the world
        if (std::hypot(across, stories[one].at.y - at.y) * camera.worldPixels() <=
            storyRadius(stories[one]))
            return &stories[one];
    }
    return nullptr;
}

} // namespace chrona::ui
