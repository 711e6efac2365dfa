// SPDX-License-Identifier: AGPL-3.0-or-later
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

constexpr std::array<std::string_view, 6> kQuotes{"USDT", "USDC", "EUR", "BRL", "BTC", "ETH"};
constexpr SymbolStyle kStyle{.quotes = kQuotes};
constexpr std::size_t kChecksumLevels = 25;

constexpr TickerNames kTicker{.last = "lastPr",
                              .bid = "bidPr",
                              .ask = "askPr",
                              .baseVolume = "baseVolume",
                              .quoteVolume = "quoteVolume",
                              .time = "ts"};
constexpr TradeNames kTrades{
    .id = "tradeId", .price = "price", .amount = "size", .side = "side", .time = "ts"};
constexpr BookNames kBook{.time = "ts", .sequence = "seq", .checksum = "checksum"};

constexpr std::array kErrors{
    ErrorRule{"429", Outcome::Backoff, kRateLimit},
    ErrorRule{"30007", Outcome::Backoff, kRateLimit},
    ErrorRule{"40034", Outcome::FatalSymbol, kSymbol}, // parameter does not exist
    ErrorRule{"40309", Outcome::FatalSymbol, kSymbol}, // the symbol has been removed
    ErrorRule{"40404", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"40015", Outcome::Maintenance, kMaintenance},
    ErrorRule{"40200", Outcome::Maintenance, kMaintenance},
    ErrorRule{"40725", Outcome::Backoff, "gateway"},
    ErrorRule{"45001", Outcome::Backoff, "gateway"},
};

/// Bitget v2.
class Bitget final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "bitget"; }

    [[nodiscard]] StreamRules stream() const override
    {
        // A text "ping" every 30 s; two minutes without one and the venue closes.
        return {.url = "wss://ws.bitget.com/v2/ws/public",
                .keepAliveEvery = std::chrono::seconds(25),
                .lifetime = std::chrono::minutes(24 * 60),
                .marketsPerFrame = 20};
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
        constexpr std::string_view kRoot = "https://api.bitget.com/api/v2/spot/market/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}tickers?symbol={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}tickers", kRoot);
        case RequestKind::Trades: return std::format("{}fills?limit=100&symbol={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}candles?granularity=1min&symbol={}", kRoot, native);
        case RequestKind::Book: return std::format("{}orderbook?limit=50&symbol={}", kRoot, native);
        case RequestKind::Status: return {};
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
            for (const std::string_view channel : {"ticker", "trade"})
                json.beginObject()
                    .member("instType", "SPOT")
                    .member("channel", channel)
                    .member("instId", native)
                    .endObject();
        json.endArray().endObject();
        return {frame};
    }

    [[nodiscard]] std::string keepAlive(std::int64_t /*nowMs*/) const override { return "ping"; }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const std::string_view code = root["code"].text();
        if (code.empty() || code == "00000")
            return std::nullopt;
        return ApiError{std::string(code), std::string(root["msg"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const JsonRef data = root["data"];
        const std::string_view asked = queryText(reply.target, "symbol");
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers:
            if (!data.isArray())
                return unexpected(out);
            for (const JsonRef row : data)
                out.ticker(row, kTicker, market(row["symbol"].text()));
            return;
        case RequestKind::Trades: {
            const std::string_view name = data.at("0.symbol").text();
            if (!data.isArray())
                return unexpected(out);
            return out.trades(data, kTrades, market(name.empty() ? asked : name));
        }
        case RequestKind::Candles:
            return data.isArray() ? out.candles(data, {}, market(asked)) : unexpected(out);
        case RequestKind::Book:
            return out.book(data, kBook, bookOf(market(asked), BookAction::Snapshot));
        case RequestKind::Status: return out.status(true, "ok");
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        const std::string_view event = root["event"].text();
        if (event == "error")
            return out.control(ControlKind::Error, root["msg"].text());
        if (!event.empty())
            return out.control(ControlKind::Ack, event);
        const std::string_view channel = root.at("arg.channel").text();
        const std::string_view type = root.at("arg.instType").text();
        const JsonRef data = root["data"];
        if (!data.isArray())
            return unexpected(out);
        Market named = market(root.at("arg.instId").text());
        if (!type.empty() && !mentions(type, "spot") && type != "sp")
            named.kind = InstrumentKind::Swap;
        if (channel == "trade")
            return out.trades(data, kTrades, std::move(named));
        if (channel.starts_with("candle"))
            return out.candles(data, {}, std::move(named));
        for (const JsonRef row : data) {
            if (channel == "ticker")
                out.ticker(row, kTicker, named);
            else if (channel.starts_with("books"))
                readBook(root, row, session, named, out);
        }
    }

private:
    /// "books" sends changes after its snapshot; "books1", "books5" and "books15" whole tops.
    static void readBook(JsonRef root, JsonRef row, Session &session, const Market &named,
                         ReadingBuilder &out)
    {
        const std::string_view channel = root.at("arg.channel").text();
        const bool isDelta = root["action"].text() == "update" && channel == "books";
        if (channel == "books" && session.books.size() < Session::kEntriesMax) {
            BookMirror &mirror = session.books[named.native];
            if (!isDelta)
                mirror.clear();
            for (const JsonRef level : row["bids"])
                mirror.apply(Side::Buy, {level.at("0").text(), level.at("1").text()});
            for (const JsonRef level : row["asks"])
                mirror.apply(Side::Sell, {level.at("0").text(), level.at("1").text()});
            checkBook(mirror, row["checksum"].text(), out);
        }
        out.book(row, kBook,
                 bookOf(named, channel == "books1" ? BookAction::Bbo
                               : isDelta           ? BookAction::Delta
                                                   : BookAction::Snapshot));
    }

    static void checkBook(const BookMirror &mirror, std::string_view stated, ReadingBuilder &out)
    {
        std::int32_t expected = 0; // the venue's number is signed
        const auto read = std::from_chars(stated.data(), stated.data() + stated.size(), expected);
        if (read.ec == std::errc{} && expected != 0 &&
            mirror.interleavedChecksum(kChecksumLevels) != static_cast<std::uint32_t>(expected))
            out.judge({Outcome::Resync, "checksum", {}, {}});
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeBitget()
{
    return std::make_unique<Bitget>();
}

} // namespace chrona::venues
