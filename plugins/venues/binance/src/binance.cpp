// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"
#include "chrona/formats/json_writer.h"

#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr std::array<std::string_view, 18> kQuotes{"FDUSD", "USDT", "USDC", "TUSD", "BUSD", "BIDR",
                                                   "IDRT",  "DAI",  "EUR",  "GBP",  "TRY",  "BRL",
                                                   "JPY",   "AUD",  "PAX",  "BTC",  "ETH",  "BNB"};
constexpr SymbolStyle kStyle{.quotes = kQuotes};

constexpr TickerNames kTicker24h{.last = "lastPrice",
                                 .bid = "bidPrice",
                                 .ask = "askPrice",
                                 .baseVolume = "volume",
                                 .quoteVolume = "quoteVolume",
                                 .time = "closeTime"};
constexpr TickerNames kTickerPrice{.last = "price", .time = "closeTime"};
constexpr TickerNames kStreamTicker{
    .last = "c", .bid = "b", .ask = "a", .baseVolume = "v", .quoteVolume = "q", .time = "E"};
constexpr TradeNames kTrades{.id = "id",
                             .price = "price",
                             .amount = "qty",
                             .side = "isBuyerMaker",
                             .time = "time",
                             .rule = SideRule::BuyerIsMaker};
constexpr TradeNames kAggregated{.id = "a",
                                 .price = "p",
                                 .amount = "q",
                                 .side = "m",
                                 .time = "T",
                                 .rule = SideRule::BuyerIsMaker};
constexpr TradeNames kStreamTrade{.id = "t",
                                  .price = "p",
                                  .amount = "q",
                                  .side = "m",
                                  .time = "T",
                                  .rule = SideRule::BuyerIsMaker};
constexpr CandleNames kStreamCandle{
    .time = "t", .open = "o", .high = "h", .low = "l", .close = "c", .volume = "v"};
constexpr BookNames kBook{.sequence = "lastUpdateId"};
constexpr BookNames kDepth{.bids = "b", .asks = "a", .time = "E", .sequence = "u", .first = "U"};
constexpr BookNames kBest{
    .bids = "b", .asks = "a", .time = "E", .sequence = "u", .price = "B", .size = "A"};

constexpr std::array kErrors{
    ErrorRule{"-1003", Outcome::Backoff, kRateLimit},
    ErrorRule{"-1015", Outcome::Backoff, kRateLimit},
    ErrorRule{"-1121", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"-1122", Outcome::FatalSymbol, kSymbol}, // the symbol's status is invalid
    ErrorRule{"-1001", Outcome::Backoff, "gateway"},
    ErrorRule{"-1007", Outcome::Backoff, "gateway"},
    ErrorRule{"-1008", Outcome::Backoff, "overloaded"},
    ErrorRule{"-1016", Outcome::Maintenance, kMaintenance},
};

/// Binance, the global spot market.
class Binance final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "binance"; }

    [[nodiscard]] StreamRules stream() const override
    {
        // The server pings on the WebSocket level; a connection ends after 24 hours.
        return {.url = "wss://data-stream.binance.vision/ws",
                .lifetime = std::chrono::minutes(24 * 60),
                .marketsPerFrame = 50,
                .marketsPerConnection = 300, // 1024 streams, three a market
                .connectEvery = std::chrono::seconds(1)};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        return splitMarket(native, kStyle);
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kHost = "https://data-api.binance.vision";
        switch (kind) {
        case RequestKind::Ticker:
            return std::format("{}/api/v3/ticker/24hr?symbol={}", kHost, native);
        case RequestKind::Tickers: return std::format("{}/api/v3/ticker/24hr", kHost);
        case RequestKind::Trades:
            return std::format("{}/api/v3/aggTrades?symbol={}", kHost, native);
        case RequestKind::Candles:
            return std::format("{}/api/v3/klines?symbol={}&interval=1m", kHost, native);
        case RequestKind::Book:
            return std::format("{}/api/v3/depth?symbol={}&limit=100", kHost, native);
        case RequestKind::Status: return "https://api.binance.com/sapi/v1/system/status";
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::string frame;
        formats::JsonWriter json(frame);
        json.beginObject().member("method", "SUBSCRIBE").key("params").beginArray();
        for (const std::string &native : natives) {
            const std::string name = lowerCase(native);
            for (const std::string_view topic : {"@aggTrade", "@bookTicker", "@ticker"})
                json.value(name + std::string(topic));
        }
        json.endArray().member("id", 1).endObject();
        return {frame};
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const JsonRef code = root["code"];
        if (code.isNothing() || root["msg"].isMissing() || code.text() == "200")
            return std::nullopt;
        return ApiError{std::string(code.text()), std::string(root["msg"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const std::string_view asked = queryText(reply.target, "symbol");
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers:
            if (root.isArray())
                for (const JsonRef row : root)
                    readTicker(row, asked, out);
            else
                readTicker(root, asked, out);
            return;
        case RequestKind::Trades: {
            const bool aggregated = !root[std::size_t{0}]["p"].isMissing();
            if (!root.isArray())
                return unexpected(out);
            return out.trades(root, aggregated ? kAggregated : kTrades, market(asked));
        }
        case RequestKind::Candles:
            return root.isArray() ? out.candles(root, {}, market(asked)) : unexpected(out);
        case RequestKind::Book:
            return out.book(root, kBook, bookOf(market(asked), BookAction::Snapshot));
        case RequestKind::Status:
            return out.status(root["status"].text() == "0" || root.size() == 0, root["msg"].text());
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        const bool wrapped = root["data"].isObject() || root["data"].isArray();
        const JsonRef data = wrapped ? root["data"] : root;
        const std::string_view stream = root["stream"].text();
        if (data.isArray()) { // "!ticker@arr"
            for (const JsonRef row : data)
                readEvent(row, stream, session, out);
            return;
        }
        if (!root["error"].isNothing() || (!root["code"].isMissing() && !root["msg"].isMissing())) {
            const JsonRef message = root["error"]["msg"];
            return out.control(ControlKind::Error,
                               message.isMissing() ? root["msg"].text() : message.text());
        }
        if (!root["result"].isMissing() && !root["id"].isMissing())
            return out.control(ControlKind::Ack);
        readEvent(data, stream, session, out);
    }

private:
    void readTicker(JsonRef row, std::string_view asked, ReadingBuilder &out) const
    {
        const std::string_view name = row["symbol"].text();
        const bool isPrice = row["lastPrice"].isMissing() && !row["price"].isMissing();
        if (!row.isObject())
            return out.bad("bad_shape");
        out.ticker(row, isPrice ? kTickerPrice : kTicker24h, market(name.empty() ? asked : name));
    }

    void readEvent(JsonRef data, std::string_view stream, Session &session,
                   ReadingBuilder &out) const
    {
        const std::string_view event = data["e"].text();
        const std::string_view name = data["s"].text();
        if (event == "trade" || event == "aggTrade")
            return out.trades(data, event == "trade" ? kStreamTrade : kAggregated, market(name));
        if (event == "24hrTicker" || event == "24hrMiniTicker")
            return out.ticker(data, event == "24hrTicker" ? kStreamTicker : miniTicker(),
                              market(name));
        if (event == "avgPrice")
            return out.ticker(data, {.last = "w", .time = "T"}, market(name));
        if (event == "kline")
            return out.candles(data["k"], kStreamCandle, market(name), data["k"]["x"].isTrue());
        if (event == "depthUpdate")
            return readDepth(data, session, out);
        if (event == "bookTicker" || (event.empty() && !data["B"].isMissing()))
            return out.bbo(data, kBest, market(name));
        if (event == "serverShutdown")
            return out.control(ControlKind::Reconnect);
        if (!data["lastUpdateId"].isMissing()) // "btcusdt@depth5" says the market outside only
            return out.book(data, kBook,
                            bookOf(market(upperCase(piece(stream, '@', 0))), BookAction::Snapshot));
        if (event.empty())
            unexpected(out);
    }

    static TickerNames miniTicker()
    {
        return {.last = "c", .baseVolume = "v", .quoteVolume = "q", .time = "E"};
    }

    /// Each update continues the one before: its first number is the last one's successor.
    void readDepth(JsonRef data, Session &session, ReadingBuilder &out) const
    {
        const std::string name(data["s"].text());
        const std::string_view first = data["U"].text();
        const auto next = session.sequences.find("depth " + name);
        if (next != session.sequences.end() && !isSuccessor(next->second, first))
            out.judge({Outcome::Resync, "gap", {}, {}});
        session.follows("depth " + name, {}, data["u"].text());
        out.book(data, kDepth, bookOf(market(name), BookAction::Delta));
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeBinance()
{
    return std::make_unique<Binance>();
}

} // namespace chrona::venues
