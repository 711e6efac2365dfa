// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "command.h"
#include "service_link.h"

#include "chrona/schema/geometry.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

/// How a list is printed: one line an item, CSV with its header first.
template <class Reply, class Item> struct ListForm {
    QueryFormat format = QueryFormat::NdJson;
    std::string_view csvHeader;
    std::vector<Item> Reply::*items;
    std::string (*asCsv)(const Item &item); ///< with the end of the line
    std::string (*asJson)(const Item &item);
    std::function<void(const Reply &page)> remark{}; ///< on each page; may be empty
};
template <class Query, class Reply, class Item>
ExitCode printPages(Invocation &invocation, Query query, std::int64_t limit,
                    const ListForm<Reply, Item> &form)
{
    bool isHeaded = form.format != QueryFormat::Csv;
    return walkPages(invocation, std::move(query), limit, [&](const Reply &page) {
        if (!std::exchange(isHeaded, true))
            invocation.out() << form.csvHeader;
        if (form.remark)
            form.remark(page);
        for (const Item &item : page.*form.items)
            invocation.out() << (form.format == QueryFormat::Csv ? form.asCsv(item)
                                                                 : form.asJson(item) + "\n");
        return (page.*form.items).size();
    });
}

} // namespace chrona::cli
