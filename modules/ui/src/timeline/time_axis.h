// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "text/time_text.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace chrona::ui {

/// Moments to pixels and back, for one stretch of time over one width.
struct TimeScale {
    std::int64_t beginMicros = 0;
    std::int64_t endMicros = 1;
    double width = 1;

    [[nodiscard]] double spanMicros() const
    {
        return static_cast<double>(endMicros - beginMicros);
    }
    [[nodiscard]] double xOf(std::int64_t micros) const
    {
        return static_cast<double>(micros - beginMicros) / spanMicros() * width;
    }
    [[nodiscard]] std::int64_t microsAt(double x) const
    {
        return beginMicros + static_cast<std::int64_t>(x / width * spanMicros());
    }
    [[nodiscard]] double microsPerPixel() const { return spanMicros() / width; }
};

/// A place on the axis that has a name. Major: a larger unit begins here (a day among hours).
struct AxisTick {
    std::int64_t micros = 0;
    QString label;
    bool isMajor = false;
};

/// Ticks at whole units of the calendar in the chosen zone, at least spacing pixels apart.
[[nodiscard]] std::vector<AxisTick> axisTicks(const TimeScale &scale, const TimeText &times,
                                              double spacing);

/// The opening or the close of a session of the New York exchange that is nearest.
[[nodiscard]] std::int64_t nearestSessionEdge(std::int64_t micros);
/// The next one after (step 1) or before (−1) the moment.
[[nodiscard]] std::int64_t sessionEdgeBeside(std::int64_t micros, int step);

/// A width for histogram bins: a round span of at least pixels on this scale.
struct BinWidth {
    std::int64_t micros = 1;
    QString name; ///< "6 h", "7 d"
};
[[nodiscard]] BinWidth binWidthFor(const TimeScale &scale, double pixels);

} // namespace chrona::ui
