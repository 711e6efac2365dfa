// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QString>

namespace chrona::ui {

/// A round step of which about four fit into a span.
[[nodiscard]] double niceStep(double span);

/// From and to on whole steps, so that an axis begins and ends with a label.
struct AxisRange {
    double low = 0, high = 1, step = 1;
};
[[nodiscard]] AxisRange niceRange(double low, double high);

/// The printf format of labels that are so far apart.
[[nodiscard]] QString labelFormat(double step);

} // namespace chrona::ui
