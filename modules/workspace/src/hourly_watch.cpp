// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/hourly_watch.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/workspace/session.h"

namespace chrona::workspace {

HourlyWatch::HourlyWatch(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &HourlyWatch::refresh);
    connect(&session, &Session::briefingChanged, this, [this](const ipc::BriefingChanged &news) {
        // Who reads an earlier hour is not torn away from it.
        if (!news.hourly || !m_isNewest)
            return;
        ++m_ticket; // what is still asked for is older
        take(*news.hourly);
    });
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

void HourlyWatch::refresh()
{
    m_isNewest = true;
    ask(std::nullopt);
}

void HourlyWatch::step(int hours)
{
    if (!m_current)
        return refresh();
    m_isNewest = false;
    // The moment at which the wanted hour is over.
    ask(m_current->update.hour + std::chrono::hours(hours + 1));
}

void HourlyWatch::ask(std::optional<Instant> at)
{
    ipc::HourlyRequest request;
    request.at = at;
    request.build = at ? ipc::BriefingBuild::Never : ipc::BriefingBuild::IfMissing;
    m_session.request<ipc::HourlyRequest>(
        request, this, [this, ticket = ++m_ticket](const Result<ipc::HourlyReply> &reply) {
            if (ticket == m_ticket)
                take(reply);
        });
}

void HourlyWatch::take(const Result<ipc::HourlyReply> &reply)
{
    auto update = reply ? formats::readHourlyJson(reply->document)
                        : Result<schema::HourlyUpdate>(std::unexpected(reply.error()));
    if (update) {
        m_current = OpenHour{std::move(*update), reply->alerts};
        m_problem.reset();
        m_state = ListState::Ready;
    } else if (m_current && update.error().code == ErrorCode::NotFound) {
        m_isNewest = true; // there is none before or after: the one that is shown stays
    } else {
        m_problem = update.error();
        m_state = ListState::Failed;
    }
    Q_EMIT changed();
}

} // namespace chrona::workspace
