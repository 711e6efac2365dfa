// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kraken_names.h"

#include "chrona/connect/json_venue.h"
#include "chrona/formats/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

constexpr std::size_t kChecksumLevels = 10;

/// Arrays of [today, 24 h]; the ticker has no time.
constexpr TickerNames kTicker{.last = "c.0", .bid = "b.0", .ask = "a.0", .baseVolume = "v.1"};
constexpr TickerNames kTickerV2{.last = "last",
                                .bid = "bid",
                                .ask = "ask",
                                .baseVolume = "volume",
                                .time = "timestamp",
                                .unit = TimeUnit::Iso};
constexpr TradeNames kTrades{
    .id = "6", .price = "0", .amount = "1", .side = "3", .time = "2", .unit = TimeUnit::Seconds};
constexpr TradeNames kTradesV2{.id = "trade_id",
                               .price = "price",
                               .amount = "qty",
                               .side = "side",
                               .time = "timestamp",
                               .unit = TimeUnit::Iso};
constexpr CandleNames kCandles{.volume = "6", .unit = TimeUnit::Seconds};
constexpr CandleNames kStreamCandles{.time = "0",
                                     .open = "2",
                                     .high = "3",
                                     .low = "4",
                                     .close = "5",
                                     .volume = "7",
                                     .unit = TimeUnit::Seconds};
constexpr CandleNames kCandlesV2{.time = "interval_begin",
                                 .open = "open",
                                 .high = "high",
                                 .low = "low",
                                 .close = "close",
                                 .volume = "volume",
                                 .unit = TimeUnit::Iso};
constexpr BookNames kBookV2{.time = "timestamp",
                            .checksum = "checksum",
                            .unit = TimeUnit::Iso,
                            .price = "price",
                            .size = "qty"};

constexpr std::array kErrors{
    ErrorRule{"EQuery:Unknown asset pair", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"EQuery:Unknown asset", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"EAPI:Rate limit exceeded", Outcome::Backoff, kRateLimit},
    ErrorRule{"EGeneral:Too many requests", Outcome::Backoff, kRateLimit},
    ErrorRule{"EOrder:Rate limit exceeded", Outcome::Backoff, kRateLimit},
    ErrorRule{"EGeneral:Temporary lockout", Outcome::Ban, kRateLimit},
    ErrorRule{"EService:Unavailable", Outcome::Maintenance, kMaintenance},
    ErrorRule{"EService:Busy", Outcome::Maintenance, kMaintenance},
    ErrorRule{"EService:Market in cancel_only mode", Outcome::Maintenance, kMaintenance},
    ErrorRule{"EService:Market in post_only mode", Outcome::Maintenance, kMaintenance},
    ErrorRule{"EService:Timeout", Outcome::Backoff, "gateway"},
    ErrorRule{"EGeneral:Internal error", Outcome::Backoff, "gateway"},
};

/// Kraken: REST with its legacy asset names, and both stream protocols.
class Kraken final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "kraken"; }

    [[nodiscard]] StreamRules stream() const override
    {
        return {.url = "wss://ws.kraken.com/v2",
                .keepAliveEvery = std::chrono::seconds(30),
                .silenceMax = std::chrono::seconds(10), // a heartbeat comes each second
                .marketsPerFrame = 50};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        return krakenMarket(native);
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + "/" + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api.kraken.com/0/public/";
        const std::string pair = krakenRestName(native);
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}Ticker?pair={}", kRoot, pair);
        case RequestKind::Tickers: return std::format("{}Ticker", kRoot);
        case RequestKind::Trades: return std::format("{}Trades?pair={}&count=100", kRoot, pair);
        case RequestKind::Candles: return std::format("{}OHLC?pair={}&interval=1", kRoot, pair);
        case RequestKind::Book: return std::format("{}Depth?pair={}&count=50", kRoot, pair);
        case RequestKind::Status: return std::format("{}SystemStatus", kRoot);
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::vector<std::string> frames;
        for (const std::string_view channel : {"ticker", "trade"}) {
            formats::JsonWriter json(frames.emplace_back());
            json.beginObject().member("method", "subscribe").key("params").beginObject();
            json.member("channel", channel).key("symbol").beginArray();
            for (const std::string &native : natives)
                json.value(native);
            json.endArray();
            if (channel == "ticker")
                json.member("event_trigger", "bbo");
            json.endObject().endObject();
        }
        return frames;
    }

    [[nodiscard]] std::string keepAlive(std::int64_t /*nowMs*/) const override
    {
        return R"({"method":"ping"})";
    }

protected:
    /// Errors come with status 200; entries that begin with W are warnings.
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        for (const JsonRef entry : root["error"])
            if (entry.text().starts_with('E'))
                return ApiError{std::string(entry.text()), std::string(entry.text())};
        return std::nullopt;
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const JsonRef result = root["result"];
        if (!result.isObject())
            return unexpected(out);
        if (reply.kind == RequestKind::Status) {
            const std::string_view word = result["status"].text();
            return out.status(word == "online", word,
                              millisFrom(result["timestamp"].text(), TimeUnit::Iso));
        }
        for (const JsonRef pair : result) {
            if (pair.key() == "last") // the cursor of Trades and OHLC
                continue;
            Market named = market(pair.key());
            switch (reply.kind) {
            case RequestKind::Ticker:
            case RequestKind::Tickers: out.ticker(pair, kTicker, std::move(named)); break;
            case RequestKind::Trades: out.trades(pair, kTrades, std::move(named)); break;
            case RequestKind::Candles: out.candles(pair, kCandles, std::move(named)); break;
            case RequestKind::Book:
                out.book(pair, {}, bookOf(std::move(named), BookAction::Snapshot));
                break;
            case RequestKind::Status: break;
            }
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        if (root.isArray())
            return readV1(root, out);
        if (!root["event"].isMissing())
            return readV1Event(root, out);
        if (!root["method"].isMissing())
            return readMethod(root, out);
        const std::string_view channel = root["channel"].text();
        const JsonRef data = root["data"];
        if (channel == "heartbeat")
            return out.control(ControlKind::Heartbeat);
        if (channel == "status")
            return readSystem(data.at("0.system").text(), out);
        if (channel == "trade")
            return readV2Trades(data, out);
        for (const JsonRef row : data) {
            Market named = market(row["symbol"].text());
            if (channel == "ticker")
                out.ticker(row, kTickerV2, std::move(named));
            else if (channel == "ohlc")
                out.candles(row, kCandlesV2, std::move(named));
            else if (channel == "book")
                readV2Book(row, root["type"].text() == "snapshot", session, out);
        }
        if (channel.empty())
            unexpected(out);
    }

private:
    static void readSystem(std::string_view word, ReadingBuilder &out)
    {
        out.control(word == "maintenance" ? ControlKind::Maintenance : ControlKind::Status, word);
    }

    static void readMethod(JsonRef root, ReadingBuilder &out)
    {
        if (root["method"].text() == "pong")
            return out.control(ControlKind::Pong);
        const bool failed = !root["success"].isMissing() && !root["success"].isTrue();
        out.control(failed ? ControlKind::Error : ControlKind::Ack, root["error"].text());
    }

    /// One message of ours for each market, in the order in which they appear.
    void readV2Trades(JsonRef data, ReadingBuilder &out) const
    {
        std::vector<std::string_view> names;
        for (const JsonRef row : data)
            if (!std::ranges::contains(names, row["symbol"].text()))
                names.push_back(row["symbol"].text());
        if (names.size() == 1)
            return out.trades(data, kTradesV2, market(names.front()));
        for (const JsonRef row : data)
            out.trades(row, kTradesV2, market(row["symbol"].text()));
    }

    void readV2Book(JsonRef row, bool isWhole, Session &session, ReadingBuilder &out) const
    {
        const std::string name(row["symbol"].text());
        if (session.books.size() < Session::kEntriesMax) {
            BookMirror &mirror = session.books[name];
            if (isWhole) {
                mirror.clear();
                mirror.keep(std::max({row["bids"].size(), row["asks"].size(), kChecksumLevels}));
            }
            for (const JsonRef level : row["bids"])
                mirror.apply(Side::Buy, {level["price"].text(), level["qty"].text()});
            for (const JsonRef level : row["asks"])
                mirror.apply(Side::Sell, {level["price"].text(), level["qty"].text()});
            if (const std::string_view stated = row["checksum"].text();
                !stated.empty() && stated != std::to_string(mirror.plainChecksum(kChecksumLevels)))
                out.judge({Outcome::Resync, "checksum", {}, {}});
        }
        out.book(row, kBookV2,
                 bookOf(market(name), isWhole ? BookAction::Snapshot : BookAction::Delta));
    }

    static void readV1Event(JsonRef root, ReadingBuilder &out)
    {
        const std::string_view event = root["event"].text();
        if (event == "heartbeat")
            return out.control(ControlKind::Heartbeat);
        if (event == "pong")
            return out.control(ControlKind::Pong);
        if (event == "systemStatus")
            return readSystem(root["status"].text(), out);
        const bool failed = event == "error" || root["status"].text() == "error";
        out.control(failed ? ControlKind::Error : ControlKind::Ack, root["errorMessage"].text());
    }

    /// [channel, payload, name, pair]; a book update may carry asks and bids in two payloads.
    void readV1(JsonRef root, ReadingBuilder &out) const
    {
        const std::size_t size = root.size();
        if (size < 4)
            return unexpected(out);
        const std::string_view name = piece(root[size - 2].text(), '-', 0);
        Market named = market(root[size - 1].text());
        const JsonRef payload = root[1];
        if (name == "ticker")
            return out.ticker(payload, kTicker, std::move(named));
        if (name == "trade")
            return out.trades(
                payload,
                {.price = "0", .amount = "1", .side = "3", .time = "2", .unit = TimeUnit::Seconds},
                std::move(named));
        if (name == "ohlc")
            return out.candles(payload, kStreamCandles, std::move(named));
        if (name == "spread")
            return out.bbo(payload,
                           {.bids = "0",
                            .asks = "1",
                            .time = "2",
                            .unit = TimeUnit::Seconds,
                            .price = "3",
                            .size = "4"},
                           std::move(named));
        if (name == "book")
            return readV1Book(root, std::move(named), out);
        unexpected(out);
    }

    static void readV1Book(JsonRef root, Market named, ReadingBuilder &out)
    {
        const bool isWhole = !root[1]["as"].isMissing() || !root[1]["bs"].isMissing();
        Book book = bookOf(std::move(named), isWhole ? BookAction::Snapshot : BookAction::Delta);
        bool good = true;
        for (std::size_t i = 1; i + 2 < root.size(); ++i) {
            const JsonRef part = root[i];
            good = good && part.isObject() &&
                   readLevels(part[isWhole ? "as" : "a"], {}, book.asks) &&
                   readLevels(part[isWhole ? "bs" : "b"], {}, book.bids);
            if (!part["c"].isMissing())
                book.checksum = std::string(part["c"].text());
        }
        if (good)
            out.book(std::move(book));
        else
            out.bad("bad_number");
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeKraken()
{
    return std::make_unique<Kraken>();
}

} // namespace chrona::venues
