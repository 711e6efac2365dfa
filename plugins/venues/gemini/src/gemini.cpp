// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"
#include "chrona/formats/json_writer.h"

#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr std::array<std::string_view, 16> kQuotes{"RLUSD", "GUSD", "USDT", "USDC", "USD", "EUR",
                                                   "GBP",   "SGD",  "HKD",  "CAD",  "AUD", "DAI",
                                                   "BTC",   "ETH",  "BCH",  "FIL"};
constexpr SymbolStyle kStyle{.quotes = kQuotes};

constexpr TickerNames kTickerV2{.last = "close", .bid = "bid", .ask = "ask"};
constexpr TickerNames kPriceFeed{.last = "price"};
constexpr TradeNames kTrades{
    .id = "tid", .price = "price", .amount = "amount", .side = "type", .time = "timestampms"};
constexpr TradeNames kStreamTrades{
    .id = "event_id", .price = "price", .amount = "quantity", .side = "side", .time = "timestamp"};
constexpr BookNames kBook{.price = "price", .size = "amount"};

constexpr std::array kErrors{
    ErrorRule{"RateLimit", Outcome::Backoff, kRateLimit},
    ErrorRule{"Maintenance", Outcome::Maintenance, kMaintenance},
    ErrorRule{"System", Outcome::Backoff, "gateway"},
    ErrorRule{"InvalidSymbol", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"MarketNotOpen", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"UnsupportedSymbol", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~not a valid symbol", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~invalid symbol", Outcome::FatalSymbol, kSymbol},
};

/// Gemini: REST v1 and v2, market data v2; frames of v1 are read too.
class Gemini final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "gemini"; }

    [[nodiscard]] StreamRules stream() const override
    {
        return {.url = "wss://api.gemini.com/v2/marketdata",
                .silenceMax = std::chrono::seconds(15), // a heartbeat comes every 5 s
                .marketsPerFrame = 50};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        const std::string name = upperCase(native);
        if (!name.ends_with("PERP"))
            return splitMarket(native, kStyle);
        Market found = splitMarket(std::string_view(name).substr(0, name.size() - 4), kStyle);
        found.native = native;
        found.kind = InstrumentKind::Swap;
        if (const std::string pair = found.symbol; !pair.empty()) {
            const std::string_view quote = piece(pair, '/', 1);
            found.symbol = contractSymbol({piece(pair, '/', 0), quote, quote});
        }
        return found;
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kHost = "https://api.gemini.com";
        const std::string name = lowerCase(native);
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}/v1/pubticker/{}", kHost, name);
        case RequestKind::Tickers: return std::format("{}/v1/pricefeed", kHost);
        case RequestKind::Trades: return std::format("{}/v1/trades/{}", kHost, name);
        case RequestKind::Candles: return std::format("{}/v2/candles/{}/1m", kHost, name);
        case RequestKind::Book: return std::format("{}/v1/book/{}", kHost, name);
        case RequestKind::Status: return {};
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::string frame;
        formats::JsonWriter json(frame);
        json.beginObject().member("type", "subscribe").key("subscriptions").beginArray();
        json.beginObject().member("name", "l2").key("symbols").beginArray();
        for (const std::string &native : natives)
            json.value(native);
        json.endArray().endObject().endArray().endObject();
        return {frame};
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        if (root["result"].text() != "error")
            return std::nullopt;
        return ApiError{std::string(root["reason"].text()), std::string(root["message"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        switch (reply.kind) {
        case RequestKind::Ticker: return readTicker(reply, root, out);
        case RequestKind::Tickers:
            for (const JsonRef row : root)
                out.ticker(row, kPriceFeed, market(row["pair"].text()));
            return;
        case RequestKind::Trades:
            if (!root.isArray())
                return unexpected(out);
            return out.trades(root, kTrades, market(pathPart(reply.target, "/trades/")));
        case RequestKind::Candles:
            if (!root.isArray())
                return unexpected(out);
            return out.candles(root, {}, market(pathPart(reply.target, "/candles/")));
        case RequestKind::Book:
            return out.book(root, kBook,
                            bookOf(market(pathPart(reply.target, "/book/")), BookAction::Snapshot));
        case RequestKind::Status: return out.status(true, "ok");
        }
    }

    void readMessage(JsonRef root, Session & /*session*/, ReadingBuilder &out) const override
    {
        const std::string_view type = root["type"].text();
        if (type == "heartbeat")
            return out.control(ControlKind::Heartbeat);
        if (type == "l2_updates")
            return readChanges(root, out);
        if (type == "trade")
            return out.trades(root, kStreamTrades, market(root["symbol"].text()));
        if (type.starts_with("candles_"))
            return out.candles(root["changes"], {}, market(root["symbol"].text()));
        if (type == "update")
            return readV1(root, out);
        if (type == "subscription_ack" || type == "subscribed" || type == "unsubscribed")
            return out.control(ControlKind::Ack);
        if (type == "error" || root["result"].text() == "error")
            return out.control(ControlKind::Error, root["message"].text());
        if (type.empty())
            unexpected(out);
    }

private:
    void readTicker(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const
    {
        const JsonRef volume = root["volume"];
        if (!root.isObject())
            return unexpected(out);
        if (root["last"].isMissing() && !root["close"].isMissing())
            return out.ticker(root, kTickerV2, market(root["symbol"].text()));
        // The volumes are named after their assets: {"BTC": …, "USDT": …, "timestamp": …}.
        Market named = market(pathPart(reply.target, "ticker/"));
        const std::string base(piece(named.symbol, '/', 0));
        const std::string quote(piece(named.symbol, '/', 1));
        RowReader reader;
        Ticker ticker;
        ticker.last = reader.decimal(root["last"]);
        ticker.bid = reader.decimal(root["bid"]);
        ticker.ask = reader.decimal(root["ask"]);
        ticker.baseVolume = reader.decimal(base.empty() ? volume[std::size_t{0}] : volume[base]);
        ticker.quoteVolume = reader.decimal(volume[quote]);
        ticker.timestampMs = reader.millis(volume["timestamp"], TimeUnit::Millis);
        ticker.market = std::move(named);
        if (reader.flaw().empty())
            out.ticker(std::move(ticker));
        else
            out.bad(reader.flaw());
    }

    /// The first message after a subscription brings the trades of the day and is the whole book.
    void readChanges(JsonRef root, ReadingBuilder &out) const
    {
        const bool isWhole = !root["trades"].isMissing();
        Book book = bookOf(market(root["symbol"].text()),
                           isWhole ? BookAction::Snapshot : BookAction::Delta);
        RowReader reader;
        for (const JsonRef change : root["changes"]) {
            auto price = reader.decimal(change.at("1"));
            auto size = reader.decimal(change.at("2"));
            if (!price || !size)
                return out.bad("bad_number");
            (change.at("0").text() == "buy" ? book.bids : book.asks)
                .push_back({std::move(*price), std::move(*size)});
        }
        out.book(std::move(book));
        if (root["trades"].size() > 0)
            out.trades(root["trades"], kStreamTrades, market(root["symbol"].text()));
    }

    /// Market data v1 does not say which market it is: the URL did.
    static void readV1(JsonRef root, ReadingBuilder &out)
    {
        RowReader reader;
        Trades trades;
        Book book;
        book.action = BookAction::Delta;
        book.sequence = RowReader::text(root["socket_sequence"]);
        book.timestampMs = reader.millis(root["timestampms"], TimeUnit::Millis);
        bool isWhole = false;
        for (const JsonRef event : root["events"]) {
            auto price = reader.decimal(event["price"]);
            const std::string_view type = event["type"].text();
            auto amount = reader.decimal(event[type == "trade" ? "amount" : "remaining"]);
            if (!price || !amount)
                continue;
            isWhole = isWhole || event["reason"].text() == "initial";
            if (type == "trade")
                trades.trades.push_back({std::string(event["tid"].text()), *price, *amount,
                                         sideFrom(event["makerSide"], SideRule::Opposite),
                                         book.timestampMs});
            else if (type == "change")
                (event["side"].text() == "bid" ? book.bids : book.asks)
                    .push_back({*price, *amount});
        }
        if (isWhole)
            book.action = BookAction::Snapshot;
        if (!reader.flaw().empty())
            out.bad(reader.flaw());
        if (!trades.trades.empty())
            out.trades(std::move(trades));
        if (!book.bids.empty() || !book.asks.empty())
            out.book(std::move(book));
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeGemini()
{
    return std::make_unique<Gemini>();
}

} // namespace chrona::venues
