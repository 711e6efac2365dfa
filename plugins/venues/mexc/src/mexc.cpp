// SPDX-License-Identifier: AGPL-3.0-or-later
#include "mexc_frames.h"

#include "chrona/connect/json_venue.h"
#include "chrona/formats/json_writer.h"

#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr TickerNames kTicker24h{.last = "lastPrice",
                                 .bid = "bidPrice",
                                 .ask = "askPrice",
                                 .baseVolume = "volume",
                                 .quoteVolume = "quoteVolume",
                                 .time = "closeTime"};
constexpr TickerNames kTickerPrice{.last = "price"};
/// tradeType is the taker's side: ASK sold.
constexpr TradeNames kTypedTrades{
    .id = "id", .price = "price", .amount = "qty", .side = "tradeType", .time = "time"};
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
constexpr BookNames kBook{.time = "timestamp", .sequence = "lastUpdateId"};

/// The JSON frames of the older host.
constexpr BookNames kOldBook{
    .bids = "d.bids", .asks = "d.asks", .time = "t", .sequence = "d.r", .price = "p", .size = "v"};
constexpr BookNames kOldBest{
    .bids = "d.b", .asks = "d.a", .time = "t", .price = "d.B", .size = "d.A"};
constexpr TickerNames kOldMini{
    .last = "d.p", .baseVolume = "d.q", .quoteVolume = "d.v", .time = "t"};
constexpr CandleNames kOldCandle{.time = "t",
                                 .open = "o",
                                 .high = "h",
                                 .low = "l",
                                 .close = "c",
                                 .volume = "v",
                                 .unit = TimeUnit::Seconds};

constexpr std::array kErrors{
    ErrorRule{"-1121", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"10007", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"30014", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"429", Outcome::Backoff, kRateLimit},
    ErrorRule{"510", Outcome::Backoff, kRateLimit},
    ErrorRule{"-1003", Outcome::Backoff, kRateLimit},
    ErrorRule{"10072", Outcome::Reject, "api_error"},
};

/// MEXC v3: REST in the manner of Binance, streams in protobuf.
class Mexc final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "mexc"; }

    [[nodiscard]] StreamRules stream() const override
    {
        return {.url = "wss://wbs-api.mexc.com/ws",
                .keepAliveEvery = std::chrono::seconds(15),
                .lifetime = std::chrono::minutes(24 * 60),
                .marketsPerFrame = 10,
                .marketsPerConnection = 10}; // 30 streams a connection, three a market
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        return mexcMarket(native);
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api.mexc.com/api/v3/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}ticker/24hr?symbol={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}ticker/24hr", kRoot);
        case RequestKind::Trades: return std::format("{}aggTrades?symbol={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}klines?interval=1m&symbol={}", kRoot, native);
        case RequestKind::Book: return std::format("{}depth?limit=50&symbol={}", kRoot, native);
        case RequestKind::Status: return std::format("{}ping", kRoot);
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::string frame;
        formats::JsonWriter json(frame);
        json.beginObject().member("method", "SUBSCRIPTION").key("params").beginArray();
        for (const std::string &native : natives) {
            json.value(std::format("spot@public.aggre.deals.v3.api.pb@100ms@{}", native));
            json.value(std::format("spot@public.aggre.bookTicker.v3.api.pb@100ms@{}", native));
            json.value(std::format("spot@public.miniTicker.v3.api.pb@{}@UTC+0", native));
        }
        json.endArray().endObject();
        return {frame};
    }

    [[nodiscard]] std::string keepAlive(std::int64_t /*nowMs*/) const override
    {
        return R"({"method":"PING"})";
    }

    [[nodiscard]] Reading readFrame(std::string_view frame, Session &session) const override
    {
        // A protobuf wrapper begins with its channel, field 1: a line feed. JSON never does.
        if (!frame.starts_with('\x0a'))
            return readJsonFrame(frame, session);
        ReadingBuilder out(ReadingBuilder::Rows::One, session.receivedMs, &session);
        readMexcPush(frame, session, out);
        return std::move(out).finish();
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const std::string_view code = root["code"].text();
        if (code.empty() || code == "0" || code == "200")
            return std::nullopt;
        return ApiError{std::string(code), std::string(root["msg"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const std::string_view asked = queryText(reply.target, "symbol");
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers:
            if (!root.isArray())
                return readTicker(root, asked, out);
            for (const JsonRef row : root)
                readTicker(row, asked, out);
            return;
        case RequestKind::Trades: {
            if (!root.isArray())
                return unexpected(out);
            const JsonRef first = root[std::size_t{0}];
            return out.trades(root,
                              !first["p"].isMissing()           ? kAggregated
                              : !first["tradeType"].isMissing() ? kTypedTrades
                                                                : kTrades,
                              market(asked));
        }
        case RequestKind::Candles:
            return root.isArray() ? out.candles(root, {}, market(asked)) : unexpected(out);
        case RequestKind::Book:
            return out.book(root, kBook, bookOf(market(asked), BookAction::Snapshot));
        case RequestKind::Status: return out.status(true, "ok");
        }
    }

    void readMessage(JsonRef root, Session & /*session*/, ReadingBuilder &out) const override
    {
        const std::string_view message = root["msg"].text();
        if (message == "PONG")
            return out.control(ControlKind::Pong);
        if (!root["code"].isMissing() || root["msg"].isText()) {
            const std::string_view code = root["code"].text();
            const bool failed = (!code.empty() && code != "0") ||
                                mentions(message, "not subscri") || mentions(message, "blocked");
            return out.control(failed ? ControlKind::Error : ControlKind::Ack, message);
        }
        const std::string_view channel =
            root["c"].isMissing() ? root["channel"].text() : root["c"].text();
        if (channel.empty())
            return unexpected(out);
        const std::string_view name =
            root["s"].isMissing() ? root["symbol"].text() : root["s"].text();
        if (channel.contains("deals"))
            return readOldDeals(root.at("d.deals"), name, out);
        if (channel.contains("bookTicker"))
            return out.bbo(root, kOldBest, market(name));
        if (channel.contains("kline"))
            return out.candles(root.at("d.k"), kOldCandle, market(name));
        if (channel.contains("miniTicker"))
            return out.ticker(root, kOldMini, market(name));
        if (channel.contains("depth"))
            out.book(root, kOldBook,
                     bookOf(market(name), channel.contains("increase") ? BookAction::Delta
                                                                       : BookAction::Snapshot));
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

    /// "S" is 1 for a taker that bought and 2 for one that sold.
    void readOldDeals(JsonRef deals, std::string_view name, ReadingBuilder &out) const
    {
        Trades trades;
        trades.market = market(name);
        for (const JsonRef deal : deals) {
            RowReader reader;
            auto price = reader.decimal(deal["p"]);
            auto amount = reader.decimal(deal["v"]);
            if (!price || !amount || isNegative(*price) || isZero(*price)) {
                out.bad("bad_number");
                continue;
            }
            const std::string_view side = deal["S"].text();
            trades.trades.push_back({{},
                                     std::move(*price),
                                     std::move(*amount),
                                     side == "1"   ? Side::Buy
                                     : side == "2" ? Side::Sell
                                                   : Side::Unknown,
                                     reader.millis(deal["t"], TimeUnit::Millis)});
        }
        out.trades(std::move(trades));
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeMexc()
{
    return std::make_unique<Mexc>();
}

} // namespace chrona::venues
