// SPDX-License-Identifier: AGPL-3.0-or-later
#include "model_asking.h"

#include "chrona/base/log.h"

namespace chrona::service {

Result<std::optional<ModelAsked>> askWithinCaps(storage::Connection &connection,
                                                assist::ModelClient &client,
                                                const assist::ModelLimits &limits,
                                                const assist::ChatQuestion &question, Instant now,
                                                std::string_view area, const std::stop_token &stop)
{
    const auto before = storage::loadSpending(connection, now);
    if (!before)
        return std::unexpected(before.error());
    const auto thought = assist::tokensThought(
        question.system.size() + question.text.size() + question.schema.size(), question.tokensMax);
    const assist::ModelSpent spent{before->hour.calls, before->day.tokens};
    if (auto allowed = assist::allowQuestion(limits, spent, thought); !allowed) {
        log::info(area, "{}", allowed.error().what);
        return std::nullopt;
    }
    ModelAsked asked{client.chat(question, stop), {.calls = 1}};
    if (!asked.answer && asked.answer.error().code == ErrorCode::Unavailable) {
        log::info(area, "{}", asked.answer.error().what);
        return std::nullopt;
    }
    if (asked.answer)
        asked.spent.tokens = asked.answer->tokens > 0 ? asked.answer->tokens : thought;
    return asked;
}

} // namespace chrona::service
