// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/place_names.h"

#include "chrona/geo/shipped.h"

#include "headline_words.h"
#include "place_index.h"

#include <algorithm>

namespace chrona::events {
namespace {

constexpr float kBorneByPeople = 0.6F;
constexpr float kContextGain = 6;
constexpr float kSameCountryGain = 3;
constexpr float kSameRegionGain = 12;
/// Weight of "means no place at all" beside the candidates' own.
constexpr float kNoPlace = 0.06F;
/// Outweighs a country that nothing else speaks for.
constexpr float kOtherSense = 6;

std::string_view countryOf(std::string_view region)
{
    return region.substr(0, 2);
}

/// A run of words that some place is called by.
struct Hit {
    std::size_t first = 0, count = 0; ///< words
    std::span<const PlaceCandidate> candidates;
    const std::string *name = nullptr; ///< folded, for the context
};

/// In a title that capitalises every word, a capital proves nothing.
bool capitalisesAll(std::span<const Word> words)
{
    return std::ranges::all_of(words,
                               [](const Word &w) { return w.capital || w.number || w.filler; });
}

class Resolver {
public:
    Resolver(const PlaceIndex &index, std::span<const Word> words)
        : m_index(index), m_words(words), m_titleCase(capitalisesAll(m_words))
    {
    }

    std::vector<PlaceMention> run()
    {
        findHits();
        std::vector<PlaceMention> mentions;
        for (std::size_t i = 0; i < m_hits.size(); ++i)
            if (auto mention = resolve(i))
                mentions.push_back(std::move(*mention));
        return mentions;
    }

private:
    void findHits()
    {
        for (std::size_t at = 0; at < m_words.size();) {
            Hit best;
            std::uint64_t phrase = 0;
            for (std::size_t n = 1; n <= PlaceIndex::kWordsMax && at + n <= m_words.size(); ++n) {
                phrase = n == 1 ? m_words[at].exact : joined(phrase, m_words[at + n - 1].exact);
                if (!m_index.mayBegin(phrase))
                    break;
                if (const auto *entry = m_index.find(phrase))
                    best = {at, n, entry->candidates, &entry->name};
            }
            if (best.count > 0 && m_words[at].capital)
                m_hits.push_back(best);
            at += std::max<std::size_t>(1, best.count);
        }
    }

    /// How much the other names of the text speak for a place.
    [[nodiscard]] float supportFor(const PlaceCandidate &candidate, std::size_t hit) const
    {
        float gain = 1;
        for (std::size_t other = 0; other < m_hits.size(); ++other) {
            if (other == hit)
                continue;
            for (const PlaceCandidate &there : m_hits[other].candidates) {
                if (there.level == PlaceLevel::City)
                    continue;
                if (there.region == candidate.region && there.level == PlaceLevel::Region)
                    gain = std::max(gain, kSameRegionGain);
                else if (countryOf(there.region) == countryOf(candidate.region) &&
                         there.level == PlaceLevel::Country)
                    gain = std::max(gain, kSameCountryGain);
            }
        }
        return gain;
    }

    [[nodiscard]] std::size_t contextWords(const PlaceIndex::Context &context) const
    {
        return std::size_t(std::ranges::count_if(
            m_words, [&](const Word &word) { return context.words.contains(word.exact); }));
    }

    [[nodiscard]] bool belongsToPerson(const Hit &hit) const
    {
        const bool follows = hit.first > 0 && !m_words[hit.first].opensClause;
        return follows && m_index.isGivenName(m_words[hit.first - 1].exact);
    }

    std::optional<PlaceMention> resolve(std::size_t at) const
    {
        const Hit &hit = m_hits[at];
        const auto contexts = m_index.contextsOf(*hit.name);
        float nothing = kNoPlace;
        for (const auto &context : contexts)
            if (context.region.empty() && contextWords(context) > 0)
                nothing += kOtherSense;
        if (m_index.isBorneByPeople(*hit.name)) {
            nothing += kBorneByPeople * (m_titleCase ? 0.5F : 0.25F);
            if (belongsToPerson(hit))
                nothing += kOtherSense;
        }
        const PlaceCandidate *best = nullptr;
        float bestWeight = 0, sum = nothing;
        for (const PlaceCandidate &candidate : hit.candidates) {
            const float support = supportFor(candidate, at);
            float weight = candidate.prior * support;
            bool inContext = false;
            for (const auto &context : contexts)
                if (context.region == candidate.region && contextWords(context) > 0) {
                    weight = std::max(weight, candidate.prior) * kContextGain;
                    inContext = true;
                }
            if (candidate.needsSupport && support == 1 && !inContext)
                continue;
            sum += weight;
            if (weight > bestWeight) {
                best = &candidate;
                bestWeight = weight;
            }
        }
        if (best == nullptr || bestWeight < nothing)
            return std::nullopt;
        PlaceMention mention;
        mention.level = best->level;
        mention.name = best->name;
        mention.region = best->region;
        mention.location = best->location;
        mention.confidence = best->sureness * bestWeight / sum;
        mention.cityEntity = best->city;
        mention.regionEntity = best->regionEntity;
        mention.countryEntity = best->country;
        mention.begin = m_words[hit.first].begin;
        mention.end = m_words[hit.first + hit.count - 1].end;
        return mention;
    }

    const PlaceIndex &m_index;
    std::span<const Word> m_words;
    bool m_titleCase;
    std::vector<Hit> m_hits;
};

} // namespace

struct PlaceNames::Tables {
    PlaceIndex index;
};

PlaceNames::PlaceNames(std::unique_ptr<Tables> tables) : m_tables(std::move(tables)) {}
PlaceNames::PlaceNames(PlaceNames &&) noexcept = default;
PlaceNames &PlaceNames::operator=(PlaceNames &&) noexcept = default;
PlaceNames::~PlaceNames() = default;

PlaceNames PlaceNames::build(const geo::CountryCodes &countries, const geo::BaseMap &map,
                             const geo::Places &places)
{
    return PlaceNames(std::make_unique<Tables>(PlaceIndex::build(countries, map, places)));
}

Result<PlaceNames> PlaceNames::shipped()
{
    const auto table = geo::shippedData(geo::ShippedData::Countries);
    const auto countries =
        geo::CountryCodes::read({reinterpret_cast<const char *>(table.data()), table.size()});
    if (!countries)
        return std::unexpected(countries.error());
    const auto map = geo::readBaseMap(geo::shippedData(geo::ShippedData::World));
    if (!map)
        return std::unexpected(map.error());
    const auto places = geo::Places::read(geo::shippedData(geo::ShippedData::Places));
    if (!places)
        return std::unexpected(places.error());
    return build(*countries, *map, *places);
}

std::vector<PlaceMention> PlaceNames::find(std::string_view text) const
{
    return find(wordsOf(text));
}

std::vector<PlaceMention> PlaceNames::find(std::span<const Word> words) const
{
    return Resolver(m_tables->index, words).run();
}

const PlaceMention *bestPlace(const std::vector<PlaceMention> &mentions)
{
    const auto worse = [](const PlaceMention &a, const PlaceMention &b) {
        // A city that is nearly as sure as its country says more.
        const auto worth = [](const PlaceMention &m) {
            return m.confidence + 0.08F * float(static_cast<int>(m.level));
        };
        return worth(a) < worth(b);
    };
    const auto best = std::ranges::max_element(mentions, worse);
    return best == mentions.end() ? nullptr : &*best;
}

} // namespace chrona::events
