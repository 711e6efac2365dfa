// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/schema/geometry.h"
#include "chrona/schema/ids.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::geo {
class CountryCodes;
class Places;
struct BaseMap;
} // namespace chrona::geo

namespace chrona::events {

struct Word; // of the module's inside

enum class PlaceLevel : std::uint8_t { Country, Region, City };

/// A place that a text names.
struct PlaceMention {
    PlaceLevel level = PlaceLevel::Country;
    std::string name;          ///< as it is shown: "Texas", whatever the text calls it
    std::string region;        ///< ISO 3166: "US", "US-TX", "CA-ON"; of a city, where it lies
    schema::GeoPoint location; ///< of a city; elsewhere where its label stands on a map
    float confidence = 0;      ///< 0–1, that the text means this place
    /// Of the city and the region; null where the place is none or lies in none. And the country.
    schema::EntityId cityEntity{}, regionEntity{}, countryEntity{};
    std::uint32_t begin = 0; ///< first byte of the words that name it
    std::uint32_t end = 0;   ///< behind the last
};

/// Finds the countries, regions and cities that a text names.
///
/// Known are countries by name, demonym and capital, states of the US, Canada, Australia and
/// Brazil, and some 26,000 cities. A name must begin with a capital letter. Which of several places
/// of one name is meant follows from what else the text names, from words that go with one of them
/// ("senator" with one Georgia, "Tbilisi" with the other), then from population; small towns and
/// names that are also words ("Reading", "Nice") count only where the text names their state or
/// country too. Doubt shows in the confidence.
///
/// Immutable once built; any thread. Costs microseconds a headline.
class PlaceNames {
public:
    [[nodiscard]] static PlaceNames build(const geo::CountryCodes &countries,
                                          const geo::BaseMap &map, const geo::Places &places);
    /// From the data inside the program; built once.
    [[nodiscard]] static Result<PlaceNames> shipped();

    /// In the order of the text, none overlapping another.
    [[nodiscard]] std::vector<PlaceMention> find(std::string_view text) const;
    /// The same of a text that the module has split already.
    [[nodiscard]] std::vector<PlaceMention> find(std::span<const Word> words) const;

    PlaceNames(PlaceNames &&) noexcept;
    PlaceNames &operator=(PlaceNames &&) noexcept;
    ~PlaceNames();

private:
    struct Tables;
    explicit PlaceNames(std::unique_ptr<Tables> tables);
    std::unique_ptr<Tables> m_tables;
};

/// The one that says best where something happened: the surest, and of equally sure ones the most
/// precise. nullptr where there is none.
[[nodiscard]] const PlaceMention *bestPlace(const std::vector<PlaceMention> &mentions);

} // namespace chrona::events
