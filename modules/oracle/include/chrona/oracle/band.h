// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/oracle/feed.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// From the true price to the one to hand in. Who is paid by the distance from what others hand in
/// must forecast them: they are late by seconds, weigh plainly, and lean to one side.
namespace chrona::oracle {

/// What became known of an epoch after it was over.
struct RevealedBand {
    std::int64_t endMs = 0;
    double q25 = 0, median = 0, q75 = 0;
    std::int64_t knownMs = 0; ///< for a replay: when it became known; 0: by the replay's plan
};

struct BandPolicy {
    double primaryShare = 0.7;   ///< of the reward, for lying between the quartiles
    double secondaryHalfBps = 5; ///< around the median, for the rest of it
    double biasBpsMax = 2;       ///< nobody is followed further than this
    double leaveBpsMax = 3;      ///< beyond what the own price was in the others' time
    double priorEpochs = 5;      ///< worth of "no bias", to which what is learned is shrunk
    double memoryEpochs = 60;
    double crowdLagSecondsMax = 10; ///< the latest of the others, until it is learned
};

struct BandChoice {
    double price = 0;       ///< to hand in; NaN: the answer had none
    double probability = 0; ///< expected part of the reward, 0–1
    double biasBps = 0;     ///< learned lean of the others
    double lagSeconds = 0;  ///< learned lateness of the latest of them
    double shiftBps = 0;    ///< of the choice from the answer's own price
    std::uint32_t revealsLearned = 0; ///< others' bands of past epochs that taught it
};

/// Forecasts the others' band of one feed. Uses only bands that were revealed, and the market's own
/// past; it cannot copy an epoch that is still secret, because it is never shown one.
///
/// One thread at a time. No allocation.
class BandLayer {
public:
    /// `crowd`: learned() of a run before this one; anything else is as nothing.
    explicit BandLayer(const BandPolicy &policy = {}, std::span<const double> crowd = {});

    /// Once a second, with that second's answer.
    void observe(const Answer &answer);
    /// Ignored when it is not readable, or for an epoch for which nothing was chosen.
    void reveal(const RevealedBand &band);
    /// The price for the epoch that ends with this answer. Remembers the forecast, so that the
    /// epoch's reveal can teach.
    [[nodiscard]] BandChoice choose(const Answer &answer);
    /// What others have taught, to go on from in a later run; empty: nothing yet.
    [[nodiscard]] std::vector<double> learned() const;

private:
    static constexpr std::size_t kSeconds = 32; ///< of the others' past that is kept
    static constexpr std::size_t kMethods = 4;
    static constexpr std::size_t kLags = 6; ///< candidates for the others' lateness
    static constexpr std::size_t kPending = 8;

    /// What the crowd would say at one second by its simple methods, 1e4 · ln; NaN: nothing.
    struct Second {
        std::int64_t second = -1;
        std::array<double, kMethods> says{};
        double own = 0; ///< the consensus; NaN: none
    };
    struct Forecast {
        std::int64_t endMs = -1;
        std::array<double, kLags> centre{};
    };
    /// What has been learned with one candidate lag.
    struct Learned {
        double weight = 0, bias = 0; ///< sums, decayed: of the centre against the forecast
        double squares = 0;
    };

    [[nodiscard]] double crowdAt(std::int64_t atMs, double lagSecondsMax, double own) const;
    [[nodiscard]] double heldToOwn(double choice, std::int64_t atMs, double own) const;
    [[nodiscard]] std::size_t bestLag() const;
    [[nodiscard]] double biasOf(const Learned &learned) const;
    [[nodiscard]] double varianceOf(const Learned &learned) const;

    BandPolicy m_policy;
    std::array<Second, kSeconds> m_seconds{};
    std::array<Forecast, kPending> m_pending{};
    std::size_t m_nextPending = 0;
    std::uint32_t m_revealsLearned = 0;
    std::array<Learned, kLags> m_learned{};
    double m_halfWidth = 2, m_halfWidthWeight = 3; ///< of the band, bps, and what it is worth
    double m_medianOff = 0; ///< of the median from the middle of the quartiles, bps
};

} // namespace chrona::oracle
