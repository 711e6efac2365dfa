// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "random.h"

#include "chrona/schema/boundary.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/source.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Who appears in the world: countries and regions by their real names, everybody else invented.
namespace chrona::sample {

inline constexpr std::size_t kOrganizationCount = 320;

/// A business sector with the target that stands for it.
struct SectorName {
    std::string_view key;
    std::string_view name;
    std::string_view instrument;
    std::string_view suffixes[4]; ///< of its organisations' names
};
[[nodiscard]] std::span<const SectorName> sectorNames();
/// Which sector an organisation belongs to.
[[nodiscard]] std::size_t sectorOf(std::size_t organization);

struct Cast {
    std::vector<schema::Entity> entities;
    std::vector<schema::Source> sources;
    std::vector<schema::Place> places;
    std::vector<std::string> organizationNames; ///< kOrganizationCount of them
    std::vector<schema::EntityId> organizationIds;
};
[[nodiscard]] Cast makeCast(std::uint64_t seed);

[[nodiscard]] std::size_t pickCountry(Random &random);       ///< by how often it is written about
[[nodiscard]] std::string countryKey(std::string_view code); ///< "country:US"
[[nodiscard]] std::string regionKey(std::string_view code);  ///< "country:US" or "region:US-TX"
[[nodiscard]] std::string topicKey(std::string_view topic);  ///< "topic:earthquake"
[[nodiscard]] std::string instrumentKey(std::string_view symbol);
[[nodiscard]] std::string portKey(std::string_view name); ///< "port:rotterdam"
[[nodiscard]] std::string centralBankKey(std::string_view code);
[[nodiscard]] std::string centralBankName(std::string_view country);

inline constexpr std::string_view kCentralBankCountries[] = {"US", "GB", "JP", "CA", "AU",
                                                             "CH", "SE", "NO", "BR", "MX"};

} // namespace chrona::sample
