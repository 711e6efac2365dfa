// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/cap.h"

#include <string>
#include <vector>

namespace chrona::alerts {

/// Where an alert says that it holds, as codes.
struct Places {
    std::vector<std::string> ugc;     ///< "ORZ001"
    std::vector<std::string> same;    ///< "041007"; FIPS6 of older messages is the same code
    std::vector<std::string> other;   ///< "EMMA_ID=DE123", Canadian location codes, …
    std::vector<std::string> regions; ///< ISO 3166-2 of states and provinces, ordered, each once
    std::string country;              ///< ISO 3166-1; empty: not known
};

/// Sorts the geocodes of all areas by what they are.
[[nodiscard]] Places placesOf(const std::vector<const formats::CapInfo *> &infos);

/// The one state where there is one, else the country.
[[nodiscard]] std::string regionOf(const Places &places);

} // namespace chrona::alerts
