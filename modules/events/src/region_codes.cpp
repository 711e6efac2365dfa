// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/region_codes.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::events {
namespace {

struct State {
    std::string_view fips;
    std::string_view postal;
};

constexpr std::array kStates{
    State{"01", "AL"}, State{"02", "AK"}, State{"04", "AZ"}, State{"05", "AR"}, State{"06", "CA"},
    State{"08", "CO"}, State{"09", "CT"}, State{"10", "DE"}, State{"11", "DC"}, State{"12", "FL"},
    State{"13", "GA"}, State{"15", "HI"}, State{"16", "ID"}, State{"17", "IL"}, State{"18", "IN"},
    State{"19", "IA"}, State{"20", "KS"}, State{"21", "KY"}, State{"22", "LA"}, State{"23", "ME"},
    State{"24", "MD"}, State{"25", "MA"}, State{"26", "MI"}, State{"27", "MN"}, State{"28", "MS"},
    State{"29", "MO"}, State{"30", "MT"}, State{"31", "NE"}, State{"32", "NV"}, State{"33", "NH"},
    State{"34", "NJ"}, State{"35", "NM"}, State{"36", "NY"}, State{"37", "NC"}, State{"38", "ND"},
    State{"39", "OH"}, State{"40", "OK"}, State{"41", "OR"}, State{"42", "PA"}, State{"44", "RI"},
    State{"45", "SC"}, State{"46", "SD"}, State{"47", "TN"}, State{"48", "TX"}, State{"49", "UT"},
    State{"50", "VT"}, State{"51", "VA"}, State{"53", "WA"}, State{"54", "WV"}, State{"55", "WI"},
    State{"56", "WY"}, State{"60", "AS"}, State{"66", "GU"}, State{"69", "MP"}, State{"72", "PR"},
    State{"78", "VI"},
};

constexpr std::array kProvinces{
    State{"10", "NL"}, State{"11", "PE"}, State{"12", "NS"}, State{"13", "NB"}, State{"24", "QC"},
    State{"35", "ON"}, State{"46", "MB"}, State{"47", "SK"}, State{"48", "AB"}, State{"59", "BC"},
    State{"60", "YT"}, State{"61", "NT"}, State{"62", "NU"},
};

bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isAsciiDigit);
}

/// Territories have codes of their own in ISO 3166-1.
std::string regionOf(const State &state)
{
    return state.fips >= "60" ? std::string(state.postal) : std::format("US-{}", state.postal);
}

} // namespace

std::optional<CodedRegion> regionFromFips(std::string_view code)
{
    if ((code.size() != 2 && code.size() != 5) || !isDigits(code))
        return std::nullopt;
    const auto state = std::ranges::find(kStates, code.substr(0, 2), &State::fips);
    if (state == kStates.end())
        return std::nullopt;
    const bool county = code.size() == 5 && !code.ends_with("000");
    return CodedRegion{regionOf(*state), county ? std::string(code) : std::string()};
}

std::optional<CodedRegion> regionFromSame(std::string_view code)
{
    if (code.size() != 6 || !isDigits(code))
        return std::nullopt;
    return regionFromFips(code.substr(1));
}

std::optional<CodedRegion> regionFromUgc(std::string_view code)
{
    if (code.size() != 6 || (code[2] != 'C' && code[2] != 'Z') ||
        (!isDigits(code.substr(3)) && code.substr(3) != "ALL"))
        return std::nullopt;
    const auto state = std::ranges::find(kStates, code.substr(0, 2), &State::postal);
    if (state == kStates.end())
        return std::nullopt;
    const bool county = code[2] == 'C' && isDigits(code.substr(3)) && !code.ends_with("000");
    return CodedRegion{regionOf(*state),
                       county ? std::format("{}{}", state->fips, code.substr(3)) : std::string()};
}

std::optional<CodedRegion> regionFromSgc(std::string_view code)
{
    constexpr std::string_view kProvinceLevel = "A0002"; // after the four digits of the vintage
    if (code.size() == 11 && isDigits(code.substr(0, 4)) && code.substr(4, 5) == kProvinceLevel)
        code.remove_prefix(9);
    const auto province = std::ranges::find(kProvinces, code, &State::fips);
    if (province == kProvinces.end())
        return std::nullopt;
    return CodedRegion{std::format("CA-{}", province->postal), {}};
}

} // namespace chrona::events
