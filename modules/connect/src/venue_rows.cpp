// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/connect/venue_rows.h"

#include "chrona/connect/venue_verdict.h"

#include <algorithm>

namespace chrona::connect {
namespace {

constexpr std::size_t kLevelsMax = 20'000;
constexpr std::size_t kRowsMax = 100'000;
constexpr std::string_view kBadNumber = "bad_number";

Side opposite(Side side)
{
    return side == Side::Buy ? Side::Sell : side == Side::Sell ? Side::Buy : Side::Unknown;
}

Side sideFromWord(std::string_view word)
{
    if (word.empty())
        return Side::Unknown;
    switch (word.front()) {
    case 'b':
    case 'B': return Side::Buy;
    case 's':
    case 'S':
    case 'a':
    case 'A': return Side::Sell;
    default: return Side::Unknown;
    }
}

bool isPositive(const std::optional<DecimalText> &number)
{
    return number && !isZero(*number) && !isNegative(*number);
}

/// No price at all, or a book that is empty on both sides: a halted or dead market.
bool isDead(const Ticker &ticker)
{
    if (ticker.bid && ticker.ask && isZero(*ticker.bid) && isZero(*ticker.ask))
        return true;
    return !isPositive(ticker.last) && !isPositive(ticker.bid) && !isPositive(ticker.ask);
}

bool hasNegative(const Ticker &ticker)
{
    return (ticker.last && isNegative(*ticker.last)) || (ticker.bid && isNegative(*ticker.bid)) ||
           (ticker.ask && isNegative(*ticker.ask));
}

/// What a venue's refusal of a subscription means. Only words tell; they are few everywhere.
Verdict refusalFrom(std::string_view detail)
{
    for (const std::string_view word : {"rate limit", "too many", "too frequent"})
        if (mentions(detail, word))
            return {Outcome::Backoff, std::string(kRateLimit), {}, {}};
    for (const std::string_view word :
         {"symbol", "pair", "product", "instrument", "topic", "channel", "not exist"})
        if (mentions(detail, word))
            return {Outcome::FatalSymbol, std::string(kSymbol), {}, {}};
    return {Outcome::Reject, "api_error", {}, {}};
}

/// A row that is a list of rows, or one row by itself.
template <class Visit> void forEachRow(JsonRef list, Visit visit)
{
    const bool isRow =
        list.isObject() || (list.isArray() && list.size() > 0 && !list[std::size_t{0}].isArray() &&
                            !list[std::size_t{0}].isObject());
    if (isRow) {
        visit(list);
        return;
    }
    std::size_t count = 0;
    if (list.isArray())
        for (const JsonRef row : list)
            if (count++ < kRowsMax)
                visit(row);
}

} // namespace

std::string tradeKey(const Market &market, const Trade &trade)
{
    std::string key = market.native + '\n';
    if (!trade.id.empty())
        return key + trade.id;
    key += std::to_string(trade.timestampMs.value_or(0)) + ' ' + trade.price + ' ' + trade.amount;
    return key + ' ' + std::string(toString(trade.side));
}

std::optional<DecimalText> RowReader::decimal(JsonRef value)
{
    if (value.isNothing() || value.text().empty()) {
        if (value.isArray() || value.isObject())
            m_flaw = kBadNumber;
        return std::nullopt;
    }
    auto number = plainDecimal(value.text());
    if (!number || value.kind() == JsonRef::Kind::Bool)
        m_flaw = kBadNumber;
    return number;
}

std::optional<std::int64_t> RowReader::millis(JsonRef value, TimeUnit unit)
{
    if (value.isNothing() || value.text().empty() || value.text() == "0")
        return std::nullopt;
    const auto ms = millisFrom(value.text(), unit);
    if (!ms)
        m_flaw = "bad_time";
    return ms;
}

std::optional<std::string> RowReader::text(JsonRef value)
{
    if (value.isNothing() || value.text().empty())
        return std::nullopt;
    return std::string(value.text());
}

Side sideFrom(JsonRef value, SideRule rule)
{
    switch (rule) {
    case SideRule::Direct: return sideFromWord(value.text());
    case SideRule::Opposite: return opposite(sideFromWord(value.text()));
    case SideRule::BuyerIsMaker:
        if (value.kind() != JsonRef::Kind::Bool)
            return Side::Unknown;
        return value.isTrue() ? Side::Sell : Side::Buy;
    case SideRule::Digit:
        return value.text() == "0" ? Side::Buy : value.text() == "1" ? Side::Sell : Side::Unknown;
    case SideRule::Sign: return value.text().starts_with('-') ? Side::Sell : Side::Buy;
    }
    return Side::Unknown;
}

bool readLevels(JsonRef list, const BookNames &names, std::vector<Level> &levels)
{
    if (list.isNothing())
        return true;
    if (!list.isArray() || list.size() > kLevelsMax)
        return false;
    levels.reserve(list.size());
    for (const JsonRef row : list) {
        RowReader reader;
        auto price = reader.decimal(row.at(names.price));
        auto size = reader.decimal(row.at(names.size));
        if (!price || !size || isNegative(*price) || isNegative(*size))
            return false;
        levels.push_back({std::move(*price), std::move(*size)});
    }
    return true;
}

void ReadingBuilder::ticker(JsonRef row, const TickerNames &names, Market market)
{
    RowReader reader;
    Ticker ticker;
    ticker.market = std::move(market);
    ticker.last = reader.decimal(row.at(names.last));
    ticker.bid = reader.decimal(row.at(names.bid));
    ticker.ask = reader.decimal(row.at(names.ask));
    ticker.baseVolume = reader.decimal(row.at(names.baseVolume));
    ticker.quoteVolume = reader.decimal(row.at(names.quoteVolume));
    ticker.timestampMs = reader.millis(row.at(names.time), names.unit);
    ticker.sequence = RowReader::text(row.at(names.sequence));
    if (!reader.flaw().empty())
        bad(reader.flaw());
    else
        this->ticker(std::move(ticker));
}

void ReadingBuilder::ticker(Ticker ticker)
{
    const bool many = m_rows == Rows::Many;
    if (many && (ticker.market.kind != InstrumentKind::Spot || isDead(ticker)))
        return;
    if (hasNegative(ticker)) {
        bad("negative_price");
        return;
    }
    if (isDead(ticker)) {
        judge({Outcome::Reject, "no_market", {}, {}});
        return;
    }
    if (!many) {
        if (Verdict clock = judgeClock(ticker.timestampMs, m_receivedMs);
            clock.outcome != Outcome::Accept) {
            const bool refused = clock.outcome == Outcome::Reject;
            judge(std::move(clock));
            if (refused)
                return;
        }
        if (isCrossed(ticker))
            judge({Outcome::AcceptFlag, "crossed_book", {}, {}});
    }
    add(std::move(ticker));
}

void ReadingBuilder::trades(JsonRef list, const TradeNames &names, Market market,
                            std::optional<std::string> sequence)
{
    Trades all;
    all.market = std::move(market);
    all.sequence = std::move(sequence);
    forEachRow(list, [&](JsonRef row) {
        RowReader reader;
        Trade trade;
        auto price = reader.decimal(row.at(names.price));
        auto amount = reader.decimal(row.at(names.amount));
        trade.timestampMs = reader.millis(row.at(names.time), names.unit);
        trade.id = RowReader::text(row.at(names.id)).value_or(std::string());
        trade.side = sideFrom(row.at(names.side), names.rule);
        if (!reader.flaw().empty() || !price || !amount) {
            bad(reader.flaw().empty() ? kBadNumber : std::string_view(reader.flaw()));
            return;
        }
        if (names.rule == SideRule::Sign && isNegative(*amount))
            amount->erase(0, 1);
        if (!isPositive(price) || isNegative(*amount)) {
            bad(isNegative(*price) ? "negative_price" : "zero_price");
            return;
        }
        trade.price = std::move(*price);
        trade.amount = std::move(*amount);
        all.trades.push_back(std::move(trade));
    });
    trades(std::move(all));
}

bool ReadingBuilder::isRepeated(const Trades &trades, std::vector<Trade> &fresh) const
{
    std::vector<std::string> keys;
    for (const Trade &trade : trades.trades) {
        std::string key = tradeKey(trades.market, trade);
        if (m_session->trades.contains(key))
            continue;
        keys.push_back(std::move(key));
        fresh.push_back(trade);
    }
    // Only now, so that equal fills inside one message all count.
    for (std::string &key : keys)
        m_session->trades.insert(std::move(key));
    return fresh.empty() && !trades.trades.empty();
}

void ReadingBuilder::trades(Trades trades)
{
    if (m_session != nullptr) {
        std::vector<Trade> fresh;
        if (isRepeated(trades, fresh)) {
            judge({Outcome::Dedupe, "duplicate", {}, {}});
            return;
        }
        trades.trades = std::move(fresh);
    }
    if (!trades.trades.empty() || m_bad == 0)
        add(std::move(trades));
}

void ReadingBuilder::candles(JsonRef list, const CandleNames &names, Market market,
                             std::optional<bool> closed)
{
    Candles all;
    all.market = std::move(market);
    all.closed = closed;
    forEachRow(list, [&](JsonRef row) {
        RowReader reader;
        const auto opens = reader.millis(row.at(names.time), names.unit);
        auto open = reader.decimal(row.at(names.open));
        auto high = reader.decimal(row.at(names.high));
        auto low = reader.decimal(row.at(names.low));
        auto close = reader.decimal(row.at(names.close));
        auto volume = reader.decimal(row.at(names.volume));
        if (!reader.flaw().empty() || !opens || !open || !high || !low || !close) {
            bad(reader.flaw().empty() ? kBadNumber : std::string_view(reader.flaw()));
            return;
        }
        if (isNegative(*open) || isNegative(*low)) {
            bad("negative_price");
            return;
        }
        all.candles.push_back({*opens, std::move(*open), std::move(*high), std::move(*low),
                               std::move(*close), std::move(volume).value_or("0")});
    });
    std::ranges::stable_sort(all.candles, {}, &Candle::openMs);
    if (!all.candles.empty() || m_bad == 0)
        add(std::move(all));
}

void ReadingBuilder::book(JsonRef row, const BookNames &names, Book book)
{
    RowReader reader;
    book.timestampMs = reader.millis(row.at(names.time), names.unit);
    book.sequence = RowReader::text(row.at(names.sequence));
    book.firstSequence = RowReader::text(row.at(names.first));
    book.previousSequence = RowReader::text(row.at(names.previous));
    book.checksum = RowReader::text(row.at(names.checksum));
    const JsonRef bids = row.at(names.bids);
    const JsonRef asks = row.at(names.asks);
    if (bids.isMissing() && asks.isMissing())
        bad("bad_shape");
    else if (!reader.flaw().empty() || !readLevels(bids, names, book.bids) ||
             !readLevels(asks, names, book.asks))
        bad(reader.flaw().empty() ? kBadNumber : std::string_view(reader.flaw()));
    else
        this->book(std::move(book));
}

void ReadingBuilder::bbo(JsonRef row, const BookNames &names, Market market)
{
    RowReader reader;
    Book book;
    book.market = std::move(market);
    book.action = BookAction::Bbo;
    book.timestampMs = reader.millis(row.at(names.time), names.unit);
    book.sequence = RowReader::text(row.at(names.sequence));
    // In a flat row the four numbers stand side by side: bids and asks name the prices, price and
    // size the sizes of bid and ask.
    auto bid = reader.decimal(row.at(names.bids));
    auto ask = reader.decimal(row.at(names.asks));
    auto bidSize = reader.decimal(row.at(names.price));
    auto askSize = reader.decimal(row.at(names.size));
    if (!reader.flaw().empty() || (bid && isNegative(*bid)) || (ask && isNegative(*ask))) {
        bad(reader.flaw().empty() ? "negative_price" : std::string_view(reader.flaw()));
        return;
    }
    if (isPositive(bid))
        book.bids.push_back({std::move(*bid), std::move(bidSize).value_or("0")});
    if (isPositive(ask))
        book.asks.push_back({std::move(*ask), std::move(askSize).value_or("0")});
    this->book(std::move(book));
}

void ReadingBuilder::book(Book book)
{
    if (m_rows == Rows::Many && book.market.kind != InstrumentKind::Spot)
        return;
    const bool isBest = book.action == BookAction::Bbo;
    if (isBest && book.bids.empty() && book.asks.empty()) {
        if (m_rows == Rows::One)
            judge({Outcome::Reject, "no_market", {}, {}});
        return;
    }
    judge(judgeClock(book.timestampMs, m_receivedMs));
    if (m_verdict.outcome == Outcome::Reject)
        return;
    // Levels of a stream need not be sorted; those of a reply and of a best bid and offer are.
    if ((isBest || m_session == nullptr) && isCrossed(tickerFrom(book)))
        judge({Outcome::AcceptFlag, "crossed_book", {}, {}});
    add(std::move(book));
}

void ReadingBuilder::control(ControlKind kind, std::string_view detail, std::string reply)
{
    constexpr std::size_t kDetailBytesMax = 200;
    if (kind == ControlKind::Maintenance)
        judge({Outcome::Maintenance, std::string(kMaintenance), {}, {}});
    if (kind == ControlKind::Error)
        judge(refusalFrom(detail));
    add(Control{kind, std::move(reply), std::string(detail.substr(0, kDetailBytesMax)), {}});
}

void ReadingBuilder::status(bool isOpen, std::string_view word,
                            std::optional<std::int64_t> timestampMs)
{
    add(VenueStatus{isOpen, std::string(word), timestampMs});
}

void ReadingBuilder::judge(Verdict verdict)
{
    if (m_verdict.outcome == Outcome::Accept)
        m_verdict = std::move(verdict);
}

void ReadingBuilder::bad(std::string_view reason)
{
    if (m_bad++ == 0)
        m_badReason = reason;
}

Reading ReadingBuilder::finish() &&
{
    if (m_bad > 0) {
        const bool nothingGood = m_messages.empty();
        judge({nothingGood ? Outcome::Reject : Outcome::Partial,
               nothingGood ? m_badReason : "bad_row",
               {},
               {}});
    }
    return {std::move(m_verdict), std::move(m_messages)};
}

} // namespace chrona::connect
