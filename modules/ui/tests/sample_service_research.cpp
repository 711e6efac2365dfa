// SPDX-License-Identifier: AGPL-3.0-or-later
// What the sample service says of signals and briefings.
#include "sample_research.h"
#include "sample_service.h"

#include <algorithm>

namespace chrona::ui::test {

void SampleService::forgetResearch()
{
    m_signals = {};
    m_refused = {};
    m_briefings.clear();
}

/// The best of them counts every event.
void SampleService::handle(const ipc::SignalQuery &query,
                           const ipc::Responder<ipc::SignalQuery> &responder)
{
    ipc::SignalQueryReply reply = m_signals;
    if (!query.events.empty() && reply.signals.size() > 1)
        reply.signals.resize(1);
    responder.reply(reply);
}

void SampleService::handle(const ipc::RefusedQuery &query,
                           const ipc::Responder<ipc::RefusedQuery> &responder)
{
    ipc::RefusedQueryReply reply = m_refused;
    std::erase_if(reply.refused, [&](const ipc::RefusedEntry &entry) {
        return !query.rule.empty() && entry.rule != query.rule;
    });
    responder.reply(reply);
}

void SampleService::handle(const ipc::FeatureValueQuery &query,
                           const ipc::Responder<ipc::FeatureValueQuery> &responder)
{
    const auto signal = std::ranges::find(m_signals.signals, query.key, &ipc::SignalEntry::feature);
    if (signal == m_signals.signals.end()) {
        responder.fail({ErrorCode::NotFound, "there is no such feature", {}, false});
        return;
    }
    const auto values = sampleFeature(*signal, m_end);
    responder.reply({values->value.size()}, values);
}

void SampleService::handle(const ipc::BriefingRequest &request,
                           const ipc::Responder<ipc::BriefingRequest> &responder)
{
    const auto found = std::ranges::find(m_briefings, request.day, &ipc::BriefingReply::day);
    if (found == m_briefings.end())
        responder.fail({ErrorCode::NotFound, "there is no briefing of this day", {}, false});
    else
        responder.reply(*found);
}

void SampleService::handle(const ipc::CaseBriefRequest &,
                           const ipc::Responder<ipc::CaseBriefRequest> &responder)
{
    if (m_holdsCaseBriefs) {
        responder.progress({"briefing.case", 3, 40});
        m_heldCaseBrief.emplace(responder.stopToken(), [this, responder] {
            ++m_caseBriefsStopped;
            responder.fail({ErrorCode::Cancelled, "the briefing was broken off", {}, false});
        });
        return;
    }
    responder.reply(m_briefings.front());
}

void SampleService::handle(const ipc::BriefingsRequest &request,
                           const ipc::Responder<ipc::BriefingsRequest> &responder)
{
    responder.reply(listOf(m_briefings, request.text));
}

void SampleService::handle(const ipc::BriefingRun &run,
                           const ipc::Responder<ipc::BriefingRun> &responder)
{
    // The newest again, under the wanted day: the window sees a job run and end.
    ipc::JobEntry job;
    job.id = {501};
    job.kind = "briefing.daily";
    job.queue = "briefing";
    job.state = ipc::JobState::Running;
    job.progress = {"briefing.daily", 1, 10};
    responder.reply({job.id});
    m_server->publish(ipc::JobChanged{.job = job});
    if (!m_briefings.empty() && !run.day.empty()) {
        ipc::BriefingReply made = m_briefings.front();
        made.day = run.day;
        m_briefings.push_back(made);
    }
    job.state = ipc::JobState::Done;
    m_server->publish(ipc::JobChanged{.job = job});
}

} // namespace chrona::ui::test
