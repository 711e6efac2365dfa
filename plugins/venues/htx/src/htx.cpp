// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/gzip.h"
#include "chrona/connect/json_venue.h"

#include <algorithm>
#include <array>
#include <format>
#include <iterator>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr std::size_t kFrameBytesMax = 4 << 20;
constexpr std::array<std::string_view, 9> kQuotes{"USDT", "USDC", "USDD", "HUSD", "EUR",
                                                  "TRX",  "BTC",  "ETH",  "HT"};
constexpr SymbolStyle kStyle{.quotes = kQuotes};

/// "amount" is the base volume, "vol" the quote volume.
constexpr TickerNames kMerged{.last = "tick.close",
                              .bid = "tick.bid.0",
                              .ask = "tick.ask.0",
                              .baseVolume = "tick.amount",
                              .quoteVolume = "tick.vol",
                              .time = "ts"};
constexpr TickerNames kDetail{.last = "tick.close",
                              .bid = "tick.bid",
                              .ask = "tick.ask",
                              .baseVolume = "tick.amount",
                              .quoteVolume = "tick.vol",
                              .time = "ts"};
constexpr CandleNames kCandles{.time = "id",
                               .open = "open",
                               .high = "high",
                               .low = "low",
                               .close = "close",
                               .volume = "amount",
                               .unit = TimeUnit::Seconds};
constexpr BookNames kDepth{.time = "ts", .sequence = "version"};
constexpr BookNames kByPrice{.bids = "tick.bids",
                             .asks = "tick.asks",
                             .time = "ts",
                             .sequence = "tick.seqNum",
                             .previous = "tick.prevSeqNum"};
constexpr BookNames kBest{.bids = "bid",
                          .asks = "ask",
                          .time = "quoteTime",
                          .sequence = "seqId",
                          .price = "bidSize",
                          .size = "askSize"};

constexpr std::array kErrors{
    ErrorRule{"invalid-parameter", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"base-symbol-error", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"base-symbol-not-exist", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"base-symbol-trade-disabled", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"too-many-request", Outcome::Backoff, kRateLimit},
    ErrorRule{"gateway-internal-error", Outcome::Backoff, "gateway"},
    ErrorRule{"system-maintenance", Outcome::Maintenance, kMaintenance},
};

/// HTX, formerly Huobi. Every frame is packed with gzip.
class Htx final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "htx"; }

    [[nodiscard]] StreamRules stream() const override
    {
        // The server pings every 5 s and closes after two without an answer. 100 channels a
        // connection, three a market.
        return {.url = "wss://api.huobi.pro/ws",
                .silenceMax = std::chrono::seconds(20),
                .marketsPerFrame = 1,
                .marketsPerConnection = 33};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        return splitMarket(native, kStyle);
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return lowerCase(base) + lowerCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api.huobi.pro/";
        switch (kind) {
        case RequestKind::Ticker:
            return std::format("{}market/detail/merged?symbol={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}market/tickers", kRoot);
        case RequestKind::Trades:
            return std::format("{}market/history/trade?size=100&symbol={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}market/history/kline?period=1min&symbol={}", kRoot, native);
        case RequestKind::Book:
            return std::format("{}market/depth?type=step0&symbol={}", kRoot, native);
        case RequestKind::Status: return std::format("{}v2/market-status", kRoot);
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::vector<std::string> frames;
        for (const std::string &native : natives)
            for (const std::string_view channel : {"ticker", "bbo", "trade.detail"})
                frames.push_back(std::format(R"({{"sub":"market.{}.{}","id":"{}"}})", native,
                                             channel, frames.size() + 1));
        return frames;
    }

    [[nodiscard]] Reading readFrame(std::string_view frame, Session &session) const override
    {
        if (!frame.starts_with("\x1f\x8b"))
            return readJsonFrame(frame, session);
        const auto json = gunzip(frame, kFrameBytesMax);
        if (!json)
            return {{Outcome::Reject, "not_gzip", {}, {}}, {}};
        return readJsonFrame(*json, session);
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        if (root["status"].text() == "error")
            return ApiError{std::string(root["err-code"].text()),
                            std::string(root["err-msg"].text())};
        const std::string_view code = root["code"].text(); // of the /v2 interface
        if (code.empty() || code == "200")
            return std::nullopt;
        return ApiError{std::string(code), std::string(root["message"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        std::string_view name = piece(root["ch"].text(), '.', 1);
        if (name.empty())
            name = queryText(reply.target, "symbol");
        switch (reply.kind) {
        case RequestKind::Ticker:
            return root["tick"].isObject() ? out.ticker(root, kMerged, market(name))
                                           : unexpected(out);
        case RequestKind::Tickers: return readAll(root, out);
        case RequestKind::Trades: return readRestTrades(root, market(name), out);
        case RequestKind::Candles:
            return root["data"].isArray() ? out.candles(root["data"], kCandles, market(name))
                                          : unexpected(out);
        case RequestKind::Book:
            return readDepth(root, bookOf(market(name), BookAction::Snapshot), out);
        case RequestKind::Status: {
            const std::string_view state = root.at("data.marketStatus").text();
            return out.status(state == "1", state == "1" ? "ok" : state);
        }
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        if (!root["ping"].isMissing())
            return out.control(ControlKind::Ping, {},
                               std::format(R"({{"pong":{}}})", root["ping"].raw()));
        if (root["action"].text() == "ping")
            return out.control(ControlKind::Ping, {},
                               std::format(R"({{"action":"pong","data":{}}})", root["data"].raw()));
        if (root["status"].text() == "error")
            return out.control(ControlKind::Error, root["err-msg"].text());
        const std::string_view channel = root["ch"].text();
        if (channel.empty())
            return root["status"].isMissing() && root["subbed"].isMissing()
                       ? unexpected(out)
                       : out.control(ControlKind::Ack, root["subbed"].text());
        readChannel(root, channel, session, out);
    }

private:
    void readChannel(JsonRef root, std::string_view channel, Session &session,
                     ReadingBuilder &out) const
    {
        const Market named = market(piece(channel, '.', 1));
        const std::string_view what = piece(channel, '.', 2);
        const JsonRef tick = root["tick"];
        if (!tick.isObject())
            return unexpected(out);
        if (what == "ticker" || what == "detail")
            return out.ticker(root, kDetail, named);
        if (what == "trade")
            return addTrades(tick["data"], named, out);
        if (what == "bbo")
            return out.bbo(tick, kBest, named);
        if (what == "kline")
            return out.candles(tick, kCandles, named);
        if (what == "depth")
            return readDepth(root, bookOf(named, BookAction::Snapshot), out);
        if (what == "mbp")
            return readByPrice(root, channel, named, session, out);
    }

    /// The tick's own time where it has one, else the envelope's.
    static void readDepth(JsonRef root, Book book, ReadingBuilder &out)
    {
        const JsonRef tick = root["tick"];
        if (!tick["ts"].isNothing())
            return out.book(tick, kDepth, std::move(book));
        out.book(
            root,
            {.bids = "tick.bids", .asks = "tick.asks", .time = "ts", .sequence = "tick.version"},
            std::move(book));
    }

    static void readByPrice(JsonRef root, std::string_view channel, const Market &named,
                            Session &session, ReadingBuilder &out)
    {
        const bool isWhole = channel.contains(".refresh.");
        const JsonRef tick = root["tick"];
        if (!isWhole && !session.follows(channel, tick["prevSeqNum"].text(), tick["seqNum"].text()))
            out.judge({Outcome::Resync, "gap", {}, {}});
        out.book(root, kByPrice, bookOf(named, isWhole ? BookAction::Snapshot : BookAction::Delta));
    }

    void readAll(JsonRef root, ReadingBuilder &out) const
    {
        const auto stamp = millisFrom(root["ts"].text(), TimeUnit::Millis);
        for (const JsonRef row : root["data"]) {
            RowReader reader;
            Ticker ticker;
            ticker.market = market(row["symbol"].text());
            ticker.last = reader.decimal(row["close"]);
            ticker.bid = reader.decimal(row["bid"]);
            ticker.ask = reader.decimal(row["ask"]);
            ticker.baseVolume = reader.decimal(row["amount"]);
            ticker.quoteVolume = reader.decimal(row["vol"]);
            ticker.timestampMs = stamp;
            if (reader.flaw().empty())
                out.ticker(std::move(ticker));
            else
                out.bad(reader.flaw());
        }
    }

    /// Trades come in groups: data[].data[], or tick.data[] for the last only.
    static void readRestTrades(JsonRef root, const Market &named, ReadingBuilder &out)
    {
        if (root["tick"].isObject())
            return addTrades(root.at("tick.data"), named, out);
        if (!root["data"].isArray())
            return unexpected(out);
        ReadingBuilder parts(ReadingBuilder::Rows::One);
        for (const JsonRef group : root["data"])
            addTrades(group["data"], named, parts);
        Trades all;
        all.market = named;
        Reading reading = std::move(parts).finish();
        for (Message &message : reading.messages)
            if (auto *part = std::get_if<Trades>(&message))
                std::ranges::move(part->trades, std::back_inserter(all.trades));
        out.judge(std::move(reading.verdict));
        out.trades(std::move(all));
    }

    /// The field "id" passes 100 bits; the trade's own id has one of two names.
    static void addTrades(JsonRef rows, const Market &named, ReadingBuilder &out)
    {
        const JsonRef first = rows[std::size_t{0}];
        const std::string_view id = !first["tradeId"].isMissing()    ? "tradeId"
                                    : !first["trade-id"].isMissing() ? "trade-id"
                                                                     : "id";
        out.trades(
            rows,
            {.id = id, .price = "price", .amount = "amount", .side = "direction", .time = "ts"},
            named);
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeHtx()
{
    return std::make_unique<Htx>();
}

} // namespace chrona::venues
