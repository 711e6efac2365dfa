// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/hourly.h"

#include "chrona/briefing/alerts.h"
#include "chrona/briefing/causes.h"

#include "event_history.h"
#include "words.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace chrona::briefing {
namespace {

using std::chrono::days;
using std::chrono::hours;

/// An event with what makes it worth telling.
struct Candidate {
    const schema::Event *event = nullptr;
    schema::ChangeKind kind = schema::ChangeKind::New;
    Relevance relevance;
};

UsualRates ratesOf(std::span<const schema::Event *const> events)
{
    UsualRates usual;
    for (const schema::Event *event : events)
        usual.add(event->type, event->region);
    return usual;
}

std::optional<schema::ChangeKind> changeOf(const schema::Event &event, const HourlyState &before)
{
    const auto told = before.events.find(event.id);
    if (told == before.events.end())
        return schema::ChangeKind::New;
    if (event.revision <= told->second.revision)
        return std::nullopt;
    if (event.severity > told->second.severity)
        return schema::ChangeKind::Escalated;
    return event.severity < told->second.severity ? schema::ChangeKind::Eased
                                                  : schema::ChangeKind::Corrected;
}

std::string whyText(const Relevance &relevance)
{
    std::string path;
    for (const ExposureRule *step : relevance.path.steps)
        path += (path.empty() ? spokenNode(step->from) : "") + " → " + spokenNode(step->to);
    return std::format("relevance {} = exposure {} × severity {} × novelty {} × confidence {}{}",
                       withDecimals(relevance.score(), 2), withDecimals(relevance.exposure, 2),
                       withDecimals(relevance.severity, 2), withDecimals(relevance.novelty, 2),
                       withDecimals(relevance.confidence, 2),
                       path.empty() ? std::string() : "; by " + path);
}

/// One run: reads the inputs, changes its copy of the state.
class Hour {
public:
    Hour(const HourlyInputs &given, const HourlyState &before, const HourlyPolicy &rules,
         const ExposureGraph &graph)
        : m_inputs(given), m_policy(rules),
          m_history(given.events, given.knownAt, given.knownAt - rules.remember),
          m_usual(ratesOf(m_history.between(given.hour - hours(72), given.hour))),
          m_reach(graph.reachOf(given.watched))
    {
        m_result.state = before;
        m_result.update.hour = given.hour;
        m_result.update.knownAt = given.knownAt;
        m_result.update.synthetic = given.synthetic;
    }

    HourlyResult run()
    {
        forget();
        const auto candidates = candidatesOf();
        tellRetracted();
        tellEvents(candidates);
        tellClusters();
        tellSignals();
        tellSources();
        std::ranges::stable_sort(m_result.update.changes, std::ranges::greater{},
                                 &schema::Change::relevance);
        for (const schema::Alert &alert : m_inputs.alerts)
            m_result.update.alerts.push_back(alertStatement(alert));
        return std::move(m_result);
    }

private:
    void forget()
    {
        const Instant horizon = m_inputs.knownAt - m_policy.remember;
        const auto isOld = [&](const auto &entry) { return entry.second < horizon; };
        std::erase_if(m_result.state.events,
                      [&](const auto &entry) { return entry.second.at < horizon; });
        std::erase_if(m_result.state.clusters, isOld);
    }

    std::vector<Candidate> candidatesOf()
    {
        std::vector<Candidate> candidates;
        for (const schema::Event *event :
             m_history.between(m_inputs.knownAt - m_policy.remember, m_inputs.knownAt)) {
            if (isScheduled(*event))
                continue;
            const auto kind = changeOf(*event, m_result.state);
            // What was available before this hour and not told then did not matter then either.
            const bool isFresh = event->times.availableAt() >= m_inputs.hour;
            if (!kind || (*kind == schema::ChangeKind::New && !isFresh))
                continue;
            const Relevance relevance = relevanceOf(*event, m_reach, m_usual);
            if (relevance.score() >= m_policy.relevanceMin)
                candidates.push_back({event, *kind, relevance});
        }
        std::ranges::sort(candidates, {}, [](const Candidate &one) {
            return std::tuple(-one.relevance.score(), one.event->id);
        });
        return candidates;
    }

    void tellEvents(const std::vector<Candidate> &candidates)
    {
        std::size_t told = 0;
        for (const Candidate &one : candidates) {
            m_result.state.events[one.event->id] = {one.event->revision, one.event->severity,
                                                    m_inputs.knownAt};
            if (told == m_policy.changesMax)
                continue;
            ++told;
            schema::Statement statement;
            statement.text =
                std::format("{} ({}).", quotedLine(one.event->title, 200), whyText(one.relevance));
            statement.confidence = std::clamp(one.event->confidence, 0.0F, 1.0F);
            statement.evidence = {{schema::EvidenceKind::Event, one.event->id.value,
                                   m_inputs.knownAt, quotedLine(one.event->title)}};
            statement.key = std::format("event:{}", one.event->id.value);
            m_result.update.changes.push_back(
                {one.kind, std::move(statement), float(std::min(one.relevance.score(), 1.0))});
        }
        if (candidates.size() > told) {
            const schema::Event &first = *candidates[told].event;
            tell(schema::ChangeKind::New, 0,
                 std::format("{} of lower relevance, beginning with {}.",
                             counted(candidates.size() - told, "further event", "further events"),
                             quotedLine(first.title, 160)),
                 {schema::EvidenceKind::Event, first.id.value, m_inputs.knownAt,
                  quotedLine(first.title)});
        }
    }

    void tellRetracted()
    {
        for (const schema::Event &event : m_inputs.events) {
            const auto told = m_result.state.events.find(event.id);
            if (event.state != schema::EventState::Retracted ||
                told == m_result.state.events.end() || told->second.revision >= event.revision ||
                event.times.availableAt() > m_inputs.knownAt)
                continue;
            told->second.revision = event.revision;
            tell(schema::ChangeKind::Retracted, 0.9F,
                 std::format("Taken back by its source: {}.", quotedLine(event.title, 200)),
                 {schema::EvidenceKind::Event, event.id.value, m_inputs.knownAt,
                  quotedLine(event.title)});
        }
    }

    void tellClusters()
    {
        for (const schema::Cluster &cluster : m_inputs.clusters) {
            if (!cluster.mergedInto.isNull() || cluster.lastAt > m_inputs.knownAt ||
                cluster.lastAt < m_inputs.hour ||
                cluster.members.size() < m_policy.clusterMembersMin ||
                m_result.state.clusters.contains(cluster.id))
                continue;
            const double usual = m_usual.hourlyMean(cluster.type, cluster.region);
            const double rarity = double(cluster.members.size()) / std::max(usual, 0.1);
            if (rarity < m_policy.clusterRarity)
                continue;
            m_result.state.clusters[cluster.id] = m_inputs.knownAt;
            tell(schema::ChangeKind::New,
                 float(std::min(1.0, 0.1 * std::log2(rarity) * cluster.confidence)),
                 std::format("A story forms: {} ({} from {}; usual is {} an hour).",
                             quotedLine(cluster.title, 160),
                             counted(cluster.members.size(), "report", "reports"),
                             counted(cluster.publisherFamilies, "publisher", "publishers"),
                             withDecimals(usual, 1)),
                 {schema::EvidenceKind::Cluster, cluster.id.value, m_inputs.knownAt,
                  quotedLine(cluster.title)});
        }
    }

    void tellSignals()
    {
        for (const schema::Signal &signal : m_inputs.signals) {
            if (signal.dataUntil > m_inputs.knownAt || signal.computedAt > m_inputs.knownAt)
                continue;
            if (!signal.novelty.elevated) {
                m_result.state.signals.erase(signal.id);
                continue;
            }
            if (!m_result.state.signals.try_emplace(signal.id, m_inputs.knownAt).second)
                continue;
            tell(schema::ChangeKind::New, float(std::clamp(signal.rank, 0.0, 1.0)),
                 std::format("A signal is newly elevated: z {}, {} of its last year; it is so on "
                             "{} of days, stability {}.",
                             withDecimals(signal.novelty.robustZ, 1),
                             percentile(signal.novelty.percentile),
                             schema::formatQuantity({signal.novelty.baseRate * 100, "%", 0,
                                                     schema::SignRule::MinusOnly}),
                             withDecimals(signal.stability.score, 2)),
                 {schema::EvidenceKind::Signal, signal.id.value, m_inputs.knownAt, ""});
        }
    }

    void tellSources()
    {
        for (const schema::SourceHealth &health : m_inputs.health) {
            const bool isWrong = health.state == schema::SourceState::Late ||
                                 health.state == schema::SourceState::Failing;
            const auto known = m_result.state.sources.find(health.source);
            const bool wasWrong = known != m_result.state.sources.end();
            if (isWrong == wasWrong)
                continue;
            const auto source =
                std::ranges::find(m_inputs.sources, health.source, &schema::Source::id);
            const std::string name =
                source == m_inputs.sources.end() ? "A source" : quotedLine(source->name);
            m_result.update.dataHealth.push_back(
                {std::format("{} {}.", name, isWrong ? "has stopped delivering" : "delivers again"),
                 schema::StatementBasis::Computed,
                 {{schema::EvidenceKind::Source, health.source.value, m_inputs.knownAt, name}},
                 1,
                 ""});
            if (isWrong)
                m_result.state.sources[health.source] = health.state;
            else
                m_result.state.sources.erase(known);
        }
    }

    void tell(schema::ChangeKind kind, float relevance, std::string text, schema::Evidence evidence)
    {
        m_result.update.changes.push_back(
            {kind,
             {std::move(text), schema::StatementBasis::Computed, {std::move(evidence)}, 1, ""},
             std::clamp(relevance, 0.0F, 1.0F)});
    }

    const HourlyInputs &m_inputs;
    const HourlyPolicy &m_policy;
    EventHistory m_history;
    UsualRates m_usual;
    ExposureGraph::Reach m_reach;
    HourlyResult m_result;
};

} // namespace

Result<HourlyResult> hourlyUpdate(const HourlyInputs &inputs, const HourlyState &before,
                                  const HourlyPolicy &policy)
{
    if (inputs.hour.time_since_epoch() % hours(1) != Duration{0} || inputs.knownAt < inputs.hour)
        return fail(ErrorCode::InvalidInput,
                    "an hourly update begins with an hour and is known after it");
    const auto shipped = ExposureGraph::withDefaults({});
    HourlyResult result =
        Hour(inputs, before, policy, inputs.exposures ? *inputs.exposures : *shipped).run();
    if (const auto faults = schema::validate(result.update); !faults.empty())
        return fail(ErrorCode::Corrupt,
                    "the hourly update is not valid: " + schema::describe(faults));
    return result;
}

} // namespace chrona::briefing
