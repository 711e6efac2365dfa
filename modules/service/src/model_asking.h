// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/assist/model_budget.h"
#include "chrona/assist/model_client.h"
#include "chrona/storage/enrichment_store.h"

#include <optional>
#include <stop_token>
#include <string_view>

namespace chrona::service {

/// What came of one question to a language model, and what it took.
struct ModelAsked {
    Result<assist::ChatAnswer> answer;
    storage::ModelSpending spent; ///< not counted yet: the caller adds what it refuses
};

/// Asks within the caps, over restarts too. Nothing where they leave no room or nobody is there to
/// answer: that is logged under `area`, is no fault, counts as no call, and asking on is of no use.
[[nodiscard]] Result<std::optional<ModelAsked>>
askWithinCaps(storage::Connection &connection, assist::ModelClient &client,
              const assist::ModelLimits &limits, const assist::ChatQuestion &question, Instant now,
              std::string_view area, const std::stop_token &stop);

} // namespace chrona::service
