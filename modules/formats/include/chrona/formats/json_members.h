// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/json_writer.h"

#include <concepts>
#include <ranges>

namespace chrona::formats {

/// Writes a member of the open object; a list becomes an array.
template <class Value>
void writeMember(JsonWriter &json, std::string_view name, const Value &content)
{
    if constexpr (std::ranges::range<Value> && !std::convertible_to<Value, std::string_view>) {
        json.key(name).beginArray();
        for (const auto &item : content)
            json.value(item);
        json.endArray();
    } else {
        json.member(name, content);
    }
}

/// The same for whoever hands out names and values.
[[nodiscard]] inline auto membersOf(JsonWriter &json)
{
    return
        [&json](std::string_view name, const auto &content) { writeMember(json, name, content); };
}

} // namespace chrona::formats
