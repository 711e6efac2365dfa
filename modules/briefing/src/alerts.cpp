// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/briefing/alerts.h"

#include "chrona/briefing/moves.h"

#include "event_history.h"
#include "words.h"

#include "chrona/schema/entity.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <optional>

namespace chrona::briefing {
namespace {

using schema::AlertCrossing;
using schema::AlertGrouping;
using schema::AlertRule;
using schema::AlertWatch;

/// A signal counts as over where it fell so far below its limit: no flutter at the edge.
constexpr double kAlertRearmShare = 0.7;

bool isOfRegion(std::string_view region, const std::string &wanted)
{
    return region.starts_with(wanted) &&
           (region.size() == wanted.size() || region[wanted.size()] == '-');
}

/// A rule with what is looked up once.
class RuleFilter {
public:
    explicit RuleFilter(const AlertRule &rule) : m_rule(rule)
    {
        for (const std::string &key : rule.sources)
            m_sources.push_back(schema::sourceIdFor(key));
        for (const std::string &word : rule.words)
            m_words.push_back(schema::foldCase(word));
        for (const std::string &key : rule.about)
            m_entities.push_back(schema::entityIdFor(key));
    }

    [[nodiscard]] bool takes(const schema::Event &event) const
    {
        return event.severity >= m_rule.severityMin && event.confidence >= m_rule.confidenceMin &&
               takesPlaceAndKind(event.type, event.region) && takesOrigin(event) &&
               takesAbout(event) && takesTitle(event.title);
    }
    [[nodiscard]] bool takes(const schema::Cluster &cluster) const
    {
        return takesPlaceAndKind(cluster.type, cluster.region) && takesTitle(cluster.title);
    }

private:
    [[nodiscard]] bool takesPlaceAndKind(schema::EventType type, std::string_view region) const
    {
        return (m_rule.types >> static_cast<unsigned>(type) & 1U) != 0 &&
               (m_rule.regions.empty() ||
                std::ranges::any_of(m_rule.regions, [region](const std::string &wanted) {
                    return isOfRegion(region, wanted);
                }));
    }
    [[nodiscard]] bool takesOrigin(const schema::Event &event) const
    {
        if (!m_rule.sources.empty() && !std::ranges::contains(m_sources, event.source))
            return false;
        return !m_rule.box || (event.geometry.kind != schema::Geometry::Kind::None &&
                               schema::doTouch(schema::boundsOf(event.geometry), *m_rule.box));
    }
    [[nodiscard]] bool takesTitle(std::string_view title) const
    {
        if (m_words.empty())
            return true;
        const std::string folded = schema::foldCase(title);
        return std::ranges::all_of(
            m_words, [&folded](const std::string &word) { return folded.contains(word); });
    }
    [[nodiscard]] bool takesAbout(const schema::Event &event) const
    {
        if (m_entities.empty())
            return true;
        const bool isNamed =
            std::ranges::any_of(event.entities, [this](const schema::EventEntity &one) {
                return std::ranges::contains(m_entities, one.entity);
            });
        // A place is about its country, whether or not the text names it.
        return isNamed || std::ranges::any_of(m_rule.about, [&event](const std::string &key) {
                   constexpr std::string_view kCountry = "country:";
                   return key.starts_with(kCountry) &&
                          isOfRegion(event.region, key.substr(kCountry.size()));
               });
    }

    const AlertRule &m_rule;
    std::vector<std::string> m_words;
    std::vector<schema::EntityId> m_entities;
    std::vector<schema::SourceId> m_sources;
};

std::string groupOf(const AlertRule &rule, const schema::EventType type, std::string_view region,
                    const std::string &subject)
{
    switch (rule.grouping) {
    case AlertGrouping::Rule: return {};
    case AlertGrouping::Region: return std::string(region.substr(0, 2));
    case AlertGrouping::Kind: return std::string(schema::toString(type));
    case AlertGrouping::Each: break;
    }
    return subject;
}

bool isTargetOf(const AlertRule &rule, const std::string &symbol)
{
    return rule.about.empty() || std::ranges::contains(rule.about, "instrument:" + symbol) ||
           std::ranges::contains(rule.about, symbol);
}

class CrossingSearch {
public:
    CrossingSearch(const AlertInputs &given, const AlertPolicy &policy)
        : m_inputs(given), m_policy(policy)
    {
    }

    AlertFindings run()
    {
        for (const AlertRule &rule : m_inputs.rules) {
            if (!rule.enabled)
                continue;
            switch (rule.watch) {
            case AlertWatch::Events: searchEvents(rule); break;
            case AlertWatch::Move: searchMoves(rule); break;
            case AlertWatch::Signal: searchSignals(rule); break;
            case AlertWatch::Story: searchStories(rule); break;
            }
        }
        return std::move(m_found);
    }

private:
    [[nodiscard]] Instant sinceOf(const AlertRule &rule) const
    {
        return std::max(rule.changedAt, m_inputs.now - m_policy.freshFor);
    }

    [[nodiscard]] const ExposureGraph::Reach &reach()
    {
        if (!m_reach) {
            if (!m_inputs.exposures)
                m_shipped = ExposureGraph::withDefaults({}).value_or(ExposureGraph{});
            const ExposureGraph &graph = m_inputs.exposures ? *m_inputs.exposures : m_shipped;
            m_reach = graph.reachOf(m_inputs.watched);
        }
        return *m_reach;
    }

    void add(const AlertRule &rule, std::string group, AlertCrossing what, bool isSynthetic)
    {
        m_found.crossings.push_back({&rule, std::move(group), std::move(what),
                                     rule.watch == AlertWatch::Signal, isSynthetic});
    }

    void searchEvents(const AlertRule &rule)
    {
        const RuleFilter filter(rule);
        const Instant since = sinceOf(rule);
        for (const schema::Event &event : m_inputs.events) {
            const Instant available = event.times.availableAt();
            if (available < since || available > m_inputs.now ||
                event.times.observedAt < m_inputs.now - m_policy.happenedWithin ||
                event.state == schema::EventState::Retracted || isScheduled(event) ||
                !filter.takes(event))
                continue;
            double measured = event.severity, limit = rule.severityMin;
            if (rule.relevanceMin > 0) {
                measured = relevanceOf(event, reach(), m_inputs.usual).score();
                limit = rule.relevanceMin;
                if (measured < limit)
                    continue;
            }
            const std::string subject = std::format("event:{}", event.id.value);
            add(rule, groupOf(rule, event.type, event.region, subject),
                {subject, schema::EvidenceKind::Event, event.id.value, quotedLine(event.title),
                 measured, limit, event.times.observedAt},
                event.synthetic);
        }
    }

    void searchMoves(const AlertRule &rule)
    {
        const Instant since = sinceOf(rule);
        for (const TargetSeries &target : m_inputs.targets) {
            if (!isTargetOf(rule, target.symbol))
                continue;
            const Date today = std::chrono::floor<std::chrono::days>(m_inputs.now);
            const KnownColumn column = knownColumn(target, today, m_inputs.now, m_policy.moves);
            if (column.days.empty() || knownAtOf(target, column.days.back()) < since)
                continue;
            const Move move = measureMove(target, column, column.days.back(), m_policy.moves);
            if (!move.counts() || !(std::abs(move.sigma) >= rule.threshold))
                continue;
            const std::string subject =
                std::format("move:{}:{}", target.symbol, formatDate(move.day));
            add(rule, rule.grouping == AlertGrouping::Each ? target.symbol : std::string(),
                {subject, target.evidence.kind, target.evidence.id, quotedLine(target.name),
                 move.sigma, rule.threshold, Instant(move.day)},
                m_inputs.synthetic);
        }
    }

    /// When the day's value was known here first.
    [[nodiscard]] Instant knownAtOf(const TargetSeries &target, Date day) const
    {
        Instant first = Instant::max();
        for (std::size_t i = target.days.size(); i-- > 0 && target.days[i] >= day;)
            if (target.days[i] == day)
                first = std::min(first, target.knownAt[i]);
        return first == Instant::max() ? Instant::min() : first;
    }

    void searchSignals(const AlertRule &rule)
    {
        for (const NamedSignal &signal : m_inputs.signals) {
            if (!isTargetOf(rule, signal.target) || signal.dataUntil > m_inputs.now)
                continue;
            const std::string begin = "signal:" + signal.key + "@";
            const double size = std::abs(signal.robustZ);
            const bool isHeld = std::ranges::any_of(m_inputs.held, [&](const auto &one) {
                return one.first == rule.id && one.second.starts_with(begin);
            });
            if (!signal.elevated || size < rule.threshold) {
                if (isHeld && (!signal.elevated || size < rule.threshold * kAlertRearmShare))
                    end(rule, begin);
                continue;
            }
            if (isHeld || signal.computedAt < rule.changedAt)
                continue;
            const Date day = std::chrono::floor<std::chrono::days>(signal.dataUntil);
            add(rule, rule.grouping == AlertGrouping::Each ? signal.key : std::string(),
                {begin + formatDate(day), schema::EvidenceKind::Signal, signal.id.value,
                 quotedLine(signal.title), signal.robustZ, rule.threshold, signal.dataUntil},
                signal.synthetic);
        }
        if (m_inputs.withSignals)
            endMissing(rule);
    }

    void end(const AlertRule &rule, std::string_view begin)
    {
        for (const auto &one : m_inputs.held)
            if (one.first == rule.id && one.second.starts_with(begin))
                m_found.ended.push_back(one);
    }

    void endMissing(const AlertRule &rule)
    {
        for (const auto &one : m_inputs.held) {
            const bool isThere =
                std::ranges::any_of(m_inputs.signals, [&one](const NamedSignal &signal) {
                    return one.second.starts_with("signal:" + signal.key + "@");
                });
            if (one.first == rule.id && !isThere)
                m_found.ended.push_back(one);
        }
    }

    void searchStories(const AlertRule &rule)
    {
        const RuleFilter filter(rule);
        const double least = std::max(rule.threshold, 2.0);
        for (const schema::Cluster &cluster : m_inputs.clusters) {
            // One that began long ago has formed; that it goes on is not news.
            if (!cluster.mergedInto.isNull() || cluster.lastAt > m_inputs.now ||
                cluster.lastAt < sinceOf(rule) ||
                cluster.firstAt < m_inputs.now - m_policy.freshFor ||
                double(cluster.members.size()) < least || !filter.takes(cluster))
                continue;
            const std::string subject = std::format("story:{}", cluster.id.value);
            add(rule, groupOf(rule, cluster.type, cluster.region, subject),
                {subject, schema::EvidenceKind::Cluster, cluster.id.value,
                 quotedLine(cluster.title), double(cluster.members.size()), least, cluster.lastAt},
                cluster.synthetic);
        }
    }

    const AlertInputs &m_inputs;
    const AlertPolicy &m_policy;
    ExposureGraph m_shipped;
    std::optional<ExposureGraph::Reach> m_reach;
    AlertFindings m_found;
};

/// In brackets; nothing where the rule asks for no size.
std::string measureText(AlertWatch watch, const AlertCrossing &one)
{
    switch (watch) {
    case AlertWatch::Events:
        return one.limit > 0 ? std::format(" ({} of {})", withDecimals(one.measured, 2),
                                           withDecimals(one.limit, 2))
                             : std::string();
    case AlertWatch::Move: return std::format(" ({})", sigmas(one.measured));
    case AlertWatch::Signal: return std::format(" (z {})", withDecimals(one.measured, 1));
    case AlertWatch::Story:
        return std::format(" ({})", counted(std::size_t(one.measured), "report", "reports"));
    }
    return {};
}

} // namespace

AlertFindings findCrossings(const AlertInputs &inputs, const AlertPolicy &policy)
{
    return CrossingSearch(inputs, policy).run();
}

schema::Statement alertStatement(const schema::Alert &alert)
{
    schema::Statement statement;
    statement.basis = schema::StatementBasis::Computed;
    statement.key = std::format("alert:{}", alert.id.value);
    statement.text = quotedLine(alert.name, 200);
    for (const AlertCrossing &one : alert.crossings)
        statement.evidence.push_back({one.kind, one.id, alert.raisedAt, one.title});
    if (!alert.crossings.empty()) {
        const AlertCrossing &first = alert.crossings.front();
        statement.text +=
            std::format(": {}{}", quotedLine(first.title, 160), measureText(alert.watch, first));
    }
    if (alert.count > 1)
        statement.text += std::format(" and {} more", alert.count - 1);
    statement.text += ".";
    return statement;
}

} // namespace chrona::briefing
