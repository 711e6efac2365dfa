// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/json_venue.h"

#include <array>
#include <format>
#include <memory>

namespace chrona::venues {
namespace {

using namespace connect;

using Alias = std::pair<std::string_view, std::string_view>;
/// UST is Tether here, UDC is USD Coin.
constexpr std::array kAliases{Alias{"UST", "USDT"}, Alias{"UDC", "USDC"}, Alias{"EUT", "EURT"},
                              Alias{"MNA", "MANA"}, Alias{"QTM", "QTUM"}, Alias{"DSH", "DASH"},
                              Alias{"IOT", "IOTA"}, Alias{"ALG", "ALGO"}, Alias{"ATO", "ATOM"},
                              Alias{"BAB", "BCH"},  Alias{"BCHN", "BCH"}};
constexpr SymbolStyle kColon{.separator = ':', .aliases = kAliases};

/// Arrays by position; a list of tickers has the symbol first.
constexpr TickerNames kTicker{.last = "6", .bid = "0", .ask = "2", .baseVolume = "7"};
constexpr TickerNames kListTicker{.last = "7", .bid = "1", .ask = "3", .baseVolume = "8"};
constexpr TradeNames kTrades{
    .id = "0", .price = "3", .amount = "2", .side = "2", .time = "1", .rule = SideRule::Sign};
constexpr CandleNames kCandles{.high = "3", .low = "4", .close = "2"};

constexpr std::array kErrors{
    ErrorRule{"11010", Outcome::Backoff, kRateLimit},
    ErrorRule{"~err_rate_limit", Outcome::Backoff, kRateLimit},
    ErrorRule{"20060", Outcome::Maintenance, kMaintenance},
    ErrorRule{"20061", Outcome::Maintenance, kMaintenance},
    ErrorRule{"20051", Outcome::Maintenance, kMaintenance},
    ErrorRule{"10020", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"~symbol: invalid", Outcome::FatalSymbol, kSymbol},
    ErrorRule{"10001", Outcome::Backoff, "gateway"},
};

/// Bitfinex v2. Streams name their channel by a number that the subscription's answer gives.
class Bitfinex final : public JsonVenue {
public:
    [[nodiscard]] std::string_view id() const override { return "bitfinex"; }

    [[nodiscard]] StreamRules stream() const override
    {
        // "hb" comes every 15 s on a silent channel. 25 channels a connection, two a market; 20
        // connections a minute.
        return {.url = "wss://api-pub.bitfinex.com/ws/2",
                .silenceMax = std::chrono::seconds(45),
                .marketsPerFrame = 1,
                .marketsPerConnection = 12,
                .connectEvery = std::chrono::seconds(3)};
    }

    [[nodiscard]] Market market(std::string_view native) const override
    {
        Market found{std::string(native), {}, InstrumentKind::Spot};
        std::string_view name = native;
        if (name.starts_with('f')) {
            found.kind = InstrumentKind::Funding;
            return found;
        }
        if (name.starts_with('t'))
            name.remove_prefix(1);
        std::string slashed(name);
        if (!name.contains(':') && name.size() == 6)
            slashed = std::string(name.substr(0, 3)) + ":" + std::string(name.substr(3));
        return classified(slashed, std::move(found));
    }

    [[nodiscard]] std::string nativeName(std::string_view base,
                                         std::string_view quote) const override
    {
        const auto native = [](std::string_view asset) {
            return asset == "USDT"   ? std::string("UST")
                   : asset == "USDC" ? std::string("UDC")
                                     : upperCase(asset);
        };
        const std::string left = native(base);
        return "t" + left + (left.size() > 3 ? ":" : "") + native(quote);
    }

    [[nodiscard]] std::string url(RequestKind kind, std::string_view native) const override
    {
        constexpr std::string_view kRoot = "https://api-pub.bitfinex.com/v2/";
        switch (kind) {
        case RequestKind::Ticker: return std::format("{}ticker/{}", kRoot, native);
        case RequestKind::Tickers: return std::format("{}tickers?symbols=ALL", kRoot);
        case RequestKind::Trades: return std::format("{}trades/{}/hist?limit=120", kRoot, native);
        case RequestKind::Candles: return std::format("{}candles/trade:1m:{}/hist", kRoot, native);
        case RequestKind::Book: return std::format("{}book/{}/P0?len=25", kRoot, native);
        case RequestKind::Status: return std::format("{}platform/status", kRoot);
        }
        return {};
    }

    [[nodiscard]] std::vector<std::string>
    subscribe(std::span<const std::string> natives) const override
    {
        std::vector<std::string> frames;
        for (const std::string &native : natives)
            for (const std::string_view channel : {"ticker", "trades"})
                frames.push_back(std::format(
                    R"({{"event":"subscribe","channel":"{}","symbol":"{}"}})", channel, native));
        return frames;
    }

protected:
    /// ["error", code, "message"], or an object of the gateway.
    [[nodiscard]] std::optional<ApiError> errorOf(JsonRef root) const override
    {
        if (root.at("0").text() == "error")
            return ApiError{std::string(root.at("1").text()), std::string(root.at("2").text())};
        if (root.isObject() && (!root["error"].isMissing() || !root["message"].isMissing())) {
            const JsonRef error = root["error"].isMissing() ? root["message"] : root["error"];
            return ApiError{std::string(error.text()), std::string(error.text())};
        }
        return std::nullopt;
    }

    [[nodiscard]] std::span<const ErrorRule> errorRules() const override { return kErrors; }

    void readBody(const HttpReply &reply, JsonRef root, ReadingBuilder &out) const override
    {
        if (!root.isArray())
            return unexpected(out);
        switch (reply.kind) {
        case RequestKind::Ticker:
            return out.ticker(root, root.at("0").isText() ? kListTicker : kTicker,
                              market(pathPart(reply.target, "/ticker/")));
        case RequestKind::Tickers:
            for (const JsonRef row : root)
                if (row.at("0").text().starts_with('t'))
                    out.ticker(row, kListTicker, market(row.at("0").text()));
            return;
        case RequestKind::Trades:
            return out.trades(root, kTrades, market(pathPart(reply.target, "/trades/")));
        case RequestKind::Candles:
            return out.candles(root, kCandles,
                               market(candleMarket(pathPart(reply.target, "/candles/"))));
        case RequestKind::Book:
            return readBook(
                root, bookOf(market(pathPart(reply.target, "/book/")), BookAction::Snapshot), out);
        case RequestKind::Status: {
            const bool open = root.at("0").text() == "1";
            return out.status(open, open ? "ok" : "maintenance");
        }
        }
    }

    void readMessage(JsonRef root, Session &session, ReadingBuilder &out) const override
    {
        if (root.isObject())
            return readEvent(root, session, out);
        if (!root.isArray() || root.size() < 2)
            return unexpected(out);
        const JsonRef payload = root[1];
        if (payload.text() == "hb")
            return out.control(ControlKind::Heartbeat);
        if (payload.text() == "cs")
            return out.control(ControlKind::Status, "checksum");
        const auto channel = session.channels.find(root[std::size_t{0}].text());
        if (channel == session.channels.end()) // data of a subscription that nobody told us of
            return out.judge({Outcome::Resync, "unknown_channel", {}, {}});
        readChannel(root, channel->second, out);
    }

private:
    static Market classified(const std::string &name, Market found)
    {
        const bool isTest = name.starts_with("TEST") || name.contains(":TEST");
        const std::string_view base = piece(name, ':', 0);
        const std::string_view quote = piece(name, ':', 1);
        if (base.ends_with("F0") && quote.ends_with("F0")) {
            const std::string plain = std::string(base.substr(0, base.size() - 2)) + ":" +
                                      std::string(quote.substr(0, quote.size() - 2));
            const std::string pair = splitMarket(plain, kColon).symbol;
            const std::string_view settle = piece(pair, '/', 1);
            found.symbol = contractSymbol({piece(pair, '/', 0), settle, settle});
            found.kind = InstrumentKind::Swap;
            return found;
        }
        const Market split = splitMarket(name, kColon);
        found.symbol = split.symbol;
        found.kind = isTest ? InstrumentKind::Test : split.kind;
        return found;
    }

    /// "trade:1m:tBTCUSD" → "tBTCUSD", also with a colon of its own inside.
    static std::string_view candleMarket(std::string_view key)
    {
        const std::size_t first = key.find(':');
        const std::size_t second =
            first == std::string_view::npos ? first : key.find(':', first + 1);
        return second == std::string_view::npos ? std::string_view() : key.substr(second + 1);
    }

    static void readEvent(JsonRef root, Session &session, ReadingBuilder &out)
    {
        const std::string_view event = root["event"].text();
        const std::string_view code = root["code"].text();
        if (event == "subscribed") {
            const JsonRef name = root["symbol"].isMissing() ? root["key"] : root["symbol"];
            if (session.channels.size() < Session::kEntriesMax)
                session.channels[std::string(root["chanId"].text())] = {
                    std::string(root["channel"].text()), std::string(name.text())};
            return out.control(ControlKind::Ack, root["channel"].text());
        }
        if (event == "unsubscribed") {
            session.channels.erase(std::string(root["chanId"].text()));
            return out.control(ControlKind::Ack);
        }
        if (event == "info" && code == "20051")
            return out.control(ControlKind::Reconnect, root["msg"].text());
        if (event == "info" && code == "20060")
            return out.control(ControlKind::Maintenance, root["msg"].text());
        if (event == "info") // 20061: the maintenance has ended
            return out.control(root.at("platform.status").text() == "0" ? ControlKind::Maintenance
                                                                        : ControlKind::Status,
                               root["msg"].text());
        if (event == "pong")
            return out.control(ControlKind::Pong);
        if (event == "error")
            return out.control(ControlKind::Error, root["msg"].text());
        if (event == "conf" || event == "auth")
            return out.control(root["status"].text() == "OK" ? ControlKind::Ack
                                                             : ControlKind::Error);
        unexpected(out);
    }

    void readChannel(JsonRef root, const Session::Channel &channel, ReadingBuilder &out) const
    {
        const JsonRef payload = root[1];
        // [chan, payload, seq], or [chan, "te", payload, seq]; the number only where asked for.
        const std::size_t at = payload.isText() ? 2 : 1;
        const JsonRef data = root[at];
        const auto sequence = RowReader::text(root[at + 1]);
        if (channel.name == "trades")
            return out.trades(data, kTrades, market(channel.market), sequence);
        if (channel.name == "candles")
            return out.candles(data, kCandles, market(candleMarket(channel.market)));
        if (channel.name == "book") {
            const bool isWhole = data.at("0").isArray();
            Book book =
                bookOf(market(channel.market), isWhole ? BookAction::Snapshot : BookAction::Delta);
            book.sequence = sequence;
            return readBook(data, std::move(book), out);
        }
        if (channel.name == "ticker")
            readStreamTicker(data, channel.market, sequence, out);
    }

    void readStreamTicker(JsonRef data, std::string_view name, std::optional<std::string> sequence,
                          ReadingBuilder &out) const
    {
        RowReader reader;
        Ticker ticker;
        ticker.market = market(name);
        ticker.last = reader.decimal(data.at(kTicker.last));
        ticker.bid = reader.decimal(data.at(kTicker.bid));
        ticker.ask = reader.decimal(data.at(kTicker.ask));
        ticker.baseVolume = reader.decimal(data.at(kTicker.baseVolume));
        ticker.sequence = std::move(sequence);
        if (reader.flaw().empty())
            out.ticker(std::move(ticker));
        else
            out.bad(reader.flaw());
    }

    /// [price, count, amount]: the amount's sign is the side, a count of 0 removes the level.
    static void readBook(JsonRef data, Book book, ReadingBuilder &out)
    {
        const auto add = [&book](JsonRef row) {
            RowReader reader;
            const auto price = reader.decimal(row.at("0"));
            const auto count = reader.decimal(row.at("1"));
            auto amount = reader.decimal(row.at("2"));
            if (!price || !count || !amount || isNegative(*price))
                return false;
            const bool isAsk = isNegative(*amount);
            if (isAsk)
                amount->erase(0, 1);
            (isAsk ? book.asks : book.bids).push_back({*price, isZero(*count) ? "0" : *amount});
            return true;
        };
        bool good = true;
        if (data.at("0").isArray())
            for (const JsonRef row : data)
                good = add(row) && good;
        else
            good = add(data);
        if (good)
            out.book(std::move(book));
        else
            out.bad("bad_number");
    }
};

} // namespace

std::unique_ptr<connect::Venue> makeBitfinex()
{
    return std::make_unique<Bitfinex>();
}

} // namespace chrona::venues
