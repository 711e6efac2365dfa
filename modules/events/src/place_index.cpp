// SPDX-License-Identifier: AGPL-3.0-or-later
#include "place_index.h"

#include "chrona/geo/area_index.h"
#include "chrona/geo/mercator.h"
#include "chrona/schema/entity.h"

#include "headline_words.h"
#include "place_tables.h"

#include <algorithm>
#include <cmath>

namespace chrona::events {
namespace {

constexpr std::uint32_t kKnownPopulation = 100'000;

/// Each word of a table: blanks between entries, '_' within.
template <class Take> void eachEntry(std::string_view list, Take take)
{
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        if (end > at)
            take(list.substr(at, end - at));
        at = end + 1;
    }
}

std::string foldedName(std::span<const Word> words)
{
    std::string name;
    for (const Word &word : words)
        name += (name.empty() ? "" : " ") + word.folded;
    return name;
}

schema::GeoPoint onEarth(geo::MapPoint point)
{
    return geo::unproject({double(point.x), double(point.y)});
}

/// Where the area of that code has its label.
schema::GeoPoint labelOf(const geo::BaseMap &map, geo::AreaLayer layer, std::string_view code)
{
    const auto &areas = map.areas(layer);
    const auto found = std::ranges::find(areas, code, &geo::Area::code);
    return found == areas.end() ? schema::GeoPoint{} : onEarth(found->label);
}

} // namespace

void PlaceIndex::add(std::string_view name, const PlaceCandidate &candidate)
{
    const auto words = wordsOf(name);
    if (words.empty() || words.size() > kWordsMax)
        return;
    std::uint64_t phrase = words.front().exact;
    m_starts.add(phrase);
    for (std::size_t i = 1; i < words.size(); ++i) {
        phrase = joined(phrase, words[i].exact);
        m_starts.add(phrase);
    }
    Entry &entry = m_entries[phrase];
    entry.name = foldedName(words);
    const auto same = [&](const PlaceCandidate &known) {
        return known.level == candidate.level && known.region == candidate.region;
    };
    const auto known = std::ranges::find_if(entry.candidates, same);
    if (known == entry.candidates.end())
        entry.candidates.push_back(candidate);
    else if (known->prior < candidate.prior)
        *known = candidate;
}

/// Once for each place: a text that names it need not find out its ids.
void PlaceIndex::nameEntities(PlaceCandidate &candidate)
{
    const auto areaOf = [this](std::string key) {
        const auto [area, isNew] = m_areas.try_emplace(std::move(key));
        if (isNew)
            area->second = schema::entityIdFor(area->first);
        return area->second;
    };
    candidate.country = areaOf("country:" + candidate.region.substr(0, 2));
    if (candidate.level != PlaceLevel::Country && candidate.region.size() > 2)
        candidate.regionEntity = areaOf("region:" + candidate.region);
    if (candidate.level == PlaceLevel::City)
        candidate.city = schema::entityIdFor("location:" + candidate.region + "/" + candidate.name);
}

void PlaceIndex::addCountries(const geo::CountryCodes &countries, const geo::BaseMap &map)
{
    std::unordered_map<std::string_view, PlaceCandidate> made;
    for (const geo::Country &country : countries.all()) {
        PlaceCandidate candidate;
        candidate.region = country.alpha2;
        candidate.location = labelOf(map, geo::AreaLayer::Countries, country.alpha2);
        candidate.prior = 4;
        candidate.sureness = 0.97F;
        // "Iran, Islamic Republic of" is shown and written as Iran.
        candidate.name = country.name.substr(0, country.name.find_first_of(",("));
        while (candidate.name.ends_with(' '))
            candidate.name.pop_back();
        nameEntities(candidate);
        add(candidate.name, candidate);
        made.emplace(country.alpha2, candidate);
    }
    for (const CountryNames &row : countryNames()) {
        const auto found = made.find(row.code);
        if (found == made.end())
            continue;
        eachEntry(row.names, [&](std::string_view name) { add(name, found->second); });
        PlaceCandidate people = found->second;
        people.sureness = 0.88F;
        eachEntry(row.demonyms, [&](std::string_view name) { add(name, people); });
    }
}

void PlaceIndex::addRegions(const geo::BaseMap &map)
{
    std::unordered_map<std::string_view, PlaceCandidate> made;
    for (const geo::Area &area : map.areas(geo::AreaLayer::States)) {
        if (area.code.empty())
            continue;
        PlaceCandidate candidate;
        candidate.level = PlaceLevel::Region;
        candidate.name = area.name;
        candidate.region = area.code;
        candidate.location = onEarth(area.label);
        const bool northAmerican = area.code.starts_with("US") || area.code.starts_with("CA");
        candidate.prior = northAmerican ? 2.0F : 1.0F;
        candidate.sureness = 0.95F;
        nameEntities(candidate);
        // Two letters of a state are a word in some language, a name in another.
        if (area.name.size() > 3)
            add(area.name, candidate);
        made.emplace(area.code, candidate);
    }
    for (const RegionNames &row : regionNames()) {
        const auto found = made.find(row.code);
        if (found == made.end())
            continue;
        eachEntry(row.names, [&](std::string_view name) {
            PlaceCandidate candidate = found->second;
            candidate.needsSupport = name.size() <= 5;
            candidate.sureness = 0.85F;
            add(name, candidate);
        });
    }
}

void PlaceIndex::addCities(const geo::BaseMap &map, const geo::Places &places)
{
    const auto states = geo::AreaIndex::build(map, geo::AreaLayer::States);
    for (const geo::Place &place : places.all()) {
        PlaceCandidate candidate;
        candidate.level = PlaceLevel::City;
        candidate.name = places.nameOf(place);
        candidate.region = geo::Places::countryOf(place);
        candidate.location = onEarth(place.at);
        const auto country = candidate.region;
        if (country == "US" || country == "CA" || country == "AU" || country == "BR")
            if (const auto state = states.find(candidate.location);
                state && states.codeOf(state->area).starts_with(country))
                candidate.region = states.codeOf(state->area);
        const double people = std::max(1000.0, double(place.population));
        candidate.prior = float(std::pow(people / 1e6, 0.7)) * (place.isCapital ? 3.0F : 1.0F);
        candidate.sureness = place.isCapital || place.population >= 1'000'000 ? 0.93F : 0.85F;
        const auto words = wordsOf(candidate.name);
        const bool isWord =
            words.size() == 1 && !place.isCapital &&
            (words[0].filler || words[0].folded.size() < 4 || m_words.contains(words[0].folded));
        candidate.needsSupport =
            isWord || (place.population < kKnownPopulation && !place.isCapital);
        nameEntities(candidate);
        add(candidate.name, candidate);
        // "New York City" is written without its last word.
        if (words.size() > 2 && words.back().folded == "city" && place.population > 1'000'000)
            add(candidate.name.substr(0, words.back().begin), candidate);
    }
}

void PlaceIndex::readTables()
{
    for (const NameContext &row : nameContexts()) {
        Context context{row.region, {}};
        eachEntry(row.words, [&](std::string_view word) {
            for (const Word &part : wordsOf(word))
                context.words.insert(part.exact);
        });
        m_contexts[std::string(row.name)].push_back(std::move(context));
    }
    eachEntry(namesThatPeopleBear(), [&](std::string_view name) { m_borne.emplace(name); });
    eachEntry(wordsThatAreCities(), [&](std::string_view name) { m_words.emplace(name); });
    eachEntry(givenNames(), [&](std::string_view name) { m_given.insert(wordHash(name)); });
}

PlaceIndex PlaceIndex::build(const geo::CountryCodes &countries, const geo::BaseMap &map,
                             const geo::Places &places)
{
    PlaceIndex index;
    index.readTables();
    index.addCountries(countries, map);
    index.addRegions(map);
    index.addCities(map, places);
    return index;
}

} // namespace chrona::events
