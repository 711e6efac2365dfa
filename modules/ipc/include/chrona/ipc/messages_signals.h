// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_series.h"
#include "chrona/ipc/signal_fields.h"

#include <string>
#include <vector>

/// Features, signals, what was refused, and the jobs that make them.
namespace chrona::ipc {

struct FeatureQueryReply {
    static constexpr std::uint16_t kType = 0x0601;
    std::vector<FeatureEntry> features; ///< by key
    std::string nextCursor;             ///< empty: the end
    std::int64_t featuresTotal = 0;     ///< in the whole catalogue
    std::int64_t valuesTotal = 0;       ///< as stored
    std::optional<Instant> refreshedAt; ///< absent: never, or not all
    static constexpr auto fields()
    {
        using T = FeatureQueryReply;
        return fieldList(field("features", &T::features), field("next_cursor", &T::nextCursor),
                         field("features_total", &T::featuresTotal),
                         field("values_total", &T::valuesTotal),
                         field("refreshed_at", &T::refreshedAt));
    }
    friend bool operator==(const FeatureQueryReply &, const FeatureQueryReply &) = default;
};

struct FeatureQuery {
    static constexpr std::uint16_t kType = 0x0600;
    static constexpr std::uint32_t kLimitMax = 10'000;
    using Reply = FeatureQueryReply;
    std::string text;   ///< in key or name; empty: all
    std::string region; ///< code, or the beginning of one: "US"
    std::uint32_t limit = 1000;
    std::string cursor;
    static constexpr auto fields()
    {
        using T = FeatureQuery;
        return fieldList(field("text", &T::text), field("region", &T::region),
                         field("limit", &T::limit), field("cursor", &T::cursor));
    }
    friend bool operator==(const FeatureQuery &, const FeatureQuery &) = default;
};

/// Values of one feature: `series` of the columns is the feature, `observedAt` the bucket's begin,
/// `availableAt` since when it was known.
struct FeatureValueQuery {
    static constexpr std::uint16_t kType = 0x0602;
    using Reply = ColumnsReply;
    using Columns = ObservationColumns;
    std::string key;
    std::optional<Instant> from; ///< begin of the bucket, inclusive
    std::optional<Instant> to;   ///< exclusive
    std::optional<Instant> asOf; ///< the newest value that was known then; absent: now
    bool allVintages = false;
    static constexpr auto fields()
    {
        using T = FeatureValueQuery;
        return fieldList(required("key", &T::key), field("from", &T::from), field("to", &T::to),
                         field("as_of", &T::asOf), field("all_vintages", &T::allVintages));
    }
    friend bool operator==(const FeatureValueQuery &, const FeatureValueQuery &) = default;
};

struct SignalQueryReply {
    static constexpr std::uint16_t kType = 0x0605;
    std::optional<DiscoveryRunEntry> run; ///< absent: nothing was searched yet
    std::vector<SignalEntry> signals;     ///< best first
    std::string nextCursor;               ///< empty: the end
    static constexpr auto fields()
    {
        using T = SignalQueryReply;
        return fieldList(field("run", &T::run), field("signals", &T::signals),
                         field("next_cursor", &T::nextCursor));
    }
    friend bool operator==(const SignalQueryReply &, const SignalQueryReply &) = default;
};

/// The signals of the newest run that had ended at a moment.
struct SignalQuery {
    static constexpr std::uint16_t kType = 0x0604;
    static constexpr std::uint32_t kLimitMax = 1'000;
    static constexpr std::size_t kEventsMax = 200;
    using Reply = SignalQueryReply;
    std::string text;            ///< in the feature's key or name; empty: all
    std::string target;          ///< symbol; empty: all
    std::optional<Instant> asOf; ///< absent: now
    std::uint32_t limit = 200;
    std::string cursor;
    /// Not empty: only those whose feature counts one of these events; at most kEventsMax. Such an
    /// answer is one page.
    std::vector<schema::EventId> events;
    static constexpr auto fields()
    {
        using T = SignalQuery;
        return fieldList(field("text", &T::text), field("target", &T::target),
                         field("as_of", &T::asOf), field("limit", &T::limit),
                         field("cursor", &T::cursor), field("events", &T::events));
    }
    friend bool operator==(const SignalQuery &, const SignalQuery &) = default;
};

struct RefusedQueryReply {
    static constexpr std::uint16_t kType = 0x0607;
    std::vector<RuleCount> rules; ///< of the whole run, most first
    std::vector<RefusedEntry> refused;
    std::string nextCursor; ///< empty: the end
    static constexpr auto fields()
    {
        using T = RefusedQueryReply;
        return fieldList(field("rules", &T::rules), field("refused", &T::refused),
                         field("next_cursor", &T::nextCursor));
    }
    friend bool operator==(const RefusedQueryReply &, const RefusedQueryReply &) = default;
};

/// What the newest run that had ended at a moment refused, and by which rule.
struct RefusedQuery {
    static constexpr std::uint16_t kType = 0x0606;
    static constexpr std::uint32_t kLimitMax = 10'000;
    using Reply = RefusedQueryReply;
    std::string text;
    std::string target;
    std::string rule;            ///< as in the reply; empty: all
    std::optional<Instant> asOf; ///< absent: now
    std::uint32_t limit = 1000;
    std::string cursor;
    static constexpr auto fields()
    {
        using T = RefusedQuery;
        return fieldList(field("text", &T::text), field("target", &T::target),
                         field("rule", &T::rule), field("as_of", &T::asOf),
                         field("limit", &T::limit), field("cursor", &T::cursor));
    }
    friend bool operator==(const RefusedQuery &, const RefusedQuery &) = default;
};

struct JobStarted {
    static constexpr std::uint16_t kType = 0x0609;
    schema::JobId job;
    bool again = false; ///< one was running: it is done once more when this one has ended
    static constexpr auto fields()
    {
        return fieldList(required("job", &JobStarted::job), field("again", &JobStarted::again));
    }
    friend bool operator==(const JobStarted &, const JobStarted &) = default;
};

/// Has a job done now that otherwise runs by the clock. One of each kind waits at a time.
struct JobStart {
    static constexpr std::uint16_t kType = 0x0608;
    using Reply = JobStarted;
    std::string kind; ///< "features.refresh", "discovery.run"
    static constexpr auto fields() { return fieldList(required("kind", &JobStart::kind)); }
    friend bool operator==(const JobStart &, const JobStart &) = default;
};

} // namespace chrona::ipc
