// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/time.h"
#include "chrona/schema/evidence.h"
#include "chrona/schema/fault.h"
#include "chrona/schema/geometry.h"
#include "chrona/schema/ids.h"
#include "chrona/schema/quiet_hours.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A person's own rules, and what crossed them.
namespace chrona::schema {

/// Numbers are stored: append only.
enum class AlertWatch : std::uint8_t {
    Events, ///< that pass a filter
    Move,   ///< of a target, in units of its own volatility
    Signal, ///< newly elevated
    Story,  ///< forming: as many reports within a day
};
[[nodiscard]] std::string_view toString(AlertWatch watch);
[[nodiscard]] std::optional<AlertWatch> alertWatchFrom(std::string_view text);

/// Numbers are stored: append only.
enum class AlertUrgency : std::uint8_t { Notice, Warning, Critical };
[[nodiscard]] std::string_view toString(AlertUrgency urgency);
[[nodiscard]] std::optional<AlertUrgency> alertUrgencyFrom(std::string_view text);

/// What makes one alert of several crossings. Numbers are stored: append only.
enum class AlertGrouping : std::uint8_t {
    Rule,   ///< all of the rule
    Region, ///< those of one country
    Kind,   ///< those of one type of event
    Each,   ///< none: every crossing speaks for itself
};
[[nodiscard]] std::string_view toString(AlertGrouping grouping);
[[nodiscard]] std::optional<AlertGrouping> alertGroupingFrom(std::string_view text);

/// "Tell me of this at once." Which fields count depends on `watch`; all that are given must hold.
struct AlertRule {
    AlertRuleId id; ///< null: not stored yet
    std::string name;
    AlertWatch watch = AlertWatch::Events;
    bool enabled = true;
    std::vector<std::string> words;   ///< Events, Story: all of them in the title, in any case
    std::uint32_t types = ~0U;        ///< Events, Story: bit 1 << EventType
    std::vector<std::string> regions; ///< Events, Story: any of them; "US" takes "US-TX" along
    std::vector<std::string> sources; ///< Events: any of them, by key; empty: all
    std::optional<GeoBox> box;        ///< Events: touches it; what has no place does not
    /// Events: any of these entities, by key ("topic:trade", "country:JP"). Move, Signal: of these
    /// targets ("instrument:SPY"). Empty: all.
    std::vector<std::string> about;
    double severityMin = 0, confidenceMin = 0; ///< Events: 0–1
    /// Events: exposure of the watchlists × severity × novelty × confidence, 0–1.
    double relevanceMin = 0;
    double threshold = 0; ///< Move: own-volatility units; Signal: robust z; Story: reports
    AlertUrgency urgency = AlertUrgency::Warning;
    std::optional<QuietHours> quiet; ///< absent: the hours that hold for all rules
    /// What comes so long after an announcement is added to it in silence.
    Duration rearm = std::chrono::hours(1);
    AlertGrouping grouping = AlertGrouping::Rule;
    std::uint32_t revision = 0; ///< counted from 1 where it is stored; a stale write is refused
    Instant changedAt;          ///< what was known before is no news to it
    friend bool operator==(const AlertRule &, const AlertRule &) = default;
};

/// One thing that crossed a rule. Known by rule and subject: it crosses once.
struct AlertCrossing {
    std::string subject; ///< "event:123", "move:SPX:2026-11-25"
    EvidenceKind kind = EvidenceKind::Event;
    std::int64_t id = 0;
    std::string title;   ///< of the event or story; name of the target or signal
    double measured = 0; ///< Events: relevance, or severity where no relevance is asked for
    double limit = 0;
    Instant at; ///< when it happened
    friend bool operator==(const AlertCrossing &, const AlertCrossing &) = default;
};

/// What a person is told: the crossings of one rule that belong together.
struct Alert {
    AlertId id;
    AlertRuleId rule;
    std::string name; ///< of the rule, as it was called then
    AlertWatch watch = AlertWatch::Events;
    AlertUrgency urgency = AlertUrgency::Warning;
    std::string group; ///< "US", "earthquake"; empty: all of the rule
    Instant raisedAt;
    std::optional<Instant> announcedAt;   ///< absent: waits for the end of quiet hours
    std::uint32_t count = 0;              ///< of crossings
    std::vector<AlertCrossing> crossings; ///< the weightiest of them, at most kAlertCrossingsShown
    bool synthetic = false;
    friend bool operator==(const Alert &, const Alert &) = default;
};
inline constexpr std::size_t kAlertCrossingsShown = 20;
inline constexpr std::size_t kAlertRulesMax = 200;
inline constexpr std::size_t kAlertTermsMax = 100; ///< words, regions or entities of one rule

[[nodiscard]] Faults validate(const AlertRule &rule);

} // namespace chrona::schema
