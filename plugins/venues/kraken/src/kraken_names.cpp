// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kraken_names.h"

#include "chrona/connect/venue_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace chrona::venues {
namespace {

using namespace connect;

using Alias = std::pair<std::string_view, std::string_view>;

/// Every asset that still has a legacy name, and the two that are called otherwise.
constexpr std::array kAliases{
    Alias{"XXBT", "BTC"}, Alias{"XBT", "BTC"},  Alias{"XXDG", "DOGE"}, Alias{"XDG", "DOGE"},
    Alias{"XETH", "ETH"}, Alias{"XETC", "ETC"}, Alias{"XLTC", "LTC"},  Alias{"XMLN", "MLN"},
    Alias{"XREP", "REP"}, Alias{"XXLM", "XLM"}, Alias{"XXMR", "XMR"},  Alias{"XXRP", "XRP"},
    Alias{"XZEC", "ZEC"}, Alias{"ZUSD", "USD"}, Alias{"ZEUR", "EUR"},  Alias{"ZGBP", "GBP"},
    Alias{"ZJPY", "JPY"}, Alias{"ZCAD", "CAD"}, Alias{"ZAUD", "AUD"},
};

/// Endings of plain names, in the order in which they are tried. No legacy ones: "XTZUSD" is no
/// "XT" in "ZUSD".
constexpr std::array<std::string_view, 18> kQuotes{"RLUSD", "PYUSD", "USDT", "USDC", "USDQ", "USDR",
                                                   "EURT",  "DAI",   "USD",  "EUR",  "GBP",  "JPY",
                                                   "CAD",   "AUD",   "CHF",  "XBT",  "ETH",  "BTC"};
/// A plain base with a legacy quote.
constexpr std::string_view kTetherDollar = "USDTZUSD";

constexpr SymbolStyle kJoined{.quotes = kQuotes, .aliases = kAliases};
constexpr SymbolStyle kSlashed{.separator = '/', .aliases = kAliases};

bool isLegacy(std::string_view asset)
{
    return asset.size() == 4 && std::ranges::contains(kAliases, asset, &Alias::first);
}

} // namespace

Market krakenMarket(std::string_view native)
{
    if (native.contains('/'))
        return splitMarket(native, kSlashed);
    const bool isLegacyPair =
        native.size() == 8 && isLegacy(native.substr(0, 4)) && isLegacy(native.substr(4));
    if (isLegacyPair || native == kTetherDollar) {
        const std::string slashed =
            std::string(native.substr(0, 4)) + "/" + std::string(native.substr(4));
        Market market = splitMarket(slashed, kSlashed);
        market.native = native;
        return market;
    }
    return splitMarket(native, kJoined);
}

std::string krakenRestName(std::string_view native)
{
    const std::string_view base = piece(native, '/', 0);
    if (base.size() == native.size())
        return std::string(native);
    const auto legacy = [](std::string_view asset) {
        return asset == "BTC"    ? std::string("XBT")
               : asset == "DOGE" ? std::string("XDG")
                                 : std::string(asset);
    };
    return legacy(base) + legacy(native.substr(base.size() + 1));
}

} // namespace chrona::venues
