// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/flare/networks.h"

#include <array>

namespace chrona::flare {
namespace {

constexpr Seconds kDay = 86'400;

struct NetworkRow {
    std::string_view name;
    bool isMain;
    std::string_view coin;
    std::string_view publicRpc;
    Seconds rewardExpiry;
};
constexpr std::array kRows = {
    NetworkRow{"coston2", false, "C2FLR", "https://coston2-api.flare.network/ext/C/rpc", 7 * kDay},
    NetworkRow{"coston", false, "CFLR", "https://coston-api.flare.network/ext/C/rpc", 7 * kDay},
    NetworkRow{"songbird", true, "SGB", "https://songbird-api.flare.network/ext/C/rpc", 90 * kDay},
    NetworkRow{"flare", true, "FLR", "https://flare-api.flare.network/ext/C/rpc", 90 * kDay},
};

Address knownAddress(std::string_view text)
{
    return ethereum::parseAddress(text).value_or(Address{});
}

} // namespace

std::optional<NetworkSetup> networkSetup(std::string_view name)
{
    const auto timing = ftso::networkNamed(name);
    for (const NetworkRow &row : kRows)
        if (timing && row.name == name)
            return NetworkSetup{.timing = *timing,
                                .isMain = row.isMain,
                                .coin = row.coin,
                                .publicRpc = row.publicRpc,
                                .rewardExpiry = row.rewardExpiry,
                                .asksForValidators = row.name == "flare"};
    return std::nullopt;
}

const Address &registryAddress()
{
    static const Address address = knownAddress("0xaD67FE66660Fb8dFE9d6b1b4240d8650e30F6019");
    return address;
}

const Address &submissionAddress()
{
    static const Address address = knownAddress("0x2cA6571Daa15ce734Bbd0Bf27D5C9D16787fc33f");
    return address;
}

} // namespace chrona::flare
