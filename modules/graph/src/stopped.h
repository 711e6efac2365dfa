// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <format>
#include <string_view>

namespace chrona::graph {

/// The caller has asked for an end.
inline std::unexpected<Error> stopped(std::string_view work)
{
    return fail(ErrorCode::Cancelled, std::format("the {} was stopped", work));
}

} // namespace chrona::graph
