// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/geo/places.h"

#include "byte_reader.h"

#include "chrona/base/ascii.h"

#include <algorithm>

namespace chrona::geo {

namespace {

constexpr std::uint32_t kPlaceSteps = 1 << 22;
constexpr std::uint8_t kCapital = 1;

} // namespace

Result<Places> Places::read(std::span<const std::byte> bytes)
{
    ByteReader in(bytes);
    in.expect("CHRPLC1\n");
    const std::uint32_t count = in.count(9);
    Places places;
    places.m_places.reserve(count);
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) {
        const std::uint32_t x = in.varint(), y = in.varint();
        if (x > kPlaceSteps || y > kPlaceSteps)
            in.refuse("a place lies off the map");
        Place place;
        place.at = {float(double(x) / kPlaceSteps), float(double(y) / kPlaceSteps)};
        place.population = in.varint();
        place.rank = in.byte();
        place.isCapital = (in.byte() & kCapital) != 0;
        if (const auto code = in.characters(2); code.size() == 2)
            place.country = {code[0], code[1]};
        const std::string_view name = in.text();
        if (name.size() > UINT16_MAX)
            in.refuse("a name is too long");
        place.nameOffset = static_cast<std::uint32_t>(places.m_names.size());
        place.nameLength = static_cast<std::uint16_t>(name.size());
        places.m_names += name;
        places.m_places.push_back(place);
    }
    in.expectEnd();
    if (!in.ok())
        return in.fault("the list of places");
    places.m_names.shrink_to_fit();
    return places;
}

std::optional<std::size_t> Places::find(std::string_view name) const
{
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        if (equalsIgnoringCase(nameOf(m_places[i]), name) &&
            (!best || m_places[i].population > m_places[*best].population))
            best = i;
    }
    return best;
}

} // namespace chrona::geo
