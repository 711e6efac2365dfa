// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/stories.h"

#include <algorithm>
#include <chrono>
#include <iterator>

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
    ++m_ticket;
    askPage(std::move(query), {});
}

void Stories::askPage(ipc::ClusterQuery query, std::vector<schema::Cluster> before)
{
    m_session.request<ipc::ClusterQuery>(
        query, this,
        [this, ticket = m_ticket, query,
         before = std::move(before)](Result<ipc::ClusterQueryReply> reply) mutable {
            if (ticket != m_ticket)
                return;
            if (!reply) {
                m_isAsking = false;
                return;
            }
            std::ranges::move(reply->clusters, std::back_inserter(before));
            if (reply->nextCursor.empty() || before.size() >= kStoriesMax) {
                m_isAsking = false;
                return take(std::move(before), !reply->nextCursor.empty());
            }
            query.cursor = std::move(reply->nextCursor);
            askPage(std::move(query), std::move(before));
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

void Stories::take(std::vector<schema::Cluster> clusters, bool isCut)
{
    std::ranges::stable_sort(clusters, std::greater(), [](const schema::Cluster &one) {
        return std::pair(one.publisherFamilies, one.members.size());
    });
    StoryList stories;
    for (schema::Cluster &cluster : clusters)
        if (const auto place = placeOf(cluster))
            stories.push_back({std::move(cluster), *place});
    m_unplaced = clusters.size() - stories.size();
    m_isCut = isCut;
    m_stories = std::make_shared<const StoryList>(std::move(stories));
    Q_EMIT changed();
}

} // namespace chrona::workspace
