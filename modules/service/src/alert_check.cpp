// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_check.h"

#include "brief_pipeline.h"
#include "merged_names.h"
#include "settings.h"

#include "chrona/base/clock.h"
#include "chrona/briefing/alerts.h"
#include "chrona/storage/event_queries.h"

#include <algorithm>
#include <map>

namespace chrona::service {
namespace {

using briefing::AlertFindings;
using briefing::AlertInputs;
using schema::Alert;
using schema::AlertRule;
using schema::AlertWatch;
using std::chrono::hours;

constexpr auto kUsualHours = hours(72);

bool isQuiet(const std::optional<schema::QuietHours> &own, const Settings &settings, Instant now)
{
    return own.value_or(quietHours(settings)).covers(now, localOffset(now));
}

/// One batch for all of a rule and group; what is synthetic stands apart, so that it can go.
std::vector<storage::CrossingBatch> batchesOf(AlertFindings &found, const Settings &settings,
                                              Instant now)
{
    std::map<std::tuple<const AlertRule *, std::string, bool>, storage::CrossingBatch> byGroup;
    for (briefing::Crossing &one : found.crossings) {
        auto &batch = byGroup[{one.rule, one.group, one.synthetic}];
        batch.rule = one.rule;
        batch.group = one.group;
        batch.holds = one.holds;
        batch.synthetic = one.synthetic;
        batch.isQuiet = isQuiet(one.rule->quiet, settings, now);
        batch.crossings.push_back(std::move(one.what));
    }
    std::vector<storage::CrossingBatch> batches;
    for (auto &[key, batch] : byGroup)
        batches.push_back(std::move(batch));
    // By the order in which the rules were made, not by where they lie in memory.
    std::ranges::sort(batches, {}, [](const storage::CrossingBatch &batch) {
        return std::tuple(batch.rule->id, batch.group, batch.synthetic);
    });
    return batches;
}

Result<std::size_t> recordFound(storage::Connection &connection, const Settings &settings,
                                AlertFindings found, Instant now)
{
    std::vector<storage::HeldCrossing> ended;
    for (auto &[rule, subject] : found.ended)
        ended.push_back({rule, std::move(subject)});
    if (auto done = storage::endCrossings(connection, ended, now); !done)
        return std::unexpected(done.error());
    return storage::recordCrossings(connection, batchesOf(found, settings, now), now);
}

Result<std::vector<AlertRule>> enabledRules(storage::Connection &connection)
{
    auto rules = storage::loadAlertRules(connection);
    if (!rules)
        return rules;
    std::erase_if(*rules, [](const AlertRule &rule) { return !rule.enabled; });
    const auto names = MergedNames::load(connection);
    if (!names)
        return std::unexpected(names.error());
    for (AlertRule &rule : *rules)
        names->widen(rule.about);
    return rules;
}

bool asksFor(std::span<const AlertRule> rules, AlertWatch watch)
{
    return std::ranges::contains(rules, watch, &AlertRule::watch);
}

Result<briefing::UsualRates> usualRates(storage::Connection &connection, Instant now)
{
    const auto counts = storage::countKinds(connection, now - kUsualHours, now);
    if (!counts)
        return std::unexpected(counts.error());
    briefing::UsualRates usual(double(kUsualHours.count()));
    for (const storage::KindCount &one : *counts)
        usual.add(one.type, one.country, static_cast<std::size_t>(one.count));
    return usual;
}

/// What relevance rests on, where a rule asks for it.
struct RelevanceBasis {
    std::vector<std::string> watched;
    briefing::ExposureGraph exposures;
    briefing::UsualRates usual;
};

Status renew(UsualCache &cache, storage::Connection &connection, Instant now)
{
    if (cache.rates && now >= cache.madeAt && now - cache.madeAt < UsualCache::kAgeMax)
        return {};
    auto counted = usualRates(connection, now);
    if (!counted)
        return std::unexpected(counted.error());
    cache = {std::move(*counted), now};
    return {};
}

Result<RelevanceBasis> relevanceBasisFor(storage::Connection &connection,
                                         std::span<const AlertRule> rules, Instant now,
                                         UsualCache &usual)
{
    RelevanceBasis basis;
    if (std::ranges::none_of(rules, [](const AlertRule &rule) { return rule.relevanceMin > 0; }))
        return basis;
    auto watched = loadWatchedNodes(connection);
    auto exposures = loadExposureGraph(connection);
    if (!watched || !exposures)
        return std::unexpected(!watched ? watched.error() : exposures.error());
    if (auto done = renew(usual, connection, now); !done)
        return std::unexpected(done.error());
    basis.watched = std::move(*watched);
    basis.exposures = std::move(*exposures);
    basis.usual = *usual.rates;
    return basis;
}

std::vector<std::pair<schema::AlertRuleId, std::string>>
pairsOf(std::vector<storage::HeldCrossing> held)
{
    std::vector<std::pair<schema::AlertRuleId, std::string>> pairs;
    for (storage::HeldCrossing &one : held)
        pairs.emplace_back(one.rule, std::move(one.subject));
    return pairs;
}

/// When the events that are there end: what a preview goes back from.
Result<Instant> newestEvent(storage::Connection &connection)
{
    const Instant now = SystemClock().now();
    const auto newest = storage::findEvents(connection, {.to = now, .limit = 1});
    if (!newest)
        return std::unexpected(newest.error());
    return newest->empty() ? now : newest->front().times.observedAt + Duration(1);
}

/// As many as a re-arm time would have let speak.
std::uint32_t alertsOf(const AlertRule &rule, std::vector<briefing::Crossing> &crossings)
{
    std::ranges::sort(crossings, {}, [](const briefing::Crossing &one) { return one.what.at; });
    std::map<std::string, Instant> spoke;
    std::uint32_t count = 0;
    for (const briefing::Crossing &one : crossings) {
        const auto last = spoke.find(one.group);
        if (last != spoke.end() && one.what.at < last->second + rule.rearm)
            continue;
        spoke[one.group] = one.what.at;
        ++count;
    }
    return count;
}

struct PreviewWindow {
    Instant from, until;
};

/// Each day of the window as if it were the newest: a move is of a day.
Status searchDays(storage::Connection &connection, AlertInputs inputs, const PreviewWindow &window,
                  std::vector<briefing::Crossing> &crossings)
{
    using std::chrono::days;
    constexpr auto kKnownAfter = days(2); ///< after a day's begin its close is known
    BriefMaterial material;
    if (auto read = addRecentTargets(connection, window.until, material); !read)
        return read;
    inputs.targets = material.targets;
    inputs.synthetic = material.synthetic;
    std::map<std::string, briefing::Crossing> bySubject;
    for (Date day = std::chrono::floor<days>(window.from); Instant(day) < window.until;
         day += days(1)) {
        inputs.now = Instant(day) + kKnownAfter;
        for (briefing::Crossing &one :
             briefing::findCrossings(inputs, {.freshFor = days(4)}).crossings)
            bySubject.insert_or_assign(one.what.subject, std::move(one));
    }
    for (auto &[subject, one] : bySubject)
        crossings.push_back(std::move(one));
    return {};
}

Result<std::vector<briefing::Crossing>>
crossingsOf(storage::Connection &connection, const AlertRule &rule, const PreviewWindow &window)
{
    std::vector<briefing::Crossing> crossings;
    UsualCache usual;
    const auto basis = relevanceBasisFor(connection, {&rule, 1}, window.until, usual);
    if (!basis)
        return std::unexpected(basis.error());
    AlertInputs inputs;
    inputs.now = window.until;
    inputs.rules = {&rule, 1};
    inputs.watched = basis->watched;
    inputs.exposures = &basis->exposures;
    inputs.usual = basis->usual;
    if (rule.watch == AlertWatch::Move) {
        if (auto done = searchDays(connection, inputs, window, crossings); !done)
            return std::unexpected(done.error());
        return crossings;
    }
    auto material = gatherWindow(connection, window.from, window.until);
    if (!material)
        return std::unexpected(material.error());
    // What was imported later was not known then; a preview asks what the rule is like.
    for (schema::Event &event : material->events)
        event.times.ingestedAt = event.times.observedAt;
    inputs.events = material->events;
    inputs.clusters = material->clusters;
    inputs.signals = material->namedSignals;
    const Duration whole = window.until - window.from + hours(1);
    return briefing::findCrossings(inputs, {.freshFor = whole, .happenedWithin = whole}).crossings;
}

} // namespace

std::vector<AlertRule> shippedAlertRules()
{
    AlertRule relevant;
    relevant.name = "Matters for a watchlist";
    relevant.relevanceMin = 0.3;
    relevant.urgency = schema::AlertUrgency::Warning;
    relevant.rearm = hours(1);
    return {relevant};
}

Result<std::size_t> checkCame(storage::Connection &connection, const Settings &settings,
                              std::span<const schema::Event> came, Instant now,
                              UsualCache &usual)
{
    auto rules = enabledRules(connection);
    if (!rules)
        return std::unexpected(rules.error());
    std::erase_if(*rules, [](const AlertRule &rule) { return rule.watch != AlertWatch::Events; });
    if (rules->empty())
        return 0;
    const auto basis = relevanceBasisFor(connection, *rules, now, usual);
    if (!basis)
        return std::unexpected(basis.error());
    AlertInputs inputs;
    inputs.now = now;
    inputs.rules = *rules;
    inputs.events = came;
    inputs.watched = basis->watched;
    inputs.exposures = &basis->exposures;
    inputs.usual = basis->usual;
    return recordFound(connection, settings, briefing::findCrossings(inputs), now);
}

Result<std::size_t> checkHour(storage::Connection &connection, const Settings &settings,
                              const BriefMaterial &material, Instant now)
{
    const auto rules = enabledRules(connection);
    if (!rules)
        return std::unexpected(rules.error());
    if (rules->empty())
        return 0;
    BriefMaterial prices;
    if (asksFor(*rules, AlertWatch::Move))
        if (auto read = addRecentTargets(connection, now, prices); !read)
            return std::unexpected(read.error());
    auto held = storage::loadHeldCrossings(connection);
    auto usual = usualRates(connection, now);
    if (!held || !usual)
        return std::unexpected(held ? usual.error() : held.error());
    const auto pairs = pairsOf(std::move(*held));
    AlertInputs inputs;
    inputs.now = now;
    inputs.rules = *rules;
    inputs.events = material.events;
    inputs.clusters = material.clusters;
    inputs.signals = material.namedSignals;
    inputs.withSignals = material.hasSearch;
    inputs.targets = prices.targets;
    inputs.synthetic = prices.synthetic;
    inputs.watched = material.watched;
    inputs.exposures = &material.exposures;
    inputs.usual = std::move(*usual);
    inputs.held = pairs;
    return recordFound(connection, settings, briefing::findCrossings(inputs), now);
}

Status announceWaiting(storage::Connection &connection, const Settings &settings, Instant now)
{
    const auto waiting = storage::loadAlerts(connection, {.waiting = true, .limit = 1'000});
    if (!waiting)
        return std::unexpected(waiting.error());
    if (waiting->empty())
        return {};
    const auto rules = storage::loadAlertRules(connection);
    if (!rules)
        return std::unexpected(rules.error());
    std::vector<schema::AlertId> due;
    for (const Alert &alert : *waiting) {
        const auto rule = std::ranges::find(*rules, alert.rule, &AlertRule::id);
        if (!isQuiet(rule == rules->end() ? std::nullopt : rule->quiet, settings, now))
            due.push_back(alert.id);
    }
    return storage::announceAlerts(connection, due, now);
}

Result<ipc::AlertPreviewReply> previewRule(storage::Connection &connection,
                                           const ipc::AlertPreview &asked)
{
    AlertRule rule = asked.rule;
    if (const auto faults = schema::validate(rule); !faults.empty())
        return fail(ErrorCode::InvalidInput, "the rule is not valid: " + schema::describe(faults));
    const auto names = MergedNames::load(connection);
    if (!names)
        return std::unexpected(names.error());
    names->widen(rule.about);
    rule.enabled = true;
    rule.changedAt = {};
    const auto until = asked.until ? Result<Instant>(*asked.until) : newestEvent(connection);
    if (!until)
        return std::unexpected(until.error());
    const auto past = std::chrono::days(std::clamp(asked.days, 1U, ipc::AlertPreview::kDaysMax));
    auto crossings = crossingsOf(connection, rule, {*until - past, *until});
    if (!crossings)
        return std::unexpected(crossings.error());
    ipc::AlertPreviewReply reply;
    reply.crossings = static_cast<std::uint32_t>(crossings->size());
    reply.alerts = alertsOf(rule, *crossings);
    for (auto one = crossings->rbegin();
         one != crossings->rend() && reply.newest.size() < schema::kAlertCrossingsShown; ++one)
        reply.newest.push_back(std::move(one->what));
    return reply;
}

} // namespace chrona::service
