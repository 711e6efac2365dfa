// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What goes into the engine. Prices are doubles here: the engine estimates, it does not settle.
namespace chrona::oracle {

/// What a message is about: the feed's own price, or the rate of a currency that others quote in.
enum class TickKind : std::uint8_t { Price, Rate };

/// One message of a venue. Numbers are as they arrived: nothing about them is trusted.
struct Tick {
    std::int64_t receivedMs = 0; ///< our clock, since 1970; ticks are given in this order
    std::int64_t exchangeMs = 0; ///< the venue's clock
    std::uint16_t venue = 0;     ///< place in FeedSetup::venues
    std::uint16_t currency = 0;  ///< of a Rate: place in FeedSetup::currencies; of a Price: unused
    TickKind kind = TickKind::Price;
    double bid = 0, ask = 0, last = 0; ///< in the venue's quote currency; NaN: none
    double size = 0;                   ///< of the last trade, base units
    double volume24h = 0;              ///< base units
};

/// How a tick was judged on arrival. Only Sound ones, and the sound parts of BadBook and BadTime,
/// reach the estimate.
enum class TickClass : std::uint8_t { Sound, BadPrice, BadBook, BadTime, Duplicate };
[[nodiscard]] std::string_view toString(TickClass value); ///< "ok", "bad_price", …

/// Which test judged it.
enum class TickReason : std::uint8_t {
    None,
    Unreadable,  ///< not finite, not positive, or not within a factor of two of the consensus
    LastOffBook, ///< the last trade lies far outside the venue's own book
    Frozen,      ///< republished without change while the others moved on
    Deviating,   ///< contradicts the other venues by more than its own history explains
    Crossed,
    Clock,
    Repeated
};
[[nodiscard]] std::string_view toString(TickReason value);

struct TickVerdict {
    TickClass judged = TickClass::Sound;
    TickReason reason = TickReason::None;
};

/// How a venue sends: as things happen, or when asked.
enum class VenueMode : std::uint8_t { Stream, Poll };

/// What a venue's market has shown of itself, as far as it was learned.
struct KnownTraits {
    double halfSpreadBps = 0;
    double volume24h = 0;   ///< base units; 0: never told
    double noiseFactor = 1; ///< of the variance that its spread explains
    double spreadSeconds = 0, volumeSeconds = 0; ///< of evidence
    friend bool operator==(const KnownTraits &, const KnownTraits &) = default;
};

/// What is known of a venue beforehand.
struct VenueProfile {
    std::string name;
    std::uint16_t currency = 0; ///< that it quotes in; place in FeedSetup::currencies
    double share = 0;           ///< of the traded volume, 0–1
    VenueMode mode = VenueMode::Stream;
    double halfSpreadBps = 1;
    std::uint16_t group = kNoGroup; ///< venues of one owner share a number
    static constexpr std::uint16_t kNoGroup = 0xFFFF;
    /// From a run before this one. What is no figure, or leads further from the profile than a
    /// policy allows, is not believed.
    std::optional<KnownTraits> known{};
};

/// One feed: who prices it, and in what.
struct FeedSetup {
    std::string name;                           ///< "FLR/USD"
    std::vector<std::string> currencies{"USD"}; ///< the first is the feed's own
    std::vector<VenueProfile> venues;
    std::vector<double> crowd{}; ///< BandLayer::learned() of a run before; empty: nothing
};

} // namespace chrona::oracle
