// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/venue_message.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

namespace chrona::connect {

/// The last keys seen, so that a trade told twice (overlapping connections, a snapshot after a
/// reconnect, "te" and "tu") counts once. Bounded: the oldest are forgotten.
class SeenKeys {
public:
    /// True the first time.
    bool insert(std::string key);
    [[nodiscard]] bool contains(const std::string &key) const { return m_keys.contains(key); }

private:
    static constexpr std::size_t kKept = 4096;
    std::unordered_set<std::string> m_keys;
    std::deque<std::string> m_order;
};

/// A price level with the digits as the venue sent them, of which checksums are made.
struct RawLevel {
    std::string_view price, size;
};

/// A venue's order book as far as its checksum needs it.
class BookMirror {
public:
    void clear();
    void apply(Side side, const RawLevel &level); ///< Buy: bids
    /// CRC-32 of the best `depth` asks, then bids, each price and size without point and leading
    /// zeros (Kraken).
    [[nodiscard]] std::uint32_t plainChecksum(std::size_t depth) const;
    /// CRC-32 of bid and ask in turns, "price:size:price:size" (OKX, Bitget).
    [[nodiscard]] std::uint32_t interleavedChecksum(std::size_t depth) const;
    /// How many levels a side the venue keeps for us. It sends no removal for what falls out.
    void keep(std::size_t depth) { m_depth = depth; }

private:
    struct Digits {
        std::string price, size;
    };
    using Levels = std::map<long double, Digits>;
    static constexpr std::size_t kLevelsMax = 5'000;
    Levels m_bids, m_asks;
    std::size_t m_depth = kLevelsMax;
};

/// What a connection must remember to read its frames. Belongs to one connection; the seen trades
/// may be handed to its successor.
struct Session {
    struct Channel {
        std::string name, market;
    };
    std::map<std::string, Channel, std::less<>> channels;      ///< by the venue's number for them
    std::map<std::string, std::string, std::less<>> sequences; ///< the last, by stream and market
    std::map<std::string, BookMirror, std::less<>> books;      ///< by native name
    SeenKeys trades;
    std::optional<std::int64_t> receivedMs; ///< of the frame being read; absent: not judged

    /// Keeps `next` as the last number of a stream. False when there was one before and it is not
    /// `previous`: something was missed. Takes any number as the first.
    bool follows(std::string_view stream, std::string_view previous, std::string_view next);

    static constexpr std::size_t kEntriesMax = 10'000;
};

} // namespace chrona::connect
