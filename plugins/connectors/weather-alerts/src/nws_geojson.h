// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <string_view>
#include <vector>

namespace chrona::alerts {

/// Alerts as api.weather.gov serves them: a FeatureCollection, or one alert as a Feature. A feature
/// that cannot be read is a Rejected among the others.
[[nodiscard]] Result<std::vector<connect::Draft>> readNwsAlerts(std::string_view payload);

/// The answer of /points: which zones and which forecast office a place belongs to.
[[nodiscard]] Result<std::vector<connect::Draft>> readNwsPoint(std::string_view payload);

} // namespace chrona::alerts
