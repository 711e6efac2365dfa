// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/assist/model_budget.h"

#include <format>

namespace chrona::assist {

Status allowQuestion(const ModelLimits &limits, const ModelSpent &spent, std::int64_t tokensThought)
{
    if (spent.callsThisHour >= limits.callsPerHour)
        return fail(ErrorCode::Exhausted,
                    std::format("the {} calls of this hour are spent", limits.callsPerHour),
                    "it goes on in the next hour; assist.calls_per_hour says how many there are");
    if (spent.tokensToday + tokensThought > limits.tokensPerDay)
        return fail(ErrorCode::Exhausted,
                    std::format("the {} tokens of this day do not suffice for one more question",
                                limits.tokensPerDay),
                    "it goes on tomorrow; assist.tokens_per_day says how many there are");
    return {};
}

std::int64_t tokensThought(std::size_t questionBytes, std::int64_t answerTokensMax)
{
    constexpr std::size_t kBytesPerToken = 4;
    return static_cast<std::int64_t>(questionBytes / kBytesPerToken) + answerTokensMax;
}

} // namespace chrona::assist
