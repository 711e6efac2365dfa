// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/boundary_feed.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chrona::workspace {
namespace {

std::size_t pointsOf(const schema::Boundary &boundary)
{
    std::size_t points = 0;
    for (const schema::Polygon &polygon : boundary.areas)
        for (const schema::Ring &ring : polygon)
            points += ring.size();
    return points;
}

} // namespace

double boundaryStepFor(std::int64_t bytes)
{
    constexpr std::int64_t kDrawnAsTheyAre = 16 << 20, kLarge = 128 << 20;
    // Two hundred metres, then a kilometre: a pixel where a country, or a continent, is in view.
    return bytes <= kDrawnAsTheyAre ? 0 : bytes <= kLarge ? 0.002 : 0.01;
}

BoundaryFeed::BoundaryFeed(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::stateChanged, this, [this] {
        if (m_session.state() == Session::State::Ready)
            refresh();
    });
    if (session.state() == Session::State::Ready)
        refresh();
}

void BoundaryFeed::refresh()
{
    m_session.request<ipc::BoundaryQuery>({}, this, [this](auto reply) {
        if (reply)
            takeSets(std::move(reply->sets));
    });
}

void BoundaryFeed::takeSets(std::vector<ipc::BoundarySet> sets)
{
    const bool isNew = sets != m_sets;
    m_sets = std::move(sets);
    if (!m_used.isEmpty() && !m_areas && !m_isAsking)
        begin();
    if (isNew)
        Q_EMIT setsChanged();
}

void BoundaryFeed::use(const QString &set)
{
    if (set == m_used)
        return;
    m_request.cancel();
    ++m_round;
    m_isAsking = false;
    m_used = set;
    m_problem.reset();
    m_total = 0;
    const bool wereThere = std::exchange(m_areas, nullptr) != nullptr;
    if (!set.isEmpty() && m_session.state() == Session::State::Ready)
        refresh(); // it may have been imported since
    if (wereThere)
        Q_EMIT changed();
}

void BoundaryFeed::begin()
{
    const auto set = std::ranges::find(m_sets, m_used.toStdString(), &ipc::BoundarySet::name);
    if (set == m_sets.end()) {
        m_problem = Error{ErrorCode::NotFound, "no boundaries of this name are stored",
                          "import them again, or choose other ones"};
        return Q_EMIT changed();
    }
    m_total = set->boundaries;
    m_step = boundaryStepFor(set->bytes);
    ipc::BoundaryQuery query;
    query.set = set->name;
    query.step = m_step;
    m_isAsking = true;
    askPage(std::move(query), {}, 0);
}

void BoundaryFeed::askPage(ipc::BoundaryQuery query, BoundaryList before, std::size_t points)
{
    m_request = m_session.request<ipc::BoundaryQuery>(
        query, this,
        [this, round = m_round, query, points,
         before = std::move(before)](Result<ipc::BoundaryReply> reply) mutable {
            if (round != m_round)
                return;
            if (!reply) {
                m_isAsking = false;
                m_problem = reply.error();
                return Q_EMIT changed();
            }
            for (schema::Boundary &boundary : reply->boundaries) {
                points += pointsOf(boundary);
                if (points > kPointsMax)
                    return finish(std::move(before));
                before.push_back(std::move(boundary));
            }
            Q_EMIT progressed(std::ssize(before), m_total);
            if (reply->nextCursor.empty())
                return finish(std::move(before));
            query.cursor = std::move(reply->nextCursor);
            askPage(std::move(query), std::move(before), points);
        });
}

void BoundaryFeed::finish(BoundaryList areas)
{
    m_isAsking = false;
    m_problem.reset();
    m_areas = std::make_shared<const BoundaryList>(std::move(areas));
    Q_EMIT changed();
}

} // namespace chrona::workspace
