// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/connect/venue.h"

#include <cstdint>
#include <optional>
#include <random>

namespace chrona::sources {

/// Decides when a venue's stream is opened, kept alive, replaced, given up and stood in for by
/// polling. One implementation of the collector's rules for all venues.
///
/// Pure arithmetic over given moments: no socket, no clock; one thread at a time. The collector
/// tells what happened and asks what is due.
class StreamWatch {
public:
    /// `seed` decides the jitter, so that many collectors do not come back together.
    StreamWatch(const connect::StreamRules &rules, std::uint64_t seed);

    void opening(Instant now); ///< a connection attempt began
    void opened(Instant now);
    void heard(Instant now); ///< any frame
    void closed(Instant now);
    void keptAlive(Instant now);
    void polled(Instant now);
    void replaced(Instant now); ///< the second connection took over

    struct Due {
        bool open = false;      ///< (re)connect now
        bool keepAlive = false; ///< send the sign of life
        bool replace = false;   ///< open a second connection: the first nears its end
        bool close = false;     ///< silent for so long that it is dead
        bool poll = false;      ///< ask over HTTP, because the stream says nothing
        friend bool operator==(const Due &, const Due &) = default;
    };
    /// `pollEvery` is what a quarter of the venue's rate budget allows; `isMute`: frames come and
    /// tell no price, so that polling must.
    [[nodiscard]] Due due(Instant now, Duration pollEvery, bool isMute = false) const;

    /// Without any frame for so long, a stream counts as silent: three times its usual gap, at
    /// least what its rules say.
    [[nodiscard]] Duration silenceMax() const;
    [[nodiscard]] bool isSilent(Instant now) const;
    [[nodiscard]] std::uint32_t failuresInRow() const { return m_failures; }

private:
    enum class State : std::uint8_t { Closed, Opening, Open };

    connect::StreamRules m_rules;
    std::mt19937_64 m_random;
    State m_state = State::Closed;
    std::uint32_t m_failures = 0;
    double m_usualGapUs = 0; ///< exponentially weighted; 0: not known yet
    std::optional<Instant> m_openedAt, m_heardAt, m_keptAliveAt, m_polledAt, m_openNextAt;
    std::optional<Instant> m_speaksSince; ///< since when frames came without a silence
};

/// How far a venue's clock is from ours, and whether a stamp can be believed.
///
/// The offset is the least of (received − stamped): what is above it is delay. A venue whose clock
/// is moved would be misjudged for ever by an all-time minimum, so two spans of half an hour take
/// turns. A single stamp that makes all that follow late is forgotten. Pure; one thread at a
/// time.
class ClockOffset {
public:
    enum class Stamp : std::uint8_t { Sound, Ahead, Behind };
    /// Judges a stamp against the estimate so far, then takes it in unless it is ahead.
    Stamp judge(Instant stamped, Instant received);
    [[nodiscard]] std::optional<Duration> offset() const;

private:
    void learn(Duration delay);

    std::optional<Duration> m_now, m_before;
    std::optional<Instant> m_spanStart;
    int m_supporters = 0;  ///< stamps near the least delay
    int m_behindInRow = 0; ///< stamps that were late
};

} // namespace chrona::sources
