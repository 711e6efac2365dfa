// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/base/time.h"

#include <charconv>
#include <cstdint>
#include <format>
#include <optional>
#include <string>

namespace chrona::service {

/// Where a page of rows in the order of (moment, id) ends, as the client keeps it.
inline std::string cursorFrom(Instant moment, std::int64_t id)
{
    return std::format("{}:{}", moment.time_since_epoch().count(), id);
}

/// A position (moment, id) of the store, or none from an empty cursor.
template <class Position>
Result<std::optional<Position>> positionFrom(const std::string &cursor)
{
    if (cursor.empty())
        return std::nullopt;
    std::int64_t moment = 0, id = 0;
    const char *const end = cursor.data() + cursor.size();
    const auto first = std::from_chars(cursor.data(), end, moment);
    const bool split = first.ec == std::errc{} && first.ptr != end && *first.ptr == ':';
    const auto second = split ? std::from_chars(first.ptr + 1, end, id) : first;
    if (!split || second.ec != std::errc{} || second.ptr != end)
        return fail(ErrorCode::InvalidInput, "the cursor is none of ours");
    return Position{Instant(Duration(moment)), {id}};
}

} // namespace chrona::service
