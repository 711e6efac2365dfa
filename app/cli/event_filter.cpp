// SPDX-License-Identifier: AGPL-3.0-or-later
#include "event_filter.h"

#include <charconv>
#include <format>

namespace chrona::cli {
namespace {

Result<std::vector<schema::EventType>> typesFrom(const Arguments &arguments)
{
    std::vector<schema::EventType> types;
    for (const std::string &word : arguments.values("type")) {
        const auto type = schema::eventTypeFrom(word);
        if (!type)
            return fail(ErrorCode::InvalidInput, std::format("there is no event type {}", word));
        types.push_back(*type);
    }
    return types;
}

} // namespace

Result<EventFilter> eventFilterFrom(const Arguments &arguments)
{
    const auto from = arguments.instant("from");
    const auto to = arguments.instant("to");
    const auto asOf = arguments.instant("as-of");
    const auto box = boxFrom(arguments);
    const auto confidence = arguments.number("min-confidence");
    const auto types = typesFrom(arguments);
    for (const Error *error :
         {from ? nullptr : &from.error(), to ? nullptr : &to.error(),
          asOf ? nullptr : &asOf.error(), box ? nullptr : &box.error(),
          confidence ? nullptr : &confidence.error(), types ? nullptr : &types.error()})
        if (error)
            return std::unexpected(*error);
    if (*confidence && (**confidence < 0 || **confidence > 1))
        return fail(ErrorCode::InvalidInput, "--min-confidence must be 0 to 1");
    return EventFilter{*from,
                       *to,
                       *asOf,
                       *box,
                       *types,
                       arguments.value("entity").value_or(""),
                       arguments.value("text").value_or(""),
                       confidence->value_or(0)};
}

Result<schema::EventId> eventIdFrom(std::string_view word)
{
    std::int64_t id = 0;
    const char *const end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, id);
    if (read.ec != std::errc{} || read.ptr != end || id <= 0)
        return fail(ErrorCode::InvalidInput, std::format("{} is no id of an event", word));
    return schema::EventId{id};
}

} // namespace chrona::cli
