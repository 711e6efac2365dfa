// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/briefing_book.h"

#include "chrona/formats/briefing_json.h"
#include "chrona/workspace/session.h"

#include <algorithm>

namespace chrona::workspace {
namespace {

constexpr auto kDailyJob = "briefing.daily";
constexpr auto kWordsJob = "briefing.words"; // says a stored day in a model's words

Result<OpenBriefing> readOf(const ipc::BriefingReply &reply)
{
    return formats::readBriefingJson(reply.document).transform([&](schema::Briefing briefing) {
        return OpenBriefing{QString::fromStdString(reply.day), reply.revision, reply.storedAt,
                            reply.document, std::move(briefing)};
    });
}

} // namespace

BriefingBook::BriefingBook(Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    connect(&session, &Session::listsOutdated, this, &BriefingBook::refresh);
    connect(&session, &Session::jobChanged, this, &BriefingBook::followJob);
    if (session.state() == Session::State::Ready || session.state() == Session::State::Loading)
        refresh();
}

void BriefingBook::setSearch(const QString &text)
{
    if (text == m_search)
        return;
    m_search = text;
    askList();
}

void BriefingBook::refresh()
{
    askList();
    if (m_current)
        open(m_current->day); // a newer edition may be there
}

void BriefingBook::askList()
{
    ipc::BriefingsRequest request;
    request.text = m_search.trimmed().toStdString();
    m_session.request<ipc::BriefingsRequest>(
        std::move(request), this,
        [this, ticket = ++m_listTicket](Result<ipc::BriefingsReply> reply) {
            if (ticket == m_listTicket)
                takeList(std::move(reply));
        });
}

void BriefingBook::takeList(Result<ipc::BriefingsReply> reply)
{
    m_listState = reply ? ListState::Ready : ListState::Failed;
    if (reply)
        m_days = std::move(reply->briefings);
    else
        m_problem = reply.error();
    Q_EMIT listChanged();
    if (m_wanted.isEmpty() && !m_days.empty())
        open(QString::fromStdString(m_days.front().day));
    else if (!m_current && m_currentState == ListState::Loading && m_wanted.isEmpty()) {
        m_currentState = m_listState; // there is nothing to open
        Q_EMIT currentChanged();
    }
}

void BriefingBook::open(const QString &day)
{
    if (day.isEmpty())
        return;
    m_wanted = day;
    m_currentState = ListState::Loading;
    Q_EMIT currentChanged();
    ipc::BriefingRequest request;
    request.day = day.toStdString();
    request.build = ipc::BriefingBuild::Never;
    m_session.request<ipc::BriefingRequest>(
        std::move(request), this,
        [this, ticket = ++m_openTicket](const Result<ipc::BriefingReply> &reply) {
            if (ticket == m_openTicket)
                takeCurrent(reply);
        });
}

void BriefingBook::takeCurrent(const Result<ipc::BriefingReply> &reply)
{
    auto read = reply ? readOf(*reply) : std::unexpected(reply.error());
    if (read) {
        m_current = std::move(*read);
        m_problem.reset();
        m_currentState = ListState::Ready;
    } else {
        m_current.reset();
        m_problem = read.error();
        m_currentState = ListState::Failed;
    }
    compare();
    Q_EMIT currentChanged();
}

QString BriefingBook::neighbour(int step) const
{
    const std::string day = m_current ? m_current->day.toStdString() : m_wanted.toStdString();
    const auto at = std::ranges::find(m_days, day, &ipc::BriefingEntry::day);
    if (at == m_days.end())
        return {};
    const auto place = (at - m_days.begin()) - step; // the list is newest first
    if (place < 0 || place >= std::ssize(m_days))
        return {};
    return QString::fromStdString(m_days[static_cast<std::size_t>(place)].day);
}

void BriefingBook::compareWith(const QString &day)
{
    ++m_compareTicket;
    m_comparedDay = day;
    m_compared.reset();
    compare();
    if (day.isEmpty())
        return;
    ipc::BriefingRequest request;
    request.day = day.toStdString();
    request.build = ipc::BriefingBuild::Never;
    m_session.request<ipc::BriefingRequest>(
        std::move(request), this,
        [this, ticket = m_compareTicket](const Result<ipc::BriefingReply> &reply) {
            if (ticket == m_compareTicket)
                takeCompared(reply);
        });
}

void BriefingBook::takeCompared(const Result<ipc::BriefingReply> &reply)
{
    auto read = reply ? readOf(*reply) : std::unexpected(reply.error());
    if (read)
        m_compared = std::move(read->briefing);
    else
        m_comparedDay.clear();
    compare();
}

void BriefingBook::compare()
{
    m_changes.reset();
    if (m_current && m_compared && m_current->day != m_comparedDay)
        m_changes = changesFrom(*m_compared, m_current->briefing);
    Q_EMIT changesChanged();
}

void BriefingBook::make(const QString &day)
{
    if (m_making && m_making->problem.empty())
        return; // one at a time: the answer would be the same
    m_making = BriefingMaking{day, -1, {}, {}};
    Q_EMIT makingChanged();
    ipc::BriefingRun run;
    run.kind = ipc::BriefingKind::Daily;
    run.day = day.toStdString();
    m_session.request<ipc::BriefingRun>(std::move(run), this,
                                        [this](const Result<ipc::BriefingRunReply> &reply) {
                                            if (!m_making)
                                                return;
                                            if (reply)
                                                m_making->job = reply->job;
                                            else
                                                m_making->problem = reply.error().what;
                                            Q_EMIT makingChanged();
                                        });
}

void BriefingBook::followJob(const ipc::JobEntry &job)
{
    if (job.kind == kWordsJob && job.state == ipc::JobState::Done)
        return refresh();
    if (job.kind != kDailyJob)
        return;
    const bool isDone = job.state == ipc::JobState::Done;
    const bool isLost = job.state == ipc::JobState::Dead || job.state == ipc::JobState::Cancelled;
    const bool isOurs = m_making && m_making->problem.empty() &&
                        (m_making->job.value == 0 || m_making->job.value == job.id.value);
    if (isOurs) {
        if (isDone) {
            const QString day = m_making->day;
            m_making.reset();
            m_wanted = day; // empty: the newest of the list that is asked for now
            if (!day.isEmpty())
                open(day);
        } else if (isLost) {
            m_making->problem = job.lastError.empty() ? "cancelled" : job.lastError;
        } else if (job.progress.total > 0) {
            m_making->share =
                static_cast<double>(job.progress.done) / static_cast<double>(job.progress.total);
        }
        Q_EMIT makingChanged();
    }
    if (isDone)
        askList();
}

} // namespace chrona::workspace
