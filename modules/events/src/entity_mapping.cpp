// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/entity_mapping.h"

#include "chrona/schema/targets.h"
#include "chrona/schema/topic_exposure.h"

#include "entity_tables.h"
#include "headline_words.h"
#include "phrase_starts.h"
#include "topic_lexicon.h"

#include <algorithm>
#include <format>
#include <unordered_map>

namespace chrona::events {
namespace {

using schema::EntityKind;
using schema::EntityRole;

constexpr std::size_t kPhraseMax = 8;
constexpr float kNamed = 0.95F;
constexpr std::size_t kTextBytesMax = 4000; ///< of a description that is searched for names

/// Phrase → what it stands for.
struct Alias {
    std::size_t body = 0;
    bool capitals = false; ///< must be written in capitals throughout
};

template <class Take> void eachAlias(std::string_view list, Take take)
{
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find('|', at), list.size());
        if (end > at)
            take(list.substr(at, end - at));
        at = end + 1;
    }
}

std::uint64_t phraseOf(std::span<const Word> words)
{
    std::uint64_t phrase = words.empty() ? 0 : words.front().exact;
    for (std::size_t i = 1; i < words.size(); ++i)
        phrase = joined(phrase, words[i].exact);
    return phrase;
}

bool inCapitals(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Beginnings of all phrases that stand for a body or speak for a price.
void addStarts(std::string_view written, PhraseStarts &starts)
{
    const auto words = wordsOf(written);
    for (std::size_t n = 1; n <= words.size(); ++n)
        starts.add(phraseOf(std::span(words).first(n)));
}

const PhraseStarts &phraseStarts()
{
    static const auto made = [] {
        PhraseStarts starts(1 << 16);
        const auto take = [&starts](std::string_view written) { addStarts(written, starts); };
        for (const KnownBody &body : knownBodies()) {
            take(body.name);
            eachAlias(body.aliases, take);
        }
        for (const WordExposure &rule : wordExposures())
            eachAlias(rule.words, take);
        return starts;
    }();
    return made;
}

const std::unordered_map<std::uint64_t, Alias> &bodyAliases()
{
    static const auto table = [] {
        std::unordered_map<std::uint64_t, Alias> made;
        const auto bodies = knownBodies();
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            const auto take = [&](std::string_view alias) {
                made.try_emplace(phraseOf(wordsOf(alias)), Alias{i, inCapitals(alias)});
            };
            take(bodies[i].name);
            eachAlias(bodies[i].aliases, take);
        }
        return made;
    }();
    return table;
}

const std::unordered_multimap<std::uint64_t, std::size_t> &wordRules()
{
    static const auto table = [] {
        std::unordered_multimap<std::uint64_t, std::size_t> made;
        const auto rules = wordExposures();
        for (std::size_t i = 0; i < rules.size(); ++i)
            eachAlias(rules[i].words,
                      [&](std::string_view phrase) { made.emplace(phraseOf(wordsOf(phrase)), i); });
        return made;
    }();
    return table;
}

/// Links by entity, the surest of each. Whoever adds one knows its id.
class Links {
public:
    void add(EntityLink link)
    {
        const auto known = std::ranges::find(m_links, link.id, &EntityLink::id);
        if (known == m_links.end())
            m_links.push_back(std::move(link));
        else if (known->confidence < link.confidence)
            *known = std::move(link);
    }
    void add(const EntityLink &kind, float confidence)
    {
        const auto known = std::ranges::find(m_links, kind.id, &EntityLink::id);
        if (known != m_links.end() && known->confidence >= confidence)
            return;
        EntityLink &link = known == m_links.end() ? m_links.emplace_back() : *known;
        link = kind;
        link.confidence = confidence;
    }
    void addTarget(const EntityLink &target, float confidence)
    {
        if (confidence >= schema::kExposureMin)
            add(target, confidence);
    }
    [[nodiscard]] std::vector<EntityLink> take()
    {
        std::ranges::stable_sort(m_links, [](const EntityLink &a, const EntityLink &b) {
            return a.confidence != b.confidence ? a.confidence > b.confidence : a.key < b.key;
        });
        return std::move(m_links);
    }

private:
    std::vector<EntityLink> m_links;
};

EntityLink linkFor(std::string key, std::string_view name, EntityKind kind, EntityRole role)
{
    const schema::EntityId id = schema::entityIdFor(key);
    return {std::move(key), std::string(name), kind, role, 0, id};
}

/// What a body or a word exposes.
struct Exposed {
    const EntityLink *target;
    float weight;
};

/// Every link that does not depend on the text, made once: finding out an id costs more than a
/// headline's words do.
struct KnownLinks {
    std::vector<EntityLink> targets; ///< the default ones, in their order
    std::vector<EntityLink> topics;  ///< by number
    std::vector<EntityLink> bodies;  ///< as knownBodies() has them
    std::vector<std::vector<Exposed>> byBody;
    std::vector<Exposed> byWord; ///< as wordExposures() has them

    KnownLinks()
    {
        for (const schema::DefaultTarget &target : schema::defaultTargets())
            targets.push_back(linkFor(std::format("instrument:{}", target.symbol), target.name,
                                      EntityKind::MarketInstrument, EntityRole::Instrument));
        for (std::size_t i = 0; i < schema::kTopicCount; ++i) {
            const auto topic = static_cast<schema::Topic>(i);
            topics.push_back(linkFor(schema::entityKeyOf(topic), schema::toString(topic),
                                     EntityKind::EventTopic, EntityRole::Topic));
        }
        for (const KnownBody &body : knownBodies()) {
            bodies.push_back(
                linkFor(std::string(body.key), body.name, body.kind, EntityRole::Actor));
            auto &exposed = byBody.emplace_back();
            for (const BodyExposure &rule : bodyExposures())
                if (rule.key == body.key)
                    exposed.push_back({targetOf(rule.symbol), rule.weight});
        }
        for (const WordExposure &rule : wordExposures())
            byWord.push_back({targetOf(rule.symbol), rule.weight});
    }
    KnownLinks(const KnownLinks &) = delete;
    KnownLinks &operator=(const KnownLinks &) = delete;

    /// The tables name default targets only, which a test holds.
    [[nodiscard]] const EntityLink *targetOf(std::string_view symbol) const
    {
        const auto all = schema::defaultTargets();
        const auto found = std::ranges::find(all, symbol, &schema::DefaultTarget::symbol);
        return &targets.at(std::size_t(found - all.begin()));
    }
};

const KnownLinks &knownLinks()
{
    static const KnownLinks made;
    return made;
}

void linkBody(std::size_t body, float confidence, Links &links)
{
    const KnownLinks &known = knownLinks();
    links.add(known.bodies[body], confidence);
    for (const Exposed &exposed : known.byBody[body])
        links.addTarget(*exposed.target, exposed.weight * confidence);
}

/// Bodies and plain words: the longest phrase at each place.
void linkPhrases(std::string_view text, std::span<const Word> words, float share, Links &links)
{
    const PhraseStarts &starts = phraseStarts();
    for (std::size_t at = 0; at < words.size();) {
        std::size_t taken = 1;
        std::optional<std::size_t> body;
        std::uint64_t phrase = 0;
        for (std::size_t n = 1; n <= kPhraseMax && at + n <= words.size(); ++n) {
            const Word &last = words[at + n - 1];
            phrase = n == 1 ? last.exact : joined(phrase, last.exact);
            if (!starts.mayBegin(phrase))
                break;
            const auto [from, to] = wordRules().equal_range(phrase);
            for (auto rule = from; rule != to; ++rule) {
                const Exposed &exposed = knownLinks().byWord[rule->second];
                links.addTarget(*exposed.target, exposed.weight * share);
            }
            const auto found = bodyAliases().find(phrase);
            if (found == bodyAliases().end() || !words[at].capital)
                continue;
            const std::string_view written =
                text.substr(words[at].begin, last.end - words[at].begin);
            if (found->second.capitals && !inCapitals(written))
                continue;
            body = found->second.body;
            taken = n;
        }
        if (body)
            linkBody(*body, kNamed * share, links);
        at += taken;
    }
}

void linkPlace(const PlaceMention &place, float share, Links &links)
{
    const std::string country = place.region.substr(0, 2);
    const float confidence = place.confidence * share;
    const EntityRole role = EntityRole::Location;
    if (place.level == PlaceLevel::City)
        links.add({"location:" + place.region + "/" + place.name, place.name, EntityKind::Location,
                   role, confidence, place.cityEntity});
    if (place.level != PlaceLevel::Country && place.region.size() > 2) {
        const std::string &name = place.level == PlaceLevel::Region ? place.name : place.region;
        links.add({"region:" + place.region, name, EntityKind::Region, role, confidence,
                   place.regionEntity});
    }
    const bool named = place.level == PlaceLevel::Country;
    links.add({"country:" + country, named ? place.name : country, EntityKind::Country, role,
               named ? confidence : 0.9F * confidence, place.countryEntity});
}

} // namespace

EntityMapping EntityMapper::map(const TopicText &text, const std::optional<TopicGuess> &topic) const
{
    constexpr float kDescriptionShare = 0.8F;
    EntityMapping mapping;
    Links links;
    const std::string_view title = headlineBody(text.title, text.publisher);
    const std::string_view description = text.description.substr(0, kTextBytesMax);
    const auto titleWords = wordsOf(title), descriptionWords = wordsOf(description);
    mapping.topic =
        topic ? *topic : classifyWords(titleWords, descriptionWords, wordsOf(text.publisher));
    auto places = m_places.find(titleWords);
    for (const PlaceMention &place : places)
        linkPlace(place, 1, links);
    for (PlaceMention &place : m_places.find(descriptionWords)) {
        linkPlace(place, kDescriptionShare, links);
        place.confidence *= kDescriptionShare;
        places.push_back(std::move(place));
    }
    if (const PlaceMention *best = bestPlace(places)) {
        mapping.region = best->region;
        mapping.geometry = schema::Geometry::at(best->location);
        mapping.placeConfidence = best->confidence;
    }
    linkPhrases(title, titleWords, 1, links);
    linkPhrases(description, descriptionWords, kDescriptionShare, links);
    if (mapping.topic.topic != schema::Topic::None) {
        const KnownLinks &known = knownLinks();
        links.add(known.topics[static_cast<std::size_t>(mapping.topic.topic)],
                  mapping.topic.confidence);
        for (const schema::ExposedTarget &target :
             schema::targetsExposedTo(mapping.topic.topic, mapping.topic.confidence))
            links.addTarget(*known.targetOf(target.symbol), target.weight);
    }
    mapping.links = links.take();
    return mapping;
}

void apply(const EntityMapping &mapping, schema::Event &event)
{
    for (const EntityLink &link : mapping.links) {
        const schema::EntityId id = link.id.isNull() ? schema::entityIdFor(link.key) : link.id;
        if (!std::ranges::contains(event.entities, id, &schema::EventEntity::entity))
            event.entities.push_back({id, link.role, link.confidence});
    }
    if (event.region.empty())
        event.region = mapping.region;
    if (event.geometry.kind == schema::Geometry::Kind::None)
        event.geometry = mapping.geometry;
}

} // namespace chrona::events
