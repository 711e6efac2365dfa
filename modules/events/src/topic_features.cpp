// SPDX-License-Identifier: AGPL-3.0-or-later
#include "topic_features.h"

#include "topic_lexicon.h"

#include <algorithm>

namespace chrona::events {
namespace {

// What each kind of feature counts for before anything is learned: the more general, the more, for
// that is what holds in stories that no example tells.
constexpr float kConstantValue = 0.3F;
constexpr float kGroupValue = 2;
constexpr float kFieldValue = 0.6F;
constexpr float kPublisherFieldValue = 0.7F;
constexpr float kWordValue = 0.5F;
constexpr float kPairValue = 0.3F;
constexpr float kPublisherValue = 0.4F;
constexpr float kDescriptionShare = 0.5F;
constexpr float kFieldScoreMax = 3;

enum class Group : std::uint8_t { Economy, Technology, Entertainment, Health, Sport, World };
constexpr std::size_t kGroupCount = 6;

constexpr std::uint32_t kFieldsBegin = 1;
constexpr std::uint32_t kPublisherFieldsBegin = kFieldsBegin + kFieldCount;
constexpr std::uint32_t kGroupsBegin = kPublisherFieldsBegin + kFieldCount;
static_assert(kGroupsBegin + kGroupCount <= kHashedBegin);

Group groupOf(Field field)
{
    using enum Field;
    switch (field) {
    case MonetaryPolicy:
    case Inflation:
    case Employment:
    case Growth:
    case Fiscal:
    case Trade:
    case Energy:
    case Companies:
    case Markets:
    case Cars:
    case Travel:
    case Retail: return Group::Economy;
    case Technology:
    case Gadgets:
    case Software:
    case Games:
    case Security:
    case Telecom:
    case Science: return Group::Technology;
    case Film:
    case Music:
    case Television:
    case Celebrity: return Group::Entertainment;
    case Health: return Group::Health;
    case Sport: return Group::Sport;
    case Sanctions:
    case Conflict:
    case Diplomacy:
    case Politics:
    case Disasters:
    case Crime:
    case Living: break;
    }
    return Group::World;
}

/// Much of the same says little more.
float dampened(float score)
{
    return score / (1 + 0.3F * score);
}

std::uint32_t hashedIndex(std::uint64_t hash)
{
    return std::uint32_t(kHashedBegin + mixed(hash) % (kFeatureCount - kHashedBegin));
}

/// One part of the text as a bag of words; parts have words of their own.
struct Part {
    std::uint64_t kind;
    float wordValue;
    float pairValue; ///< 0: no pairs
};

void addWords(std::span<const Word> words, const Part &part, Features &features)
{
    const Word *before = nullptr;
    for (const Word &word : words) {
        if (word.filler)
            continue;
        features.push_back({hashedIndex(joined(part.kind, word.stem)), part.wordValue});
        if (before != nullptr && part.pairValue > 0) {
            const std::uint64_t pair = joined(before->stem, word.stem);
            features.push_back({hashedIndex(joined(part.kind, pair)), part.pairValue});
        }
        before = &word;
    }
}

void addFields(const FieldScores &said, const FieldScores &known, Features &features)
{
    std::array<float, kGroupCount> groups{};
    for (std::uint32_t i = 0; i < kFieldCount; ++i) {
        const float score = std::min(said[i], kFieldScoreMax);
        groups[static_cast<std::size_t>(groupOf(static_cast<Field>(i)))] += score + 0.5F * known[i];
        if (score > 0)
            features.push_back({kFieldsBegin + i, kFieldValue * dampened(score)});
        if (known[i] > 0)
            features.push_back({kPublisherFieldsBegin + i, kPublisherFieldValue * known[i]});
    }
    for (std::uint32_t i = 0; i < kGroupCount; ++i)
        if (groups[i] > 0)
            features.push_back({kGroupsBegin + i, kGroupValue * dampened(groups[i])});
}

} // namespace

Features featuresOf(const TopicText &text)
{
    constexpr std::uint64_t kText = 1, kPublisher = 2;
    const auto title = wordsOf(headlineBody(text.title, text.publisher));
    const auto description = wordsOf(text.description);
    const auto publisher = wordsOf(text.publisher);
    FieldScores said{}, known{};
    scoreFields(title, 1, said);
    scoreFields(description, kDescriptionShare, said);
    scoreFields(publisher, 1, known);
    Features features{{0, kConstantValue}};
    addFields(said, known, features);
    addWords(title, {kText, kWordValue, kPairValue}, features);
    addWords(description, {kText, kDescriptionShare * kWordValue, 0}, features);
    addWords(publisher, {kPublisher, kPublisherValue, kPublisherValue}, features);
    std::ranges::stable_sort(features, {}, &Feature::index);
    Features merged;
    for (const Feature &feature : features) {
        if (!merged.empty() && merged.back().index == feature.index)
            merged.back().value += feature.value;
        else
            merged.push_back(feature);
    }
    return merged;
}

} // namespace chrona::events
