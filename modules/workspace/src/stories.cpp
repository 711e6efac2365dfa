// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/stories.h"

#include <algorithm>
#include <chrono>

namespace chrona::workspace {
namespace {

/// A brush that is being dragged changes the window many times a second.
constexpr std::chrono::milliseconds kStoriesCalm{250};

} // namespace

Stories::Stories(Session &session, QObject *parent)
    : QObject(parent), m_session(session), m_stories(std::make_shared<const StoryList>())
{
    m_due.setSingleShot(true);
    m_due.setInterval(kStoriesCalm);
    connect(&m_due, &QTimer::timeout, this, &Stories::ask);
    const auto askSoon = [this] {
        if (m_isShown)
            m_due.start();
    };
    connect(&session.focus(), &Focus::windowChanged, this, askSoon);
    connect(&session.focus(), &Focus::asOfChanged, this, askSoon);
    connect(&session, &Session::stateChanged, this, askSoon);
    connect(&session, &Session::jobChanged, this, [askSoon](const ipc::JobEntry &job) {
        if (job.kind == "clusters.refresh" && job.finishedAt)
            askSoon();
    });
}

void Stories::setShown(bool isShown)
{
    if (isShown == m_isShown)
        return;
    m_isShown = isShown;
    if (isShown)
        m_due.start();
    else
        m_due.stop();
}

void Stories::ask()
{
    if (m_session.state() != Session::State::Ready)
        return;
    const Focus &focus = m_session.focus();
    ipc::ClusterQuery query;
    if (!focus.showsEverything()) {
        query.from = focus.window().begin;
        query.to = focus.window().end;
    }
    query.asOf = focus.asOf();
    query.membersMin = 2;
    query.limit = ipc::ClusterQuery::kLimitMax;
    m_isAsking = true;
    m_session.request<ipc::ClusterQuery>(
        query, this, [this, ticket = ++m_ticket](Result<ipc::ClusterQueryReply> reply) {
            if (ticket != m_ticket)
                return;
            m_isAsking = false;
            if (reply)
                take(std::move(reply->clusters), reply->nextCursor.empty());
        });
}

std::optional<schema::GeoPoint> Stories::placeOf(const schema::Cluster &cluster) const
{
    const schema::EventColumns &columns = m_session.events().snapshot()->columns;
    for (const schema::ClusterMember &member : cluster.members) {
        const auto row = m_session.events().rowOf(member.event.value);
        if (row && (columns.flags[*row] & schema::EventColumns::kHasPlace) != 0)
            return schema::GeoPoint{columns.longitude[*row], columns.latitude[*row]};
    }
    return std::nullopt;
}

void Stories::take(std::vector<schema::Cluster> clusters, bool isComplete)
{
    std::ranges::stable_sort(clusters, std::greater(), [](const schema::Cluster &one) {
        return std::pair(one.publisherFamilies, one.members.size());
    });
    StoryList stories;
    std::size_t leftOut = isComplete ? 0 : 1;
    for (schema::Cluster &cluster : clusters) {
        const auto place = placeOf(cluster);
        if (place && stories.size() < kStoriesMax)
            stories.push_back({std::move(cluster), *place});
        else
            ++leftOut;
    }
    m_leftOut = leftOut;
    m_stories = std::make_shared<const StoryList>(std::move(stories));
    Q_EMIT changed();
}

} // namespace chrona::workspace
