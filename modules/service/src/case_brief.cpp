// SPDX-License-Identifier: AGPL-3.0-or-later
#include "case_brief.h"

#include "brief_pipeline.h"
#include "pinned_search.h"

#include "brief_targets.h"
#include "settings.h"

#include "chrona/briefing/daily.h"
#include "chrona/formats/briefing_json.h"
#include "chrona/schema/entity.h"
#include "chrona/schema/text.h"

#include <algorithm>
#include <format>
#include <set>
#include <unordered_map>

namespace chrona::service {
namespace {

using schema::Bearing;
using schema::CaseItem;
using schema::CaseItemKind;
using schema::PinKind;

constexpr std::size_t kReachedTargetsMax = 6;
constexpr double kReachMin = 0.15;

/// What is pinned, sorted by how it is matched.
struct Pinned {
    std::set<std::int64_t> events, signals;
    std::set<schema::EntityId> entities;
    std::vector<std::string> regions;
    std::set<std::string> nodes; ///< of the exposure graph
    std::vector<const schema::PinTarget *> views;
    std::vector<PinnedSearch> searches;
};

Pinned pinnedIn(const schema::Investigation &investigation, const MergedNames &names)
{
    Pinned pinned;
    const auto addNode = [&](const std::string &key) {
        for (const std::string &name : names.keysFor(key)) {
            pinned.entities.insert(schema::entityIdFor(name));
            for (std::string &node : nodesFor(name))
                pinned.nodes.insert(std::move(node));
        }
    };
    for (const CaseItem &item : investigation.items) {
        if (item.kind != CaseItemKind::Pin || item.removed)
            continue;
        const schema::PinTarget &target = item.target;
        switch (target.kind) {
        case PinKind::Event: pinned.events.insert(target.id); break;
        case PinKind::Signal: pinned.signals.insert(target.id); break;
        case PinKind::Entity:
            pinned.entities.insert({target.id});
            addNode(target.key);
            break;
        case PinKind::Topic: addNode(target.key); break;
        case PinKind::Region:
            pinned.regions.push_back(target.key);
            addNode("country:" + target.key.substr(0, target.key.find('-')));
            break;
        case PinKind::MapView: pinned.views.push_back(&target); break;
        case PinKind::Search: pinned.searches.emplace_back(target); break;
        case PinKind::Window: break;
        }
    }
    return pinned;
}

bool bearsOn(const schema::Event &event, const Pinned &pinned, std::string_view sourceKey)
{
    const auto isOf = [&event](const std::string &region) {
        return isOfRegion(event.region, region);
    };
    return pinned.events.contains(event.id.value) || std::ranges::any_of(pinned.regions, isOf) ||
           std::ranges::any_of(event.entities,
                               [&](const schema::EventEntity &one) {
                                   return pinned.entities.contains(one.entity);
                               }) ||
           std::ranges::any_of(pinned.views,
                               [&event](const schema::PinTarget *view) {
                                   return view->box && liesWithin(event, *view);
                               }) ||
           std::ranges::any_of(pinned.searches, [&](const PinnedSearch &search) {
               return search.takes(event, sourceKey);
           });
}

/// How strongly what is pinned reaches a target; 1 for one that is pinned itself.
double reachTo(const briefing::TargetSeries &target, const Pinned &pinned,
               const briefing::ExposureGraph &exposures)
{
    const std::string own = "instrument:" + target.symbol;
    if (pinned.nodes.contains(own))
        return 1;
    std::vector<std::string> ends = target.nodes;
    ends.push_back(own);
    const auto reach = exposures.reachOf(ends);
    double best = 0;
    for (const std::string &node : pinned.nodes)
        best = std::max(best, reach.from(schema::entityIdFor(node)).weight);
    return best;
}

void keepTargets(const Pinned &pinned, BriefMaterial &material)
{
    std::unordered_map<std::string, double> reach;
    for (const briefing::TargetSeries &target : material.targets)
        reach[target.symbol] = reachTo(target, pinned, material.exposures);
    std::vector<double> strongest;
    for (const auto &[symbol, weight] : reach)
        if (weight < 1)
            strongest.push_back(weight);
    std::ranges::sort(strongest, std::greater{});
    const double least = strongest.size() > kReachedTargetsMax ? strongest[kReachedTargetsMax] : 0;
    std::erase_if(material.targets, [&](const briefing::TargetSeries &target) {
        const double weight = reach[target.symbol];
        return weight < 1 && (weight < kReachMin || weight <= least);
    });
}

std::string hypothesisText(const schema::Investigation &investigation, const CaseItem &hypothesis,
                           std::vector<schema::EventId> &events)
{
    int speakFor = 0, against = 0;
    std::set<schema::CaseItemId> cited;
    for (const CaseItem &link : investigation.items) {
        if (link.kind != CaseItemKind::Link || link.removed || link.to != hypothesis.id)
            continue;
        cited.insert(link.from);
        speakFor += link.bearing == Bearing::For ? 1 : 0;
        against += link.bearing == Bearing::Against ? 1 : 0;
    }
    for (const CaseItem &pin : investigation.items)
        if (cited.contains(pin.id) && !pin.removed && pin.target.kind == PinKind::Event)
            events.push_back({pin.target.id});
    const std::string words =
        schema::summaryOf(hypothesis) + (hypothesis.text.empty() || hypothesis.title.empty()
                                             ? std::string()
                                             : ": " + hypothesis.text);
    return hypothesis.kind == CaseItemKind::Note
               ? words
               : std::format("Hypothesis: {} (held at {:.0f} %; {} for it, {} against).", words,
                             hypothesis.confidence * 100, speakFor, against);
}

} // namespace

void keepWhatBearsOn(const schema::Investigation &investigation, BriefMaterial &material,
                     const MergedNames &names)
{
    const Pinned pinned = pinnedIn(investigation, names);
    std::unordered_map<schema::SourceId, std::string_view> keys;
    for (const schema::Source &source : material.sources)
        keys[source.id] = source.key;
    std::erase_if(material.events, [&](const schema::Event &event) {
        const auto key = keys.find(event.source);
        return !bearsOn(event, pinned, key == keys.end() ? std::string_view() : key->second);
    });
    keepTargets(pinned, material);
    std::set<std::int64_t> kept;
    for (const briefing::TargetSeries &target : material.targets)
        kept.insert(target.evidence.id);
    std::erase_if(material.signals, [&](const schema::Signal &signal) {
        return !pinned.signals.contains(signal.id.value) && !kept.contains(signal.target.value);
    });
    material.watched.assign(pinned.nodes.begin(), pinned.nodes.end());
    for (const PinnedSearch &search : pinned.searches)
        for (const std::string &term : search.unknown())
            material.notices.push_back(std::format("\"{}\" of a pinned search is not followed.",
                                                   schema::plainLine(term, 100)));
}

briefing::Subject subjectOf(const schema::Investigation &investigation)
{
    briefing::Subject subject;
    if (const CaseItem *head = schema::headOf(investigation)) {
        subject.title = head->title;
        subject.question = head->text;
    }
    for (const CaseItemKind kind : {CaseItemKind::Hypothesis, CaseItemKind::Note})
        for (const CaseItem &item : investigation.items) {
            if (item.kind != kind || item.removed || item.copyOf.value != 0)
                continue;
            briefing::Subject::Claim claim;
            claim.text = hypothesisText(investigation, item, claim.events);
            claim.confidence = kind == CaseItemKind::Hypothesis ? item.confidence : 1;
            subject.claims.push_back(std::move(claim));
        }
    return subject;
}

Result<storage::BriefingRecord> makeCaseBrief(storage::Connection &connection,
                                              const schema::Investigation &investigation,
                                              const BriefMoment &moment, const Settings &settings,
                                              briefing::Steps &steps)
{
    const storage::BreakOff breakOff(connection, steps.stopToken());
    steps.expect(1 + briefing::kDailySteps);
    auto material =
        gatherDay(connection, moment,
                  settings.flag("sources.live") ? SourcesAre::Read : SourcesAre::Unread, steps);
    if (!material)
        return std::unexpected(material.error());
    const auto names = MergedNames::load(connection);
    if (!names)
        return std::unexpected(names.error());
    keepWhatBearsOn(investigation, *material, *names);
    if (auto goesOn = steps.done(); !goesOn)
        return std::unexpected(goesOn.error());
    const briefing::Subject subject = subjectOf(investigation);
    briefing::BriefingInputs inputs = material->inputsFor(moment);
    inputs.subject = &subject;
    inputs.steps = &steps;
    const auto briefing = briefing::dailyBriefing(inputs);
    if (!briefing)
        return std::unexpected(briefing.error());
    return recordOf(*briefing);
}

} // namespace chrona::service
