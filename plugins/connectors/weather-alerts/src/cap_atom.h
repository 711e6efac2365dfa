// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <string_view>
#include <vector>

namespace chrona::alerts {

/// An Atom index whose entries carry elements of CAP and GeoRSS, or a whole alert as their content:
/// as the National Weather Service, MeteoAlarm and the provinces of Canada publish it.
[[nodiscard]] Result<std::vector<connect::Draft>> readCapAtom(std::string_view payload);

} // namespace chrona::alerts
