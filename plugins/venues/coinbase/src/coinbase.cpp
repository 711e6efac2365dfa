// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"
#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr SymbolStyle kStyle{.separator = '-'};

constexpr TickerNames kTicker{.last = "price",
                              .bid = "bid",
                              .ask = "ask",
                              .baseVolume = "volume",
                              .time = "time",
                              .unit = TimeUnit::Iso};
constexpr TickerNames kStats{.last = "last", .baseVolume = "volume"};
constexpr TickerNames kProduct{
    .last = "price", .bid = "best_bid_price", .ask = "best_ask_price", .baseVolume = "volume_24h"};
constexpr TickerNames kStreamTicker{.last = "price",
                                    .bid = "best_bid",
                                    .ask = "best_ask",
                                    .baseVolume = "volume_24h",
                                    .time = "time",
                                    .unit = TimeUnit::Iso,
                                    .sequence = "sequence"};
constexpr TradeNames kTrades{.id = "trade_id",
                             .price = "price",
                             .amount = "size",
                             .side = "side",
                             .time = "time",
                             .unit = TimeUnit::Iso,
                             .rule = SideRule::Opposite};
/// Advanced Trade's channel gives the taker's side.
constexpr TradeNames kMarketTrades{.id = "trade_id",
                                   .price = "price",
                                   .amount = "size",
                                   .side = "side",
                                   .time = "time",
                                   .unit = TimeUnit::Iso};
constexpr CandleNames kCandles{
    .open = "3", .high = "2", .low = "1", .close = "4", .unit = TimeUnit::Seconds};
constexpr CandleNames kStreamCandles{.time = "start",
                                     .open = "open",
                                     .high = "high",
                                     .low = "low",
                                     .close = "close",
                                     .volume = "volume",
                                     .unit = TimeUnit::Seconds};
constexpr BookNames kBook{.time = "time", .sequence = "sequence", .unit = TimeUnit::Iso};

constexpr std::array kErrors{
    ErrorRule{"NotFound", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~not a valid product", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~product not found", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~rate limit", Outcome::Backoff, kRateLimit},
    ErrorRule{"~slow down", Outcome::Backoff, kRateLimit},
};

/// Coinbase Exchange, and the channels of Advanced Trade, which another host speaks.
class Coinbase final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "coinbase"; }

    [[nodiscard]] StreamRules stream() const override
    {
        // Subscribe within 5 s of connecting; the heartbeat channel speaks each second.
        return {.url = "wss://ws-feed.exchange.coinbase.com",
                .silenceMax = std::chrono::seconds(10),
                .marketsPerFrame = 50};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        // "BTC-PERP-INTX", "BIT-28NOV25-CDE": derivatives have more than one dash.
        if (std::ranges::count(native, '-') > 1)
            return {std::string(native), {}, InstrumentKind::Future};
        return splitMarket(native, kStyle);
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + "-" + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api.exchange.coinbase.com/products/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}{}/ticker", kRoot, native);
        case RequestKind::Trades: return std::format("{}{}/trades?limit=100", kRoot, native);
        case RequestKind::Candles: return std::format("{}{}/candles?granularity=60", kRoot, native);
        case RequestKind::Book: return std::format("{}{}/book?level=2", kRoot, native);
        case RequestKind::Tickers: // no list of all markets has bid and ask
        case RequestKind::Status: return {};
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::string frame;
        formats::JsonWriter json(frame);
        json.beginObject().member("type", "subscribe").key("product_ids").beginArray();
        for (const std::string &native : natives)
            json.value(native);
        json.endArray().key("channels").beginArray();
        for (const std::string_view channel : {"ticker", "matches", "heartbeat"})
            json.value(channel);
        json.endArray().endObject();
        return {frame};
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const JsonRef message = root["message"];
        if (!message.isText())
            return std::nullopt;
        return ApiError{std::string(message.text()), std::string(message.text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const std::string_view asked = pathPart(reply.target, "/products/");
        switch (reply.kind) {
        case RequestKind::Ticker:
            if (!root.isObject())
                return unexpected(out);
            if (!root["best_bid"].isMissing())
                return readAdvancedTicker(root, asked, out);
            return out.ticker(root, root["price"].isMissing() ? kStats : kTicker, market(asked));
        case RequestKind::Tickers:
            for (const JsonRef row : root.isArray() ? root : root["products"])
                out.ticker(row, kProduct, market(row["product_id"].text()));
            return;
        case RequestKind::Trades:
            if (!root.isArray())
                return out.trades(root["trades"], kMarketTrades, market(asked));
            return out.trades(root, kTrades, market(asked));
        case RequestKind::Candles:
            if (!root.isArray())
                return out.candles(root["candles"], kStreamCandles, market(asked));
            return out.candles(root, kCandles, market(asked));
        case RequestKind::Book: return readRestBook(root, asked, out);
        case RequestKind::Status: return readStatus(root, out);
        }
    }

    void readMessage(JsonRef root, Session & /*session*/, ReadingBuilder &out) const override
    {
        if (root["channel"].isText() && !root["events"].isMissing())
            return readAdvanced(root, out);
        const std::string_view type = root["type"].text();
        const std::string_view name = root["product_id"].text();
        if (type == "ticker")
            return out.ticker(root, kStreamTicker, market(name));
        if (type == "match" || type == "last_match")
            return out.trades(root, kTrades, market(name), RowReader::text(root["sequence"]));
        if (type == "snapshot")
            return out.book(root, kBook, bookOf(market(name), BookAction::Snapshot));
        if (type == "l2update")
            return readChanges(root, name, out);
        if (type == "heartbeat")
            return out.control(ControlKind::Heartbeat);
        if (type == "subscriptions")
            return out.control(ControlKind::Ack);
        if (type == "error")
            return out.control(ControlKind::Error, root["reason"].isText()
                                                       ? root["reason"].text()
                                                       : root["message"].text());
        if (type == "status")
            return out.control(ControlKind::Status);
        if (type.empty())
            unexpected(out);
    }

private:
    void readAdvancedTicker(JsonRef root, std::string_view asked, ReadingBuilder &out) const
    {
        out.ticker(root,
                   {.last = "trades.0.price",
                    .bid = "best_bid",
                    .ask = "best_ask",
                    .time = "trades.0.time",
                    .unit = TimeUnit::Iso},
                   market(asked));
    }

    void readRestBook(JsonRef root, std::string_view asked, ReadingBuilder &out) const
    {
        const JsonRef advanced = root["pricebook"];
        if (advanced.isMissing())
            return out.book(root, kBook, bookOf(market(asked), BookAction::Snapshot));
        out.book(advanced,
                 {.time = "time", .unit = TimeUnit::Iso, .price = "price", .size = "size"},
                 bookOf(market(advanced["product_id"].text()), BookAction::Snapshot));
    }

    static void readStatus(JsonRef root, ReadingBuilder &out)
    {
        // The status page's form, and the time endpoint, which answers while the venue is up.
        const std::string_view indicator = root.at("status.indicator").text();
        out.status(indicator.empty() || indicator == "none",
                   indicator.empty() ? std::string_view("ok") : indicator,
                   millisFrom(root["iso"].text(), TimeUnit::Iso));
    }

    void readChanges(JsonRef root, std::string_view name, ReadingBuilder &out) const
    {
        Book book = bookOf(market(name), BookAction::Delta);
        RowReader reader;
        book.timestampMs = reader.millis(root["time"], TimeUnit::Iso);
        for (const JsonRef change : root["changes"]) {
            auto price = reader.decimal(change.at("1"));
            auto size = reader.decimal(change.at("2"));
            if (!price || !size)
                return out.bad("bad_number");
            (change.at("0").text() == "buy" ? book.bids : book.asks)
                .push_back({std::move(*price), std::move(*size)});
        }
        out.book(std::move(book));
    }

    void readAdvanced(JsonRef root, ReadingBuilder &out) const
    {
        const std::string_view channel = root["channel"].text();
        const auto stamp = millisFrom(root["timestamp"].text(), TimeUnit::Iso);
        if (channel == "subscriptions")
            return out.control(ControlKind::Ack);
        if (channel == "status")
            return out.control(ControlKind::Status);
        for (const JsonRef event : root["events"]) {
            if (channel == "heartbeats")
                out.control(Control{
                    ControlKind::Heartbeat, {}, {}, RowReader::text(event["heartbeat_counter"])});
            else if (channel == "ticker" || channel == "ticker_batch")
                readAdvancedTickers(root, event, stamp, out);
            else if (channel == "market_trades")
                readAdvancedTrades(event["trades"], out);
            else if (channel == "candles")
                for (const JsonRef candle : event["candles"])
                    out.candles(candle, kStreamCandles, market(candle["product_id"].text()));
            else if (channel == "l2_data")
                readAdvancedBook(root, event, stamp, out);
        }
    }

    void readAdvancedTickers(JsonRef root, JsonRef event, std::optional<std::int64_t> stamp,
                             ReadingBuilder &out) const
    {
        for (const JsonRef row : event["tickers"]) {
            RowReader reader;
            Ticker ticker;
            ticker.market = market(row["product_id"].text());
            ticker.last = reader.decimal(row["price"]);
            ticker.bid = reader.decimal(row["best_bid"]);
            ticker.ask = reader.decimal(row["best_ask"]);
            ticker.baseVolume = reader.decimal(row["volume_24_h"]);
            ticker.timestampMs = stamp;
            ticker.sequence = RowReader::text(root["sequence_num"]);
            if (reader.flaw().empty())
                out.ticker(std::move(ticker));
            else
                out.bad(reader.flaw());
        }
    }

    void readAdvancedTrades(JsonRef rows, ReadingBuilder &out) const
    {
        const std::string_view name = rows.at("0.product_id").text();
        bool oneMarket = true;
        for (const JsonRef row : rows)
            oneMarket = oneMarket && row["product_id"].text() == name;
        if (oneMarket)
            return out.trades(rows, kMarketTrades, market(name));
        for (const JsonRef row : rows)
            out.trades(row, kMarketTrades, market(row["product_id"].text()));
    }

    void readAdvancedBook(JsonRef root, JsonRef event, std::optional<std::int64_t> stamp,
                          ReadingBuilder &out) const
    {
        const bool isWhole = event["type"].text() == "snapshot";
        Book book = bookOf(market(event["product_id"].text()),
                           isWhole ? BookAction::Snapshot : BookAction::Delta);
        book.timestampMs = stamp;
        book.sequence = RowReader::text(root["sequence_num"]);
        RowReader reader;
        for (const JsonRef update : event["updates"]) {
            auto price = reader.decimal(update["price_level"]);
            auto size = reader.decimal(update["new_quantity"]);
            if (!price || !size)
                return out.bad("bad_number");
            (update["side"].text() == "bid" ? book.bids : book.asks)
                .push_back({std::move(*price), std::move(*size)});
        }
        out.book(std::move(book));
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeCoinbase()
{
    return std::make_unique<Coinbase>();
}

} // namespace chrona::venues
