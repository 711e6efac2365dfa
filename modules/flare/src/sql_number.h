// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>

namespace chrona::flare {

/// As the database holds it: bit by bit.
inline std::int64_t sql(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

} // namespace chrona::flare
