// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_session.h"
#include "chrona/ipc/schema_fields.h"
#include "chrona/schema/alert.h"

#include <optional>
#include <string>
#include <vector>

/// A person's own rules, and what crossed them (ADR 0073).
namespace chrona::ipc {

template <> struct LastOf<schema::AlertWatch> {
    static constexpr schema::AlertWatch value = schema::AlertWatch::Story;
};
template <> struct LastOf<schema::AlertUrgency> {
    static constexpr schema::AlertUrgency value = schema::AlertUrgency::Critical;
};
template <> struct LastOf<schema::AlertGrouping> {
    static constexpr schema::AlertGrouping value = schema::AlertGrouping::Each;
};
template <> struct LastOf<schema::EvidenceKind> {
    static constexpr schema::EvidenceKind value = schema::EvidenceKind::Note;
};

template <> struct FieldsOf<schema::QuietHours> {
    static constexpr auto fields()
    {
        using T = schema::QuietHours;
        return fieldList(required("from", &T::fromMinute), required("until", &T::untilMinute));
    }
};

template <> struct FieldsOf<schema::AlertRule> {
    static constexpr auto fields()
    {
        using T = schema::AlertRule;
        return fieldList(
            field("id", &T::id), required("name", &T::name), required("watch", &T::watch),
            field("enabled", &T::enabled), field("words", &T::words), field("types", &T::types),
            field("regions", &T::regions), field("sources", &T::sources), field("box", &T::box),
            field("about", &T::about), field("severity_min", &T::severityMin),
            field("confidence_min", &T::confidenceMin), field("relevance_min", &T::relevanceMin),
            field("threshold", &T::threshold), field("urgency", &T::urgency),
            field("quiet", &T::quiet), field("rearm", &T::rearm), field("grouping", &T::grouping),
            field("revision", &T::revision), field("changed_at", &T::changedAt));
    }
};

template <> struct FieldsOf<schema::AlertCrossing> {
    static constexpr auto fields()
    {
        using T = schema::AlertCrossing;
        return fieldList(required("subject", &T::subject), field("kind", &T::kind),
                         field("id", &T::id), field("title", &T::title),
                         field("measured", &T::measured), field("limit", &T::limit),
                         field("at", &T::at));
    }
};

template <> struct FieldsOf<schema::Alert> {
    static constexpr auto fields()
    {
        using T = schema::Alert;
        return fieldList(required("id", &T::id), field("rule", &T::rule), field("name", &T::name),
                         field("watch", &T::watch), field("urgency", &T::urgency),
                         field("group", &T::group), field("raised_at", &T::raisedAt),
                         field("announced_at", &T::announcedAt), field("count", &T::count),
                         field("crossings", &T::crossings), field("synthetic", &T::synthetic));
    }
};

struct AlertRulesReply {
    static constexpr std::uint16_t kType = 0x0711;
    std::vector<schema::AlertRule> rules; ///< in the order in which they were made
    static constexpr auto fields() { return fieldList(field("rules", &AlertRulesReply::rules)); }
    friend bool operator==(const AlertRulesReply &, const AlertRulesReply &) = default;
};

struct AlertRulesRequest {
    static constexpr std::uint16_t kType = 0x0710;
    using Reply = AlertRulesReply;
    static constexpr auto fields() { return fieldList(); }
    friend bool operator==(const AlertRulesRequest &, const AlertRulesRequest &) = default;
};

/// Without an id: a new rule. Otherwise it is replaced where the revision is the stored one; else
/// Conflict. Answered by the rule as it is stored.
struct AlertRuleSave {
    static constexpr std::uint16_t kType = 0x0712;
    using Reply = AlertRulesReply;
    schema::AlertRule rule;
    static constexpr auto fields() { return fieldList(required("rule", &AlertRuleSave::rule)); }
    friend bool operator==(const AlertRuleSave &, const AlertRuleSave &) = default;
};

/// What it had told stays; what still waited for the end of quiet hours goes with it.
struct AlertRuleRemove {
    static constexpr std::uint16_t kType = 0x0713;
    using Reply = Done;
    schema::AlertRuleId rule;
    static constexpr auto fields() { return fieldList(required("rule", &AlertRuleRemove::rule)); }
    friend bool operator==(const AlertRuleRemove &, const AlertRuleRemove &) = default;
};

struct AlertsReply {
    static constexpr std::uint16_t kType = 0x0715;
    std::vector<schema::Alert> alerts; ///< newest first
    static constexpr auto fields() { return fieldList(field("alerts", &AlertsReply::alerts)); }
    friend bool operator==(const AlertsReply &, const AlertsReply &) = default;
};

struct AlertsRequest {
    static constexpr std::uint16_t kType = 0x0714;
    static constexpr std::uint32_t kLimitMax = 2'000;
    using Reply = AlertsReply;
    std::optional<Instant> from, to; ///< raised in [from, to)
    schema::AlertRuleId rule;        ///< null: all
    std::uint32_t limit = 200;
    static constexpr auto fields()
    {
        using T = AlertsRequest;
        return fieldList(field("from", &T::from), field("to", &T::to), field("rule", &T::rule),
                         field("limit", &T::limit));
    }
    friend bool operator==(const AlertsRequest &, const AlertsRequest &) = default;
};

struct AlertPreviewReply {
    static constexpr std::uint16_t kType = 0x0717;
    std::uint32_t crossings = 0;               ///< of the whole time
    std::uint32_t alerts = 0;                  ///< that they would have been grouped into
    std::vector<schema::AlertCrossing> newest; ///< at most kAlertCrossingsShown
    static constexpr auto fields()
    {
        using T = AlertPreviewReply;
        return fieldList(field("crossings", &T::crossings), field("alerts", &T::alerts),
                         field("newest", &T::newest));
    }
    friend bool operator==(const AlertPreviewReply &, const AlertPreviewReply &) = default;
};

/// What a rule would have told in the days before a moment. Stores nothing.
struct AlertPreview {
    static constexpr std::uint16_t kType = 0x0716;
    static constexpr std::uint32_t kDaysMax = 90;
    using Reply = AlertPreviewReply;
    schema::AlertRule rule;
    std::uint32_t days = 7;
    std::optional<Instant> until; ///< absent: the newest event
    static constexpr auto fields()
    {
        using T = AlertPreview;
        return fieldList(required("rule", &T::rule), field("days", &T::days),
                         field("until", &T::until));
    }
    friend bool operator==(const AlertPreview &, const AlertPreview &) = default;
};

/// Something is announced, or the rules were changed.
struct AlertsChanged {
    static constexpr std::uint16_t kType = 0x0740;
    static constexpr Topic kTopic = Topic::Alerts;
    std::vector<schema::Alert> announced; ///< oldest first
    bool rulesChanged = false;
    static constexpr auto fields()
    {
        using T = AlertsChanged;
        return fieldList(field("announced", &T::announced),
                         field("rules_changed", &T::rulesChanged));
    }
    friend bool operator==(const AlertsChanged &, const AlertsChanged &) = default;
};

} // namespace chrona::ipc
