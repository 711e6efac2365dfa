// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::nhc {

inline constexpr std::size_t kPayloadBytesMax = 16 << 20;

/// A storm as either document tells of it.
struct Cyclone {
    std::string atcf; ///< "AL092026": basin, number, year; names the storm for ever
    std::string name; ///< "Fred"
    std::string kind; ///< "Tropical Storm", or the short "TS"
    std::string title, summary, url;
    schema::GeoPoint centre;
    Instant advisedAt;
    std::optional<Instant> publishedAt;
    std::optional<double> windMph;
    std::optional<double> pressureMb;
    schema::Attributes attributes;
};

/// One storm is one event; its later advisories are revisions of it.
[[nodiscard]] connect::Draft draftOf(Cyclone cyclone);

[[nodiscard]] schema::Entity cycloneTopic();

/// By sustained wind: 0 below 23 mph, 1 from 157 mph (category 5), straight between.
[[nodiscard]] float severityOf(std::optional<double> windMph);

/// The RSS of a basin: items with nhc:Cyclone; others say nothing of a storm.
[[nodiscard]] Result<std::vector<connect::Draft>> readStormFeed(std::string_view payload);
/// CurrentStorms.json.
[[nodiscard]] Result<std::vector<connect::Draft>> readCurrentStorms(std::string_view payload);

} // namespace chrona::nhc
