// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/assist/model_client.h"
#include "chrona/base/hash.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What a language model is asked about headlines, and what of its answer is believed.
namespace chrona::assist {

inline constexpr std::size_t kHeadlinesPerQuestion = 12;

struct HeadlineText {
    std::string_view title;
    std::string_view publisher;
};

/// What a model suggests. Bounded plain text; nothing of it is ever acted on.
struct HeadlineAnswer {
    std::string topic;                 ///< as in schema::Topic
    std::string line;                  ///< the story in one line, at most 240 bytes
    std::vector<std::string> entities; ///< at most 8 names
    friend bool operator==(const HeadlineAnswer &, const HeadlineAnswer &) = default;
};

/// Of a headline and all that decides what is asked: the model and the form of the question. Equal
/// keys need not be asked twice.
[[nodiscard]] Hash128 answerKey(std::string_view model, const HeadlineText &headline);

/// The headlines go in as JSON, as data; a model that follows what they say still can only give
/// what the schema holds.
[[nodiscard]] ChatQuestion questionAbout(std::string model,
                                         std::span<const HeadlineText> headlines);

/// An answer for each headline, in their order; nothing where the model's is missing, double, or
/// not what the schema says: another topic, an address, control characters, too long a line.
/// Corrupt where the whole is no such answer.
[[nodiscard]] Result<std::vector<std::optional<HeadlineAnswer>>>
readAnswers(std::string_view content, std::size_t headlines);

} // namespace chrona::assist
