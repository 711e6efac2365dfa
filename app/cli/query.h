// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"
#include "service_link.h"

#include "chrona/schema/geometry.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

/// What the query commands share: their options and the walk over pages.
namespace chrona::cli {

inline constexpr std::int64_t kQueryLimitDefault = 1'000;

/// "west,south,east,north" in degrees.
[[nodiscard]] Result<std::optional<schema::GeoBox>> boxFrom(const Arguments &arguments);
/// --limit; 0 means all.
[[nodiscard]] Result<std::int64_t> limitFrom(const Arguments &arguments);

enum class QueryFormat : std::uint8_t { NdJson, Csv, GeoJson };
/// --format; GeoJSON only where the command can.
[[nodiscard]] Result<QueryFormat> formatFrom(const Arguments &arguments, bool mayBeGeoJson);

/// Asks for page after page until the limit or the end. `take` gets each reply and says how many
/// items it held. Tells on stderr when more was there.
template <class Query, class Take>
ExitCode walkPages(Invocation &invocation, Query query, std::int64_t limit, Take take)
{
    auto link = ServiceLink::open(invocation);
    if (!link)
        return link.error();
    std::int64_t left = limit;
    while (true) {
        query.limit = limit == 0 || left > Query::kLimitMax ? Query::kLimitMax
                                                            : static_cast<std::uint32_t>(left);
        const auto reply = link->request(query);
        if (!reply)
            return invocation.failed(reply.error());
        left -= static_cast<std::int64_t>(take(*reply));
        query.cursor = reply->nextCursor;
        if (query.cursor.empty())
            return ExitCode::Done;
        if (limit != 0 && left <= 0) {
            invocation.err() << std::format("chronactl {}: there is more; --limit 0 gives all\n",
                                            invocation.command);
            return ExitCode::Done;
        }
    }
}

} // namespace chrona::cli
