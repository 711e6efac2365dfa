// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "learned_traits.h"

#include "chrona/oracle/policy.h"
#include "chrona/oracle/tick.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace chrona::oracle {

inline constexpr double kNoPrice = std::numeric_limits<double>::quiet_NaN();

/// 1e4 · ln: differences are basis points.
[[nodiscard]] double bpsOf(double price);
[[nodiscard]] double priceOf(double bps);

/// Whether a venue has fallen asleep: the log likelihood ratio of "nothing is updated any more"
/// against "alive, and repeats itself as often as it used to". A thin market repeats itself often
/// and needs many repetitions; one that never does needs one or two.
class FrozenTest {
public:
    void observe(bool repeated);
    [[nodiscard]] double evidence() const { return m_evidence; }

private:
    static constexpr int kRunCounted = 20; ///< of one run, so that a freeze teaches nothing
    double m_evidence = 0;
    double m_repeats = 1, m_changes = 60;
    int m_run = 0;
};

/// What is remembered of the last messages of a venue, to know one that comes twice.
class Fingerprints {
public:
    [[nodiscard]] const TickVerdict *find(std::uint64_t print) const;
    void remember(std::uint64_t print, TickVerdict verdict);

private:
    static constexpr std::size_t kKept = 64;
    std::array<std::uint64_t, kKept> m_prints{};
    std::array<TickVerdict, kKept> m_verdicts{};
    std::size_t m_next = 0;
};
[[nodiscard]] std::uint64_t fingerprintOf(const Tick &tick);

/// When a venue's messages speak of, and how long they take.
class VenueClock {
public:
    struct Reading {
        std::int64_t spokenOfMs = 0; ///< the moment of the message, on our clock
        bool bad = false;            ///< its stamp cannot be right
    };
    [[nodiscard]] Reading read(const Tick &tick, const Policy &policy);
    [[nodiscard]] double latencyMs() const { return m_latencyMs; }

private:
    double m_latencyMs = -1; ///< below 0: nothing seen yet
    double m_offsetMs = 0;   ///< of the message before
};

/// What can be read of a message before anybody else is asked.
struct Reading {
    bool usable = false;
    double value = 0;         ///< bps in the venue's currency
    double extraVariance = 0; ///< beyond a mid's usual noise
    TickVerdict verdict;
};
struct Plausible {
    double lowest = 0, highest = 0; ///< prices in the venue's currency
};
[[nodiscard]] Reading readPrice(const Tick &tick, double halfSpreadBps, const Plausible &plausible,
                                const Policy &policy);

/// All that is kept of one venue.
struct VenueMemory {
    // Taken from its profile, then learned.
    double halfSpreadBps = 1;
    double noiseVariance = 1;
    double lagMs = 0;
    double influence = 0; ///< share of volume with a cap, for who agrees with whom
    double share = 0;
    LearnedTraits traits;
    double usualGapMs = 2'000;

    // Its last words, whatever they were worth.
    double bid = kNoPrice, ask = kNoPrice, last = kNoPrice;
    double plainLast = kNoPrice, plainMid = kNoPrice; ///< as others without gates would take them
    std::int64_t plainAtMs = 0;
    std::int64_t receivedMs = 0; ///< 0: never heard of
    std::int64_t spokenOfMs = 0;

    // Its last sound word.
    double value = kNoPrice; ///< bps in its currency
    double valueVariance = 0;
    double residual = 0; ///< against the factor of the moment it spoke of
    std::int64_t valueOfMs = 0;
    std::int64_t valueReceivedMs = 0;

    // Its last readable word, sound or not: from these a lost consensus is found again.
    double readable = kNoPrice;
    std::int64_t readableMs = 0;

    /// Of stamps that the clock does not believe: log likelihood ratio of "its prices are late"
    /// against "its clock is wrong".
    double lateEvidence = 0;

    std::int64_t deviatingSinceMs = 0; ///< 0: it does not
    bool contradicted = false;         ///< its last word was judged BadPrice by the others

    FrozenTest frozen;
    Fingerprints prints;
    VenueClock clock;
};

} // namespace chrona::oracle
