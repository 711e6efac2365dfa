// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace chrona::schema {

/// One thing that is wrong with a value, and where.
struct Fault {
    std::string field;  ///< e.g. "geometry.latitude"
    std::string reason; ///< e.g. "is 91, must be between -90 and 90"

    friend bool operator==(const Fault &, const Fault &) = default;
};

/// Every fault found; empty means valid.
using Faults = std::vector<Fault>;

/// "field reason; field reason", for one line of output.
[[nodiscard]] std::string describe(const Faults &faults);

} // namespace chrona::schema
