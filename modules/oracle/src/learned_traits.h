// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/oracle/policy.h"
#include "chrona/oracle/tick.h"

#include <cstdint>

namespace chrona::oracle {

/// What one market of a venue has shown of itself: how wide its book stands, how much is traded
/// there, how far single messages scatter. Begins with the table's figures and follows sound
/// messages slowly, within bounds around the table: a venue that lies about itself gains a little
/// and no more.
class LearnedTraits {
public:
    LearnedTraits() = default;
    LearnedTraits(const VenueProfile &table, const Policy &policy);

    /// A message that was judged sound; times ascend.
    void observe(const Tick &tick, std::int64_t atMs);
    /// A squared innovation in units of what was expected of it, and what the same came to with the
    /// others lately. A venue that scatters makes the market seem restless, so only the comparison
    /// tells whose doing it is.
    void observeScatter(double normed, double ofOthers);
    /// To begin with in a later run.
    [[nodiscard]] KnownTraits known() const;
    /// Its own mean of such squares, of some tens of messages.
    [[nodiscard]] double scatter() const { return m_scatter; }

    [[nodiscard]] double halfSpreadBps() const { return m_halfSpread; }
    [[nodiscard]] double noiseFactor() const { return m_noiseFactor; }
    /// Base units a day; 0: never told.
    [[nodiscard]] double volume() const { return m_volume; }
    [[nodiscard]] double tableShare() const { return m_tableShare; }

private:
    double m_halfSpread = 1, m_lowest = 0, m_highest = 0;
    double m_tableShare = 0;
    double m_volume = 0;
    double m_noiseFactor = 1, m_scatter = 1;
    double m_memorySeconds = 1;
    double m_spreadSeen = 0, m_volumeSeen = 0; ///< seconds of evidence, at most the memory
    std::int64_t m_spreadAtMs = 0, m_volumeAtMs = 0;
};

} // namespace chrona::oracle
