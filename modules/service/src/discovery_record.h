// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "discovery_input.h"

#include "chrona/discovery/engine.h"
#include "chrona/storage/signal_store.h"

#include <string>
#include <vector>

/// What a search found, in the words in which it is stored.
namespace chrona::service {

/// The parameters as one JSON object.
[[nodiscard]] std::string parametersAsJson(const discovery::Parameters &parameters);

/// Best first.
[[nodiscard]] std::vector<storage::SignalRecord> recordsOf(const DiscoveryInput &input,
                                                           const discovery::Report &report);
[[nodiscard]] std::vector<storage::RefusedPair> refusedOf(const DiscoveryInput &input,
                                                          const discovery::Report &report);

} // namespace chrona::service
