// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"
#include "chrona/formats/json_writer.h"

#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr std::array<std::string_view, 12> kQuotes{"USDT", "USDC", "USDE", "USD1", "DAI", "EUR",
                                                   "BRL",  "TRY",  "BRZ",  "USDQ", "BTC", "ETH"};
constexpr SymbolStyle kStyle{.quotes = kQuotes};
constexpr std::array<std::string_view, 1> kInverseQuotes{"USD"};
constexpr SymbolStyle kInverseStyle{.quotes = kInverseQuotes};

constexpr TickerNames kTicker{.last = "lastPrice",
                              .bid = "bid1Price",
                              .ask = "ask1Price",
                              .baseVolume = "volume24h",
                              .quoteVolume = "turnover24h"};
constexpr TradeNames kTrades{
    .id = "execId", .price = "price", .amount = "size", .side = "side", .time = "time"};
constexpr TradeNames kStreamTrades{
    .id = "i", .price = "p", .amount = "v", .side = "S", .time = "T"};
constexpr CandleNames kStreamCandle{.time = "start",
                                    .open = "open",
                                    .high = "high",
                                    .low = "low",
                                    .close = "close",
                                    .volume = "volume"};

constexpr std::array kErrors{
    ErrorRule{"10006", Outcome::Backoff, kRateLimit},
    ErrorRule{"10018", Outcome::Backoff, kRateLimit},
    ErrorRule{"10009", Outcome::Ban, kRateLimit},
    ErrorRule{"10024", Outcome::GeoBlock, kGeo},
    ErrorRule{"10001", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"10029", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"170121", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"10016", Outcome::Maintenance, kMaintenance},
    ErrorRule{"10000", Outcome::Backoff, "gateway"},
    ErrorRule{"#403", Outcome::Ban, kRateLimit, std::chrono::minutes(10)},
};

/// Bybit v5. The same name is spot and a swap: the category decides.
class Bybit final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "bybit"; }

    [[nodiscard]] StreamRules stream() const override
    {
        return {.url = "wss://stream.bybit.com/v5/public/spot",
                .keepAliveEvery = std::chrono::seconds(20),
                .marketsPerFrame = 3}; // ten topics a request, three a market
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
        constexpr std::string_view kRoot = "https://api.bybit.com/v5/market/";
        switch (kind) {
        case RequestKind::Ticker:
            return std::format("{}tickers?category=spot&symbol={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}tickers?category=spot", kRoot);
        case RequestKind::Trades:
            return std::format("{}recent-trade?category=spot&symbol={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}kline?category=spot&interval=1&symbol={}", kRoot, native);
        case RequestKind::Book:
            return std::format("{}orderbook?category=spot&limit=50&symbol={}", kRoot, native);
        case RequestKind::Status: return "https://api.bybit.com/v5/system/status";
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::string frame;
        formats::JsonWriter json(frame);
        json.beginObject().member("op", "subscribe").key("args").beginArray();
        for (const std::string &native : natives)
            for (const std::string_view topic : {"publicTrade.", "orderbook.1.", "tickers."})
                json.value(std::string(topic) + native);
        json.endArray().endObject();
        return {frame};
    }

    [[nodiscard]] std::string keepAlive(std::int64_t /*nowMs*/) const override
    {
        return R"({"op":"ping"})";
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const std::string_view code = root["retCode"].text();
        if (code.empty() || code == "0")
            return std::nullopt;
        return ApiError{std::string(code), std::string(root["retMsg"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const JsonRef result = root["result"];
        if (!result.isObject())
            return unexpected(out);
        std::string_view category = result["category"].text();
        if (category.empty())
            category = queryText(reply.target, "category");
        const std::string_view asked = queryText(reply.target, "symbol");
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers: return readTickers(root, category, out);
        case RequestKind::Trades: {
            const JsonRef first = result["list"][std::size_t{0}]["symbol"];
            return out.trades(result["list"], kTrades,
                              marketIn(category, first.isMissing() ? asked : first.text()));
        }
        case RequestKind::Candles: {
            const std::string_view name = result["symbol"].text();
            return out.candles(result["list"], {}, marketIn(category, name.empty() ? asked : name));
        }
        case RequestKind::Book: return readBook(result, category, asked, out);
        case RequestKind::Status: return readStatus(result, out);
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        if (!root["op"].isMissing())
            return readControl(root, out);
        const std::string_view topic = root["topic"].text();
        const std::string_view channel = piece(topic, '.', 0);
        const std::string_view last = topic.substr(std::min(topic.rfind('.') + 1, topic.size()));
        const JsonRef data = root["data"];
        if (channel == "publicTrade") {
            const JsonRef name = data[std::size_t{0}]["s"];
            return out.trades(data, kStreamTrades, market(name.isMissing() ? last : name.text()));
        }
        if (channel == "tickers")
            return readStreamTicker(root, last, out);
        if (channel == "kline")
            return out.candles(data, kStreamCandle, market(last),
                               data[std::size_t{0}]["confirm"].isTrue());
        if (channel == "orderbook")
            return readStreamBook(root, session, out);
        unexpected(out);
    }

private:
    [[nodiscard]] Market marketIn(std::string_view category, std::string_view native) const
    {
        if (category.empty() || category == "spot")
            return market(native);
        const bool isInverse = category == "inverse";
        const std::string_view name = piece(native, '-', 0);
        Market found = splitMarket(name, isInverse ? kInverseStyle : kStyle);
        found.native = native;
        found.kind = category == "option" ? InstrumentKind::Option
                     : name != native     ? InstrumentKind::Future
                                          : InstrumentKind::Swap;
        if (!found.symbol.empty()) {
            const std::string pair = found.symbol;
            const std::string_view base = piece(pair, '/', 0);
            const std::string_view quote = piece(pair, '/', 1);
            found.symbol =
                contractSymbol({base, quote, isInverse ? base : quote, native.substr(name.size())});
        }
        return found;
    }

    void readTickers(JsonRef root, std::string_view category, ReadingBuilder &out) const
    {
        RowReader reader;
        const auto envelope = reader.millis(root["time"], TimeUnit::Millis);
        for (const JsonRef row : root["result"]["list"]) {
            Ticker ticker;
            ticker.market = marketIn(category, row["symbol"].text());
            addTicker(row, std::move(ticker), envelope, out);
        }
    }

    static void addTicker(JsonRef row, Ticker ticker, std::optional<std::int64_t> timestampMs,
                          ReadingBuilder &out)
    {
        RowReader reader;
        ticker.last = reader.decimal(row.at(kTicker.last));
        ticker.bid = reader.decimal(row.at(kTicker.bid));
        ticker.ask = reader.decimal(row.at(kTicker.ask));
        ticker.baseVolume = reader.decimal(row.at(kTicker.baseVolume));
        ticker.quoteVolume = reader.decimal(row.at(kTicker.quoteVolume));
        ticker.timestampMs = timestampMs;
        if (!reader.flaw().empty())
            return out.bad(reader.flaw());
        out.ticker(std::move(ticker));
    }

    void readStreamTicker(JsonRef root, std::string_view name, ReadingBuilder &out) const
    {
        RowReader reader;
        Ticker ticker;
        ticker.market = market(name);
        ticker.sequence = RowReader::text(root["cs"]);
        addTicker(root["data"], std::move(ticker), reader.millis(root["ts"], TimeUnit::Millis),
                  out);
    }

    void readBook(JsonRef result, std::string_view category, std::string_view asked,
                  ReadingBuilder &out) const
    {
        const std::string_view name = result["s"].text();
        const bool hasEngineTime = !result["cts"].isNothing();
        out.book(result,
                 {.bids = "b", .asks = "a", .time = hasEngineTime ? "cts" : "ts", .sequence = "u"},
                 bookOf(marketIn(category, name.empty() ? asked : name), BookAction::Snapshot));
    }

    void readStreamBook(JsonRef root, Session &session, ReadingBuilder &out) const
    {
        const JsonRef data = root["data"];
        // u = 1 says that the venue's service began anew: the local book is worthless.
        const bool isWhole = root["type"].text() == "snapshot" || data["u"].text() == "1";
        const std::string stream = "book " + std::string(root["topic"].text());
        if (!isWhole && session.sequences.contains(stream) &&
            !isSuccessor(session.sequences[stream], data["u"].text()))
            out.judge({Outcome::Resync, "gap", {}, {}});
        session.follows(stream, {}, data["u"].text());
        out.book(
            root,
            {.bids = "data.b",
             .asks = "data.a",
             .time = root["cts"].isNothing() ? "ts" : "cts",
             .sequence = "data.u"},
            bookOf(market(data["s"].text()), isWhole ? BookAction::Snapshot : BookAction::Delta));
    }

    static void readStatus(JsonRef result, ReadingBuilder &out)
    {
        for (const JsonRef row : result["list"])
            if (row["state"].text() == "ongoing")
                return out.status(false, row["title"].text());
        out.status(true, "ok");
    }

    static void readControl(JsonRef root, ReadingBuilder &out)
    {
        const std::string_view op = root["op"].text();
        const std::string_view message = root["ret_msg"].text();
        if (op == "pong" || message == "pong")
            return out.control(ControlKind::Pong);
        if (op == "ping")
            return out.control(ControlKind::Ping, {}, R"({"op":"pong"})");
        const bool failed =
            root["success"].kind() == JsonRef::Kind::Bool && !root["success"].isTrue();
        out.control(failed ? ControlKind::Error : ControlKind::Ack, message);
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeBybit()
{
    return std::make_unique<Bybit>();
}

} // namespace chrona::venues
