// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/ipc/fields.h"
#include "chrona/ipc/oracle_link_fields.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the oracle's messages are made of. Prices are in the feed's currency, NaN: none.
namespace chrona::ipc {

enum class OracleMode : std::uint8_t {
    Off,
    Live,
    Replay ///< the sample world's ticks, played again and again
};
template <> struct LastOf<OracleMode> {
    static constexpr OracleMode value = OracleMode::Replay;
};
/// As the engine's, in the same order.
enum class OracleAnswerState : std::uint8_t { Sound, Abstained, None };
template <> struct LastOf<OracleAnswerState> {
    static constexpr OracleAnswerState value = OracleAnswerState::None;
};
enum class OracleRegime : std::uint8_t { Calm, Moving, Depeg };
template <> struct LastOf<OracleRegime> {
    static constexpr OracleRegime value = OracleRegime::Depeg;
};
enum class OracleStanding : std::uint8_t { Used, Silent, Stale, Deviating, Frozen };
template <> struct LastOf<OracleStanding> {
    static constexpr OracleStanding value = OracleStanding::Frozen;
};
/// What one venue said of a feed. Without a price that is 0, as are the numbers about it.
struct OracleVote {
    std::string venue;
    OracleStanding standing = OracleStanding::Silent;
    double price = 0, weight = 0, deviationBps = 0;
    double basisBps = 0, noiseBps = 0, lagSeconds = 0, latencyMs = 0, frozenEvidence = 0;
    std::int64_t ageMs = 0;
    double share = 0;         ///< of the feed's traded volume, as learned so far
    double halfSpreadBps = 0; ///< of its book, as learned so far
    std::string collector;    ///< whose ears they are; empty: this machine's
    static constexpr auto fields()
    {
        using T = OracleVote;
        return fieldList(required("venue", &T::venue), field("standing", &T::standing),
                         field("price", &T::price), field("weight", &T::weight),
                         field("deviation_bps", &T::deviationBps), field("basis_bps", &T::basisBps),
                         field("noise_bps", &T::noiseBps), field("lag_seconds", &T::lagSeconds),
                         field("latency_ms", &T::latencyMs),
                         field("frozen_evidence", &T::frozenEvidence), field("age_ms", &T::ageMs),
                         field("share", &T::share), field("half_spread_bps", &T::halfSpreadBps),
                         field("collector", &T::collector));
    }
    friend bool operator==(const OracleVote &, const OracleVote &) = default;
};

/// A price with all that explains it; a price or mean that there is not is 0.
struct OracleAnswer {
    std::string feed;
    Instant at;
    OracleAnswerState state = OracleAnswerState::None;
    OracleRegime regime = OracleRegime::Calm;
    double price = 0, confidenceBps = 0, filteredBps = 0, volatilityBps = 0;
    std::int32_t sources = 0;
    std::vector<std::string> currencies; ///< the feed's own first
    std::vector<double> rates;           ///< of each currency in the feed's own
    std::vector<OracleVote> votes;
    double vwap = 0, twap = 0, medianOfLast = 0, weightedMedianOfLast = 0, weightedMedianOfMid = 0,
           decayingMedianOfLast = 0;
    std::string stateHash; ///< 16 hexadecimal digits
    bool synthetic = false;
    static constexpr auto fields()
    {
        using T = OracleAnswer;
        return fieldList(required("feed", &T::feed), required("at", &T::at),
                         field("state", &T::state), field("regime", &T::regime),
                         field("price", &T::price), field("confidence_bps", &T::confidenceBps),
                         field("filtered_bps", &T::filteredBps),
                         field("volatility_bps", &T::volatilityBps), field("sources", &T::sources),
                         field("currencies", &T::currencies), field("rates", &T::rates),
                         field("votes", &T::votes), field("vwap", &T::vwap),
                         field("twap", &T::twap), field("median_of_last", &T::medianOfLast),
                         field("weighted_median_of_last", &T::weightedMedianOfLast),
                         field("weighted_median_of_mid", &T::weightedMedianOfMid),
                         field("decaying_median_of_last", &T::decayingMedianOfLast),
                         field("state_hash", &T::stateHash), field("synthetic", &T::synthetic));
    }
    friend bool operator==(const OracleAnswer &, const OracleAnswer &) = default;
};

/// A feed as the monitor shows it.
struct OracleFeedEntry {
    OracleAnswer answer;
    double handIn = 0;          ///< what would be handed in at the last epoch's end; 0: none
    double bandProbability = 0; ///< expected part of the reward for it, 0–1
    /// Of the price now in the band around what would be handed in: 0 its middle, ±1 its edges.
    double bandPosition = 0;
    std::vector<double> spark; ///< the last minutes' prices, oldest first
    std::int64_t sparkStepMs = 0;
    std::uint32_t revealsLearned = 0; ///< others' bands of past epochs that taught the hand-in
    static constexpr auto fields()
    {
        using T = OracleFeedEntry;
        return fieldList(required("answer", &T::answer), field("hand_in", &T::handIn),
                         field("band_probability", &T::bandProbability),
                         field("band_position", &T::bandPosition), field("spark", &T::spark),
                         field("spark_step_ms", &T::sparkStepMs),
                         field("reveals_learned", &T::revealsLearned));
    }
    friend bool operator==(const OracleFeedEntry &, const OracleFeedEntry &) = default;
};

struct OracleVenueDay {
    std::string day; ///< "2026-11-26"
    double watchedSeconds = 0, heardSeconds = 0;
    static constexpr auto fields()
    {
        using T = OracleVenueDay;
        return fieldList(required("day", &T::day), field("watched_seconds", &T::watchedSeconds),
                         field("heard_seconds", &T::heardSeconds));
    }
    friend bool operator==(const OracleVenueDay &, const OracleVenueDay &) = default;
};

struct OracleVenueEntry {
    std::string venue;
    OracleVenueState state = OracleVenueState::Connecting;
    Instant since;
    std::optional<Instant> until;   ///< of Resting, Blocked, Maintenance
    std::optional<Instant> heardAt; ///< a price or trade
    double latencyMs = 0;
    std::optional<double> clockOffsetMs;
    std::uint64_t rows = 0, rejected = 0, duplicates = 0, gaps = 0, doubtfulStamps = 0,
                  connects = 0, polls = 0, failures = 0;
    std::uint32_t marketsAsked = 0, marketsHeard = 0, marketsOff = 0;
    std::string detail;               ///< the venue's or the network's words
    std::vector<OracleVenueDay> days; ///< oldest first, the last is today
    std::string collector;            ///< who is listened to now; empty: this machine
    std::vector<OracleVenueLink> links;
    static constexpr auto fields()
    {
        using T = OracleVenueEntry;
        return fieldList(
            required("venue", &T::venue), field("state", &T::state), field("since", &T::since),
            field("until", &T::until), field("heard_at", &T::heardAt),
            field("latency_ms", &T::latencyMs), field("clock_offset_ms", &T::clockOffsetMs),
            field("rows", &T::rows), field("rejected", &T::rejected),
            field("duplicates", &T::duplicates), field("gaps", &T::gaps),
            field("doubtful_stamps", &T::doubtfulStamps), field("connects", &T::connects),
            field("polls", &T::polls), field("failures", &T::failures),
            field("markets_asked", &T::marketsAsked), field("markets_heard", &T::marketsHeard),
            field("markets_off", &T::marketsOff), field("detail", &T::detail),
            field("days", &T::days), field("collector", &T::collector), field("links", &T::links));
    }
    friend bool operator==(const OracleVenueEntry &, const OracleVenueEntry &) = default;
};

} // namespace chrona::ipc
