// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/json.h"

#include "chrona/base/time.h"

#include <algorithm>
#include <cstdint>
#include <format>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::formats {

inline constexpr std::size_t kNodeItemsMax = 200'000;

/// Gathers the first thing that is wrong, so that reading code has no branches of its own.
struct Faulty {
    std::string path, reason;
};

/// A value with its path. Reading what is not there notes a fault and gives an empty value.
class Node {
public:
    Node(JsonValue value, std::string path, std::optional<Faulty> &fault)
        : m_value(value), m_path(std::move(path)), m_fault(&fault)
    {
    }

    void refuse(std::string reason) const
    {
        if (!*m_fault)
            *m_fault = Faulty{m_path, std::move(reason)};
    }
    void only(std::initializer_list<std::string_view> names) const
    {
        if (m_value.kind() != JsonValue::Kind::Object)
            refuse("is no object");
        for (const JsonMember &member : m_value.members()) {
            if (!std::ranges::contains(names, member.name))
                refuse(std::format("has a member \"{}\", which this version does not know",
                                   std::string(member.name.substr(0, 40))));
        }
    }
    [[nodiscard]] bool has(std::string_view name) const { return !m_value[name].isMissing(); }
    [[nodiscard]] JsonValue raw() const { return m_value; }
    [[nodiscard]] Node at(std::string_view name) const
    {
        return {m_value[name], std::format("{}.{}", m_path, name), *m_fault};
    }
    [[nodiscard]] std::string text() const
    {
        if (const auto text = m_value.asString())
            return std::string(*text);
        refuse("is no text");
        return {};
    }
    [[nodiscard]] double number() const
    {
        if (const auto number = m_value.asDouble())
            return *number;
        refuse("is no number");
        return 0;
    }
    [[nodiscard]] double numberOrGap() const
    {
        return m_value.kind() == JsonValue::Kind::Null ? std::numeric_limits<double>::quiet_NaN()
                                                       : number();
    }
    [[nodiscard]] std::int64_t integer() const
    {
        if (const auto integer = m_value.asInteger())
            return *integer;
        refuse("is no whole number");
        return 0;
    }
    [[nodiscard]] std::uint32_t count() const
    {
        const std::int64_t value = integer();
        if (value < 0 || value > std::numeric_limits<std::uint32_t>::max())
            refuse("is out of range");
        return std::uint32_t(value);
    }
    [[nodiscard]] bool truth() const
    {
        if (const auto truth = m_value.asBool())
            return *truth;
        refuse("is neither true nor false");
        return false;
    }
    [[nodiscard]] Instant instant() const
    {
        const auto instant = parseInstant(text());
        if (!instant)
            refuse("is no instant");
        return instant.value_or(Instant{});
    }
    template <class Enum>
    [[nodiscard]] Enum word(std::optional<Enum> (*from)(std::string_view)) const
    {
        const auto value = from(text());
        if (!value)
            refuse("is a word that this version does not know");
        return value.value_or(Enum{});
    }
    [[nodiscard]] std::vector<Node> items() const
    {
        std::vector<Node> nodes;
        if (m_value.kind() != JsonValue::Kind::Array)
            refuse("is no array");
        else if (m_value.size() > kNodeItemsMax)
            refuse("has too many items");
        else
            for (const JsonValue item : m_value.items())
                nodes.emplace_back(item, std::format("{}[{}]", m_path, nodes.size()), *m_fault);
        return nodes;
    }
    template <class Read> [[nodiscard]] auto list(Read read) const
    {
        std::vector<decltype(read(*this))> values;
        for (const Node &item : items())
            values.push_back(read(item));
        return values;
    }

private:
    JsonValue m_value;
    std::string m_path;
    std::optional<Faulty> *m_fault;
};

} // namespace chrona::formats
