// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/geo/mercator.h"
#include "chrona/ui/map/map_camera.h"
#include "map_style.h"

#include <QImage>
#include <QPainter>
#include <QString>

#include <cstdint>
#include <vector>

namespace chrona::ui {

/// A story as it is drawn: several reports of the same, where the first of them lies.
struct ShownStory {
    QString title;
    geo::MercatorPoint at;
    std::int64_t representative = 0;
    std::vector<std::int64_t> events;
    std::uint32_t publishers = 1; ///< independent ones
    bool isSelected = false;
    friend bool operator==(const ShownStory &, const ShownStory &) = default;
};
/// The one that comes first is drawn where two would touch.
using StoryMarks = std::vector<ShownStory>;

/// Of the disc, in pixels of the view: grows with the number of reports.
[[nodiscard]] double storyRadius(const ShownStory &story);

/// Stories whose discs are drawn: what would touch one that comes before it stays away until the
/// camera is closer. Indices, ascending.
[[nodiscard]] std::vector<std::size_t> drawnStories(const StoryMarks &stories,
                                                    const MapCamera &camera);

/// Of those, what their discs cover of the view: no name should lie there.
[[nodiscard]] std::vector<QRectF> storyBoxes(const StoryMarks &stories, const MapCamera &camera);

/// A disc with the number of reports; a second ring where several publishers tell it.
void paintStory(QPainter &painter, QPointF at, double scale, const MapStyle &style,
                const ShownStory &story);

void paintStories(QImage &image, const MapCamera &camera, double scale, const MapStyle &style,
                  const StoryMarks &stories);

/// The story whose disc holds the position in the view; nullptr: none.
[[nodiscard]] const ShownStory *storyAt(const StoryMarks &stories, const MapCamera &camera,
                                        QPointF position);

} // namespace chrona::ui
