// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace chrona {

/// A number that names one kind of thing and cannot be mistaken for another. 0 names nothing.
template <class Tag> struct Id {
    std::int64_t value = 0;

    [[nodiscard]] constexpr bool isNull() const { return value == 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

} // namespace chrona

template <class Tag> struct std::hash<chrona::Id<Tag>> {
    std::size_t operator()(chrona::Id<Tag> id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};
