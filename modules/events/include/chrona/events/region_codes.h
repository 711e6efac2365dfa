// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chrona::events {

/// A region that a code names.
struct CodedRegion {
    std::string region; ///< ISO 3166: "US-TX", "PR", "CA-ON"
    std::string county; ///< FIPS, 5 digits; empty: the code names no county
    friend bool operator==(const CodedRegion &, const CodedRegion &) = default;
};

// Each gives nullopt for what is no such code. Pure, any thread.

/// FIPS state ("48") or county ("48201").
[[nodiscard]] std::optional<CodedRegion> regionFromFips(std::string_view code);
/// SAME: a digit for the part of a county, then its FIPS code; "048000" is the whole state.
[[nodiscard]] std::optional<CodedRegion> regionFromSame(std::string_view code);
/// UGC of the US weather service: "TXC201" is a county, "TXZ163" a forecast zone, which has no
/// county; marine zones ("GMZ") have no region either.
[[nodiscard]] std::optional<CodedRegion> regionFromUgc(std::string_view code);
/// Statistics Canada's province code ("35") or a DGUID that ends in one ("2021A000235").
[[nodiscard]] std::optional<CodedRegion> regionFromSgc(std::string_view code);

} // namespace chrona::events
