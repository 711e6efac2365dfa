// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

/// What no shipped data says about the names of places. '_' stands for a blank within a name.
namespace chrona::events {

struct CountryNames {
    std::string_view code;  ///< ISO 3166-1 alpha-2
    std::string_view names; ///< beside the one in the code table
    std::string_view demonyms;
};
[[nodiscard]] std::span<const CountryNames> countryNames();

struct RegionNames {
    std::string_view code; ///< ISO 3166-2
    std::string_view names;
};
/// Further names and written abbreviations of states and provinces.
[[nodiscard]] std::span<const RegionNames> regionNames();

/// Words beside a name that say which place is meant, or that none is.
struct NameContext {
    std::string_view name;
    std::string_view region; ///< of the place; empty: none, the name is a person or a word
    std::string_view words;
};
[[nodiscard]] std::span<const NameContext> nameContexts();

/// Names of cities that are more often something else.
[[nodiscard]] std::string_view wordsThatAreCities();
/// Names of places that people bear.
[[nodiscard]] std::string_view namesThatPeopleBear();
/// Given names, which make the next word a surname.
[[nodiscard]] std::string_view givenNames();

} // namespace chrona::events
