// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chrona::geo {

struct Country {
    std::string alpha2; ///< "DE"
    std::string alpha3; ///< "DEU"
    std::uint16_t numeric = 0;
    std::string name; ///< English
};

/// ISO 3166-1 in its three codes. Immutable; any thread.
class CountryCodes {
public:
    /// Lines of "alpha-2 TAB alpha-3 TAB numeric TAB name".
    [[nodiscard]] static Result<CountryCodes> read(std::string_view table);

    [[nodiscard]] std::span<const Country> all() const { return m_countries; }
    /// Any of the three codes; letters in either case. nullptr: not a country's code. The pointer
    /// lives as long as this table.
    [[nodiscard]] const Country *find(std::string_view code) const;

private:
    std::vector<Country> m_countries;
    std::unordered_map<std::string, std::uint32_t> m_byCode;
};

} // namespace chrona::geo
