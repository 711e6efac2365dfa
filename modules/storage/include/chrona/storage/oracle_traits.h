// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/storage/connection.h"

#include <span>
#include <string>
#include <vector>

/// What the oracle has learned, kept from one run to the next.
namespace chrona::storage {

/// What a venue's market has shown of itself in pricing a feed.
struct StoredTrait {
    std::string feed, venue;
    std::string quote; ///< the currency in which the venue prices the feed
    Instant learnedAt;
    double halfSpreadBps = 0, volume24h = 0, noiseFactor = 1;
    double spreadSeconds = 0, volumeSeconds = 0; ///< of evidence
};
/// Replaces what is there. A feed or venue that has no number yet is passed over.
[[nodiscard]] Status storeTraits(Connection &connection, std::span<const StoredTrait> traits);
/// Those that were learned at a moment or later.
[[nodiscard]] Result<std::vector<StoredTrait>> loadTraits(Connection &connection, Instant since);

/// How others' values on a network lie to ours; the figures are their writer's own.
struct StoredCrowd {
    std::string feed, network;
    Instant learnedAt;
    std::vector<double> figures;
};
/// Replaces what is there.
[[nodiscard]] Status storeCrowd(Connection &connection, const StoredCrowd &crowd);
[[nodiscard]] Result<std::vector<StoredCrowd>>
loadCrowds(Connection &connection, const std::string &network, Instant since);

} // namespace chrona::storage
