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

constexpr SymbolStyle kStyle{.separator = '-'};
constexpr std::size_t kChecksumLevels = 25;

constexpr TickerNames kSpotTicker{.last = "last",
                                  .bid = "bidPx",
                                  .ask = "askPx",
                                  .baseVolume = "vol24h",
                                  .quoteVolume = "volCcy24h",
                                  .time = "ts"};
/// A derivative's vol24h counts contracts, its volCcy24h coins.
constexpr TickerNames kContractTicker{
    .last = "last", .bid = "bidPx", .ask = "askPx", .baseVolume = "volCcy24h", .time = "ts"};
constexpr TradeNames kTrades{
    .id = "tradeId", .price = "px", .amount = "sz", .side = "side", .time = "ts"};
constexpr BookNames kBook{
    .time = "ts", .sequence = "seqId", .previous = "prevSeqId", .checksum = "checksum"};

constexpr std::array kErrors{
    ErrorRule{"50011", Outcome::Backoff, kRateLimit},
    ErrorRule{"50013", Outcome::Backoff, "overloaded"},
    ErrorRule{"50040", Outcome::Backoff, kRateLimit},
    ErrorRule{"50061", Outcome::Backoff, kRateLimit},
    ErrorRule{"50001", Outcome::Maintenance, kMaintenance},
    ErrorRule{"50030", Outcome::GeoBlock, kGeo},
    ErrorRule{"50004", Outcome::Backoff, "gateway"},
    ErrorRule{"50026", Outcome::Backoff, "gateway"},
    ErrorRule{"51000", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"51001", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"51014", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"51027", Outcome::FatalSymbol, kSymbol}, // expired
    ErrorRule{"51028", Outcome::FatalSymbol, kSymbol}, // about to be delivered
};

/// OKX v5. More than one dash is a derivative.
class Okx final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "okx"; }

    [[nodiscard]] StreamRules stream() const override
    {
        // Silent for 30 s, the venue closes: a text "ping" keeps it open.
        return {.url = "wss://ws.okx.com:8443/ws/v5/public",
                .keepAliveEvery = std::chrono::seconds(20),
                .marketsPerFrame = 20};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        if (std::ranges::count(native, '-') < 2)
            return splitMarket(native, kStyle);
        Market found{std::string(native), {}, InstrumentKind::Future};
        const std::string_view base = piece(native, '-', 0);
        const std::string_view quote = piece(native, '-', 1);
        const std::string_view settle = quote == "USD" ? base : quote;
        const std::string_view rest = native.substr(base.size() + quote.size() + 1);
        if (rest == "-SWAP")
            found.kind = InstrumentKind::Swap;
        else if (std::ranges::count(rest, '-') > 1)
            found.kind = InstrumentKind::Option;
        found.symbol =
            contractSymbol({base, quote, settle, rest == "-SWAP" ? std::string_view() : rest});
        return found;
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        return upperCase(base) + "-" + upperCase(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://www.okx.com/api/v5/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}market/ticker?instId={}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}market/tickers?instType=SPOT", kRoot);
        case RequestKind::Trades:
            return std::format("{}market/trades?limit=100&instId={}", kRoot, native);
        case RequestKind::Candles:
            return std::format("{}market/candles?bar=1m&instId={}", kRoot, native);
        case RequestKind::Book: return std::format("{}market/books?sz=50&instId={}", kRoot, native);
        case RequestKind::Status: return std::format("{}system/status", kRoot);
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
            for (const std::string_view channel : {"tickers", "trades"})
                json.beginObject().member("channel", channel).member("instId", native).endObject();
        json.endArray().endObject();
        return {frame};
    }

    [[nodiscard]] std::string keepAlive(std::int64_t /*nowMs*/) const override { return "ping"; }

protected:
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        const std::string_view code = root["code"].text();
        if (code.empty() || code == "0")
            return std::nullopt;
        return ApiError{std::string(code), std::string(root["msg"].text())};
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        const JsonRef data = root["data"];
        const std::string_view asked = queryText(reply.target, "instId");
        if (!data.isArray())
            return unexpected(out);
        switch (reply.kind) {
        case RequestKind::Ticker:
        case RequestKind::Tickers: return readTickers(data, out);
        case RequestKind::Trades: {
            const std::string_view name = data.at("0.instId").text();
            return out.trades(data, kTrades, market(name.empty() ? asked : name));
        }
        case RequestKind::Candles: return readCandles(data, market(asked), {}, out);
        case RequestKind::Book:
            return out.book(data[std::size_t{0}], kBook,
                            bookOf(market(asked), BookAction::Snapshot));
        case RequestKind::Status:
            for (const JsonRef row : data)
                if (row["state"].text() == "ongoing")
                    return out.status(false, row["title"].text());
            return out.status(true, "ok");
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        if (!root["event"].isMissing())
            return readEvent(root, out);
        const std::string_view channel = root.at("arg.channel").text();
        const JsonRef data = root["data"];
        if (channel.empty() || !data.isArray())
            return unexpected(out);
        if (channel == "tickers")
            return readTickers(data, out);
        const Market named = market(root.at("arg.instId").text());
        if (channel == "trades" || channel == "trades-all")
            return out.trades(data, kTrades, named);
        if (channel.starts_with("candle"))
            return readCandles(data, named, data.at("0.8").text() == "1", out);
        if (channel == "status")
            return out.control(data.at("0.state").text() == "ongoing" ? ControlKind::Maintenance
                                                                      : ControlKind::Status,
                               data.at("0.title").text());
        if (channel.starts_with("books") || channel == "bbo-tbt")
            return readBooks(root, session, named, out);
    }

private:
    void readTickers(JsonRef rows, ReadingBuilder &out) const
    {
        for (const JsonRef row : rows) {
            Market named = market(row["instId"].text());
            const bool isSpot = named.kind == InstrumentKind::Spot;
            out.ticker(row, isSpot ? kSpotTicker : kContractTicker, std::move(named));
        }
    }

    static void readCandles(JsonRef rows, Market named, std::optional<bool> closed,
                            ReadingBuilder &out)
    {
        const bool isSpot = named.kind == InstrumentKind::Spot;
        out.candles(rows, {.volume = isSpot ? "5" : "6"}, std::move(named), closed);
    }

    static void readEvent(JsonRef root, ReadingBuilder &out)
    {
        const std::string_view event = root["event"].text();
        const std::string_view message = root["msg"].text();
        if (event == "error")
            return out.control(ControlKind::Error, message);
        if (event == "notice") // 64008: closed within the minute for an upgrade
            return out.control(ControlKind::Reconnect, message);
        if (event.starts_with("channel-conn-count"))
            return out.control(event.ends_with("error") ? ControlKind::Error : ControlKind::Status,
                               event);
        out.control(ControlKind::Ack, event);
    }

    /// Equal numbers are a sign of life, a lower one a reset; anything else must continue.
    static void checkSequence(JsonRef row, const std::string &stream, Session &session,
                              ReadingBuilder &out)
    {
        const std::string_view previous = row["prevSeqId"].text();
        const std::string_view next = row["seqId"].text();
        if (previous.empty() || next.empty())
            return;
        if (!session.follows(stream, previous, next) && previous != "-1")
            out.judge({Outcome::Resync, "gap", {}, {}});
    }

    static void checkBook(JsonRef row, bool isWhole, const std::string &name, Session &session,
                          ReadingBuilder &out)
    {
        const std::string_view stated = row["checksum"].text();
        if (stated.empty() || stated == "0" || session.books.size() > Session::kEntriesMax)
            return;
        BookMirror &mirror = session.books[name];
        if (isWhole)
            mirror.clear();
        for (const JsonRef level : row["bids"])
            mirror.apply(Side::Buy, {level.at("0").text(), level.at("1").text()});
        for (const JsonRef level : row["asks"])
            mirror.apply(Side::Sell, {level.at("0").text(), level.at("1").text()});
        std::int32_t expected = 0; // the venue's number is signed
        std::from_chars(stated.data(), stated.data() + stated.size(), expected);
        if (mirror.interleavedChecksum(kChecksumLevels) != static_cast<std::uint32_t>(expected))
            out.judge({Outcome::Resync, "checksum", {}, {}});
    }

    static void readBooks(JsonRef root, Session &session, const Market &named, ReadingBuilder &out)
    {
        const std::string_view channel = root.at("arg.channel").text();
        const bool isBest = channel == "bbo-tbt";
        const bool isDelta = root["action"].text() == "update";
        const std::string stream = std::string(channel) + " " + named.native;
        for (const JsonRef row : root["data"]) {
            if (!isBest) {
                checkSequence(row, stream, session, out);
                checkBook(row, !isDelta, stream, session, out);
            }
            out.book(row, kBook,
                     bookOf(named, isBest    ? BookAction::Bbo
                                   : isDelta ? BookAction::Delta
                                             : BookAction::Snapshot));
        }
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeOkx()
{
    return std::make_unique<Okx>();
}

} // namespace chrona::venues
