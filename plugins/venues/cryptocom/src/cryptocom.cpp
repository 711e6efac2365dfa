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
constexpr std::array<std::string_view, 3> kContractQuotes{"USDT", "USDC", "USD"};
constexpr SymbolStyle kContractStyle{.quotes = kContractQuotes};

/// "a" is the last price and "k" the ask.
constexpr TickerNames kTicker{
    .last = "a", .bid = "b", .ask = "k", .baseVolume = "v", .quoteVolume = "vv", .time = "t"};
constexpr TradeNames kTrades{.id = "d", .price = "p", .amount = "q", .side = "s", .time = "t"};
constexpr CandleNames kCandles{
    .time = "t", .open = "o", .high = "h", .low = "l", .close = "c", .volume = "v"};
constexpr BookNames kBook{.time = "t", .sequence = "u"};
constexpr BookNames kUpdate{
    .bids = "update.bids", .asks = "update.asks", .time = "t", .sequence = "u", .previous = "pu"};

constexpr std::array kErrors{
    ErrorRule{"42901", Outcome::Backoff, kRateLimit},
    ErrorRule{"10006", Outcome::Backoff, kRateLimit},
    ErrorRule{"40004", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"30003", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"209", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"50001", Outcome::Maintenance, kMaintenance},
    ErrorRule{"10008", Outcome::Maintenance, kMaintenance},
    ErrorRule{"40801", Outcome::Backoff, "gateway"},
};

/// Crypto.com Exchange v1.
class Cryptocom final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "cryptocom"; }

    [[nodiscard]] StreamRules stream() const override
    {
        // The server's heartbeat comes every 30 s and must be answered within 5 s. Requests in the
        // first second after connecting count against the limit of the next.
        return {.url = "wss://stream.crypto.com/exchange/v1/market",
                .silenceMax = std::chrono::seconds(40),
                .marketsPerFrame = 50,
                .settle = std::chrono::seconds(1)};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        const std::string_view name = piece(native, '-', 0);
        if (name == native)
            return splitMarket(native, kStyle);
        const std::string_view rest = native.substr(name.size());
        Market found = splitMarket(name, kContractStyle);
        const std::string pair = found.symbol;
        const std::string_view quote = piece(pair, '/', 1);
        found.native = native;
        found.kind = rest == "-PERP" ? InstrumentKind::Swap : InstrumentKind::Future;
        if (!pair.empty())
            found.symbol = contractSymbol(
                {piece(pair, '/', 0), quote, quote, rest == "-PERP" ? std::string_view() : rest});
        return found;
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + "_" + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api.crypto.com/exchange/v1/public/";
        switch (kind) {
        case RequestKind::Ticker:
            return std::format("{}get-tickers?instrument_name={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}get-tickers", kRoot);
        case RequestKind::Trades:
            return std::format("{}get-trades?instrument_name={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}get-candlestick?timeframe=1m&instrument_name={}", kRoot, native);
        case RequestKind::Book:
            return std::format("{}get-book?depth=50&instrument_name={}", kRoot, native);
        case RequestKind::Status: return {};
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::string frame;
        formats::JsonWriter json(frame);
        json.beginObject().member("id", 1).member("method", "subscribe");
        json.key("params").beginObject().key("channels").beginArray();
        for (const std::string &native : natives)
            for (const std::string_view channel : {"ticker.", "trade."})
                json.value(std::string(channel) + native);
        json.endArray().endObject().endObject();
        return {frame};
    }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const std::string_view code = root["code"].text();
        if (code.empty() || code == "0")
            return std::nullopt;
        return ApiError{std::string(code), std::string(root["message"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const JsonRef result = root["result"];
        const JsonRef data = result["data"];
        std::string_view name = result["instrument_name"].text();
        if (name.empty())
            name = queryText(reply.target, "instrument_name");
        if (!data.isArray())
            return unexpected(out);
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers:
            for (const JsonRef row : data)
                out.ticker(row, kTicker, market(row["i"].isNothing() ? name : row["i"].text()));
            return;
        case RequestKind::Trades: {
            const std::string_view first = data.at("0.i").text();
            return out.trades(data, kTrades, market(first.empty() ? name : first));
        }
        case RequestKind::Candles: return out.candles(data, kCandles, market(name));
        case RequestKind::Book:
            return out.book(data[std::size_t{0}], kBook,
                            bookOf(market(name), BookAction::Snapshot));
        case RequestKind::Status: return out.status(true, "ok");
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        const std::string_view code = root["code"].text();
        if (root["method"].text() == "public/heartbeat")
            return out.control(ControlKind::Ping, {}, heartbeatReply(root["id"]));
        if (!code.empty() && code != "0")
            return out.control(ControlKind::Error, root["message"].text());
        const JsonRef result = root["result"];
        if (!result["data"].isArray())
            return out.control(ControlKind::Ack, root["channel"].text());
        const std::string_view channel = result["channel"].text();
        const Market named = market(result["instrument_name"].text());
        if (channel == "trade")
            return out.trades(result["data"], kTrades, named);
        if (channel == "candlestick")
            return out.candles(result["data"], kCandles, named);
        for (const JsonRef row : result["data"]) {
            if (channel == "ticker")
                out.ticker(row, kTicker, named);
            else if (channel.starts_with("book"))
                readBook(row, named, session, out);
        }
    }

private:
    static std::string heartbeatReply(JsonRef id)
    {
        std::string reply;
        formats::JsonWriter json(reply);
        json.beginObject().key("id").raw(id.isMissing() ? "-1" : id.raw());
        json.member("method", "public/respond-heartbeat").endObject();
        return reply;
    }

    static void readBook(JsonRef row, const Market &named, Session &session, ReadingBuilder &out)
    {
        const std::string stream = "book " + named.native;
        const bool isDelta = !row["update"].isMissing();
        const bool follows = session.follows(stream, row["pu"].text(), row["u"].text());
        if (isDelta && !follows)
            out.judge({Outcome::Resync, "gap", {}, {}});
        out.book(row, isDelta ? kUpdate : kBook,
                 bookOf(named, isDelta ? BookAction::Delta : BookAction::Snapshot));
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeCryptocom()
{
    return std::make_unique<Cryptocom>();
}

} // namespace chrona::venues
