// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "enrichment_desk.h"

namespace chrona::service {

/// Which model is asked about headlines, and within which bounds; empty: none is.
struct ModelChoice {
    assist::ModelEndpoint endpoint;
    std::string model;
    assist::ModelLimits limits;
};
/// A cloud's only where a person has switched it on.
[[nodiscard]] std::optional<ModelChoice> modelChoice(const Settings &settings,
                                                     const EnrichmentDesk::Parts &parts);

/// Asks about those headlines that are relevant enough, were not asked about before and are within
/// the limits. Puts the key of each answer into its result. Where a limit stands or nobody answers,
/// what is left simply has no suggestion.
[[nodiscard]] Status
askAbout(storage::Connection &connection, const ModelChoice &choice,
         const std::vector<storage::EnrichmentItem> &items,
         const std::function<double(const storage::EnrichmentItem &)> &relevance,
         std::vector<storage::EnrichmentResult> &results, Instant now, EnrichmentMade &made,
         const std::stop_token &stop);

} // namespace chrona::service
