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

constexpr TickerNames kLevel1{
    .last = "price", .bid = "bestBid", .ask = "bestAsk", .time = "time", .sequence = "sequence"};
constexpr TickerNames kStats{.last = "last",
                             .bid = "buy",
                             .ask = "sell",
                             .baseVolume = "vol",
                             .quoteVolume = "volValue",
                             .time = "time"};
constexpr TickerNames kSnapshot{.last = "lastTradedPrice",
                                .bid = "buy",
                                .ask = "sell",
                                .baseVolume = "vol",
                                .quoteVolume = "volValue",
                                .time = "datetime"};
constexpr TradeNames kTrades{.id = "sequence",
                             .price = "price",
                             .amount = "size",
                             .side = "side",
                             .time = "time",
                             .unit = TimeUnit::Nanos};
constexpr TradeNames kMatch{.id = "tradeId",
                            .price = "price",
                            .amount = "size",
                            .side = "side",
                            .time = "time",
                            .unit = TimeUnit::Nanos};
constexpr CandleNames kCandles{.high = "3", .low = "4", .close = "2", .unit = TimeUnit::Seconds};
constexpr BookNames kBook{.time = "time", .sequence = "sequence"};
constexpr BookNames kDepth{.time = "timestamp"};
constexpr BookNames kUpdate{.bids = "changes.bids",
                            .asks = "changes.asks",
                            .time = "time",
                            .sequence = "sequenceEnd",
                            .first = "sequenceStart"};

constexpr std::array kErrors{
    ErrorRule{"429000", Outcome::Backoff, kRateLimit},
    ErrorRule{"1015", Outcome::Ban, kRateLimit},
    ErrorRule{"400302", Outcome::GeoBlock, kGeo},
    ErrorRule{"400100", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"900001", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"400001", Outcome::Reject, "api_error"},
    ErrorRule{"500000", Outcome::Backoff, "gateway"},
};

/// KuCoin. Its stream's address comes with a token for which one must POST.
class Kucoin final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "kucoin"; }

    [[nodiscard]] StreamRules stream() const override
    {
        return {.ticketUrl = "https://api.kucoin.com/api/v1/bullet-public",
                .keepAliveEvery = std::chrono::seconds(18),
                .lifetime = std::chrono::minutes(24 * 60),
                .marketsPerFrame = 100,
                .marketsPerConnection = 100};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        return splitMarket(native, kStyle);
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + "-" + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api.kucoin.com/api/v1/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}market/stats?symbol={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}market/allTickers", kRoot);
        case RequestKind::Trades: return std::format("{}market/histories?symbol={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}market/candles?type=1min&symbol={}", kRoot, native);
        case RequestKind::Book:
            return std::format("{}market/orderbook/level2_20?symbol={}", kRoot, native);
        case RequestKind::Status: return std::format("{}status", kRoot);
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::string names;
        for (const std::string &native : natives)
            names += (names.empty() ? "" : ",") + native;
        std::vector<std::string> frames;
        for (const std::string_view topic : {"/market/ticker:", "/market/match:"}) {
            formats::JsonWriter json(frames.emplace_back());
            json.beginObject().member("id", std::to_string(frames.size()));
            json.member("type", "subscribe").member("topic", std::string(topic) + names);
            json.member("response", true).endObject();
        }
        return frames;
    }

    [[nodiscard]] std::string keepAlive(std::int64_t nowMs) const override
    {
        return std::format(R"({{"id":"{}","type":"ping"}})", nowMs);
    }

    [[nodiscard]] Result<StreamTicket> readTicket(std::string_view body,
                                                  std::int64_t nowMs) const override
    {
        const ExactJson json(body);
        const JsonRef data = json.root()["data"];
        const std::string_view endpoint = data.at("instanceServers.0.endpoint").text();
        const std::string_view token = data["token"].text();
        const bool isPlain = std::ranges::all_of(token, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                   std::string_view("-_=.+/").contains(c);
        });
        if (!endpoint.starts_with("wss://") || endpoint.contains('?') || token.empty() || !isPlain)
            return fail(ErrorCode::Corrupt, "KuCoin's ticket names no stream");
        return StreamTicket{std::format("{}?token={}&connectId={}", endpoint, token, nowMs)};
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const std::string_view code = root["code"].text();
        if (code.empty())
            return std::nullopt;
        if (code != "200000")
            return ApiError{std::string(code), std::string(root["msg"].text())};
        // A market that does not exist is answered with success and nothing.
        if (root["data"].kind() == JsonRef::Kind::Null)
            return ApiError{std::string(code), "unknown symbol"};
        return std::nullopt;
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const JsonRef data = root["data"];
        const Market asked = market(queryText(reply.target, "symbol"));
        switch (reply.kind) {
        case RequestKind::Ticker:
            if (!data.isObject())
                return unexpected(out);
            if (!data["bestBid"].isMissing() || !data["price"].isMissing())
                return out.ticker(data, kLevel1, asked);
            return out.ticker(data, kStats,
                              data["symbol"].isText() ? market(data["symbol"].text()) : asked);
        case RequestKind::Tickers: return readAll(data, out);
        case RequestKind::Trades:
            return data.isArray() ? out.trades(data, kTrades, asked) : unexpected(out);
        case RequestKind::Candles:
            return data.isArray() ? out.candles(data, kCandles, asked) : unexpected(out);
        case RequestKind::Book: return out.book(data, kBook, bookOf(asked, BookAction::Snapshot));
        case RequestKind::Status:
            return out.status(data["status"].text() == "open", data["status"].text());
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        const std::string_view type = root["type"].text();
        if (type == "welcome")
            return out.control(ControlKind::Welcome);
        if (type == "ack")
            return out.control(ControlKind::Ack);
        if (type == "pong")
            return out.control(ControlKind::Pong);
        if (type == "ping")
            return out.control(ControlKind::Ping, {}, pongFor(root["id"]));
        if (type == "error")
            return out.control(ControlKind::Error, root["data"].text());
        if (type == "message")
            return readTopic(root, session, out);
        unexpected(out);
    }

private:
    static std::string pongFor(JsonRef id)
    {
        std::string reply;
        formats::JsonWriter json(reply);
        json.beginObject().key("id").raw(id.isMissing() ? "0" : id.raw());
        json.member("type", "pong").endObject();
        return reply;
    }

    void readAll(JsonRef data, ReadingBuilder &out) const
    {
        const auto stamp = millisFrom(data["time"].text(), TimeUnit::Millis);
        for (const JsonRef row : data["ticker"]) {
            RowReader reader;
            Ticker ticker;
            ticker.market = market(row["symbol"].text());
            ticker.last = reader.decimal(row.at(kStats.last));
            ticker.bid = reader.decimal(row.at(kStats.bid));
            ticker.ask = reader.decimal(row.at(kStats.ask));
            ticker.baseVolume = reader.decimal(row.at(kStats.baseVolume));
            ticker.quoteVolume = reader.decimal(row.at(kStats.quoteVolume));
            ticker.timestampMs = stamp;
            if (reader.flaw().empty())
                out.ticker(std::move(ticker));
            else
                out.bad(reader.flaw());
        }
    }

    void readTopic(JsonRef root, Session &session, ReadingBuilder &out) const
    {
        const std::string_view topic = root["topic"].text();
        const std::string_view channel = piece(topic, ':', 0);
        const std::string_view name = piece(topic, ':', 1);
        const std::string_view subject = root["subject"].text();
        const JsonRef data = root["data"];
        // On "all" the subject says which market it is.
        const Market named = market(name == "all" ? subject : name);
        if (channel == "/market/ticker")
            return out.ticker(data, kLevel1, named);
        if (channel == "/market/snapshot") {
            const JsonRef row = data["data"];
            return out.ticker(row, kSnapshot,
                              row["symbol"].isText() ? market(row["symbol"].text()) : named);
        }
        if (channel == "/market/match")
            return out.trades(data, kMatch, named, RowReader::text(data["sequence"]));
        if (channel == "/market/candles")
            return out.candles(data["candles"], kCandles, market(data["symbol"].text()));
        if (channel == "/spotMarket/level1")
            return readBest(data, named, out);
        if (channel.contains("level2Depth"))
            return out.book(data, kDepth, bookOf(named, BookAction::Snapshot));
        if (channel.contains("/level2"))
            return readUpdate(data, named, session, out);
    }

    /// One level a side, as [price, size] without a list around it.
    static void readBest(JsonRef data, const Market &named, ReadingBuilder &out)
    {
        out.bbo(data,
                {.bids = "bids.0",
                 .asks = "asks.0",
                 .time = "timestamp",
                 .price = "bids.1",
                 .size = "asks.1"},
                named);
    }

    static void readUpdate(JsonRef data, const Market &named, Session &session, ReadingBuilder &out)
    {
        const std::string stream = "book " + named.native;
        const auto before = session.sequences.find(stream);
        if (before != session.sequences.end() &&
            !isSuccessor(before->second, data["sequenceStart"].text()))
            out.judge({Outcome::Resync, "gap", {}, {}});
        session.follows(stream, {}, data["sequenceEnd"].text());
        out.book(data, kUpdate, bookOf(named, BookAction::Delta));
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeKucoin()
{
    return std::make_unique<Kucoin>();
}

} // namespace chrona::venues
