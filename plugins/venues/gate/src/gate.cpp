// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"
#include "chrona/formats/json_writer.h"

#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr SymbolStyle kStyle{.separator = '_'};

constexpr TickerNames kTicker{.last = "last",
                              .bid = "highest_bid",
                              .ask = "lowest_ask",
                              .baseVolume = "base_volume",
                              .quoteVolume = "quote_volume"};
constexpr TradeNames kTrades{
    .id = "id", .price = "price", .amount = "amount", .side = "side", .time = "create_time_ms"};
/// Volume first, then close, high, low, open: no other venue has this order.
constexpr CandleNames kCandles{
    .open = "5", .high = "3", .low = "4", .close = "2", .volume = "6", .unit = TimeUnit::Seconds};
constexpr CandleNames kStreamCandles{.time = "t",
                                     .open = "o",
                                     .high = "h",
                                     .low = "l",
                                     .close = "c",
                                     .volume = "a",
                                     .unit = TimeUnit::Seconds};
constexpr BookNames kBook{.time = "update", .sequence = "id"};
constexpr BookNames kStreamBook{.time = "t", .sequence = "lastUpdateId"};
constexpr BookNames kUpdate{.bids = "b", .asks = "a", .time = "t", .sequence = "u", .first = "U"};
constexpr BookNames kBest{
    .bids = "b", .asks = "a", .time = "t", .sequence = "u", .price = "B", .size = "A"};

constexpr std::array kErrors{
    ErrorRule{"TOO_MANY_REQUESTS", Outcome::Backoff, kRateLimit},
    ErrorRule{"TOO_FAST", Outcome::Backoff, kRateLimit},
    ErrorRule{"INVALID_CURRENCY_PAIR", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"INVALID_CURRENCY", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"TRADE_RESTRICTED", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"SERVER_ERROR", Outcome::Maintenance, kMaintenance},
    ErrorRule{"INTERNAL", Outcome::Backoff, "gateway"},
    ErrorRule{"TOO_BUSY", Outcome::Backoff, "overloaded"},
};

/// Gate v4.
class Gate final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "gate"; }

    [[nodiscard]] StreamRules stream() const override
    {
        return {.url = "wss://api.gateio.ws/ws/v4/",
                .keepAliveEvery = std::chrono::seconds(15),
                .marketsPerFrame = 50};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        return splitMarket(native, kStyle);
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + "_" + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api.gateio.ws/api/v4/spot/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}tickers?currency_pair={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}tickers", kRoot);
        case RequestKind::Trades: return std::format("{}trades?currency_pair={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}candlesticks?interval=1m&currency_pair={}", kRoot, native);
        case RequestKind::Book:
            return std::format("{}order_book?with_id=true&currency_pair={}", kRoot, native);
        case RequestKind::Status: return std::format("{}time", kRoot);
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::vector<std::string> frames;
        for (const std::string_view channel : {"spot.tickers", "spot.book_ticker", "spot.trades"}) {
            formats::JsonWriter json(frames.emplace_back());
            json.beginObject().member("channel", channel).member("event", "subscribe");
            json.key("payload").beginArray();
            for (const std::string &native : natives)
                json.value(native);
            json.endArray().endObject();
        }
        return frames;
    }

    [[nodiscard]] std::string keepAlive(std::int64_t nowMs) const override
    {
        return std::format(R"({{"time":{},"channel":"spot.ping"}})", nowMs / 1000);
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const JsonRef label = root["label"];
        if (!label.isText())
            return std::nullopt;
        return ApiError{std::string(label.text()), std::string(root["message"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const std::string_view asked = queryText(reply.target, "currency_pair");
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers: // one pair still comes as a list
            if (!root.isArray())
                return unexpected(out);
            for (const JsonRef row : root)
                out.ticker(row, kTicker, market(row["currency_pair"].text()));
            return;
        case RequestKind::Trades: {
            const std::string_view name = root.at("0.currency_pair").text();
            if (!root.isArray())
                return unexpected(out);
            return out.trades(root, kTrades, market(name.empty() ? asked : name));
        }
        case RequestKind::Candles:
            return root.isArray() ? out.candles(root, kCandles, market(asked)) : unexpected(out);
        case RequestKind::Book:
            return out.book(root, kBook, bookOf(market(asked), BookAction::Snapshot));
        case RequestKind::Status:
            return out.status(true, "ok", millisFrom(root["server_time"].text(), TimeUnit::Millis));
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        const std::string_view channel = root["channel"].text();
        const std::string_view event = root["event"].text();
        const JsonRef result = root["result"];
        if (!root["error"].isNothing())
            return out.control(ControlKind::Error, root.at("error.message").text());
        if (channel.ends_with(".pong"))
            return out.control(ControlKind::Pong);
        if (event == "subscribe" || event == "unsubscribe")
            return out.control(ControlKind::Ack, event);
        if (!result.isObject() && !result.isArray())
            return unexpected(out);
        if (channel == "spot.tickers")
            return readStreamTicker(root, out);
        const Market named = market(result["currency_pair"].text());
        if (channel == "spot.trades" || channel == "spot.trades_v2")
            return out.trades(result, kTrades, named);
        if (channel == "spot.candlesticks")
            return readStreamCandle(result, out);
        const Market shortNamed = market(result["s"].text());
        if (channel == "spot.book_ticker")
            return out.bbo(result, kBest, shortNamed);
        if (channel == "spot.order_book")
            return out.book(result, kStreamBook, bookOf(shortNamed, BookAction::Snapshot));
        if (channel == "spot.order_book_update" || channel == "spot.obu")
            return readUpdate(result, session, out);
    }

private:
    /// The ticker has no time of its own; the envelope has one.
    void readStreamTicker(JsonRef root, ReadingBuilder &out) const
    {
        const JsonRef result = root["result"];
        RowReader reader;
        Ticker ticker;
        ticker.market = market(result["currency_pair"].text());
        ticker.last = reader.decimal(result.at(kTicker.last));
        ticker.bid = reader.decimal(result.at(kTicker.bid));
        ticker.ask = reader.decimal(result.at(kTicker.ask));
        ticker.baseVolume = reader.decimal(result.at(kTicker.baseVolume));
        ticker.quoteVolume = reader.decimal(result.at(kTicker.quoteVolume));
        ticker.timestampMs = root["time_ms"].isNothing()
                                 ? reader.millis(root["time"], TimeUnit::Seconds)
                                 : reader.millis(root["time_ms"], TimeUnit::Millis);
        if (reader.flaw().empty())
            out.ticker(std::move(ticker));
        else
            out.bad(reader.flaw());
    }

    /// "n" is the interval and the pair: "1m_BTC_USDT".
    void readStreamCandle(JsonRef result, ReadingBuilder &out) const
    {
        const std::string_view name = result["n"].text();
        const std::size_t at = name.find('_');
        const bool known = at != std::string_view::npos;
        out.candles(result, kStreamCandles,
                    market(known ? name.substr(at + 1) : std::string_view()),
                    result["w"].isMissing() ? std::nullopt : std::optional(result["w"].isTrue()));
    }

    void readUpdate(JsonRef result, Session &session, ReadingBuilder &out) const
    {
        const std::string name(result["s"].text());
        const std::string stream = "book " + name;
        const bool isWhole = result["full"].isTrue();
        const auto before = session.sequences.find(stream);
        if (!isWhole && before != session.sequences.end() &&
            !isSuccessor(before->second, result["U"].text()))
            out.judge({Outcome::Resync, "gap", {}, {}});
        session.follows(stream, {}, result["u"].text());
        out.book(result, kUpdate,
                 bookOf(market(name), isWhole ? BookAction::Snapshot : BookAction::Delta));
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeGate()
{
    return std::make_unique<Gate>();
}

} // namespace chrona::venues
