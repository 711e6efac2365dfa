// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "timeline/time_axis.h"

#include <QFlags>
#include <QRectF>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

class QPainter;

namespace chrona::ui {

class Theme;
enum class Role : std::uint8_t;

/// What the timeline shows beside the events.
enum class TimelineLayer : std::uint8_t {
    Releases = 1,
    Briefings = 2,
    Episodes = 4,
    Price = 8,
    Feature = 16,
    Pins = 32, ///< of the open investigation
    Work = 64, ///< what was done in it
};
Q_DECLARE_FLAGS(TimelineLayers, TimelineLayer)
Q_DECLARE_OPERATORS_FOR_FLAGS(TimelineLayers)

/// Something with a place in time of its own: a moment (begin = end) or a stretch.
struct TimelineMark {
    TimelineLayer layer = TimelineLayer::Releases;
    std::int64_t beginMicros = 0;
    std::int64_t endMicros = 0;
    QString text;     ///< what it is; of a release only known once it was looked at
    qint64 event = 0; ///< the release, or the event that is pinned
    qint64 item = 0;  ///< of the investigation, that was worked on
    friend bool operator==(const TimelineMark &, const TimelineMark &) = default;
};

/// A price or the values of a feature, oldest first.
struct TimelineLine {
    QString name;
    std::vector<std::int64_t> micros;
    std::vector<double> values;
};

constexpr double kMarkLaneHeight = 12;

/// Marks in the order of their beginnings: stretches above, moments below.
void paintMarkLane(QPainter &painter, const QRectF &lane, const TimeScale &scale,
                   std::span<const TimelineMark> marks, const Theme &theme);
/// The line over the whole height of `area`, with its name and last value where it ends.
void paintTimelineLine(QPainter &painter, const QRectF &area, const TimeScale &scale,
                       const TimelineLine &line, const Theme &theme, Role role);
/// The newest value at or before the moment, by its place; nullopt: there is none.
[[nodiscard]] std::optional<std::size_t> valueAt(const TimelineLine &line, std::int64_t micros);
/// The mark under x, a moment before a stretch, the nearest first; nullopt: none is near.
[[nodiscard]] std::optional<std::size_t> markAt(std::span<const TimelineMark> marks,
                                                const TimeScale &scale, double x);
/// The next mark that begins after (step 1) or before (−1) the moment; nullopt: there is none.
[[nodiscard]] std::optional<std::size_t> markBeside(std::span<const TimelineMark> marks,
                                                    std::int64_t micros, int step);

} // namespace chrona::ui
