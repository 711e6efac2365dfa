// SPDX-License-Identifier: AGPL-3.0-or-later
// What the sample service says of alerts, of an hour, and of why something moved.
#include "sample_service.h"

#include "chrona/formats/briefing_json.h"

#include <algorithm>
#include <format>
#include <utility>

namespace chrona::ui::test {

namespace {

/// The same with a language model's summary before its first sentence.
std::string summedUp(const std::string &document)
{
    schema::Briefing briefing = formats::readBriefingJson(document).value();
    auto &blocks = briefing.sections.front().blocks;
    auto summary = std::get<schema::Statement>(blocks.front());
    summary.given = std::exchange(summary.text, "USO closed lower.");
    summary.key = schema::kModelSummaryKey;
    blocks.insert(blocks.begin(), summary);
    briefing.wordsBy = "sample-model";
    return formats::writeBriefingJson(briefing);
}

} // namespace

void SampleService::raiseAlert(const std::string &rule, schema::AlertUrgency urgency,
                               std::size_t events)
{
    schema::Alert alert;
    alert.id = {static_cast<std::int64_t>(m_alerts.size()) + 1};
    alert.rule = {1};
    alert.name = rule;
    alert.urgency = urgency;
    alert.raisedAt = m_end + std::chrono::minutes(m_alerts.size());
    alert.announcedAt = alert.raisedAt;
    alert.count = static_cast<std::uint32_t>(events);
    for (std::size_t i = 0; i < events; ++i) {
        const schema::Event &event = m_events[m_events.size() - 1 - i];
        alert.crossings.push_back({std::format("event:{}", event.id.value),
                                   schema::EvidenceKind::Event, event.id.value, event.title, 0.72,
                                   0.3, event.times.observedAt});
    }
    m_alerts.insert(m_alerts.begin(), alert);
    m_server->publish(ipc::AlertsChanged{.announced = {alert}, .rulesChanged = false});
}

void SampleService::pushHour(const std::string &text)
{
    schema::HourlyUpdate update;
    update.hour = std::chrono::floor<std::chrono::hours>(m_end);
    update.knownAt = update.hour + std::chrono::hours(1);
    const schema::Event &event = m_events.back();
    update.changes.push_back(
        {schema::ChangeKind::New,
         {text,
          schema::StatementBasis::Computed,
          {{schema::EvidenceKind::Event, event.id.value, std::nullopt, event.title}},
          1,
          ""},
         0.5F});
    ipc::BriefingChanged news;
    news.kind = ipc::BriefingKind::Hourly;
    news.hourly = ipc::HourlyReply{update.hour, formats::writeHourlyJson(update), {}};
    m_server->publish(news);
}

void SampleService::handle(const ipc::HourlyRequest &,
                           const ipc::Responder<ipc::HourlyRequest> &responder)
{
    schema::HourlyUpdate quiet;
    quiet.hour = std::chrono::floor<std::chrono::hours>(m_end) - std::chrono::hours(1);
    quiet.knownAt = quiet.hour + std::chrono::hours(1);
    responder.reply({quiet.hour, formats::writeHourlyJson(quiet), {}});
}

void SampleService::handle(const ipc::ExplainMove &asked,
                           const ipc::Responder<ipc::ExplainMove> &responder)
{
    m_explained = asked;
    if (asked.symbol == "NONE")
        return responder.fail({ErrorCode::NotFound, "NONE has no move then", {}, false});
    ipc::BriefingReply reply = m_briefings.front();
    reply.words = ipc::ModelWords::Possible;
    if (asked.askModel) {
        reply.words = ipc::ModelWords::There;
        reply.document = summedUp(reply.document);
    }
    responder.reply(reply);
}

void SampleService::handle(const ipc::AlertRulesRequest &,
                           const ipc::Responder<ipc::AlertRulesRequest> &responder)
{
    responder.reply({m_alertRules});
}

void SampleService::handle(const ipc::AlertRuleSave &request,
                           const ipc::Responder<ipc::AlertRuleSave> &responder)
{
    schema::AlertRule rule = request.rule;
    rule.revision += 1;
    const auto known = std::ranges::find(m_alertRules, rule.id, &schema::AlertRule::id);
    if (rule.id.isNull()) {
        rule.id = {static_cast<std::int64_t>(m_alertRules.size()) + 1};
        m_alertRules.push_back(rule);
    } else if (known == m_alertRules.end() || known->revision + 1 != rule.revision) {
        return responder.fail({ErrorCode::Conflict, "the rule was changed meanwhile", {}, false});
    } else {
        *known = rule;
    }
    responder.reply({{rule}});
}

void SampleService::handle(const ipc::AlertRuleRemove &request,
                           const ipc::Responder<ipc::AlertRuleRemove> &responder)
{
    std::erase_if(m_alertRules, [&](const auto &rule) { return rule.id == request.rule; });
    responder.reply({});
}

void SampleService::handle(const ipc::AlertsRequest &,
                           const ipc::Responder<ipc::AlertsRequest> &responder)
{
    responder.reply({m_alerts});
}

void SampleService::handle(const ipc::AlertPreview &asked,
                           const ipc::Responder<ipc::AlertPreview> &responder)
{
    ipc::AlertPreviewReply reply;
    reply.crossings = 12;
    reply.alerts = 5;
    reply.newest = {{"event:1", schema::EvidenceKind::Event, 1, asked.rule.name, 0.5, 0, m_end}};
    responder.reply(reply);
}

} // namespace chrona::ui::test
