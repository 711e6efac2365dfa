// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft_list.h"

#include <string_view>

namespace chrona::gdelt {

enum class TableVersion : std::uint8_t { One, Two };

/// The event table: lines of fields between tabs, without a header. Version 1.0 has 57 columns, 58
/// with the article's address since April 2013; 2.0 has 61. A line of another width is rejected.
[[nodiscard]] Result<std::vector<connect::Draft>> readEventTable(std::string_view text,
                                                                 TableVersion version);

/// ISO 3166-1 of a FIPS 10-4 country code; empty where it is not known here. The two agree often
/// enough to deceive: AS is Australia, AU Austria and CH China.
[[nodiscard]] std::string_view countryOfFips(std::string_view code);

} // namespace chrona::gdelt
