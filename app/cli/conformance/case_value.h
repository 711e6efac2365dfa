// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace chrona::cli {

/// One value of a case file, whatever JSON reader it came from.
struct CaseValue {
    using List = std::vector<CaseValue>;
    using Members = std::vector<std::pair<std::string, CaseValue>>;
    std::variant<std::monostate, bool, double, std::string, List, Members> value;

    [[nodiscard]] bool isNull() const { return value.index() == 0; }
    [[nodiscard]] bool isTrue() const
    {
        const auto *truth = std::get_if<bool>(&value);
        return truth != nullptr && *truth;
    }
    /// NaN where it is no number: null is a missing value in these files.
    [[nodiscard]] double number() const
    {
        const auto *number = std::get_if<double>(&value);
        return number != nullptr ? *number : std::numeric_limits<double>::quiet_NaN();
    }
    [[nodiscard]] std::size_t count() const
    {
        const double size = number();
        return size >= 0 && size < 1e9 ? static_cast<std::size_t>(size) : 0;
    }
    [[nodiscard]] std::string_view text() const
    {
        const auto *text = std::get_if<std::string>(&value);
        return text != nullptr ? std::string_view(*text) : std::string_view();
    }
    [[nodiscard]] const List &list() const
    {
        static const List none;
        const auto *list = std::get_if<List>(&value);
        return list != nullptr ? *list : none;
    }
    [[nodiscard]] const Members &members() const
    {
        static const Members none;
        const auto *members = std::get_if<Members>(&value);
        return members != nullptr ? *members : none;
    }
    [[nodiscard]] const CaseValue *find(std::string_view name) const
    {
        for (const auto &member : members())
            if (member.first == name)
                return &member.second;
        return nullptr;
    }
    [[nodiscard]] const CaseValue &operator[](std::string_view name) const
    {
        static const CaseValue nothing;
        const CaseValue *found = find(name);
        return found != nullptr ? *found : nothing;
    }
    [[nodiscard]] std::vector<double> numbers() const
    {
        std::vector<double> result;
        for (const auto &item : list())
            result.push_back(item.number());
        return result;
    }
};

} // namespace chrona::cli
