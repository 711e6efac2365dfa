// SPDX-License-Identifier: AGPL-3.0-or-later
// When the knife of a kill test falls: at random within the time that a round takes without it. A
// machine may be quicker later than it was when that was measured, and a round that ends before
// its knife proves nothing: each such one shortens the reach, and rounds are added until half of
// those that were asked for have been cut.
#pragma once

#include <QRandomGenerator>

#include <algorithm>

namespace chrona {

class TestKnife {
public:
    /// `seed` is fixed by the test, so that a failure can be had again.
    TestKnife(quint32 seed, int rounds, qint64 lengthMs)
        : m_random(seed)
        , m_rounds(rounds)
        , m_longestMs(std::max(1, static_cast<int>(lengthMs)))
        , m_reachMs(m_longestMs)
    {
    }

    [[nodiscard]] bool hasNext() const
    {
        return m_fallen < m_rounds || (!hasCutEnough() && m_fallen < 3 * m_rounds);
    }
    [[nodiscard]] int nextMs() { return m_random.bounded(m_reachMs); }
    void fell(bool cut)
    {
        ++m_fallen;
        m_cuts += cut ? 1 : 0;
        m_reachMs = cut ? std::min(m_longestMs, m_reachMs + m_reachMs / 8)
                        : std::max(1, m_reachMs - m_reachMs / 4);
    }
    [[nodiscard]] bool hasCutEnough() const { return m_cuts >= m_rounds / 2; }
    [[nodiscard]] int cuts() const { return m_cuts; }
    [[nodiscard]] QRandomGenerator &random() { return m_random; }

private:
    QRandomGenerator m_random;
    int m_rounds;
    int m_longestMs;
    int m_reachMs;
    int m_fallen = 0;
    int m_cuts = 0;
};

} // namespace chrona
