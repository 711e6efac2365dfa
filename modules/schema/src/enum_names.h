// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace chrona::schema {

/// The words of an enum whose values count up from 0. One table serves both ways, so that a word
/// that is written can always be read.
template <class Enum, std::size_t Count> class EnumNames {
public:
    constexpr explicit EnumNames(std::array<std::string_view, Count> names) : m_names(names) {}

    [[nodiscard]] constexpr std::string_view nameOf(Enum value) const
    {
        const auto index = static_cast<std::size_t>(value);
        return index < Count ? m_names[index] : std::string_view("unknown");
    }
    [[nodiscard]] constexpr std::optional<Enum> valueOf(std::string_view name) const
    {
        for (std::size_t i = 0; i < Count; ++i) {
            if (m_names[i] == name)
                return static_cast<Enum>(i);
        }
        return std::nullopt;
    }
    [[nodiscard]] constexpr bool has(Enum value) const
    {
        return static_cast<std::size_t>(value) < Count;
    }

private:
    std::array<std::string_view, Count> m_names;
};

template <class Enum, class... Names> constexpr auto enumNames(Names... names)
{
    return EnumNames<Enum, sizeof...(Names)>({std::string_view(names)...});
}

} // namespace chrona::schema
