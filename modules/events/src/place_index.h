// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/events/place_names.h"
#include "chrona/geo/base_map.h"
#include "chrona/geo/country_codes.h"
#include "chrona/geo/places.h"

#include "phrase_starts.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace chrona::events {

/// What a name may mean.
struct PlaceCandidate {
    PlaceLevel level = PlaceLevel::Country;
    std::string name;
    std::string region;
    schema::GeoPoint location;
    float prior = 0;           ///< how often it is what is meant, against its namesakes
    float sureness = 1;        ///< confidence where nothing speaks against it
    bool needsSupport = false; ///< counts only where the text names its state or country too
    schema::EntityId city{}, regionEntity{}, country{}; ///< as PlaceMention has them
};

/// Folded names → candidates, and the tables that decide between them.
class PlaceIndex {
public:
    static constexpr std::size_t kWordsMax = 5;

    struct Entry {
        std::string name; ///< folded words with blanks between
        std::vector<PlaceCandidate> candidates;
    };
    struct Context {
        std::string_view region;
        std::unordered_set<std::uint64_t> words;
    };

    [[nodiscard]] static PlaceIndex build(const geo::CountryCodes &countries,
                                          const geo::BaseMap &map, const geo::Places &places);

    /// False where no name begins with these words.
    [[nodiscard]] bool mayBegin(std::uint64_t phrase) const { return m_starts.mayBegin(phrase); }
    /// By the joined hashes of its words.
    [[nodiscard]] const Entry *find(std::uint64_t phrase) const
    {
        const auto found = m_entries.find(phrase);
        return found == m_entries.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::span<const Context> contextsOf(const std::string &name) const
    {
        const auto found = m_contexts.find(name);
        return found == m_contexts.end() ? std::span<const Context>{} : found->second;
    }
    [[nodiscard]] bool isBorneByPeople(const std::string &name) const
    {
        return m_borne.contains(name);
    }
    [[nodiscard]] bool isGivenName(std::uint64_t word) const { return m_given.contains(word); }

private:
    void add(std::string_view name, const PlaceCandidate &candidate);
    void addCountries(const geo::CountryCodes &countries, const geo::BaseMap &map);
    void addRegions(const geo::BaseMap &map);
    void addCities(const geo::BaseMap &map, const geo::Places &places);
    void readTables();
    void nameEntities(PlaceCandidate &candidate);

    PhraseStarts m_starts{1 << 20};
    std::unordered_map<std::uint64_t, Entry> m_entries;
    std::unordered_map<std::string, std::vector<Context>> m_contexts;
    std::unordered_set<std::string> m_borne;
    std::unordered_set<std::uint64_t> m_given;
    std::unordered_set<std::string> m_words; ///< cities that are also words
    std::unordered_map<std::string, schema::EntityId>
        m_areas; ///< by the key, of those named so far
};

} // namespace chrona::events
