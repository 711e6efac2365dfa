// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/discovery/panel.h"
#include "chrona/schema/feature.h"
#include "chrona/schema/series.h"
#include "chrona/storage/connection.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace chrona::service {

/// Where the panel's columns lie: in memory up to so many values, features times days; above in a
/// file in that folder.
struct PanelPlace {
    std::filesystem::path folder;
    std::int64_t valuesInMemoryMax = 10'000'000;
};

/// What one search works on, as it was known at one moment.
struct DiscoveryInput {
    std::vector<schema::Feature> features;        ///< in the panel's order
    std::vector<schema::AvailabilityBasis> bases; ///< one a feature: the weakest of its values
    std::vector<schema::Instrument> targets;      ///< in the panel's order
    discovery::AsOfPanel panel;
    std::string hash; ///< of everything above, in hex
    bool synthetic = false;
    bool isInFile = false; ///< the panel's columns
};

/// Daily features of the catalogue and prices of targets, as far as they were known by `now`. Read
/// feature by feature: beside the panel one of them is in memory. Fails with NotFound where there
/// is nothing to search in, and with Cancelled soon after a stop is requested.
[[nodiscard]] Result<DiscoveryInput> loadDiscoveryInput(storage::Connection &connection,
                                                        Instant now, const PanelPlace &place,
                                                        const std::stop_token &stop);

} // namespace chrona::service
