// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/availability.h"
#include "chrona/schema/briefing.h"
#include "chrona/schema/calendar.h"
#include "chrona/schema/cluster.h"
#include "chrona/schema/event.h"
#include "chrona/schema/signal.h"
#include "chrona/schema/source.h"
#include "chrona/schema/watchlist.h"
#include "chrona/stats/rolling.h"

#include "chrona/briefing/exposure_graph.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What the engine is given: values only, so that the same day can be told again without
/// look-ahead.
namespace chrona::briefing {

/// Groups of the table of moves, in its order.
enum class TargetKind : std::uint8_t { Broad, Sector, Rates, Volatility, Commodity, Dollar, Own };

/// How a move is said.
enum class MoveUnit : std::uint8_t {
    Percent,     ///< prices
    BasisPoints, ///< yields in per cent
    Points       ///< levels that are no prices: volatility indices
};

/// One instrument or series as a column of daily values, oldest first.
struct TargetSeries {
    schema::Evidence evidence; ///< the instrument or series
    std::string symbol;        ///< "SPX"; unique among the targets
    std::string name;          ///< "S&P 500"
    TargetKind kind = TargetKind::Own;
    MoveUnit unit = MoveUnit::Percent;
    std::string levelUnit;     ///< "USD/bbl", "%"; empty: index points
    std::uint8_t decimals = 2; ///< as the level is quoted
    /// Whose sessions the days are; nullopt: a value is expected on weekdays, and its absence is
    /// told without a reason.
    std::optional<schema::Calendar> calendar = schema::Calendar::NewYork;
    /// When the day's value is fixed where there is no calendar, after midnight in UTC.
    Duration fixedAfter = std::chrono::hours(21);
    schema::SourceId source;
    std::string url;                ///< where a person can read it; may be empty
    std::vector<std::string> nodes; ///< of the exposure graph: "class:broad", "commodity:crude_oil"
    schema::AvailabilityBasis basis = schema::AvailabilityBasis::Stated;

    std::vector<Date> days; ///< ascending; a day may come again with a later vintage
    std::vector<double> values;
    std::vector<double> adjusted; ///< for splits and dividends; empty: as quoted
    std::vector<Instant> knownAt; ///< of each value
};

/// A feature's state on the day; `service` takes it from the features engine.
struct FeatureState {
    schema::FeatureId id;
    std::string name;
    schema::Novelty novelty;
    Instant knownAt;
    schema::SourceId source;
};

/// What a person says about what they gather; a briefing of it begins with these words.
struct Subject {
    struct Claim {
        std::string text;
        float confidence = 1;                ///< 0–1
        std::vector<schema::EventId> events; ///< on which it rests
    };
    std::string title;
    std::string question; ///< may be empty
    std::vector<Claim> claims;
};

class Steps;

struct BriefingInputs {
    Date day;        ///< that is told
    Instant knownAt; ///< the decision: nothing available later may matter
    Instant generatedAt;
    std::span<const TargetSeries> targets;
    /// Any order; history is welcome, it gives base rates. Scheduled ones are CalendarEntry events
    /// that lie ahead and were published before; their attributes may be "previous", "consensus"
    /// (numbers) and "unit". An event with the attribute "day_only" has no hour.
    std::span<const schema::Event> events;
    std::span<const schema::Cluster> clusters; ///< for publisher families
    std::span<const schema::Signal> signals;
    std::span<const FeatureState> features;
    std::span<const schema::Source> sources;
    std::span<const schema::SourceHealth> health;
    const ExposureGraph *exposures = nullptr; ///< nullptr: the shipped one
    /// Nodes of the graph: "instrument:SPY". Empty: nobody watches anything, no section says so.
    std::span<const std::string> watched;
    const schema::Briefing *previous = nullptr;
    /// The other inputs are then what bears on it. nullptr: the briefing is of the whole day.
    const Subject *subject = nullptr;
    /// Counts the parts as they are written, kDailySteps in all, and can end the writing. nullptr:
    /// nobody watches. A daily briefing takes them; what is shorter does not look.
    Steps *steps = nullptr;
    /// What the caller knows to be missing or left out, one sentence each.
    std::vector<std::string> notices;
    bool synthetic = false;
};

struct BriefingPolicy {
    std::size_t volatilitySessions = stats::kOwnVolatility.length; ///< before the day
    std::size_t volatilitySessionsMin = stats::kOwnVolatility.valuesMin;
    double sigmaForCause = 1.5; ///< smaller moves need no cause
    std::size_t moversMax = 6;
    std::size_t causesPerMoverMax = 3;
    std::size_t recordSessionsMin = 250; ///< a high of fewer sessions is no news
    int streakMin = 3;
    std::size_t episodes = 10;
    std::size_t episodeSpacing = 10; ///< sessions between two neighbours
    std::size_t signalsMax = 8;
    std::size_t watchedMax = 8;
    double watchedRelevanceMin = 0.02;
    std::size_t upcomingMax = 20;
    Duration upcomingWithin = std::chrono::hours(72);
    Duration causesWithin = std::chrono::hours(72); ///< before the move began
};

} // namespace chrona::briefing
