// SPDX-License-Identifier: AGPL-3.0-or-later
#include "database_work.h"
#include "duties.h"
#include "feature_pipeline.h"
#include "feature_sources.h"
#include "feature_zeros.h"
#include "handlers.h"

#include "chrona/base/clock.h"
#include "chrona/storage/feature_store.h"
#include "chrona/storage/signal_store.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <format>
#include <limits>
#include <optional>

namespace chrona::service {
namespace {

/// Pages are counted: a run never changes.
Result<std::int64_t> rowFrom(const std::string &cursor)
{
    std::int64_t position = 0;
    const char *const end = cursor.data() + cursor.size();
    const auto read = std::from_chars(cursor.data(), end, position);
    if (!cursor.empty() && (read.ec != std::errc{} || read.ptr != end || position < 0 ||
                            position > std::numeric_limits<std::int32_t>::max()))
        return fail(ErrorCode::InvalidInput, "the cursor is none of ours");
    return position;
}

Result<ipc::FeatureQueryReply> listFeatures(storage::Connection &connection,
                                            const ipc::FeatureQuery &asked)
{
    const std::uint32_t limit = std::clamp(asked.limit, 1U, ipc::FeatureQuery::kLimitMax);
    const auto features = storage::findFeatures(
        connection,
        {.text = asked.text, .region = asked.region, .afterKey = asked.cursor, .limit = limit});
    const auto totals = storage::featureTotals(connection);
    if (!features || !totals)
        return std::unexpected(features ? totals.error() : features.error());
    ipc::FeatureQueryReply reply;
    reply.featuresTotal = totals->features;
    reply.valuesTotal = totals->values;
    reply.refreshedAt = totals->refreshedAt;
    for (const schema::Feature &feature : *features)
        reply.features.push_back({feature.key, feature.name, feature.rule,
                                  std::string(toString(feature.kind)),
                                  std::string(toString(feature.frequency)), feature.unit,
                                  feature.region, feature.version, feature.synthetic});
    if (features->size() == limit)
        reply.nextCursor = features->back().key;
    return reply;
}

Result<schema::Feature> featureCalled(storage::Connection &connection, const std::string &key)
{
    const auto features = storage::findFeatures(connection, {.text = key, .limit = 10'000});
    if (!features)
        return std::unexpected(features.error());
    const auto found = std::ranges::find(*features, key, &schema::Feature::key);
    if (found == features->end())
        return fail(ErrorCode::NotFound, std::format("there is no feature {}", key),
                    "chronactl features lists them");
    return *found;
}

/// The stored values of the window with the zeros that follow from the calendar.
Result<std::vector<schema::FeatureValue>> wholeValues(storage::Connection &connection,
                                                      const schema::Feature &feature,
                                                      const ipc::FeatureValueQuery &asked)
{
    auto stored =
        storage::loadFeatureValues(connection, feature.id, {asked.from, asked.to, asked.asOf});
    if (!stored || feature.emptyBucket != schema::EmptyBucket::Zero)
        return stored;
    const Instant now = std::min(asked.asOf.value_or(SystemClock().now()), SystemClock().now());
    if (stored->empty() && !asked.from)
        return stored;
    const Instant first = asked.from.value_or(stored->empty() ? now : stored->front().bucketAt);
    const Instant last = std::min(asked.to.value_or(now), now);
    const Date begin = std::chrono::floor<std::chrono::days>(first);
    const Date end = std::chrono::floor<std::chrono::days>(last) + std::chrono::days(5);
    if (begin >= end)
        return stored;
    const auto buckets = feature.frequency == schema::Frequency::Hour
                             ? features::Buckets::hourly(begin, end)
                             : features::Buckets::daily(decisionClock(), begin, end);
    if (!buckets)
        return std::unexpected(buckets.error());
    auto values = withZeros(feature, *stored, *buckets, now);
    std::erase_if(values, [&](const schema::FeatureValue &value) {
        return value.bucketAt < first || (asked.to && value.bucketAt >= *asked.to);
    });
    return values;
}

Result<ipc::ObservationColumns> loadFeature(storage::Connection &connection,
                                            const ipc::FeatureValueQuery &asked)
{
    const auto feature = featureCalled(connection, asked.key);
    if (!feature)
        return std::unexpected(feature.error());
    const auto values = wholeValues(connection, *feature, asked);
    if (!values)
        return std::unexpected(values.error());
    ipc::ObservationColumns columns;
    for (std::size_t i = 0; i < values->size(); ++i) {
        const schema::FeatureValue &value = (*values)[i];
        const bool isNewest =
            i + 1 == values->size() || (*values)[i + 1].bucketAt != value.bucketAt;
        if (!asked.allVintages && !isNewest)
            continue;
        columns.series.push_back(feature->id.value);
        columns.observedAt.push_back(value.bucketAt.time_since_epoch().count());
        columns.availableAt.push_back(value.knownAt.time_since_epoch().count());
        columns.basis.push_back(static_cast<std::uint8_t>(value.basis));
        columns.value.push_back(value.value);
    }
    return columns;
}

/// Numbers travel only when they are some.
std::optional<double> known(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

double finite(double value)
{
    return known(value).value_or(0);
}

ipc::DiscoveryRunEntry entryOf(const storage::DiscoveryRun &run)
{
    ipc::DiscoveryRunEntry entry;
    entry.id = run.id.value;
    entry.startedAt = run.startedAt;
    entry.finishedAt = run.finishedAt;
    entry.dataUntil = run.dataUntil;
    entry.engineVersion = run.engineVersion;
    entry.kernel = run.kernel;
    entry.parameters = run.parameters;
    entry.inputHash = run.inputHash;
    entry.features = run.features;
    entry.targets = run.targets;
    entry.days = run.days;
    entry.pairsTested = run.pairsTested;
    entry.testsRun = run.testsRun;
    entry.signals = run.signals;
    entry.refused = run.refused;
    entry.overfit = finite(run.overfit);
    entry.nullShare = finite(run.nullShare);
    entry.synthetic = run.synthetic;
    return entry;
}

void addEvidence(const storage::SignalRecord &record, ipc::SignalEntry &entry)
{
    const schema::Signal &signal = record.signal;
    for (const double effect : record.lagCurve)
        entry.lagCurve.push_back(finite(effect));
    for (const schema::BlockEffect &block : signal.distribution.blocks)
        entry.blocks.push_back({Instant(block.begin), Instant(block.end), known(block.effect)});
    for (const schema::RegimeEffect &regime : signal.regimes)
        entry.regimes.push_back(
            {std::string(toString(regime.regime)), known(regime.effect), known(regime.sampleSize)});
    for (const schema::FoldEffect &fold : signal.folds)
        entry.folds.push_back({Instant(fold.trainedUntil), Instant(fold.begin), Instant(fold.end),
                               fold.window.lag, fold.window.horizon, known(fold.effect),
                               known(fold.sampleSize)});
    for (const schema::ControlResult &control : signal.controls)
        entry.controls.push_back({std::string(toString(control.control)),
                                  std::string(toString(control.outcome)), known(control.measured),
                                  known(control.limit)});
    for (const schema::FailureFinding &failure : signal.failureModes)
        entry.failures.push_back({std::string(toString(failure.mode)), known(failure.measured)});
    for (const schema::Episode &episode : signal.episodes)
        entry.episodes.push_back({Instant(episode.begin), Instant(episode.end),
                                  finite(episode.featureValue), finite(episode.robustZ),
                                  known(episode.forwardReturn), known(episode.returnPercentile)});
}

ipc::SignalEntry entryOf(const storage::SignalRecord &record)
{
    const schema::Signal &signal = record.signal;
    ipc::SignalEntry entry;
    entry.id = signal.id;
    entry.feature = record.feature;
    entry.featureName = record.featureName;
    entry.featureUnit = record.featureUnit;
    entry.target = record.target;
    entry.targetName = record.targetName;
    entry.measure = toString(signal.measure);
    entry.lag = signal.window.lag;
    entry.horizon = signal.window.horizon;
    entry.view = record.view;
    entry.label = toString(signal.label);
    entry.regime = record.isSplit ? "split" : "all";
    entry.effect = finite(signal.effect);
    entry.t = finite(signal.tStatistic);
    entry.p = finite(signal.p);
    entry.q = finite(signal.q);
    entry.survivesDependence = signal.survivesDependence;
    entry.sampleSize = signal.sampleSize;
    entry.familySize = signal.familySize;
    entry.sampleSizeEffective = finite(signal.sampleSizeEffective);
    entry.median = finite(signal.distribution.median);
    entry.lowerQuartile = finite(signal.distribution.lowerQuartile);
    entry.upperQuartile = finite(signal.distribution.upperQuartile);
    entry.worst = finite(signal.distribution.worst);
    entry.signShare = finite(signal.distribution.signShare);
    entry.standardError = finite(signal.distribution.standardError);
    entry.stability = finite(signal.stability.score);
    entry.consistency = finite(signal.stability.consistency);
    entry.dispersion = finite(signal.stability.dispersion);
    entry.generality = finite(signal.stability.generality);
    entry.outOfSample = finite(signal.stability.outOfSample);
    entry.bootstrapP = finite(record.bootstrapP);
    entry.deflatedSharpe = finite(record.deflatedSharpe);
    entry.overfit = finite(record.overfit);
    entry.noveltyZ = finite(signal.novelty.robustZ);
    entry.noveltyPercentile = finite(signal.novelty.percentile);
    entry.noveltyBaseRate = finite(signal.novelty.baseRate);
    entry.elevated = signal.novelty.elevated;
    entry.newlyElevated = signal.novelty.newlyElevated;
    entry.rank = finite(signal.rank);
    entry.relevance = record.relevance;
    entry.basis = signal.basis;
    entry.synthetic = signal.synthetic;
    addEvidence(record, entry);
    return entry;
}

/// A page of what the newest search found or refused.
struct RunPage {
    std::optional<storage::DiscoveryRun> run; ///< nullopt: nothing was searched yet
    std::int64_t first = 0;
    std::uint32_t limit = 1;

    [[nodiscard]] std::string cursorAfter(std::size_t rows) const
    {
        return rows == limit ? std::to_string(first + std::int64_t{limit}) : std::string();
    }
};

template <class Query> Result<RunPage> pageOf(storage::Connection &connection, const Query &asked)
{
    const auto first = rowFrom(asked.cursor);
    if (!first)
        return std::unexpected(first.error());
    return storage::latestRun(connection, asked.asOf)
        .transform([&](std::optional<storage::DiscoveryRun> run) {
            return RunPage{std::move(run), *first, std::clamp(asked.limit, 1U, Query::kLimitMax)};
        });
}

/// Of the whole run, those whose feature counts one of the events.
Result<ipc::SignalQueryReply> signalsCounting(storage::Connection &connection,
                                              const ipc::SignalQuery &asked,
                                              ipc::SignalQueryReply reply,
                                              schema::DiscoveryRunId run)
{
    const auto keys = featuresCounting(connection, asked.events);
    if (!keys)
        return std::unexpected(keys.error());
    const auto signals = storage::findSignals(
        connection, {run, asked.text, asked.target, 0, ipc::SignalQuery::kLimitMax});
    if (!signals)
        return std::unexpected(signals.error());
    for (const storage::SignalRecord &record : *signals)
        if (keys->contains(record.feature) && reply.signals.size() < asked.limit)
            reply.signals.push_back(entryOf(record));
    return reply;
}

Result<ipc::SignalQueryReply> listSignals(storage::Connection &connection,
                                          const ipc::SignalQuery &asked)
{
    const auto page = pageOf(connection, asked);
    if (!page)
        return std::unexpected(page.error());
    ipc::SignalQueryReply reply;
    if (!page->run)
        return reply;
    reply.run = entryOf(*page->run);
    if (!asked.events.empty())
        return signalsCounting(connection, asked, std::move(reply), page->run->id);
    const auto signals = storage::findSignals(
        connection, {page->run->id, asked.text, asked.target, page->first, page->limit});
    if (!signals)
        return std::unexpected(signals.error());
    for (const storage::SignalRecord &record : *signals)
        reply.signals.push_back(entryOf(record));
    reply.nextCursor = page->cursorAfter(signals->size());
    return reply;
}

Result<ipc::RefusedQueryReply> listRefused(storage::Connection &connection,
                                           const ipc::RefusedQuery &asked)
{
    const auto page = pageOf(connection, asked);
    if (!page)
        return std::unexpected(page.error());
    ipc::RefusedQueryReply reply;
    if (!page->run)
        return reply;
    const auto refused = storage::findRefused(connection, {page->run->id, asked.text, asked.target,
                                                           asked.rule, page->first, page->limit});
    const auto rules = storage::countRefused(connection, page->run->id);
    if (!refused || !rules)
        return std::unexpected(refused ? rules.error() : refused.error());
    for (const storage::RuleCount &rule : *rules)
        reply.rules.push_back({rule.rule, rule.count});
    for (const storage::RefusedPair &pair : *refused)
        reply.refused.push_back({pair.featureKey, pair.featureName, pair.targetSymbol, pair.rule,
                                 known(pair.measured), known(pair.limit),
                                 std::string(toString(pair.measure))});
    reply.nextCursor = page->cursorAfter(refused->size());
    return reply;
}

} // namespace

void Handlers::handle(ipc::FeatureQuery request, Responder<ipc::FeatureQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return listFeatures(connection, asked);
               });
}

void Handlers::handle(ipc::FeatureValueQuery request, Responder<ipc::FeatureValueQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return loadFeature(connection, asked);
               });
}

void Handlers::handle(ipc::SignalQuery request, Responder<ipc::SignalQuery> responder)
{
    if (request.events.size() > ipc::SignalQuery::kEventsMax)
        return responder.fail({ErrorCode::InvalidInput, "too many events in one question"});
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return listSignals(connection, asked);
               });
}

void Handlers::handle(ipc::RefusedQuery request, Responder<ipc::RefusedQuery> responder)
{
    answerFrom(m_parts.database, m_parts.workers, std::move(responder),
               [asked = std::move(request)](storage::Connection &connection) {
                   return listRefused(connection, asked);
               });
}

void Handlers::handle(ipc::JobStart request, Responder<ipc::JobStart> responder)
{
    answerFrom(
        m_parts.database, m_parts.workers, std::move(responder),
        [&duties = m_parts.duties, command = std::move(request)](storage::Connection &connection) {
            return duties.command(connection, command);
        });
}

} // namespace chrona::service
