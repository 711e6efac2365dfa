// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What venues say, in one form for all of them.
///
/// Numbers stay text, made plain (no exponent, no trailing zeros, "-0.5"): they never pass through
/// a double, so ids, checksums and decimal places survive. Times are whole milliseconds since 1970,
/// rounded down. What a message does not state is absent.
namespace chrona::connect {

using DecimalText = std::string;

/// Only Spot may enter a spot price.
enum class InstrumentKind : std::uint8_t { Spot, Swap, Future, Option, Leveraged, Funding, Test };
[[nodiscard]] std::string_view toString(InstrumentKind kind);

/// A market by the venue's own name and by ours.
struct Market {
    std::string native; ///< "XXBTZEUR"; empty: the message does not tell
    std::string symbol; ///< canonical "BTC/EUR", "BTC/USDT:USDT" for a swap; empty: not known
    InstrumentKind kind = InstrumentKind::Spot;
    friend bool operator==(const Market &, const Market &) = default;
};

struct Ticker {
    Market market;
    std::optional<DecimalText> last, bid, ask;
    std::optional<DecimalText> baseVolume, quoteVolume; ///< of the last 24 hours
    std::optional<std::int64_t> timestampMs;
    std::optional<std::string> sequence;
    friend bool operator==(const Ticker &, const Ticker &) = default;
};

/// The taker's side.
enum class Side : std::uint8_t { Unknown, Buy, Sell };
[[nodiscard]] std::string_view toString(Side side);

struct Trade {
    std::string id; ///< empty: the venue gives none
    DecimalText price, amount;
    Side side = Side::Unknown;
    std::optional<std::int64_t> timestampMs;
    friend bool operator==(const Trade &, const Trade &) = default;
};

struct Trades {
    Market market;
    std::vector<Trade> trades; ///< in the order of the message
    std::optional<std::string> sequence;
    friend bool operator==(const Trades &, const Trades &) = default;
};

struct Candle {
    std::int64_t openMs = 0;
    DecimalText open, high, low, close, baseVolume;
    friend bool operator==(const Candle &, const Candle &) = default;
};

struct Candles {
    Market market;
    std::vector<Candle> candles; ///< oldest first
    std::optional<bool> closed;  ///< whether a streamed candle is final
    friend bool operator==(const Candles &, const Candles &) = default;
};

enum class BookAction : std::uint8_t {
    Snapshot,
    Delta, ///< changed levels; size 0 removes one
    Bbo,   ///< best bid and offer only
};
[[nodiscard]] std::string_view toString(BookAction action);

struct Level {
    DecimalText price, size;
    friend bool operator==(const Level &, const Level &) = default;
};

struct Book {
    Market market;
    BookAction action = BookAction::Snapshot;
    std::vector<Level> bids, asks; ///< in the order of the message
    std::optional<std::string> sequence, firstSequence, previousSequence;
    std::optional<std::string> checksum;
    std::optional<std::int64_t> timestampMs;
    friend bool operator==(const Book &, const Book &) = default;
};

/// The best bid and offer of a book as a ticker without a last price.
[[nodiscard]] Ticker tickerFrom(const Book &book);

enum class ControlKind : std::uint8_t {
    Ack,
    Error,
    Heartbeat,
    Ping, ///< must be answered with `reply`
    Pong,
    Status,
    Welcome,
    Reconnect, ///< the venue is about to close: open another connection now
    Maintenance,
};
[[nodiscard]] std::string_view toString(ControlKind kind);

struct Control {
    ControlKind kind = ControlKind::Status;
    std::string reply;                  ///< the frame to send back; empty: none
    std::string detail;                 ///< the venue's words, for the log
    std::optional<std::string> counter; ///< of a heartbeat that counts
    friend bool operator==(const Control &, const Control &) = default;
};

/// Whether the venue says that it trades.
struct VenueStatus {
    bool isOpen = true;
    std::string word; ///< the venue's own: "cancel_only"
    std::optional<std::int64_t> timestampMs;
    friend bool operator==(const VenueStatus &, const VenueStatus &) = default;
};

using Message = std::variant<Ticker, Trades, Candles, Book, Control, VenueStatus>;

/// What to do about a reply or frame. The words are those of the health figures and logs.
enum class Outcome : std::uint8_t {
    Accept,
    AcceptFlag,  ///< use it but mark it suspicious
    Partial,     ///< use the good rows, the bad ones are dropped already
    Dedupe,      ///< the same trade again: count once
    Reject,      ///< drop this answer, keep the venue, count an error
    RetryAfter,  ///< wait the stated time, then ask again
    Backoff,     ///< exponential wait with jitter, venue shown degraded
    Ban,         ///< stop all calls to this host until the stated end
    GeoBlock,    ///< venue off for this place; do not retry soon; tell the user
    FatalSymbol, ///< this market is off; others of the venue go on
    Maintenance, ///< venue paused; probe its status slowly
    Resync,      ///< discard the local book and take a new snapshot
};
[[nodiscard]] std::string_view toString(Outcome outcome);

struct Verdict {
    Outcome outcome = Outcome::Accept;
    std::string reason; ///< "rate_limit", "crossed_book", …; empty for Accept
    std::optional<std::int64_t> waitMs;
    std::optional<std::int64_t> untilMs;
    std::string detail{}; ///< the venue's words, for the log
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

/// A message the venue speaks of but that says nothing to us leaves an empty list and Accept.
struct Reading {
    Verdict verdict;
    std::vector<Message> messages;
    friend bool operator==(const Reading &, const Reading &) = default;
};

} // namespace chrona::connect
