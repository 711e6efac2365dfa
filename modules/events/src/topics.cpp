// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/topics.h"

#include "phrase_starts.h"
#include "topic_lexicon.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <vector>

namespace chrona::events {
namespace {

constexpr float kStrong = 1;
constexpr float kWeak = 0.4F;
/// The title says what it is about; descriptions and publishers only help.
constexpr float kDescriptionWeight = 0.5F;
constexpr float kPublisherWeight = 0.5F;
/// Evidence that must be there before a guess is held to be sure.
constexpr float kDoubt = 0.5F;

struct Lean {
    Field field;
    float weight;
};

class Lexicon {
public:
    Lexicon()
    {
        for (const auto rows : {economyWords(), worldWords(), societyWords()})
            for (const FieldWords &row : rows) {
                take(row.strong, {row.field, kStrong});
                take(row.weak, {row.field, kWeak});
            }
        // What stands in several lists says less about each.
        for (auto &[phrase, leans] : m_leans)
            for (Lean &lean : leans)
                lean.weight /= std::sqrt(float(leans.size()));
    }

    [[nodiscard]] bool mayBegin(std::uint64_t phrase) const { return m_starts.mayBegin(phrase); }
    [[nodiscard]] const std::vector<Lean> *find(std::uint64_t phrase) const
    {
        const auto found = m_leans.find(phrase);
        return found == m_leans.end() ? nullptr : &found->second;
    }

private:
    void take(std::string_view list, Lean lean)
    {
        for (std::size_t at = 0; at < list.size();) {
            const std::size_t end = std::min(list.find(' ', at), list.size());
            std::uint64_t phrase = 0;
            for (const Word &word : wordsOf(list.substr(at, end - at))) {
                phrase = phrase == 0 ? word.stem : joined(phrase, word.stem);
                m_starts.add(phrase);
            }
            auto &leans = m_leans[phrase];
            if (!std::ranges::contains(leans, lean.field, &Lean::field))
                leans.push_back(lean);
            at = end + 1;
        }
    }

    PhraseStarts m_starts{1 << 17};
    std::unordered_map<std::uint64_t, std::vector<Lean>> m_leans;
};

const Lexicon &lexicon()
{
    static const Lexicon made;
    return made;
}

} // namespace

schema::Topic topicOf(Field field)
{
    using schema::Topic;
    if (field <= Field::Markets)
        return static_cast<Topic>(static_cast<int>(field) + 1);
    switch (field) {
    case Field::Gadgets:
    case Field::Software:
    case Field::Games:
    case Field::Security:
    case Field::Telecom:
    case Field::Science: return Topic::Technology;
    case Field::Cars:
    case Field::Travel:
    case Field::Retail: return Topic::Companies;
    default: return Topic::None;
    }
}

void scoreFields(std::span<const Word> words, float weight, FieldScores &scores)
{
    constexpr std::size_t kTopicWordsMax = 3;
    const Lexicon &known = lexicon();
    for (std::size_t at = 0; at < words.size();) {
        std::uint64_t phrase = 0;
        const std::vector<Lean> *best = nullptr;
        std::size_t taken = 1;
        for (std::size_t length = 1; length <= kTopicWordsMax && at + length <= words.size();
             ++length) {
            const std::uint64_t stem = words[at + length - 1].stem;
            phrase = length == 1 ? stem : joined(phrase, stem);
            if (!known.mayBegin(phrase))
                break;
            if (const auto *leans = known.find(phrase)) {
                best = leans;
                taken = length;
            }
        }
        if (best != nullptr)
            for (const Lean &lean : *best)
                scores[static_cast<std::size_t>(lean.field)] += weight * lean.weight;
        at += taken;
    }
}

TopicGuess classifyTopic(const TopicText &text)
{
    return classifyWords(wordsOf(headlineBody(text.title, text.publisher)),
                         wordsOf(text.description), wordsOf(text.publisher));
}

TopicGuess classifyWords(std::span<const Word> title, std::span<const Word> description,
                         std::span<const Word> publisher)
{
    FieldScores fields{};
    scoreFields(title, 1, fields);
    scoreFields(description, kDescriptionWeight, fields);
    scoreFields(publisher, kPublisherWeight, fields);
    std::array<float, schema::kTopicCount> topics{};
    float total = kDoubt;
    for (std::size_t i = 0; i < kFieldCount; ++i) {
        topics[static_cast<std::size_t>(topicOf(static_cast<Field>(i)))] += fields[i];
        total += fields[i];
    }
    const auto best = std::ranges::max_element(topics);
    if (*best <= 0)
        return {};
    return {static_cast<schema::Topic>(best - topics.begin()), *best / total};
}

} // namespace chrona::events
