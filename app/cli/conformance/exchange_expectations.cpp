// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exchange_expectations.h"

#include "chrona/connect/venue_text.h"

#include <algorithm>
#include <format>
#include <optional>

namespace chrona::conformance {
namespace {

using namespace connect;

std::string differs(std::string_view what, std::string_view got, std::string_view want)
{
    return std::format("{} is {}, expected {}", what, got.empty() ? "nothing" : got.substr(0, 120),
                       want.empty() ? "nothing" : want.substr(0, 120));
}

/// Texts as they are; null stands for nothing.
std::string text(std::string_view what, std::string_view got, JsonRef want)
{
    return got == want.text() ? std::string() : differs(what, got, want.text());
}

std::string number(std::string_view what, const std::optional<DecimalText> &got, JsonRef want)
{
    const std::string wanted =
        want.isNothing() ? std::string() : plainDecimal(want.text()).value_or("no number");
    return got.value_or(std::string()) == wanted ? std::string()
                                                 : differs(what, got.value_or(""), wanted);
}

std::string millis(std::string_view what, std::optional<std::int64_t> got, JsonRef want)
{
    return text(what, got ? std::to_string(*got) : std::string(), want);
}

/// Fields that all messages of a market share; nullopt: it is none of them.
std::optional<std::string> marketField(const Market &market, JsonRef field)
{
    const std::string_view name = field.key();
    if (name == "symbol") // null and "unstated": the case does not test the mapping
        return field.isNothing() || field.text() == "unstated" ? std::string()
                                                               : text(name, market.symbol, field);
    if (name == "native_symbol")
        return field.isNothing() ? std::string() : text(name, market.native, field);
    if (name == "instrument")
        return text(name, toString(market.kind), field);
    return std::nullopt;
}

std::string unknownField(JsonRef field)
{
    return std::format("the case expects '{}', which is not known here", field.key());
}

std::string tickerField(const Ticker &ticker, JsonRef field)
{
    const std::string_view name = field.key();
    if (name == "last")
        return number(name, ticker.last, field);
    if (name == "bid")
        return number(name, ticker.bid, field);
    if (name == "ask")
        return number(name, ticker.ask, field);
    if (name == "baseVolume")
        return number(name, ticker.baseVolume, field);
    if (name == "quoteVolume")
        return number(name, ticker.quoteVolume, field);
    if (name == "timestamp_ms")
        return millis(name, ticker.timestampMs, field);
    if (name == "sequence")
        return text(name, ticker.sequence.value_or(""), field);
    return unknownField(field);
}

std::string tradeDifference(const Trade &trade, JsonRef want)
{
    for (const JsonRef field : want) {
        const std::string_view name = field.key();
        std::string found;
        if (name == "id")
            found = text(name, trade.id, field);
        else if (name == "price")
            found = number(name, trade.price, field);
        else if (name == "amount")
            found = number(name, trade.amount, field);
        else if (name == "side")
            found = text(name, trade.side == Side::Unknown ? "" : toString(trade.side), field);
        else if (name == "timestamp_ms")
            found = millis(name, trade.timestampMs, field);
        else
            found = unknownField(field);
        if (!found.empty())
            return found;
    }
    return {};
}

/// Compares two lists item by item.
template <class Item, class Compare>
std::string listDifference(std::string_view what, const std::vector<Item> &got, JsonRef want,
                           Compare compare)
{
    if (got.size() != want.size())
        return differs(std::format("the number of {}", what), std::to_string(got.size()),
                       std::to_string(want.size()));
    std::size_t index = 0;
    for (const JsonRef item : want) {
        if (const std::string found = compare(got[index], item); !found.empty())
            return std::format("{}[{}] {}", what, index, found);
        ++index;
    }
    return {};
}

std::string tradesField(const Trades &trades, JsonRef field)
{
    if (field.key() == "trades")
        return listDifference("trades", trades.trades, field, tradeDifference);
    if (field.key() == "sequence")
        return text("sequence", trades.sequence.value_or(""), field);
    return unknownField(field);
}

std::string candleDifference(const Candle &candle, JsonRef want)
{
    const std::string got[] = {candle.open, candle.high, candle.low, candle.close,
                               candle.baseVolume};
    if (std::to_string(candle.openMs) != want.at("0").text())
        return differs("open time", std::to_string(candle.openMs), want.at("0").text());
    for (std::size_t i = 0; i < std::size(got); ++i)
        if (const auto found = number(std::format("value {}", i + 1), got[i], want[i + 1]);
            !found.empty())
            return found;
    return {};
}

std::string candlesField(const Candles &candles, JsonRef field)
{
    if (field.key() == "candles")
        return listDifference("candles", candles.candles, field, candleDifference);
    if (field.key() == "closed")
        return text("closed", !candles.closed ? "" : *candles.closed ? "true" : "false", field);
    return unknownField(field);
}

std::string bookField(const Book &book, JsonRef field)
{
    // The cases keep the first levels only.
    const std::size_t kept = book.action == BookAction::Delta ? 50 : 5;
    const std::string_view name = field.key();
    const auto levels = [&](std::vector<Level> side) {
        if (side.size() > kept)
            side.resize(kept);
        return listDifference(name, side, field, [](const Level &level, JsonRef want) {
            const std::string price = number("price", level.price, want.at("0"));
            return price.empty() ? number("size", level.size, want.at("1")) : price;
        });
    };
    if (name == "bids")
        return levels(book.bids);
    if (name == "asks")
        return levels(book.asks);
    if (name == "sequence")
        return text(name, book.sequence.value_or(""), field);
    if (name == "first_sequence")
        return text(name, book.firstSequence.value_or(""), field);
    if (name == "previous_sequence")
        return text(name, book.previousSequence.value_or(""), field);
    if (name == "checksum")
        return text(name, book.checksum.value_or(""), field);
    if (name == "timestamp_ms")
        return millis(name, book.timestampMs, field);
    if (name == "action")
        return text(name, toString(book.action), field);
    return unknownField(field);
}

bool sameJson(JsonRef left, JsonRef right)
{
    if (left.kind() != right.kind() || left.size() != right.size())
        return false;
    if (left.isObject()) {
        for (const JsonRef member : left)
            if (!sameJson(member, right[member.key()]))
                return false;
        return true;
    }
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!sameJson(left[i], right[i]))
            return false;
    return left.text() == right.text();
}

std::string controlField(const Control &control, JsonRef field)
{
    const std::string_view name = field.key();
    if (name == "control")
        return text(name, toString(control.kind), field);
    if (name == "counter")
        return text(name, control.counter.value_or(""), field);
    if (name != "reply")
        return unknownField(field);
    const ExactJson reply(control.reply);
    const bool same =
        field.isText() ? field.text() == control.reply : sameJson(reply.root(), field);
    return same ? std::string() : differs(name, control.reply, field.raw());
}

std::string statusField(const VenueStatus &status, JsonRef field)
{
    const std::string_view name = field.key();
    if (name == "status" || name == "state") {
        const bool open = field.text() == "ok" || field.text() == "online" ||
                          field.text() == "open" || field.text() == "normal";
        return open == status.isOpen ? std::string() : differs(name, status.word, field.text());
    }
    if (name == "timestamp_ms" || name == "updated")
        return millis(name, status.timestampMs, field);
    return unknownField(field);
}

template <class Value, class Compare>
std::string fieldsDifference(const Value &value, JsonRef expected, Compare compare)
{
    for (const JsonRef field : expected) {
        std::optional<std::string> found;
        if constexpr (requires { value.market; })
            found = marketField(value.market, field);
        if (!found)
            found = compare(value, field);
        if (!found->empty())
            return *found;
    }
    return {};
}

std::string tickersDifference(const Reading &reading, JsonRef expected)
{
    std::vector<Ticker> tickers;
    for (const Message &message : reading.messages)
        if (const auto *ticker = std::get_if<Ticker>(&message))
            tickers.push_back(*ticker);
    return listDifference("tickers", tickers, expected["tickers"],
                          [](const Ticker &ticker, JsonRef want) {
                              return fieldsDifference(ticker, want, tickerField);
                          });
}

/// The first message of a type; lists of the same market are joined, since some venues send one
/// trade or candle a message.
template <class Value> std::optional<Value> firstPart(const Reading &reading)
{
    std::optional<Value> first;
    for (const Message &message : reading.messages) {
        const auto *value = std::get_if<Value>(&message);
        if (value == nullptr)
            continue;
        if (!first)
            first = *value;
        else if constexpr (requires { first->trades; })
            first->trades.insert(first->trades.end(), value->trades.begin(), value->trades.end());
        else if constexpr (requires { first->candles; })
            first->candles.insert(first->candles.end(), value->candles.begin(),
                                  value->candles.end());
    }
    return first;
}

std::optional<Ticker> firstTicker(const Reading &reading)
{
    if (auto ticker = firstPart<Ticker>(reading))
        return ticker;
    const auto book = firstPart<Book>(reading);
    return book && book->action == BookAction::Bbo ? std::optional(tickerFrom(*book))
                                                   : std::nullopt;
}

template <class Value, class Compare>
std::string oneDifference(const std::optional<Value> &value, const Reading &reading,
                          JsonRef expected, Compare compare)
{
    if (value)
        return fieldsDifference(*value, expected, compare);
    return std::format("nothing was read: {} {}", toString(reading.verdict.outcome),
                       reading.verdict.reason);
}

} // namespace

std::string differenceOf(std::string_view kind, const Reading &reading, JsonRef expected)
{
    const std::string_view plain = kind.starts_with("ws_") ? kind.substr(3) : kind;
    if (plain == "tickers" || !expected["tickers"].isMissing())
        return tickersDifference(reading, expected);
    if (plain == "ticker")
        return oneDifference(firstTicker(reading), reading, expected, tickerField);
    if (plain == "trades")
        return oneDifference(firstPart<Trades>(reading), reading, expected, tradesField);
    if (plain == "ohlcv")
        return oneDifference(firstPart<Candles>(reading), reading, expected, candlesField);
    if (plain == "orderbook" || plain == "book")
        return oneDifference(firstPart<Book>(reading), reading, expected, bookField);
    if (plain == "control")
        return oneDifference(firstPart<Control>(reading), reading, expected, controlField);
    if (plain == "status")
        return oneDifference(firstPart<VenueStatus>(reading), reading, expected, statusField);
    return std::format("the kind '{}' is not known here", kind);
}

std::string differenceOfFault(const Reading &reading, JsonRef expected)
{
    const Verdict &verdict = reading.verdict;
    for (const JsonRef field : expected) {
        const std::string_view name = field.key();
        std::string found;
        if (name == "outcome") {
            found = text(name, toString(verdict.outcome), field);
        } else if (name == "class") {
            found = text(name, verdict.reason, field);
        } else if (name == "until_ms") {
            found = millis(name, verdict.untilMs, field);
        } else if (name == "wait_s") {
            std::optional<DecimalText> seconds;
            if (verdict.waitMs)
                seconds = plainDecimal(std::format("{}e-3", *verdict.waitMs));
            found = number(name, seconds, field);
        } else if (name == "good") {
            std::vector<Ticker> good;
            for (const Message &message : reading.messages)
                if (const auto *ticker = std::get_if<Ticker>(&message))
                    good.push_back(*ticker);
            found = listDifference(name, good, field, [](const Ticker &ticker, JsonRef want) {
                return text("native_symbol", ticker.market.native, want);
            });
        } else if (name != "received_ms") {
            found = unknownField(field);
        }
        if (!found.empty())
            return found;
    }
    const bool refused = verdict.outcome != Outcome::Accept &&
                         verdict.outcome != Outcome::AcceptFlag &&
                         verdict.outcome != Outcome::Partial && verdict.outcome != Outcome::Resync;
    for (const Message &message : reading.messages)
        if (refused && !std::holds_alternative<Control>(message))
            return "a refused message was read all the same";
    return {};
}

} // namespace chrona::conformance
