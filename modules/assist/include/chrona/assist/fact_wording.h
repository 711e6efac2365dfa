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

/// Given sentences said in other words by a language model, and whether its words hold.
namespace chrona::assist {

inline constexpr std::size_t kPassagesPerQuestion = 8;
inline constexpr std::size_t kFactBytesMax = 700;
inline constexpr std::size_t kFactsMax = 12;

/// One sentence that is to be said again, or several that are to be summed up.
struct Passage {
    std::vector<std::string> facts;
};

/// Of the model, the form of the question and the facts: equal keys need not be asked twice.
[[nodiscard]] Hash128 wordingKey(std::string_view model, const Passage &passage);

/// The facts go in as JSON, as data: some of their words were written by strangers.
[[nodiscard]] ChatQuestion wordingQuestion(std::string model, std::span<const Passage> passages);

/// Why a text may not stand for the facts; success: it may. It is one line of plain text without
/// addresses, and every sentence of it rests on one of the facts: each number with its unit and
/// sign, each date, name and quotation stands there, each number behind the same name; words that
/// claim a direction, a cause, an order in time, an extreme or a piece of advice only where the
/// fact has them; doubt and denial stay. A fact that is said again keeps all of its numbers.
/// In English, as briefings are: a word that is neither the fact's nor a plain English one is
/// refused. InvalidInput with what is wrong.
[[nodiscard]] Status holdsAgainst(std::string_view text, const Passage &passage);

/// A text for each passage, in their order; nothing where the model's is missing, double, does not
/// hold or says the same. Corrupt where the whole is no such answer.
[[nodiscard]] Result<std::vector<std::optional<std::string>>>
readWordings(std::string_view content, std::span<const Passage> passages);

} // namespace chrona::assist
