// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/geo/base_map.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::geo {

/// A populated place of 15,000 people or more, or a port.
struct Place {
    MapPoint at;
    std::uint32_t population = 0;
    std::uint8_t rank = 0; ///< 0 a world city … 9 a town: the order in which labels appear
    bool isCapital = false;
    std::array<char, 2> country{}; ///< ISO 3166-1 alpha-2; blanks: nobody agrees
    std::uint32_t nameOffset = 0;
    std::uint16_t nameLength = 0;
};

/// Ordered by rank, then population. Immutable; any thread.
class Places {
public:
    [[nodiscard]] static Result<Places> read(std::span<const std::byte> bytes);

    [[nodiscard]] std::span<const Place> all() const { return m_places; }
    [[nodiscard]] std::string_view nameOf(const Place &place) const
    {
        return std::string_view(m_names).substr(place.nameOffset, place.nameLength);
    }
    [[nodiscard]] static std::string_view countryOf(const Place &place)
    {
        return {place.country.data(), place.country.size()};
    }
    /// The most populous place of that name, whatever its case; ASCII letters only are folded.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

private:
    std::vector<Place> m_places;
    std::string m_names;
};

} // namespace chrona::geo
