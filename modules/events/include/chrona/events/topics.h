// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/topic.h"

#include <string_view>

namespace chrona::events {

/// What is read of an item. Description and publisher may be empty; a title alone is enough.
struct TopicText {
    std::string_view title;
    std::string_view description;
    std::string_view publisher;
};

struct TopicGuess {
    schema::Topic topic = schema::Topic::None;
    float confidence = 0; ///< 0: not a word of it is known; 1: all that is known points one way
};

/// The topic by a built-in list of words and phrases, some 3,000 in English. Pure and
/// deterministic; any thread. Sport, entertainment and crime are recognised and are no topic.
[[nodiscard]] TopicGuess classifyTopic(const TopicText &text);

} // namespace chrona::events
