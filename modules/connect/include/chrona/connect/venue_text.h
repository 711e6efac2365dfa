// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/exact_json.h"
#include "chrona/connect/venue_message.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Reading venues' numbers, times and names. Pure.
namespace chrona::connect {

/// "1.65E8" → "165000000", "4.00000200" → "4.000002", "-0" → "0". nullopt for what is no number or
/// would need more than 80 digits.
[[nodiscard]] std::optional<DecimalText> plainDecimal(std::string_view text);
[[nodiscard]] bool isZero(std::string_view plain);
[[nodiscard]] bool isNegative(std::string_view plain);
/// For comparing and for quotes; not for anything that must be exact.
[[nodiscard]] double toDouble(std::string_view plain);

enum class TimeUnit : std::uint8_t { Seconds, Millis, Micros, Nanos, Iso };
/// Milliseconds, rounded down, of a number in that unit, which may have a fraction and may be
/// beyond what a double holds. nullopt outside the years 1970 to 2262.
[[nodiscard]] std::optional<std::int64_t> millisFrom(std::string_view text, TimeUnit unit);

/// How a venue writes its spot markets.
struct SymbolStyle {
    char separator = 0; ///< 0: base and quote touch each other
    /// Quote assets in the order in which they are tried as endings, upper case.
    std::span<const std::string_view> quotes{};
    /// Other names of assets: {"XBT", "BTC"}.
    std::span<const std::pair<std::string_view, std::string_view>> aliases{};
};
/// Splits a spot name, e.g. "btcusdt" or "BTC_USDT". An empty symbol where it cannot be split.
/// Leveraged tokens (BTC3L, ETHDOWN) are told apart.
[[nodiscard]] Market splitMarket(std::string_view native, const SymbolStyle &style);
/// A derivative's canonical name: ("BTC", "USD", "BTC", "-220527") → "BTC/USD:BTC-220527".
struct ContractParts {
    std::string_view base, quote, settle;
    std::string_view suffix{}; ///< expiry, strike; with its dash
};
[[nodiscard]] std::string contractSymbol(const ContractParts &parts);

[[nodiscard]] std::string upperCase(std::string_view text);
[[nodiscard]] std::string lowerCase(std::string_view text);
/// A query parameter of a URL or path as written: ("…/depth?symbol=BNBBTC&limit=5", "symbol").
[[nodiscard]] std::string_view queryText(std::string_view target, std::string_view name);
/// The part of a path after `before`, up to the next slash or query.
[[nodiscard]] std::string_view pathPart(std::string_view target, std::string_view before);
/// ("a-b-c", '-', 1) → "b"; empty beyond the last.
[[nodiscard]] std::string_view piece(std::string_view text, char separator, std::size_t index);
/// Whether `next` is the whole number after `before`.
[[nodiscard]] bool isSuccessor(std::string_view before, std::string_view next);
/// Whether a text says a word (given in lower case) in any case.
[[nodiscard]] bool mentions(std::string_view text, std::string_view lowerWord);

} // namespace chrona::connect
