// SPDX-License-Identifier: AGPL-3.0-or-later
#include "feature_pipeline.h"

#include "feature_sources.h"
#include "feature_zeros.h"

#include "chrona/base/clock.h"
#include "chrona/base/log.h"
#include "chrona/features/vintages.h"
#include "chrona/jobs/cron.h"
#include "chrona/storage/feature_store.h"

#include <algorithm>
#include <format>
#include <set>
#include <utility>

namespace chrona::service {
namespace {

/// A bucket over a long weekend closes this much after what first fell into it, and clocks of
/// writers differ by less.
constexpr Duration kOpenFor = std::chrono::days(6);
/// Older events would need buckets of centuries.
constexpr std::chrono::days kSpanMax{36'500};

/// One definition and what is to be done for it.
struct Task {
    storage::FeatureDefinition stored;
    features::Definition definition;
};

class Refresh {
public:
    Refresh(storage::Connection &connection, RunningJob &job)
        : m_connection(connection), m_job(job), m_stop(job.stopToken()),
          m_until(SystemClock().now())
    {
    }

    Result<JobEffect> run()
    {
        const storage::BreakOff breakOff(m_connection, m_stop);
        Status done = storeShippedDefinitions(m_connection)
                          .and_then([&] { return loadTasks(); })
                          .and_then([&] { return refresh(); });
        // Contradicted by history that was filled in: those once more, from the beginning.
        if (done && !m_contradicted.empty()) {
            m_rebuilt = static_cast<std::int64_t>(m_contradicted.size());
            m_tasks = std::exchange(m_contradicted, {});
            done = refresh();
        }
        if (!done)
            return m_stop.stop_requested()
                       ? fail(ErrorCode::Cancelled, "the features were cancelled",
                              "run them again to go on")
                       : std::unexpected(done.error());
        return JobEffect{
            .resultJson = std::format(R"({{"values_added":{},"rebuilt":{}}})", m_added, m_rebuilt)};
    }

private:
    Status loadTasks()
    {
        auto names = loadSourceNames(m_connection);
        const auto stored =
            names ? storage::loadDefinitions(m_connection) : std::unexpected(names.error());
        if (!stored)
            return std::unexpected(stored.error());
        m_names = std::move(*names);
        for (const storage::FeatureDefinition &line : *stored) {
            // A fault stands until the rule is another one, or the user enables it again: to try
            // every hour would read all events every hour.
            if (!line.isEnabled || !line.fault.empty())
                continue;
            auto parsed = features::parseDefinition(line.rule);
            if (parsed)
                m_tasks.push_back({line, std::move(*parsed)});
            else if (Status left = leaveOut(line, parsed.error()); !left)
                return left;
        }
        return {};
    }

    /// What a user wrote must not keep the rest from being computed.
    Status leaveOut(const storage::FeatureDefinition &line, const Error &error)
    {
        if (!line.isOwn || error.code != ErrorCode::InvalidInput)
            return std::unexpected(error);
        log::warning("features", "{} is left out: {}", line.key, error.what);
        ++m_done;
        return storage::setDefinitionFault(m_connection, line.key, error.what);
    }

    Status refresh()
    {
        std::vector<Task> newEvents, oldEvents, newSeries, oldSeries;
        for (const Task &task : m_tasks) {
            const bool isEvents = task.definition.source == features::Definition::Source::Events;
            const bool isNew = !task.stored.refreshedAt;
            (isEvents ? isNew ? newEvents : oldEvents
             : isNew  ? newSeries
                      : oldSeries)
                .push_back(task);
        }
        m_done = 0;
        return refreshEvents(oldEvents)
            .and_then([&] { return buildEvents(newEvents); })
            .and_then([&] { return buildSeries(oldSeries, knownSince(oldSeries)); })
            .and_then([&] { return buildSeries(newSeries, std::nullopt); });
    }

    static std::optional<Instant> knownSince(const std::vector<Task> &tasks)
    {
        std::optional<Instant> since;
        for (const Task &task : tasks)
            since = std::min(since.value_or(*task.stored.refreshedAt), *task.stored.refreshedAt);
        return since;
    }

    static std::vector<std::string> figuresOf(const std::vector<Task> &tasks)
    {
        std::set<std::string> figures;
        for (const Task &task : tasks)
            if (!task.definition.figure.empty())
                figures.insert(task.definition.figure);
        return {figures.begin(), figures.end()};
    }

    /// From the day of the moment to now; the last buckets may still be open.
    [[nodiscard]] Result<features::Buckets> bucketsFrom(Instant from, schema::Frequency width) const
    {
        const Date today = std::chrono::floor<std::chrono::days>(m_until);
        const Date begin =
            std::max(Date(std::chrono::floor<std::chrono::days>(from)), today - kSpanMax);
        const Date end = std::max(today, begin) + std::chrono::days(8);
        return width == schema::Frequency::Hour
                   ? features::Buckets::hourly(begin, end)
                   : features::Buckets::daily(decisionClock(), begin, end);
    }

    /// Everything anew, from all events.
    Status buildEvents(const std::vector<Task> &tasks)
    {
        if (tasks.empty())
            return {};
        m_job.report({.share = share(), .note = "features.reading"});
        const auto source = loadEventSource(m_connection, {}, figuresOf(tasks), m_stop);
        if (!source)
            return std::unexpected(source.error());
        const features::EventTimeline timeline(source->history);
        for (const Task &task : tasks) {
            std::vector<features::FeatureVintages> built;
            const auto buckets =
                bucketsFrom(source->firstAt.value_or(m_until), task.definition.bucket);
            if (!buckets)
                return std::unexpected(buckets.error());
            if (source->firstAt) {
                auto vintages = features::buildVintages(task.definition, timeline, *buckets);
                if (!vintages) {
                    if (Status left = leaveOut(task.stored, vintages.error()); !left)
                        return left;
                    continue;
                }
                built = std::move(*vintages);
            }
            if (Status stored = store(task, built, *buckets, source->synthetic); !stored)
                return stored;
        }
        return {};
    }

    /// Only the buckets that new statements touch, and those that have closed meanwhile.
    Status refreshEvents(const std::vector<Task> &tasks)
    {
        if (tasks.empty())
            return {};
        const Instant since = *knownSince(tasks) - kOpenFor;
        const auto changed = storage::findChangedEvents(m_connection, {since, since});
        if (!changed)
            return std::unexpected(changed.error());
        if (changed->ids.empty())
            return touch(tasks);
        const auto daily = bucketsFrom(changed->from, schema::Frequency::Day);
        if (!daily)
            return std::unexpected(daily.error());
        const auto source =
            loadEventSource(m_connection, {daily->begin(0), {}}, figuresOf(tasks), m_stop);
        if (!source)
            return std::unexpected(source.error());
        const features::EventTimeline timeline(source->history);
        for (const Task &task : tasks) {
            const auto buckets = bucketsFrom(changed->from, task.definition.bucket);
            if (!buckets)
                return std::unexpected(buckets.error());
            const auto built =
                features::dirtyBuckets(task.definition, timeline, *buckets, changed->ids)
                    .and_then([&](const std::vector<features::DirtyBucket> &dirty) {
                        return features::rebuildVintages(task.definition, timeline, *buckets,
                                                         dirty);
                    });
            if (!built) {
                if (Status left = leaveOut(task.stored, built.error()); !left)
                    return left;
                continue;
            }
            if (Status stored = store(task, *built, *buckets, source->synthetic); !stored)
                return stored;
        }
        return {};
    }

    /// Series are short: one with something new is computed whole, and what is new is appended.
    Status buildSeries(const std::vector<Task> &tasks, std::optional<Instant> since)
    {
        if (tasks.empty())
            return {};
        if (since)
            since = *since - kOpenFor;
        const auto sources = loadSeriesSources(m_connection, since, m_stop);
        if (!sources)
            return std::unexpected(sources.error());
        if (sources->empty() && since)
            return touch(tasks);
        std::vector<features::SeriesHistory> histories;
        Instant first = m_until;
        bool synthetic = false;
        for (const SeriesSource &source : *sources) {
            histories.push_back(source.history);
            first = std::min(first, source.firstAt.value_or(first));
            synthetic = synthetic || source.synthetic;
        }
        for (const Task &task : tasks) {
            const auto buckets = bucketsFrom(first, task.definition.bucket);
            if (!buckets)
                return std::unexpected(buckets.error());
            const auto built = features::buildVintages(task.definition, histories, *buckets);
            if (!built) {
                if (Status left = leaveOut(task.stored, built.error()); !left)
                    return left;
                continue;
            }
            if (Status stored = store(task, *built, *buckets, synthetic); !stored)
                return stored;
        }
        return {};
    }

    /// Nothing new: they are up to date all the same.
    Status touch(const std::vector<Task> &tasks)
    {
        for (const Task &task : tasks) {
            const auto done =
                storage::appendFeatures(m_connection, {task.definition.key, {}, {}, {}, m_until});
            if (!done)
                return std::unexpected(done.error());
            ++m_done;
        }
        return {};
    }

    Status store(const Task &task, const std::vector<features::FeatureVintages> &built,
                 const features::Buckets &buckets, bool synthetic)
    {
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled, "the features were cancelled");
        const auto rows = rowsOf(task.definition, built, buckets, synthetic);
        const auto added = task.stored.refreshedAt ? storage::appendFeatures(m_connection, rows)
                                                   : storage::replaceFeatures(m_connection, rows);
        if (!added && added.error().code == ErrorCode::Conflict && task.stored.refreshedAt) {
            log::info("features", "{}: {}; it is built anew", task.definition.key,
                      added.error().what);
            m_contradicted.push_back(task);
            m_contradicted.back().stored.refreshedAt.reset();
            return {};
        }
        if (!added)
            return std::unexpected(added.error());
        m_added += *added;
        ++m_done;
        m_job.report({.share = share(), .note = "features.building"});
        return {};
    }

    [[nodiscard]] float share() const
    {
        return m_tasks.empty() ? 0
                               : static_cast<float>(m_done) / static_cast<float>(m_tasks.size());
    }

    /// What was known by now, without the zeros that follow from the calendar.
    [[nodiscard]] storage::FeatureRows rowsOf(const features::Definition &definition,
                                              const std::vector<features::FeatureVintages> &built,
                                              const features::Buckets &buckets,
                                              bool synthetic) const
    {
        storage::FeatureRows rows{definition.key, {}, {}, {}, m_until};
        std::set<std::string> keys; // two members can be written the same way: the first has it
        for (const features::FeatureVintages &each : built) {
            schema::Feature feature = features::featureOf(definition, each.member);
            if (const auto named = m_names.find(each.member); named != m_names.end())
                feature.name = named->second + ": " + definition.name;
            feature.synthetic = synthetic;
            if (!keys.insert(feature.key).second)
                continue;
            std::size_t bucket = 0;
            for (const features::FeatureVintage &vintage : each.vintages) {
                while (buckets.label(bucket) < vintage.bucketAt)
                    ++bucket;
                const auto value = features::toFeatureValue(feature, vintage);
                if (value.knownAt <= m_until && !isImpliedZero(feature, value, buckets.end(bucket)))
                    rows.values.push_back(value);
            }
            rows.features.push_back(std::move(feature));
            rows.members.push_back(each.member);
        }
        return rows;
    }

    storage::Connection &m_connection;
    RunningJob &m_job;
    std::stop_token m_stop;
    Instant m_until;
    std::vector<Task> m_tasks, m_contradicted;
    SourceNames m_names;
    std::size_t m_done = 0;
    std::int64_t m_added = 0, m_rebuilt = 0;
};

Result<JobEffect> refreshFeatures(storage::Connection &connection, RunningJob &job)
{
    return Refresh(connection, job).run();
}

} // namespace

bool mayBeSearched(const features::Definition &definition)
{
    return definition.bucket == schema::Frequency::Day && definition.key != "series.change" &&
           definition.key != "series.z" && definition.kind != schema::FeatureKind::Price;
}

std::vector<storage::FeatureDefinition> shippedDefinitions()
{
    std::vector<storage::FeatureDefinition> lines;
    for (const features::Definition &definition : features::defaultCatalogue())
        lines.push_back({.key = definition.key,
                         .rule = features::textOf(definition),
                         .inDiscovery = mayBeSearched(definition)});
    return lines;
}

Status storeShippedDefinitions(storage::Connection &connection)
{
    return storage::storeDefinitions(connection, shippedDefinitions());
}

features::DecisionClock decisionClock()
{
    return {};
}

Date decidedUntil(Instant moment)
{
    return std::chrono::floor<std::chrono::days>(moment - decisionClock().offset) +
           std::chrono::days(1);
}

std::vector<JobRunner::Kind> featureKinds()
{
    return {{std::string(jobs::queue::kFeatures), kFeaturesRefresh, refreshFeatures}};
}

jobs::NewJob featureRefreshAt(Instant due)
{
    return {.queue = std::string(jobs::queue::kFeatures),
            .kind = kFeaturesRefresh,
            .uniqueKey = kFeaturesRefresh,
            .runAt = due};
}

Status scheduleFeatures(storage::Connection &connection, Instant now)
{
    return jobs::saveSchedule(connection,
                              {.name = kFeaturesRefresh,
                               .queue = std::string(jobs::queue::kFeatures),
                               .kind = kFeaturesRefresh,
                               .cron = "12 * * * *"},
                              now);
}

} // namespace chrona::service
