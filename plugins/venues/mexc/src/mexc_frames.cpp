// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mexc_frames.h"

#include "protobuf_wire.h"

#include "chrona/connect/venue_verdict.h"
#include "chrona/schema/text.h"

#include <array>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr std::array<std::string_view, 7> kQuotes{"USDT", "USDC", "USDE", "USD1",
                                                  "EUR",  "BTC",  "ETH"};
constexpr SymbolStyle kStyle{.quotes = kQuotes};

/// Numbers of PushDataV3ApiWrapper.
enum Body : std::uint32_t {
    kDeals = 301,
    kIncreaseDepths = 302,
    kLimitDepths = 303,
    kBookTicker = 305,
    kKline = 308,
    kMiniTicker = 309,
    kMiniTickers = 310,
    kAggregatedDepths = 313,
    kAggregatedDeals = 314,
    kAggregatedBookTicker = 315,
};

std::optional<std::int64_t> millisOf(std::optional<std::uint64_t> number, TimeUnit unit)
{
    return number && *number > 0 ? millisFrom(std::to_string(*number), unit) : std::nullopt;
}

std::optional<DecimalText> decimalOf(std::string_view message, std::uint32_t number)
{
    return plainDecimal(wireBytes(message, number));
}

/// deals = 1 {price = 1, quantity = 2, tradeType = 3 (1 buy, 2 sell), time = 4, tradeId = 5}
void readDeals(std::string_view body, Market market, ReadingBuilder &out)
{
    Trades trades;
    trades.market = std::move(market);
    WireReader reader(body);
    while (const auto deal = reader.next()) {
        if (deal->number != 1)
            continue;
        auto price = decimalOf(deal->bytes, 1);
        auto amount = decimalOf(deal->bytes, 2);
        if (!price || !amount || isNegative(*price) || isZero(*price) || isNegative(*amount)) {
            out.bad("bad_number");
            continue;
        }
        const auto type = wireNumber(deal->bytes, 3);
        trades.trades.push_back({std::string(wireBytes(deal->bytes, 5)), std::move(*price),
                                 std::move(*amount),
                                 type == 1   ? Side::Buy
                                 : type == 2 ? Side::Sell
                                             : Side::Unknown,
                                 millisOf(wireNumber(deal->bytes, 4), TimeUnit::Millis)});
    }
    if (!trades.trades.empty())
        out.trades(std::move(trades));
}

bool readSide(std::string_view body, std::uint32_t number, std::vector<Level> &levels)
{
    constexpr std::size_t kLevelsMax = 20'000;
    WireReader reader(body);
    while (const auto level = reader.next()) {
        if (level->number != number)
            continue;
        auto price = decimalOf(level->bytes, 1);
        auto size = decimalOf(level->bytes, 2);
        if (!price || !size || isNegative(*price) || isNegative(*size) ||
            levels.size() >= kLevelsMax)
            return false;
        levels.push_back({std::move(*price), std::move(*size)});
    }
    return !reader.isBroken();
}

std::optional<std::string> textOf(std::string_view message, std::uint32_t number)
{
    const std::string_view text = wireBytes(message, number);
    return text.empty() || schema::firstInvalidUtf8(text) ? std::nullopt
                                                          : std::optional(std::string(text));
}

/// asks = 1, bids = 2; version = 4, or fromVersion = 4 and toVersion = 5 of aggregated changes
void readDepths(std::uint32_t kind, std::string_view body, Book book, Session &session,
                ReadingBuilder &out)
{
    if (!readSide(body, 1, book.asks) || !readSide(body, 2, book.bids))
        return out.bad("bad_number");
    if (kind == kAggregatedDepths) {
        book.firstSequence = textOf(body, 4);
        book.sequence = textOf(body, 5);
        const std::string stream = "book " + book.market.native;
        const auto before = session.sequences.find(stream);
        if (before != session.sequences.end() &&
            !isSuccessor(before->second, book.firstSequence.value_or("")))
            out.judge({Outcome::Resync, "gap", {}, {}});
        session.follows(stream, {}, book.sequence.value_or(""));
    } else {
        book.sequence = textOf(body, 4);
    }
    out.book(std::move(book));
}

/// bidPrice = 1, bidQuantity = 2, askPrice = 3, askQuantity = 4
void readBest(std::string_view body, Book book, ReadingBuilder &out)
{
    const auto take = [body](std::uint32_t number, std::vector<Level> &levels) {
        auto price = decimalOf(body, number);
        if (price && !isNegative(*price) && !isZero(*price))
            levels.push_back({std::move(*price), decimalOf(body, number + 1).value_or("0")});
    };
    take(1, book.bids);
    take(3, book.asks);
    book.action = BookAction::Bbo;
    out.book(std::move(book));
}

/// windowStart = 2 in seconds, then open, close, high, low, volume as 3 to 7
void readKline(std::string_view body, Market market, ReadingBuilder &out)
{
    const auto opens = millisOf(wireNumber(body, 2), TimeUnit::Seconds);
    const auto open = decimalOf(body, 3);
    const auto close = decimalOf(body, 4);
    const auto high = decimalOf(body, 5);
    const auto low = decimalOf(body, 6);
    if (!opens || !open || !close || !high || !low)
        return out.bad("bad_number");
    // Goes the way of all candles, so that one place judges them.
    const std::string row = "[" + std::to_string(*opens) + "," + *open + "," + *high + "," + *low +
                            "," + *close + "," + decimalOf(body, 7).value_or("0") + "]";
    const ExactJson json(row);
    out.candles(json.root(), {}, std::move(market));
}

/// symbol = 1, price = 2, volume = 7 (in the quote asset), quantity = 8
void readMiniTicker(std::string_view body, std::optional<std::int64_t> stamp, ReadingBuilder &out)
{
    Ticker ticker;
    ticker.market = mexcMarket(textOf(body, 1).value_or(""));
    ticker.last = decimalOf(body, 2);
    ticker.quoteVolume = decimalOf(body, 7);
    ticker.baseVolume = decimalOf(body, 8);
    ticker.timestampMs = stamp;
    out.ticker(std::move(ticker));
}

void readBody(std::uint32_t kind, std::string_view body, Book start, Session &session,
              ReadingBuilder &out)
{
    switch (kind) {
    case kDeals:
    case kAggregatedDeals: return readDeals(body, std::move(start.market), out);
    case kLimitDepths: return readDepths(kind, body, std::move(start), session, out);
    case kIncreaseDepths:
    case kAggregatedDepths:
        start.action = BookAction::Delta;
        return readDepths(kind, body, std::move(start), session, out);
    case kBookTicker:
    case kAggregatedBookTicker: return readBest(body, std::move(start), out);
    case kKline: return readKline(body, std::move(start.market), out);
    case kMiniTicker: return readMiniTicker(body, start.timestampMs, out);
    case kMiniTickers: {
        WireReader items(body);
        while (const auto item = items.next())
            if (item->number == 1)
                readMiniTicker(item->bytes, start.timestampMs, out);
        return;
    }
    default: return;
    }
}

} // namespace

Market mexcMarket(std::string_view native)
{
    return splitMarket(native, kStyle);
}

void readMexcPush(std::string_view message, Session &session, ReadingBuilder &out)
{
    Book start;
    std::string_view body;
    std::uint32_t kind = 0;
    WireReader reader(message);
    while (const auto field = reader.next()) {
        if (field->number >= kDeals && field->number <= kAggregatedBookTicker) {
            kind = field->number;
            body = field->bytes;
        }
    }
    if (reader.isBroken() || kind == 0)
        return out.judge({Outcome::Reject, "bad_shape", {}, {}});
    const auto sent = wireNumber(message, 6);
    start.timestampMs = millisOf(sent ? sent : wireNumber(message, 5), TimeUnit::Millis);
    start.market = mexcMarket(textOf(message, 3).value_or(""));
    readBody(kind, body, std::move(start), session, out);
}

} // namespace chrona::venues
