// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/exact_json.h"
#include "chrona/connect/venue_session.h"
#include "chrona/connect/venue_text.h"

#include <optional>
#include <string>
#include <string_view>

/// Turning rows of venues' JSON into messages by tables of names. A name is a path ("bid.0"), an
/// index where rows are arrays ("6"), or empty where the venue does not state the value.
namespace chrona::connect {

struct TickerNames {
    std::string_view last{}, bid{}, ask{}, baseVolume{}, quoteVolume{}, time{};
    TimeUnit unit = TimeUnit::Millis;
    std::string_view sequence{};
};

/// How a trade tells the taker's side.
enum class SideRule : std::uint8_t {
    Direct,       ///< a word that begins with b(uy, id) or s(ell), a(sk)
    Opposite,     ///< the same words for the maker
    BuyerIsMaker, ///< true: the taker sold
    Digit,        ///< 0 buy, 1 sell
    Sign,         ///< of the amount: negative sold
};

struct TradeNames {
    std::string_view id{}, price{}, amount{}, side{}, time{};
    TimeUnit unit = TimeUnit::Millis;
    SideRule rule = SideRule::Direct;
};

struct CandleNames {
    std::string_view time = "0", open = "1", high = "2", low = "3", close = "4", volume = "5";
    TimeUnit unit = TimeUnit::Millis;
};

struct BookNames {
    std::string_view bids = "bids", asks = "asks", time{}, sequence{}, first{}, previous{},
                     checksum{};
    TimeUnit unit = TimeUnit::Millis;
    std::string_view price = "0", size = "1"; ///< inside a level
};

/// Collects the messages of one reply or frame and judges them as a whole.
class ReadingBuilder {
public:
    /// Of many rows, dead markets and derivatives are left out and a bad row does not harm the
    /// others; a single one is judged by itself.
    enum class Rows : std::uint8_t { One, Many };

    explicit ReadingBuilder(Rows rows, std::optional<std::int64_t> receivedMs = {},
                            Session *session = nullptr)
        : m_rows(rows), m_receivedMs(receivedMs), m_session(session)
    {
    }

    void ticker(JsonRef row, const TickerNames &names, Market market);
    void ticker(Ticker ticker);
    /// `list` is a list of trades or a single one.
    void trades(JsonRef list, const TradeNames &names, Market market,
                std::optional<std::string> sequence = {});
    void trades(Trades trades);
    /// `list` is a list of candles or a single one.
    void candles(JsonRef list, const CandleNames &names, Market market,
                 std::optional<bool> closed = {});
    /// Fills `book`, which says market and action already, from the row and adds it.
    void book(JsonRef row, const BookNames &names, Book book);
    void book(Book book);
    void control(ControlKind kind, std::string_view detail = {}, std::string reply = {});
    void control(Control control) { add(std::move(control)); }
    void status(bool isOpen, std::string_view word, std::optional<std::int64_t> timestampMs = {});
    /// The first verdict that is not Accept stands.
    void judge(Verdict verdict);
    void bad(std::string_view reason); ///< a row that could not be read

    /// The best of a book, as some venues state it in one flat row.
    void bbo(JsonRef row, const BookNames &names, Market market);

    [[nodiscard]] Session *session() const { return m_session; }
    [[nodiscard]] bool isEmpty() const { return m_messages.empty(); }
    [[nodiscard]] Reading finish() &&;

private:
    void add(Message message) { m_messages.push_back(std::move(message)); }
    [[nodiscard]] bool isRepeated(const Trades &trades, std::vector<Trade> &fresh) const;

    Rows m_rows;
    std::optional<std::int64_t> m_receivedMs;
    Session *m_session;
    std::vector<Message> m_messages;
    Verdict m_verdict;
    std::string m_badReason;
    int m_bad = 0;
};

/// Reads values of one row and remembers what was wrong with any of them.
class RowReader {
public:
    /// Missing, null or "": nothing. Anything else that is no number is a flaw.
    [[nodiscard]] std::optional<DecimalText> decimal(JsonRef value);
    /// 0 and what is missing: nothing.
    [[nodiscard]] std::optional<std::int64_t> millis(JsonRef value, TimeUnit unit);
    [[nodiscard]] static std::optional<std::string> text(JsonRef value);
    [[nodiscard]] const std::string &flaw() const { return m_flaw; } ///< empty: none

private:
    std::string m_flaw;
};

/// Reads [[price, size], …] or [{…}, …] by the names of a book; false where a level is unreadable.
[[nodiscard]] bool readLevels(JsonRef list, const BookNames &names, std::vector<Level> &levels);
/// What tells a trade from all others: its market and id, or without one all that it says.
[[nodiscard]] std::string tradeKey(const Market &market, const Trade &trade);
[[nodiscard]] Side sideFrom(JsonRef value, SideRule rule);

} // namespace chrona::connect
