// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/events/topics.h"
#include "chrona/schema/topic.h"

#include "headline_words.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace chrona::events {

/// What words belong to: the topics, and what else headlines are about. Finer than the topics,
/// because a user's own labels cut the world elsewhere ("science", "cars", "film").
enum class Field : std::uint8_t {
    MonetaryPolicy,
    Inflation,
    Employment,
    Growth,
    Fiscal,
    Trade,
    Sanctions,
    Conflict,
    Diplomacy,
    Politics,
    Energy,
    Disasters,
    Health,
    Technology,
    Companies,
    Markets,
    Gadgets,
    Software,
    Games,
    Security,
    Telecom,
    Science,
    Cars,
    Travel,
    Retail,
    Film,
    Music,
    Television,
    Celebrity,
    Sport,
    Crime,
    Living,
};
inline constexpr std::size_t kFieldCount = 32;

/// `strong` words decide, `weak` ones lean. Blanks between words, '_' within a phrase.
struct FieldWords {
    Field field;
    std::string_view strong;
    std::string_view weak;
};
/// Written by hand for this program; no corpus went into it.
[[nodiscard]] std::span<const FieldWords> economyWords();
[[nodiscard]] std::span<const FieldWords> worldWords();
[[nodiscard]] std::span<const FieldWords> societyWords();

/// The topic of a field; None for what is no topic of ours, such as sport.
[[nodiscard]] schema::Topic topicOf(Field field);

using FieldScores = std::array<float, kFieldCount>;
/// Adds what the words say; phrases of up to three words count instead of their parts.
void scoreFields(std::span<const Word> words, float weight, FieldScores &scores);
/// classifyTopic() of a text that is split already; the title is its body.
[[nodiscard]] TopicGuess classifyWords(std::span<const Word> title,
                                       std::span<const Word> description,
                                       std::span<const Word> publisher);

} // namespace chrona::events
