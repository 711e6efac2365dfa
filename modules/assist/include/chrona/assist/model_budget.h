// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>

namespace chrona::assist {

/// What may be spent on a language model.
struct ModelLimits {
    std::int64_t callsPerHour = 0;
    std::int64_t tokensPerDay = 0;
    double relevanceMin = 0; ///< 0–1: what is less relevant is never asked about
};

struct ModelSpent {
    std::int64_t callsThisHour = 0;
    std::int64_t tokensToday = 0;
};

/// Whether one more question may be asked that costs about so many tokens; Exhausted says which
/// limit stands against it. A question may cost more than was thought: then the next one waits.
[[nodiscard]] Status allowQuestion(const ModelLimits &limits, const ModelSpent &spent,
                                   std::int64_t tokensThought);

/// A guess before a question is asked: four bytes a token, and the longest answer.
[[nodiscard]] std::int64_t tokensThought(std::size_t questionBytes, std::int64_t answerTokensMax);

} // namespace chrona::assist
