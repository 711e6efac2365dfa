// SPDX-License-Identifier: AGPL-3.0-or-later
#include "charts/axis_range.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {

double niceStep(double span)
{
    const double power = std::pow(10.0, std::floor(std::log10(span / 4)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        if (factor * power * 4.5 >= span)
            return factor * power;
    }
    return 10 * power;
}

AxisRange niceRange(double low, double high)
{
    const double step = niceStep(std::max(high - low, 1e-9));
    AxisRange range{std::floor(low / step) * step, std::ceil(high / step) * step, step};
    if (range.high <= range.low)
        range.high = range.low + step;
    return range;
}

QString labelFormat(double step)
{
    // A step of 0.025 needs three digits, one of 0.02 two.
    for (int digits = 0; digits < 6; ++digits) {
        const double scaled = step * std::pow(10.0, digits);
        if (std::abs(scaled - std::round(scaled)) < 1e-6 * std::max(1.0, scaled))
            return u"%.%1f"_s.arg(digits);
    }
    return u"%.6f"_s;
}

} // namespace chrona::ui
