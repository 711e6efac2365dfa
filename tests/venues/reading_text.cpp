// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading_text.h"

namespace chrona::venues {
namespace {

using namespace connect;

template <class Value>
void put(std::string &line, const char *name, const std::optional<Value> &value)
{
    if (!value)
        return;
    line += std::string(" ") + name + "=";
    if constexpr (std::is_integral_v<Value>)
        line += std::to_string(*value);
    else
        line += *value;
}

std::string nameOf(const Market &market)
{
    std::string name = market.symbol.empty() ? "?" : market.symbol;
    if (market.kind != InstrumentKind::Spot)
        name += "(" + std::string(toString(market.kind)) + ")";
    return name;
}

std::string line(const Ticker &ticker)
{
    std::string out = "ticker " + nameOf(ticker.market);
    put(out, "last", ticker.last);
    put(out, "bid", ticker.bid);
    put(out, "ask", ticker.ask);
    put(out, "base", ticker.baseVolume);
    put(out, "at", ticker.timestampMs);
    put(out, "seq", ticker.sequence);
    return out;
}

std::string line(const Trades &trades)
{
    std::string out = "trades " + nameOf(trades.market);
    for (const Trade &trade : trades.trades) {
        out += " [" + (trade.id.empty() ? "-" : trade.id) + " " + std::string(toString(trade.side));
        out += " " + trade.amount + "@" + trade.price;
        put(out, "at", trade.timestampMs);
        out += "]";
    }
    return out;
}

std::string line(const Candles &candles)
{
    std::string out = "candles " + nameOf(candles.market);
    for (const Candle &c : candles.candles)
        out += " [" + std::to_string(c.openMs) + " " + c.open + " " + c.high + " " + c.low + " " +
               c.close + " " + c.baseVolume + "]";
    if (candles.closed)
        out += *candles.closed ? " closed" : " open";
    return out;
}

std::string line(const Book &book)
{
    std::string out =
        "book " + nameOf(book.market) + " " + std::string(toString(book.action)) + " bids";
    for (const Level &level : book.bids)
        out += " " + level.size + "@" + level.price;
    out += " asks";
    for (const Level &level : book.asks)
        out += " " + level.size + "@" + level.price;
    put(out, "seq", book.sequence);
    put(out, "first", book.firstSequence);
    put(out, "at", book.timestampMs);
    return out;
}

std::string line(const Control &control)
{
    return std::string(toString(control.kind)) +
           (control.reply.empty() ? "" : " reply " + control.reply);
}

std::string line(const VenueStatus &status)
{
    return std::string("status ") + (status.isOpen ? "open" : "closed");
}

} // namespace

std::string describe(const Reading &reading)
{
    std::string out;
    const auto append = [&out](const std::string &part) {
        out += (out.empty() ? "" : " | ") + part;
    };
    if (const Verdict &verdict = reading.verdict; verdict.outcome != Outcome::Accept) {
        std::string word = std::string(toString(verdict.outcome)) + ":" + verdict.reason;
        put(word, "wait", verdict.waitMs);
        put(word, "until", verdict.untilMs);
        append(word);
    }
    for (const Message &message : reading.messages)
        append(std::visit([](const auto &value) { return line(value); }, message));
    return out;
}

} // namespace chrona::venues
