// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_alerts.h"
#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"

#include <optional>
#include <string>
#include <vector>

/// Briefings and hourly updates, as their JSON (formats/briefing_json.h). Days: "2026-11-21".
namespace chrona::ipc {

/// When a document that is asked for is made.
enum class BriefingBuild : std::uint8_t {
    IfMissing,
    Always, ///< again, from what was known then
    Never,  ///< NotFound where none is stored
};
template <> struct LastOf<BriefingBuild> {
    static constexpr BriefingBuild value = BriefingBuild::Never;
};

/// Whether a language model's words stand in a document, or could.
enum class ModelWords : std::uint8_t {
    Off,      ///< not switched on, or no model is named
    Possible, ///< some sentences were not asked about yet
    There,    ///< all were asked about; where its words held they stand in the document
};
template <> struct LastOf<ModelWords> {
    static constexpr ModelWords value = ModelWords::There;
};

struct BriefingReply {
    static constexpr std::uint16_t kType = 0x0701;
    std::string day;
    std::uint32_t revision = 0;
    Instant knownAt;
    Instant storedAt;
    Hash128 hash; ///< of the document
    std::string document;
    ModelWords words = ModelWords::Off;
    static constexpr auto fields()
    {
        using T = BriefingReply;
        return fieldList(required("day", &T::day), field("revision", &T::revision),
                         field("known_at", &T::knownAt), field("stored_at", &T::storedAt),
                         field("hash", &T::hash), required("document", &T::document),
                         field("words", &T::words));
    }
    friend bool operator==(const BriefingReply &, const BriefingReply &) = default;
};

struct BriefingRequest {
    static constexpr std::uint16_t kType = 0x0700;
    using Reply = BriefingReply;
    std::string day; ///< empty: the newest day with prices
    BriefingBuild build = BriefingBuild::IfMissing;
    std::optional<Instant> knownAt; ///< with a build; absent: the hour of the next morning, or now
    static constexpr auto fields()
    {
        using T = BriefingRequest;
        return fieldList(required("day", &T::day), field("build", &T::build),
                         field("known_at", &T::knownAt));
    }
    friend bool operator==(const BriefingRequest &, const BriefingRequest &) = default;
};

/// What may have mattered for a target's move: one section, made anew. NotFound: it has no move.
struct ExplainMove {
    static constexpr std::uint16_t kType = 0x0718;
    using Reply = BriefingReply;
    std::string symbol;
    std::string day;  ///< empty: the newest with prices
    std::string from; ///< the day whose close it is measured from; empty: the session before
    std::optional<Instant> knownAt; ///< absent: the hour of the morning after the day, or now
    /// Where that is switched on: within the caps and a time limit; whole without it.
    bool askModel = false;
    static constexpr auto fields()
    {
        using T = ExplainMove;
        return fieldList(required("symbol", &T::symbol), field("day", &T::day),
                         field("from", &T::from), field("known_at", &T::knownAt),
                         field("ask_model", &T::askModel));
    }
    friend bool operator==(const ExplainMove &, const ExplainMove &) = default;
};

struct BriefingEntry {
    std::string day;
    std::uint32_t revision = 0;
    Instant knownAt;
    Instant storedAt;
    std::string title;
    bool synthetic = false;
    static constexpr auto fields()
    {
        using T = BriefingEntry;
        return fieldList(required("day", &T::day), field("revision", &T::revision),
                         field("known_at", &T::knownAt), field("stored_at", &T::storedAt),
                         field("title", &T::title), field("synthetic", &T::synthetic));
    }
    friend bool operator==(const BriefingEntry &, const BriefingEntry &) = default;
};

struct BriefingsReply {
    static constexpr std::uint16_t kType = 0x0703;
    using T = BriefingsReply;
    std::vector<BriefingEntry> briefings; ///< newest day first
    static constexpr auto fields() { return fieldList(field("briefings", &T::briefings)); }
    friend bool operator==(const BriefingsReply &, const BriefingsReply &) = default;
};

struct BriefingsRequest {
    static constexpr std::uint16_t kType = 0x0702;
    static constexpr std::uint32_t kLimitMax = 10'000;
    using Reply = BriefingsReply;
    std::string from, to; ///< days, [from, to); empty: open
    std::string text;     ///< part of the document; empty: all
    std::uint32_t limit = 400;
    static constexpr auto fields()
    {
        using T = BriefingsRequest;
        return fieldList(field("from", &T::from), field("to", &T::to), field("text", &T::text),
                         field("limit", &T::limit));
    }
    friend bool operator==(const BriefingsRequest &, const BriefingsRequest &) = default;
};

struct HourlyReply {
    static constexpr std::uint16_t kType = 0x0705;
    Instant hour; ///< its begin
    std::string document;
    std::vector<schema::Alert> alerts; ///< announced since the hour began, newest first
    static constexpr auto fields()
    {
        using T = HourlyReply;
        return fieldList(required("hour", &T::hour), required("document", &T::document),
                         field("alerts", &T::alerts));
    }
    friend bool operator==(const HourlyReply &, const HourlyReply &) = default;
};

/// The update of the last full hour at a moment.
struct HourlyRequest {
    static constexpr std::uint16_t kType = 0x0704;
    using Reply = HourlyReply;
    std::optional<Instant> at; ///< absent: now
    BriefingBuild build = BriefingBuild::IfMissing;
    static constexpr auto fields()
    {
        return fieldList(field("at", &HourlyRequest::at), field("build", &HourlyRequest::build));
    }
    friend bool operator==(const HourlyRequest &, const HourlyRequest &) = default;
};

enum class BriefingKind : std::uint8_t { Daily, Hourly };
template <> struct LastOf<BriefingKind> {
    static constexpr BriefingKind value = BriefingKind::Hourly;
};

struct BriefingRunReply {
    static constexpr std::uint16_t kType = 0x070f;
    schema::JobId job;
    static constexpr auto fields() { return fieldList(required("job", &BriefingRunReply::job)); }
    friend bool operator==(const BriefingRunReply &, const BriefingRunReply &) = default;
};

/// Makes it as a background job, now.
struct BriefingRun {
    static constexpr std::uint16_t kType = 0x070e;
    using Reply = BriefingRunReply;
    BriefingKind kind = BriefingKind::Daily;
    std::string day; ///< Daily; empty: the last session
    static constexpr auto fields()
    {
        return fieldList(required("kind", &BriefingRun::kind), field("day", &BriefingRun::day));
    }
    friend bool operator==(const BriefingRun &, const BriefingRun &) = default;
};

/// Something new is stored. An hourly update comes whole; a briefing is asked for when it is read.
struct BriefingChanged {
    static constexpr std::uint16_t kType = 0x0770;
    static constexpr Topic kTopic = Topic::Briefings;
    BriefingKind kind = BriefingKind::Daily;
    BriefingEntry briefing;            ///< with Daily
    std::optional<HourlyReply> hourly; ///< with Hourly
    static constexpr auto fields()
    {
        using T = BriefingChanged;
        return fieldList(required("kind", &T::kind), field("briefing", &T::briefing),
                         field("hourly", &T::hourly));
    }
    friend bool operator==(const BriefingChanged &, const BriefingChanged &) = default;
};

} // namespace chrona::ipc
