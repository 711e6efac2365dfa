// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "random.h"

#include "chrona/sample/world.h"

#include <vector>

namespace chrona::sample {

/// One hour of quotes of eight invented venues for ten pairs around one fair price a pair. A venue
/// now and then repeats a stale price, slips a decimal, crosses its book, stamps a wrong time or is
/// silent for minutes.
class VenueHour {
public:
    VenueHour(std::uint64_t seed, Instant end);
    /// The quotes of the next second, in order of receipt; false when the hour is over.
    [[nodiscard]] bool nextSecond(std::vector<schema::Quote> &quotes);

private:
    struct Pair {
        double fair;
        double volatility; ///< of a second's log step
    };
    [[nodiscard]] schema::Quote quoteOf(std::size_t venue, std::size_t pair, Instant receivedAt);
    void applyFault(std::size_t venue, std::size_t pair, schema::Quote &quote);

    Random m_random;
    Instant m_begin;
    int m_second = 0;
    std::vector<Pair> m_pairs;
    std::vector<schema::Quote> m_latest; ///< [venue · pairs + pair]
    std::vector<int> m_silentUntil;      ///< by venue: seconds
    std::vector<int> m_frozenUntil;      ///< by venue and pair: seconds
};

} // namespace chrona::sample
