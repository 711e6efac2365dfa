// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"

#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr std::array<std::string_view, 10> kQuotes{"PYUSD", "USDT", "USDC", "EURC", "USD",
                                                   "EUR",   "GBP",  "PAX",  "BTC",  "ETH"};
constexpr SymbolStyle kStyle{.quotes = kQuotes};
constexpr SymbolStyle kSlashed{.separator = '/'};

constexpr TickerNames kTicker{.last = "last",
                              .bid = "bid",
                              .ask = "ask",
                              .baseVolume = "volume",
                              .time = "timestamp",
                              .unit = TimeUnit::Seconds};
constexpr TradeNames kTrades{.id = "tid",
                             .price = "price",
                             .amount = "amount",
                             .side = "type",
                             .time = "date",
                             .unit = TimeUnit::Seconds,
                             .rule = SideRule::Digit};
/// The plain fields are floats; those that end in _str keep their digits.
constexpr TradeNames kStreamTrades{.id = "id",
                                   .price = "price_str",
                                   .amount = "amount_str",
                                   .side = "type",
                                   .time = "microtimestamp",
                                   .unit = TimeUnit::Micros,
                                   .rule = SideRule::Digit};
constexpr CandleNames kCandles{.time = "timestamp",
                               .open = "open",
                               .high = "high",
                               .low = "low",
                               .close = "close",
                               .volume = "volume",
                               .unit = TimeUnit::Seconds};
constexpr BookNames kBook{.time = "microtimestamp", .unit = TimeUnit::Micros};

constexpr std::array kErrors{
    ErrorRule{"API0013", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"API0010", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"400.002", Outcome::Backoff, kRateLimit},
};

/// Bitstamp v2. It has no ticker channel: prices come from trades and books.
class Bitstamp final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "bitstamp"; }

    [[nodiscard]] StreamRules stream() const override
    {
        return {.url = "wss://ws.bitstamp.net",
                .keepAliveEvery = std::chrono::seconds(30),
                .silenceMax = std::chrono::seconds(60),
                .lifetime = std::chrono::minutes(90 * 24 * 60),
                .marketsPerFrame = 1};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        std::string_view name = native;
        const bool isSwap = upperCase(native).ends_with("-PERP");
        if (isSwap)
            name.remove_suffix(5);
        Market found = splitMarket(name, name.contains('/') ? kSlashed : kStyle);
        if (isSwap) {
            found.native = native;
            found.kind = InstrumentKind::Swap;
            if (const std::string pair = found.symbol; !pair.empty()) {
                const std::string_view quote = piece(pair, '/', 1);
                found.symbol = contractSymbol({piece(pair, '/', 0), quote, quote});
            }
        }
        return found;
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return lowerCase(base) + lowerCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://www.bitstamp.net/api/v2/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}ticker/{}/", kRoot, native);
        case RequestKind::Tickers: return std::format("{}ticker/", kRoot);
        case RequestKind::Trades:
            return std::format("{}transactions/{}/?time=minute", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}ohlc/{}/?step=60&limit=100", kRoot, native);
        case RequestKind::Book: return std::format("{}order_book/{}/", kRoot, native);
        case RequestKind::Status: return {};
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::vector<std::string> frames;
        for (const std::string &native : natives)
            for (const std::string_view channel : {"live_trades", "order_book"})
                frames.push_back(
                    std::format(R"({{"event":"bts:subscribe","data":{{"channel":"{}_{}"}}}})",
                                channel, native));
        return frames;
    }

    [[nodiscard]] std::string keepAlive(std::int64_t /*nowMs*/) const override
    {
        return R"({"event":"bts:heartbeat"})";
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        if (root["status"].text() != "error" && !root["error"].isText() &&
            root["response_code"].isMissing())
            return std::nullopt;
        const std::string_view code =
            root["code"].isMissing() ? root["response_code"].text() : root["code"].text();
        const JsonRef reason = root["reason"].isMissing() ? root["error"] : root["reason"];
        return ApiError{std::string(code),
                        std::string(reason.isText() ? reason.text() : reason.raw())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers:
            if (!root.isArray())
                return readTicker(root, pathPart(reply.target, "/ticker/"), out);
            for (const JsonRef row : root)
                readTicker(row, row["pair"].text(), out);
            return;
        case RequestKind::Trades:
            if (!root.isArray())
                return unexpected(out);
            return out.trades(root, kTrades, market(pathPart(reply.target, "/transactions/")));
        case RequestKind::Candles: {
            const std::string_view pair = root.at("data.pair").text();
            if (!root.at("data.ohlc").isArray())
                return unexpected(out);
            return out.candles(root.at("data.ohlc"), kCandles,
                               market(pair.empty() ? pathPart(reply.target, "/ohlc/") : pair));
        }
        case RequestKind::Book:
            return out.book(
                root,
                root["microtimestamp"].isMissing()
                    ? BookNames{.time = "timestamp", .unit = TimeUnit::Seconds}
                    : kBook,
                bookOf(market(pathPart(reply.target, "/order_book/")), BookAction::Snapshot));
        case RequestKind::Status: return out.status(true, "ok");
        }
    }

    void readMessage(JsonRef root, Session & /*session*/, ReadingBuilder &out) const override
    {
        const std::string_view event = root["event"].text();
        const std::string_view channel = root["channel"].text();
        const JsonRef data = root["data"];
        if (event.starts_with("bts:"))
            return readControl(event.substr(4), data, out);
        // The market is what follows the last underscore: "diff_order_book_sgbeur".
        const std::size_t at = channel.rfind('_');
        if (at == std::string_view::npos || !data.isObject())
            return unexpected(out);
        const Market named = market(channel.substr(at + 1));
        if (event == "trade")
            return out.trades(data, data["price_str"].isMissing() ? floatTrades() : kStreamTrades,
                              named);
        if (event == "data" && channel.contains("order_book"))
            return out.book(data, kBook,
                            bookOf(named, channel.starts_with("diff_") ? BookAction::Delta
                                                                       : BookAction::Snapshot));
    }

private:
    static TradeNames floatTrades()
    {
        TradeNames names = kStreamTrades;
        names.price = "price";
        names.amount = "amount";
        return names;
    }

    void readTicker(JsonRef row, std::string_view name, ReadingBuilder &out) const
    {
        Market named = market(name);
        if (mentions(row["market_type"].text(), "perpetual"))
            named.kind = InstrumentKind::Swap;
        if (row.isObject())
            out.ticker(row, kTicker, std::move(named));
        else
            out.bad("bad_shape");
    }

    static void readControl(std::string_view event, JsonRef data, ReadingBuilder &out)
    {
        if (event == "request_reconnect")
            return out.control(ControlKind::Reconnect);
        if (event == "heartbeat")
            return out.control(ControlKind::Heartbeat);
        if (event == "error")
            return out.control(ControlKind::Error, data["message"].text());
        out.control(ControlKind::Ack, event);
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeBitstamp()
{
    return std::make_unique<Bitstamp>();
}

} // namespace chrona::venues
